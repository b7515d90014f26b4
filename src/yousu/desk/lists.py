"""清单: each role's list of cases. Queues show the chosen case beside the list."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yousu.cases import numbers, queries
from yousu.cases.models import CaseNow
from yousu.desk import moments, navigation, paging, rows
from yousu.desk.access import StaffRequest, staff
from yousu.desk.paging import Order
from yousu.desk.showing import case
from yousu.org.actors import Actor
from yousu.platform import clock

Chosen = Callable[[QuerySet[CaseNow], Actor], QuerySet[CaseNow]]


@dataclass(frozen=True, kw_only=True)
class Queue:
    """One list: what is on it, in which order, what an empty one means, and the command it is for."""

    path: str
    title: Promise
    about: Promise
    empty: Promise
    chosen: Chosen
    order: Order
    word: str = ""


def _in_stage(*stages: str) -> Chosen:
    return lambda cases, _actor: cases.filter(kind="appeal", stage__in=stages)


def _recorded_today(cases: QuerySet[CaseNow], actor: Actor) -> QuerySet[CaseNow]:
    zone = moments.zone()
    midnight = datetime.combine(clock.now().astimezone(zone).date(), time(0), zone)
    return cases.filter(recorded_by=actor.code, recorded_at__gte=midnight)


def _to_call(cases: QuerySet[CaseNow], _actor: Actor) -> QuerySet[CaseNow]:
    return cases.filter(kind="appeal", stage="closed", person_id__isnull=False)


INBOX = Queue(
    path="/desk/inbox/",
    title=_("待转交"),
    about=_("已登记、还没有转交的诉求，最早的在前。"),
    empty=_("没有待转交的诉求。新的诉求登记后会出现在这里。"),
    chosen=_in_stage("recorded"),
    order=paging.OLDEST,
    word="forward",
)
RETURNS = Queue(
    path="/desk/returns/",
    title=_("退单审定"),
    about=_("单位退回、等待审定的诉求，先到期的在前。"),
    empty=_("没有等待审定的退单。"),
    chosen=_in_stage("sent_back"),
    order=paging.DUE_FIRST,
    word="judge-send-back",
)
REVIEWS = Queue(
    path="/desk/reviews/",
    title=_("待审核"),
    about=_("单位已经答复、等待审核的诉求，先到期的在前。"),
    empty=_("没有等待审核的答复。"),
    chosen=_in_stage("handled"),
    order=paging.DUE_FIRST,
    word="review",
)
CALLS = Queue(
    path="/desk/calls/",
    title=_("待回访"),
    about=_("已办结、留了电话的诉求，最早办结的在前。"),
    empty=_("没有等待回访的诉求。"),
    chosen=_to_call,
    order=paging.CLOSED_FIRST,
    word="call-back",
)
UNSOLVED = Queue(
    path="/desk/unsolved/",
    title=_("未解决"),
    about=_("回访中诉求人说没有解决的诉求，最早受理的在前。"),
    empty=_("没有等待研判的诉求。"),
    chosen=_in_stage("unsolved"),
    order=paging.OLDEST,
    word="judge-unsolved",
)
MINE = Queue(
    path="/desk/mine/",
    title=_("我今天的"),
    about=_("我今天登记的诉求，最新的在前。"),
    empty=_("今天还没有登记。按 n 登记一件。"),
    chosen=_recorded_today,
    order=paging.LAST_RECORDED,
)
UNIT_TO_DO = Queue(
    path="/desk/unit/",
    title=_("本单位"),
    about=_("等本单位签收或办理的诉求，先到期的在前。"),
    empty=_("没有等本单位办理的诉求。"),
    chosen=_in_stage("forwarded", "signed"),
    order=paging.DUE_FIRST,
)
UNIT_WAITING = Queue(
    path="/desk/unit/",
    title=_("本单位"),
    about=_("已答复或已退单、等待热线审核的诉求。"),
    empty=_("没有等待审核的诉求。"),
    chosen=_in_stage("sent_back", "handled"),
    order=paging.DUE_FIRST,
)


@staff("")
def home(request: StaffRequest) -> HttpResponse:
    """工作台首页: the page of the role's first work."""
    path = navigation.home_of(request.actor)
    return redirect(path) if path else render(request, "desk/nothing.html")


@staff("forward", everywhere=True)
def inbox(request: StaffRequest) -> HttpResponse:
    """待转交."""
    return _two_panes(request, INBOX)


@staff("judge-send-back")
def returns(request: StaffRequest) -> HttpResponse:
    """退单."""
    return _two_panes(request, RETURNS)


@staff("review")
def reviews(request: StaffRequest) -> HttpResponse:
    """待审核."""
    return _two_panes(request, REVIEWS)


@staff("call-back")
def calls(request: StaffRequest) -> HttpResponse:
    """待回访."""
    return _two_panes(request, CALLS)


@staff("judge-unsolved")
def unsolved(request: StaffRequest) -> HttpResponse:
    """未解决."""
    return _two_panes(request, UNSOLVED)


@staff("record")
def mine(request: StaffRequest) -> HttpResponse:
    """我今天的."""
    return _one_list(request, MINE)


@staff("sign")
def unit(request: StaffRequest) -> HttpResponse:
    """本单位."""
    is_waiting = request.GET.get("show") == "waiting"
    tabs = [
        {"href": "/desk/unit/", "label": _("待办理"), "is_here": not is_waiting},
        {"href": "/desk/unit/?show=waiting", "label": _("待审核"), "is_here": is_waiting},
    ]
    return _one_list(request, UNIT_WAITING if is_waiting else UNIT_TO_DO, tabs=tabs)


def _two_panes(request: StaffRequest, queue: Queue) -> HttpResponse:
    cases = queue.chosen(queries.visible_to(request.actor), request.actor)
    wanted = request.GET.get("case", "")
    wanted = wanted if numbers.is_number(wanted) else ""
    if request.htmx and wanted:
        return render(request, "desk/queue_pane.html", _pane(queries.get(wanted, request.actor), request, queue))
    page = paging.page_of(cases, queue.order, after=request.GET.get("after", ""))
    chosen = _chosen(page, wanted, request.actor)
    shown: dict[str, Any] = {**_list(request, queue, page), "count": cases.count(), "is_chosen": bool(wanted)}
    if chosen is not None:
        shown |= _pane(chosen, request, queue)
    return render(request, "desk/queue.html", shown)


def _chosen(page: paging.Page, wanted: str, actor: Actor) -> CaseNow | None:
    if not wanted:
        return page.rows[0] if page.rows else None
    here = next((row for row in page.rows if row.number == wanted), None)
    return here or queries.visible_to(actor).filter(number=wanted).first()


def _pane(row: CaseNow, request: StaffRequest, queue: Queue) -> dict[str, Any]:
    return {"case": case(row, request.actor), "queue": queue, "next": queue.path}


def _one_list(request: StaffRequest, queue: Queue, **more: Any) -> HttpResponse:
    cases = queue.chosen(queries.visible_to(request.actor), request.actor)
    page = paging.page_of(cases, queue.order, after=request.GET.get("after", ""))
    return render(request, "desk/list.html", {**_list(request, queue, page), "count": cases.count(), **more})


def _list(request: StaffRequest, queue: Queue, page: paging.Page) -> dict[str, Any]:
    kept = {key: value for key, value in request.GET.items() if key not in ("after", "case")}
    following = f"?{urlencode({**kept, 'after': page.after})}" if page.after else ""
    return {"queue": queue, "lines": rows.lines(page.rows), "following": following}
