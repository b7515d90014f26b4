"""清单: each role's list of cases. Queues show the chosen case beside the list."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from yousu.cases import numbers, queries
from yousu.cases.models import CaseNow
from yousu.desk import navigation, paging, queues, rows
from yousu.desk.access import StaffRequest, staff
from yousu.desk.queues import Queue
from yousu.desk.showing import case
from yousu.org.actors import Actor


@staff("")
def home(request: StaffRequest) -> HttpResponse:
    """工作台首页: the page of the role's first work."""
    path = navigation.home_of(request.actor)
    return redirect(path) if path else render(request, "desk/nothing.html")


@staff("forward", everywhere=True)
def inbox(request: StaffRequest) -> HttpResponse:
    """待转交."""
    return _two_panes(request, queues.INBOX)


@staff("judge-send-back")
def returns(request: StaffRequest) -> HttpResponse:
    """退单."""
    return _two_panes(request, queues.RETURNS)


@staff("review")
def reviews(request: StaffRequest) -> HttpResponse:
    """待审核."""
    return _two_panes(request, queues.REVIEWS)


@staff("call-back")
def calls(request: StaffRequest) -> HttpResponse:
    """待回访."""
    return _two_panes(request, queues.CALLS)


@staff("judge-unsolved")
def unsolved(request: StaffRequest) -> HttpResponse:
    """未解决."""
    return _two_panes(request, queues.UNSOLVED)


@staff("record")
def mine(request: StaffRequest) -> HttpResponse:
    """我今天的."""
    return _one_list(request, queues.MINE)


@staff("sign")
def unit(request: StaffRequest) -> HttpResponse:
    """本单位."""
    is_waiting = request.GET.get("show") == "waiting"
    tabs = [
        {"href": "/desk/unit/", "label": _("待办理"), "is_here": not is_waiting},
        {"href": "/desk/unit/?show=waiting", "label": _("待审核"), "is_here": is_waiting},
    ]
    return _one_list(request, queues.UNIT_WAITING if is_waiting else queues.UNIT_TO_DO, tabs=tabs)


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
