"""案件页: one case, its commands, what is opened for a purpose, and the way back. One address for each command."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _L

from yousu.appeals import commands as appeals
from yousu.cases import commands as cases
from yousu.cases import queries
from yousu.cases.models import CaseNow
from yousu.cases.queries import Standing
from yousu.cases.rules import FieldWrong
from yousu.cases.transitions import NotPossible
from yousu.desk import labels, navigation, reply_checks, undoing
from yousu.desk.access import StaffRequest, staff
from yousu.desk.commands import COMMANDS
from yousu.desk.forms import Field, Refused, read, version_seen
from yousu.desk.offering import Command
from yousu.desk.showing import Attempt, Unmasking, case
from yousu.ledger.log import StreamMoved
from yousu.org import capabilities

_PURPOSE = Field(name="purpose", label=_L("为什么查看"))


@staff()
def show(request: StaffRequest, number: str) -> HttpResponse:
    """案件页."""
    return _page(request, queries.get(number, request.actor))


@staff()
def act(request: StaffRequest, number: str, word: str) -> HttpResponse:
    """A command. Refused, it shows the case again with what was typed."""
    if request.method != "POST":
        return redirect("desk:case", number)
    row = queries.get(number, request.actor)
    # Before the answers are judged: who may not is told so, whatever was typed.
    capabilities.require(request.actor, word)
    command = COMMANDS[word]
    answers, refused = read(command.fields, request.POST)
    seen: int | None = None
    try:
        seen = version_seen(request.POST) if command.needs_version else None
        if refused.errors:
            return refuse(request, row, Attempt(word=word, data=request.POST, refused=refused), status=422)
        state = _run(command, number, answers, by=request.actor, seen=seen)
    except (FieldWrong, NotPossible, StreamMoved) as refusal:
        return refused_act(request, row, word=word, refusal=refusal, seen=seen)
    undoing.offer(request, number=number, version=state.version, word=word)
    return redirect(after_act(request, number))


@staff("undo")
def undo(request: StaffRequest, number: str) -> HttpResponse:
    """撤销."""
    if request.method != "POST":
        return redirect("desk:case", number)
    row = queries.get(number, request.actor)
    try:
        appeals.undo(number, by=request.actor, seen=version_seen(request.POST))
    except (FieldWrong, NotPossible, StreamMoved) as refusal:
        return refused_act(request, row, word="undo", refusal=refusal, seen=None)
    undoing.withdraw(request)
    return redirect(after_act(request, number))


@staff("unmask")
def unmask(request: StaffRequest, number: str) -> HttpResponse:
    """查看个人信息: asks for a purpose, logs the access, shows the values on this page only."""
    if request.method != "POST":
        return redirect("desk:case", number)
    row = queries.get(number, request.actor)
    fields = request.POST.getlist("fields")
    answers, refused = read((_PURPOSE,), request.POST)
    try:
        if not fields:
            raise FieldWrong("fields", "unknown_field")
        if not refused.errors:
            shown = cases.unmask(number, fields=fields, purpose=answers["purpose"], by=request.actor)
            return _page(request, row, shown=shown)
    except FieldWrong as wrong:
        refused.add(wrong)
    return _page(request, row, unmasking=Unmasking(data=request.POST, refused=refused), status=422)


@staff("handle")
def check_reply(request: StaffRequest, number: str) -> HttpResponse:
    """答复提示 for what is typed so far: a fragment, or the case again with it. Nothing is handed in."""
    if request.method != "POST":
        return redirect("desk:case", number)
    row = queries.get(number, request.actor)
    capabilities.require(request.actor, "handle", Standing(queries.state_of(row)))
    hints = reply_checks.typed(row, request.POST)
    if request.htmx:
        return render(request, "desk/parts/hints.html", {"hints": hints, "is_typed": True})
    return _page(
        request,
        row,
        attempt=Attempt(word="handle", data=request.POST, refused=Refused(), hints=hints, is_preview=True),
    )


def _run(command: Command, number: str, answers: dict[str, Any], *, by: Any, seen: int | None) -> Any:
    version = {"seen": seen} if command.needs_version else {}
    return command.run(number, **answers, by=by, **version)


def refused_act(
    request: StaffRequest, row: CaseNow, *, word: str, refusal: Exception, seen: int | None
) -> HttpResponse:
    """The case again, with why the engine refused a command."""
    refused = Refused()
    status = 409
    if isinstance(refusal, FieldWrong):
        status = 422
        refused.add(refusal)
        if refusal.field == "seen":
            refused.banner = _("这一页不完整，请核对后再提交一次。")
    elif isinstance(refusal, NotPossible):
        refused.banner = labels.word(labels.REFUSALS, refusal.why)
        seen = None
    else:
        refused.banner = _("您打开这一页后，这件诉求有了变化。填写的内容还在，请核对后再提交。")
        row = queries.get(row.number, request.actor)
    return refuse(request, row, Attempt(word=word, data=request.POST, refused=refused, seen=seen), status=status)


def refuse(request: StaffRequest, row: CaseNow, attempt: Attempt, *, status: int) -> HttpResponse:
    """The case again, with what was asked of it and why it was not done."""
    if attempt.word == "handle":
        attempt = replace(attempt, hints=reply_checks.typed(row, request.POST))
    return _page(request, row, attempt=attempt, status=status)


def _page(request: StaffRequest, row: CaseNow, *, status: int = 200, **more: Any) -> HttpResponse:
    onward = _asked_next(request.POST or request.GET)
    back = _ours(request.GET.get("from", ""))
    if not onward and back:
        # Whoever came from a list stays at the case after an act, and the way back to the list stays, too.
        onward = request.get_full_path()
    if not back:
        back = _list_of(onward, row.number)
    shown = {"case": case(row, request.actor, **more), "next": onward, "back": back}
    return render(request, "desk/case.html", shown, status=status)


def after_act(request: StaffRequest, number: str) -> str:
    """Where the act came from; else the case; else, if it left the actor's sight, the actor's home."""
    if asked := _asked_next(request.POST):
        return asked
    if queries.visible_to(request.actor).filter(number=number).exists():
        return f"/desk/cases/{number}/"
    return navigation.home_of(request.actor) or "/desk/"


def _asked_next(data: QueryDict) -> str:
    return _ours(data.get("next", ""))


def _list_of(onward: str, number: str) -> str:
    """The list that a case's own address names; any other address is a list itself."""
    parts = urlsplit(onward)
    return _ours(QueryDict(parts.query).get("from", "")) if parts.path == f"/desk/cases/{number}/" else onward


def _ours(wanted: str) -> str:
    is_ours = wanted.startswith("/desk/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if is_ours else ""
