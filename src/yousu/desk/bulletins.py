"""通报页: does it reconcile, who has signed, may it go out? Every number opens its cases."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from yousu.bulletins import commands, queries, rendering
from yousu.bulletins.documents.model import Lang
from yousu.bulletins.models import BulletinNow
from yousu.bulletins.queries import Bulletin, BulletinMissing, FigureMissing
from yousu.bulletins.rules import NotReady, PeriodWrong
from yousu.cases import queries as cases
from yousu.desk import labels, rows
from yousu.desk.access import StaffRequest, staff
from yousu.figures.queries import definition
from yousu.ledger.sequencer import TransactionsOpen
from yousu.org import capabilities

PAGE = 50
KINDS = {"daily": _("日报"), "weekly": _("周报")}
STAGES = {
    "composed": _("已编制"),
    "reviewed": _("已审核"),
    "signed": _("已签发"),
    "frozen": _("已冻结"),
    "published": _("已发布"),
}
REFUSALS: dict[str, Promise] = {
    "same_person": _("编制、审核、签发须由不同的人办理。"),
    "does_not_reconcile": _("数字对不上，不能签发或冻结。"),
    "figures_moved": _("签发后数字有变化，请重新编制。"),
    "already_frozen": _("已经冻结，不能重新编制。"),
    "already_done": _("这一步已经办过了。"),
    "steps_missing": _("前面的步骤还没有办完。"),
    "transactions_open": _("还有登记正在提交，请稍后再冻结。"),
}
_STEPS = {
    "compose": (_("编制"), "compose"),
    "review": (_("审核通过"), "review-bulletin"),
    "sign": (_("签发"), "sign-bulletin"),
    "freeze": (_("冻结"), "freeze"),
    "publish": (_("发布"), "publish"),
}
# 核对: the checks' names in the bulletin's JSON are English; people read these.
_CHECKS: dict[str, Promise] = {
    "accepted = sum of channels": _("受理总数 = 各渠道之和"),
    "accepted = sum of types": _("受理总数 = 各类型之和"),
    "accepted = sum of kinds of appellant": _("受理总数 = 个人与企业之和"),
    "accepted = calls + messages": _("受理总数 = 来电 + 留言"),
    "messages = sum of channels": _("留言 = 各渠道之和"),
    "parts of handling = calls": _("来电的各种办理之和 = 来电"),
    "base of completion + excluded = accepted": _("办结率分母 + 剔除 = 受理总数"),
    "completed ≤ base": _("已办结 ≤ 分母"),
    "overdue ≤ unfinished": _("超期 ≤ 未办结"),
}
_NEXT = {None: "compose", "composed": "review", "reviewed": "sign", "signed": "freeze", "frozen": "publish"}


@require_safe
@staff("figures")
def index(request: StaffRequest) -> HttpResponse:
    """All bulletins, newest first; asking for a day or week leads to it."""
    kind, day = request.GET.get("kind", ""), request.GET.get("day", "")
    if kind in KINDS and day:
        try:
            return redirect("desk:bulletin", f"{kind}-{date.fromisoformat(day)}")
        except ValueError:
            return _list(request, refused=_("没有这一天，请核对。"))
    return _list(request)


def _list(request: StaffRequest, *, refused: Promise | None = None) -> HttpResponse:
    found = BulletinNow.objects.order_by("-period_end", "kind")[: 2 * PAGE]
    shown = {
        "bulletins": [(row, KINDS[row.kind], STAGES[row.stage]) for row in found],
        "kinds": KINDS.items(),
        "refused": refused,
        "may_compose": capabilities.may(request.actor, "compose"),
    }
    return render(request, "desk/bulletins.html", shown, status=422 if refused else 200)


@require_safe
@staff("figures")
def show(request: StaffRequest, bulletin_id: str) -> HttpResponse:
    """One bulletin: the document, its checks, the next step."""
    return _page(request, bulletin_id)


@require_POST
@staff("figures")
def step(request: StaffRequest, bulletin_id: str, word: str) -> HttpResponse:
    """compose, review, sign, freeze or publish."""
    command = getattr(commands, word)
    try:
        command(bulletin_id, by=request.actor)
    except PeriodWrong as error:
        raise Http404 from error
    except NotReady as error:
        return _page(request, bulletin_id, refused=REFUSALS[error.why])
    except TransactionsOpen:
        return _page(request, bulletin_id, refused=REFUSALS["transactions_open"])
    return redirect("desk:bulletin", bulletin_id)


@require_safe
@staff("figures")
def numbers(request: StaffRequest, bulletin_id: str) -> HttpResponse:
    """数字背后: the cases that a printed number counts."""
    path = request.GET.get("figure", "")[:120]
    try:
        found = queries.numbers_behind(bulletin_id, path)
    except (BulletinMissing, FigureMissing) as error:
        raise Http404 from error
    after = request.GET.get("after", "")
    waiting = [number for number in sorted(set(found)) if number > after]
    page = waiting[:PAGE]
    lines = rows.lines(cases.visible_to(request.actor).filter(number__in=page).order_by("number"))
    shown = {
        "id": bulletin_id,
        "figure": path,
        "count": len(found),
        "lines": lines,
        "following": f"?{urlencode({'figure': path, 'after': page[-1]})}" if len(waiting) > PAGE else "",
    }
    return render(request, "desk/bulletin_numbers.html", shown)


@require_safe
@staff("figures")
def pdf(request: StaffRequest, bulletin_id: str) -> HttpResponse:
    """The printed bulletin, as a draft until it is frozen."""
    return pdf_of(_found(bulletin_id), lang())


def pdf_of(bulletin: Bulletin, language: Lang) -> HttpResponse:
    """The PDF of a bulletin as an answer."""
    response = HttpResponse(rendering.as_pdf(bulletin, lang=language), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{bulletin.json["id"]}.pdf"'
    return response


def lang() -> Lang:
    """The document's language: the page's."""
    return "zh" if labels.language().startswith("zh") else "en"


def _page(request: StaffRequest, bulletin_id: str, *, refused: Promise | None = None) -> HttpResponse:
    bulletin = _found(bulletin_id)
    address = reverse("desk:bulletin_numbers", args=[bulletin_id])
    document = rendering.as_html(bulletin, lang=lang(), link=lambda path: f"{address}?{urlencode({'figure': path})}")
    stage = bulletin.state.stage if bulletin.state else None
    shown: dict[str, Any] = {
        "id": bulletin_id,
        "document": document,
        "checks": [{**check, "check": _check_name(check["check"])} for check in bulletin.json["checks"]],
        "stage": STAGES[stage] if stage else None,
        "steps": _steps(request, stage),
        "refused": refused,
    }
    return render(request, "desk/bulletin.html", shown, status=409 if refused else 200)


def _check_name(name: str) -> str:
    if name in _CHECKS:
        return str(_CHECKS[name])
    what, _at_most, _whole = name.partition(" ≤ ")
    if what.startswith("topic "):
        return gettext("热点问题第 %(rank)s 位 ≤ 受理总数") % {"rank": what.removeprefix("topic ")}
    figure = definition(what)
    return gettext("%(figure)s的分子 ≤ 接通的回访") % {"figure": figure.name_zh if lang() == "zh" else figure.name_en}


def _steps(request: StaffRequest, stage: str | None) -> list[tuple[str, Promise]]:
    offered = [_NEXT[stage]] if stage in _NEXT else []
    if stage in ("composed", "reviewed", "signed"):
        # Until it is frozen it may be composed anew, with the figures as they are then.
        offered.append("compose")
    return [(word, _STEPS[word][0]) for word in offered if capabilities.may(request.actor, _STEPS[word][1])]


def _found(bulletin_id: str) -> Bulletin:
    try:
        return queries.show(bulletin_id)
    except BulletinMissing as error:
        raise Http404 from error
