"""紧急事项: what was reported to the duty office, with the minutes that passed, as a list and on the case page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _L
from django.views.decorators.http import require_safe

from yousu.appeals import waiting
from yousu.appeals.state import AppealState
from yousu.appeals.urgent import UrgentReport, minutes_between
from yousu.cases import queries
from yousu.cases.queries import Standing
from yousu.desk import paging, queues, rows, spans, timeline
from yousu.desk.access import StaffRequest, staff
from yousu.desk.queues import Queue
from yousu.ledger import texts
from yousu.ledger.events import TextRef
from yousu.org import capabilities
from yousu.org.actors import Actor
from yousu.platform import clock

_MAY = ("follow-urgent", "report-urgent")


@dataclass(frozen=True, kw_only=True)
class Shown:
    """One report: which it is, how long it took, its words if the reader may see them."""

    title: str
    elapsed: str
    words: str
    who: str
    at: datetime


@require_safe
@staff("follow-urgent")
def index(request: StaffRequest) -> HttpResponse:
    """紧急事项: those that go on, the latest first; those that are over on a tab of their own."""
    is_over = request.GET.get("show") == "over"
    queue: Queue = queues.URGENT_OVER if is_over else queues.URGENT
    cases = queue.cases(request.actor)
    page = paging.page_of(cases, queue.order, after=request.GET.get("after", ""))
    states: list[AppealState] = [queries.state_of(row) for row in page.rows]
    opened = texts.read([ref.id for case in states for ref in all_refs(case).values()])
    who = timeline.names_of(report.by for case in states for report in case.urgent)
    kept = {"show": "over"} if is_over else {}
    context = {
        "queue": queue,
        "count": waiting.count(cases),
        "tabs": [
            {"href": queues.URGENT.path, "label": _L("进行中"), "is_here": not is_over},
            {"href": queues.URGENT_OVER.path, "label": _L("已终报"), "is_here": is_over},
        ],
        "matters": [
            {"line": rows.line(row, case), "silent": silent(case), "reports": _all(case, opened, who)}
            for row, case in zip(page.rows, states, strict=True)
        ],
        "following": f"?{urlencode({**kept, 'after': page.after})}" if page.after else "",
    }
    return render(request, "desk/urgent.html", context)


def may_read(actor: Actor, case: AppealState) -> bool:
    """Whether the actor has a part in the urgent matter."""
    return any(capabilities.may(actor, action, Standing(case)) for action in _MAY)


def all_refs(case: AppealState) -> dict[str, TextRef]:
    """The words of a case's reports, to be read with its other words."""
    return {str(report.text.id): report.text for report in case.urgent}


def of(case: AppealState, words: Mapping[str, str]) -> list[Shown]:
    """A case's reports, the first one first."""
    opened = {ref.id: words[key] for key, ref in all_refs(case).items() if key in words}
    return _all(case, opened, timeline.names_of(report.by for report in case.urgent))


def silent(case: AppealState) -> str:
    """How long nothing was heard of a matter that goes on."""
    last = case.urgent[-1]
    minutes = minutes_between(last.at, clock.now())
    return "" if last.is_final or not minutes else _("%(minutes)s没有新的报告") % {"minutes": spans.spell(minutes)}


def _all(case: AppealState, opened: Mapping[Any, str], who: Mapping[str, str]) -> list[Shown]:
    return [
        Shown(
            title=_title(nth, report),
            elapsed=spans.elapsed(report.minutes, report.since_first),
            words=opened.get(report.text.id) or _("（内容不显示）"),
            who=who.get(report.by, ""),
            at=report.at,
        )
        for nth, report in enumerate(case.urgent)
    ]


def _title(nth: int, report: UrgentReport) -> str:
    if report.is_final:
        return _("终报")
    return _("首报") if nth == 0 else _("第 %(n)s 次续报") % {"n": nth}
