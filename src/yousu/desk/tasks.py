"""交办事项: what units are to do by a day, as a list and one page each: reported by the unit, accepted by another."""

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from yousu.desk import governance_words as words
from yousu.desk import paging, timeline
from yousu.desk.access import StaffRequest, staff
from yousu.desk.forms import Choices, Field
from yousu.desk.steps import Step, Tried, offers, taken
from yousu.governance.streams import GovernedMissing
from yousu.governance.tasks import commands, queries
from yousu.governance.tasks.state import TaskState
from yousu.governance.topics import queries as topics
from yousu.org import capabilities
from yousu.org.actors import Actor
from yousu.org.capabilities import Belonging

PAGE = 50


def _decisions() -> Choices:
    return [("accept", str(_("验收通过"))), ("return", str(_("退回，继续落实")))]


def _judge(number: int, *, decision: str, note: str, by: Actor, seen: int) -> Any:
    return commands.judge(number, accept=decision == "accept", note=note, by=by, seen=seen)


STEPS = {
    step.word: step
    for step in (
        Step(
            word="report",
            label=_("报告落实"),
            action="report-task",
            run=commands.report,
            fields=(Field(name="words", label=_("做了什么"), kind="area"),),
        ),
        Step(
            word="judge",
            label=_("验收"),
            action="judge-task",
            run=_judge,
            fields=(
                Field(name="note", label=_("意见"), kind="area", is_required=False, hint=_("退回的要写明还差什么")),
                Field(name="decision", label=_("验收"), kind="buttons", choices=_decisions),
            ),
        ),
        Step(
            word="cancel",
            label=_("撤销交办"),
            action="cancel-task",
            run=commands.cancel,
            fields=(Field(name="why", label=_("为什么撤销"), kind="area"),),
        ),
    )
}


@require_safe
@staff("tasks")
def index(request: StaffRequest) -> HttpResponse:
    """What is owed, soonest first; or what is over."""
    is_over = request.GET.get("group") == "over"
    at = paging.offset(request.GET)
    found = (queries.over if is_over else queries.running)(request.actor, size=PAGE + 1, after=at)
    group = "group=over&" if is_over else ""
    shown = {
        "lines": words.lines(found[:PAGE], request.actor),
        "running": queries.count_running(request.actor),
        "is_over": is_over,
        "following": f"?{group}at={at + PAGE}" if len(found) > PAGE else "",
    }
    return render(request, "desk/tasks.html", shown)


@require_safe
@staff("tasks")
def show(request: StaffRequest, number: int) -> HttpResponse:
    """One task."""
    return _page(request, number)


@require_POST
@staff("tasks")
def step(request: StaffRequest, number: int, word: str) -> HttpResponse:
    """report, judge or cancel, on the version that the page showed."""
    _found(request.actor, number)
    tried = taken(request, number, STEPS[word])
    return redirect("desk:task", number) if tried is None else _page(request, number, tried=tried)


def _page(request: StaffRequest, number: int, *, tried: Tried | None = None) -> HttpResponse:
    task = _found(request.actor, number)
    hidden = words.hidden_from(request.actor, [task])
    shown = {
        "task": task,
        "line": words.lines([task], request.actor)[0],
        "sees_origin": _sees_origin(request.actor, task),
        "origin_address": f"/desk/{task.origin.replace('meeting/', 'meetings/')}/",
        "sees_case": bool(task.case) and not hidden,
        "entries": timeline.of_stream(f"task/{number}", with_words=not hidden),
        "offers": offers(_steps(task, request.actor), tried),
        "refused": tried.refused if tried else None,
        "address": f"/desk/tasks/{number}/",
        "version": task.version,
    }
    return render(request, "desk/task.html", shown, status=tried.status if tried else 200)


def _steps(task: TaskState, actor: Actor) -> Iterator[Step]:
    if task.stage == "open" and capabilities.may(actor, "report-task", Belonging(acting_unit=task.unit)):
        yield STEPS["report"]
    if task.stage == "reported" and capabilities.may(actor, "judge-task") and task.reported_by != actor.code:
        yield STEPS["judge"]
    if task.is_running and capabilities.may(actor, "cancel-task"):
        yield STEPS["cancel"]


def _sees_origin(actor: Actor, task: TaskState) -> bool:
    kind, _slash, number = task.origin.partition("/")
    if kind == "meeting":
        return capabilities.may(actor, "meetings")
    return topics.visible_to(actor).filter(number=int(number)).exists()


def _found(actor: Actor, number: int) -> TaskState:
    try:
        return queries.seen_by(actor, number)
    except GovernedMissing as missing:
        raise Http404 from missing
