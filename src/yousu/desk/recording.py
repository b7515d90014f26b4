"""登记受理: the call-taker's form. Sent twice it is recorded once; the caller's earlier cases appear beside it."""

import secrets
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yousu.appeals import commands as appeals
from yousu.appeals.events import Call
from yousu.appeals.recording import Said
from yousu.cases import queries
from yousu.cases.rules import FieldWrong
from yousu.cases.transitions import NotPossible
from yousu.desk import labels, rows, typing_help, undoing
from yousu.desk.access import StaffRequest, staff
from yousu.desk.forms import Asked, Choices, Field, Refused, asked, line, read
from yousu.intake.arrivals import Accepted, ContentDiffers, Delivery, accept
from yousu.ledger import persons
from yousu.org import capabilities
from yousu.org.actors import Actor
from yousu.org.city import city
from yousu.org.offering import offered

_JUST_RECORDED, _JUST_SUPPORTED = "just_recorded", "just_supported"
_EARLIER = 10


def _channels() -> Choices:
    return [(code, label.name(labels.language())) for code, label in offered(city().channels).items()]


def _types() -> Choices:
    return [(code, label.name(labels.language())) for code, label in offered(city().types).items()]


def _appellants() -> Choices:
    return [(code, str(word)) for code, word in labels.APPELLANTS.items()]


_L = gettext_lazy
FIELDS = (
    Field(name="caller_number", label=_L("来电号码"), is_required=False),
    Field(name="phone", label=_L("联系电话"), is_required=False, hint=_L("与来电号码相同则不填")),
    Field(name="name", label=_L("姓名"), is_required=False),
    Field(name="call_id", label=_L("通话编号"), is_required=False),
    Field(name="channel", label=_L("渠道"), kind="choice", choices=_channels),
    Field(name="appellant_kind", label=_L("诉求人"), kind="choice", choices=_appellants),
    Field(name="type", label=_L("类型"), kind="choice", choices=_types),
    Field(name="category", label=_L("分类"), kind="category", is_required=False, hint=_L("输入几个字，从提示中选")),
    Field(name="place", label=_L("地点"), is_required=False, hint=_L("小区、路口、门牌都可以")),
    Field(name="text", label=_L("诉求内容"), kind="area"),
    Field(name="confidential", label=_L("为诉求人保密"), kind="tick", is_required=False),
    Field(name="reply", label=_L("答复内容"), kind="area", is_required=False, hint=_L("直接办理时填写")),
    Field(name="article", label=_L("知识库条目"), is_required=False),
)
_PROPOSED = {"channel": ("hotline", ""), "appellant_kind": ("person", ""), "type": ("help_request", "")}


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """The case just recorded, shown once with its receipt."""

    number: str
    secret: str
    answered: bool


@staff("record")
def new(request: StaffRequest) -> HttpResponse:
    """登记受理, or 受理并直接办理."""
    if request.method != "POST":
        return _page(request)
    answers, refused = read(FIELDS, request.POST)
    try:
        if refused.errors:
            return _page(request, data=request.POST, refused=refused, status=422)
        recorded = _record(answers, request.POST, by=request.actor)
    except FieldWrong as wrong:
        refused.add(wrong)
        return _page(request, data=request.POST, refused=refused, status=422)
    except ContentDiffers as before:
        refused.banner = _("这张表已经登记为 %(number)s。登记另一件请打开新表。") % {"number": before}
        return _page(request, data=request.POST, refused=refused, status=409, is_used=True)
    if recorded.answered:
        undoing.offer(request, number=recorded.number, version=2, word="answer")
    request.session[_JUST_RECORDED] = [recorded.number, recorded.secret, recorded.answered]
    return redirect("desk:new")


@staff("record")
def caller(request: StaffRequest) -> HttpResponse:
    """来电人以前的诉求, for the number just typed: a fragment, or the whole form with what was typed."""
    if request.method != "POST":
        return redirect("desk:new")
    if request.htmx:
        return render(request, "desk/new_caller.html", _earlier(request.POST, request.actor))
    return _page(request, data=request.POST)


@staff("record")
def beside(request: StaffRequest) -> HttpResponse:
    """边输入边提示: similar matters and ready answers for what is typed: a fragment, or the whole form with it."""
    if request.method != "POST":
        return redirect("desk:new")
    if request.htmx:
        return render(request, "desk/new_beside.html", typing_help.beside(request.POST, request.actor))
    return _page(request, data=_with_article(request.POST))


@staff("support")
def support(request: StaffRequest, number: str) -> HttpResponse:
    """附议 instead of a repeat: the caller joins an open appeal, and no second one is recorded."""
    if request.method != "POST":
        return redirect("desk:new")
    queries.get(number, request.actor)
    refused = Refused()
    try:
        phone = _phone("phone", line(request.POST, "phone")) or _phone(
            "caller_number", line(request.POST, "caller_number")
        )
        appeals.support(number, phone=phone, by=request.actor)
    except FieldWrong as wrong:
        refused.add(wrong)
        return _page(request, data=request.POST, refused=refused, status=422)
    except NotPossible as refusal:
        refused.banner = labels.word(labels.REFUSALS, refusal.why)
        return _page(request, data=request.POST, refused=refused, status=409)
    request.session[_JUST_SUPPORTED] = number
    return redirect("desk:new")


def _with_article(data: QueryDict) -> QueryDict:
    """What was typed, with the ready answer that was just taken."""
    taken = typing_help.article(data.get("take", ""))
    if taken is None:
        return data
    filled = data.copy()
    filled["reply"], filled["article"] = taken.text, taken.code
    return filled


def _record(answers: dict[str, Any], data: QueryDict, *, by: Actor) -> Recorded:
    answers_now = data.get("then") == "answer"
    if answers_now:
        capabilities.require(by, "answer")
        if not answers["reply"]:
            raise FieldWrong("reply", "required")
    delivery = Delivery(said=_said(answers), idempotency_key=line(data, "form") or secrets.token_hex(16))
    # Recorded and answered together, or neither.
    with transaction.atomic():
        accepted: Accepted = accept(delivery, by=by)
        if answers_now and not accepted.repeated:
            article = answers["article"] or None
            appeals.answer(accepted.number, reply=answers["reply"], article=article, by=by, seen=1)
    return Recorded(number=accepted.number, secret=accepted.receipt_secret or "", answered=answers_now)


def _said(answers: dict[str, Any]) -> Said:
    caller_number = _phone("caller_number", answers["caller_number"])
    return Said(
        channel=answers["channel"],
        text=answers["text"],
        type=answers["type"],
        category=answers["category"],
        place=answers["place"],
        appellant_kind=answers["appellant_kind"],
        name=answers["name"],
        phone=_phone("phone", answers["phone"]) or caller_number,
        confidential=answers["confidential"],
        call=Call(id=answers["call_id"]) if answers["call_id"] else None,
        caller_number=caller_number,
    )


def _phone(field: str, words: str) -> str | None:
    if not words:
        return None
    try:
        return persons.normalised_phone(words)
    except persons.PhoneWrong as wrong:
        raise FieldWrong(field, "not_a_phone") from wrong


def _earlier(data: QueryDict, actor: Actor) -> dict[str, Any]:
    """What this caller said before: rows without personal data."""
    try:
        phone = _phone("phone", line(data, "phone")) or _phone("caller_number", line(data, "caller_number"))
    except FieldWrong as wrong:
        return {"caller_error": labels.word(labels.FIELD_REASONS, wrong.why)}
    person_id = persons.by_phone(phone) if phone else None
    if person_id is None:
        return {"is_known": False, "is_asked": phone is not None}
    found = queries.visible_to(actor).filter(person_id=person_id).order_by("-received_at")[:_EARLIER]
    return {"is_known": True, "is_asked": True, "earlier": rows.lines(found)}


def _page(
    request: StaffRequest,
    *,
    data: QueryDict | None = None,
    refused: Refused | None = None,
    status: int = 200,
    is_used: bool = False,
) -> HttpResponse:
    just = request.session.pop(_JUST_RECORDED, None)
    shown: dict[str, Any] = {
        "form": {each.field.name: each for each in _asked(data, refused)},
        "refused": refused,
        "key": (data.get("form") if data else None) or secrets.token_hex(16),
        "recorded": Recorded(number=just[0], secret=just[1], answered=just[2]) if just else None,
        "supported": request.session.pop(_JUST_SUPPORTED, None),
        "may_answer": capabilities.may(request.actor, "answer"),
        "is_waiting": True,
        # The form's key belongs to a case already.
        "is_used": is_used,
    }
    if data is not None:
        shown |= _earlier(data, request.actor) | typing_help.beside(data, request.actor)
    return render(request, "desk/new.html", shown, status=status)


def _asked(data: QueryDict | None, refused: Refused | None) -> list[Asked]:
    return asked(FIELDS, data=data, refused=refused, proposed=_PROPOSED)
