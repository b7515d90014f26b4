"""清单: each role's list of cases. Queues show the chosen case beside the list."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from yousu.appeals import call_back_draws, lateness, waiting
from yousu.cases import numbers, queries
from yousu.cases.models import CaseNow
from yousu.desk import board, navigation, paging, queues, rows
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


@staff("forward", everywhere=True)
def enterprise(request: StaffRequest) -> HttpResponse:
    """企业诉求."""
    return _two_panes(request, queues.ENTERPRISE)


@staff("judge-lift")
def lifts(request: StaffRequest) -> HttpResponse:
    """解除限制."""
    return _two_panes(request, queues.LIFTS)


@staff("approve")
def approvals(request: StaffRequest) -> HttpResponse:
    """审核签发."""
    return _two_panes(request, queues.APPROVALS)


@staff("judge-send-back")
def returns(request: StaffRequest) -> HttpResponse:
    """退单."""
    return _two_panes(request, queues.RETURNS)


@staff("judge-extension")
def extensions(request: StaffRequest) -> HttpResponse:
    """延期."""
    return _two_panes(request, queues.EXTENSIONS)


@staff("unpark")
def parked(request: StaffRequest) -> HttpResponse:
    """挂账."""
    return _two_panes(request, queues.PARKED)


@staff("judge-exclusion")
def exclusions(request: StaffRequest) -> HttpResponse:
    """剔除."""
    return _two_panes(request, queues.EXCLUSIONS)


@staff("review")
def reviews(request: StaffRequest) -> HttpResponse:
    """待审核."""
    return _two_panes(request, queues.REVIEWS)


@staff("call-back")
def calls(request: StaffRequest) -> HttpResponse:
    """待回访."""
    return _two_panes(request, queues.CALLS, tabs=_call_back_tabs())


def _call_back_tabs() -> list[dict[str, Any]]:
    if call_back_draws.percent() == 100:
        return []
    return [
        {"label": _("待回访"), "href": "/desk/calls/", "is_here": True},
        {"label": _("抽样记录"), "href": "/desk/calls/samples/", "is_here": False},
    ]


@staff("judge-unsolved")
def unsolved(request: StaffRequest) -> HttpResponse:
    """未解决."""
    return _two_panes(request, queues.UNSOLVED)


@staff("judge-unsolved")
def late(request: StaffRequest) -> HttpResponse:
    """超期与临期: units with what presses, and the cases themselves; a unit in the address shows its own alone."""
    loads = lateness.loads(queries.visible_to(request.actor), lateness.Bounds.at_present())
    unit = request.GET.get("unit", "")
    known = unit in {load.unit for load in loads}
    totals = {"late": sum(load.late for load in loads), "today": sum(load.today for load in loads)}
    return _two_panes(
        request,
        queues.LATE,
        only=Q(lead_unit=unit) if known else None,
        template="desk/late.html",
        loads=loads,
        unit=unit if known else "",
        totals={**totals, "soon": sum(load.soon for load in loads)},
    )


@staff("supervise")
def proposals(request: StaffRequest) -> HttpResponse:
    """督办建议."""
    return _two_panes(request, queues.PROPOSALS)


@staff("record")
def mine(request: StaffRequest) -> HttpResponse:
    """我今天的."""
    return _one_list(request, queues.MINE)


@staff("sign")
def unit(request: StaffRequest) -> HttpResponse:
    """本单位: by deadline as a list, by what is left as a board, and what waits for the desk."""
    show = request.GET.get("show", "")
    show = show if show in ("board", "waiting") else ""
    tabs = [
        {"href": f"/desk/unit/{address}", "label": label, "is_here": show == name}
        for name, address, label in (
            ("", "", _("按期限")),
            ("board", "?show=board", _("看板")),
            ("waiting", "?show=waiting", _("待审核")),
        )
    ]
    if show == "board":
        return _board(request, tabs)
    return _one_list(request, queues.UNIT_WAITING if show else queues.UNIT_TO_DO, tabs=tabs)


def _board(request: StaffRequest, tabs: list[dict[str, Any]]) -> HttpResponse:
    queue = queues.UNIT_TO_DO
    cases = queue.cases(request.actor)
    soonest = paging.page_of(cases, queue.order, after="", size=board.MOST)
    shown = {"queue": queue, "count": waiting.count(cases), "tabs": tabs, "address": _address(request)}
    more = {"columns": board.columns(soonest.rows), "most": board.MOST if soonest.after else None}
    return render(request, "desk/board.html", {**shown, **more})


def _two_panes(
    request: StaffRequest, queue: Queue, *, only: Q | None = None, template: str = "desk/queue.html", **more: Any
) -> HttpResponse:
    cases = queue.cases(request.actor)
    cases = cases if only is None else cases.filter(only)
    wanted = request.GET.get("case", "")
    wanted = wanted if numbers.is_number(wanted) else ""
    if request.htmx and wanted:
        return render(request, "desk/queue_pane.html", _pane(queries.get(wanted, request.actor), request, queue))
    page = paging.page_of(cases, queue.order, after=request.GET.get("after", ""))
    chosen = _chosen(page, wanted, request.actor)
    shown: dict[str, Any] = {
        **_list(request, queue, page),
        "count": waiting.count(cases),
        "is_chosen": bool(wanted),
        **more,
    }
    if chosen is not None:
        shown |= _pane(chosen, request, queue)
    return render(request, template, shown)


def _chosen(page: paging.Page, wanted: str, actor: Actor) -> CaseNow | None:
    if not wanted:
        return page.rows[0] if page.rows else None
    here = next((row for row in page.rows if row.number == wanted), None)
    return here or queries.visible_to(actor).filter(number=wanted).first()


def _pane(row: CaseNow, request: StaffRequest, queue: Queue) -> dict[str, Any]:
    return {"case": case(row, request.actor), "queue": queue, "next": queue.path}


def _one_list(request: StaffRequest, queue: Queue, **more: Any) -> HttpResponse:
    cases = queue.cases(request.actor)
    page = paging.page_of(cases, queue.order, after=request.GET.get("after", ""))
    return render(request, "desk/list.html", {**_list(request, queue, page), "count": waiting.count(cases), **more})


def _list(request: StaffRequest, queue: Queue, page: paging.Page) -> dict[str, Any]:
    kept = {key: value for key, value in request.GET.items() if key not in ("after", "case")}
    following = f"?{urlencode({**kept, 'after': page.after})}" if page.after else ""
    return {
        "queue": queue,
        "lines": rows.lines(page.rows, more=queue.badges),
        "following": following,
        "address": _address(request),
    }


def _address(request: StaffRequest) -> str:
    """The list itself, without the case beside it."""
    kept = {key: value for key, value in request.GET.items() if key != "case"}
    return f"{request.path}?{urlencode(kept)}" if kept else request.path
