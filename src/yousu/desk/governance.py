"""未诉先办: governance tasks as a list, one page each: cause, measures, appeals before and after that open."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yousu.cases import queries as cases
from yousu.cases.rules import FieldWrong
from yousu.desk import governance_forms as forms
from yousu.desk import governance_words as words
from yousu.desk import labels, paging, rows, timeline
from yousu.desk.access import StaffRequest, staff
from yousu.desk.forms import Refused, asked, read
from yousu.desk.steps import Tried, offers, taken
from yousu.figures.kept import ListBroken, ListMissing
from yousu.governance import streams
from yousu.governance.refusals import NotReady
from yousu.governance.streams import GovernedMissing
from yousu.governance.tasks import queries as tasks
from yousu.governance.topics import commands, queries
from yousu.governance.topics.state import GovernanceState, limit_of
from yousu.org import capabilities
from yousu.org.actors import Actor

PAGE = 50
WORDS = (*forms.STEPS, "reopen")


@require_safe
@staff("governance")
def index(request: StaffRequest) -> HttpResponse:
    """The governance tasks, those to be closed first."""
    chosen = request.GET.get("group", "")
    sizes = {group: queries.grouped(request.actor, group).count() for group in queries.GROUPS}
    if chosen not in sizes:
        chosen = next((group for group in queries.GROUPS if sizes[group]), "open")
    at = paging.offset(request.GET)
    found = list(queries.grouped(request.actor, chosen)[at : at + PAGE + 1])
    shown = {
        "lines": [_line(state, title) for state, title in words.titled(map(streams.state_of, found[:PAGE]))],
        "tabs": [
            {"href": f"?group={group}", "label": words.GROUPS[group], "count": size, "is_here": group == chosen}
            for group, size in sizes.items()
        ],
        "following": f"?{urlencode({'group': chosen, 'at': at + PAGE})}" if len(found) > PAGE else "",
        "may_open": capabilities.may(request.actor, "open-governance"),
    }
    return render(request, "desk/governance.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@staff("open-governance")
def new(request: StaffRequest) -> HttpResponse:
    """立项, from a topic or from nothing."""
    refused, status = None, 200
    if request.method == "POST":
        answers, refused = read(forms.OPEN_FIELDS, request.POST)
        status = 422
        try:
            if not refused.errors:
                opened = commands.open_task(forms.plan(answers), by=request.actor)
                return redirect("desk:governance_task", opened.number)
        except FieldWrong as wrong:
            refused.add(wrong)
        except NotReady as refusal:
            refused.banner, status = labels.word(words.REFUSALS, refusal.why), 409
    shown = {"asked": _asked(request, refused), "refused": refused}
    return render(request, "desk/governance_new.html", shown, status=status)


@require_safe
@staff("governance")
def show(request: StaffRequest, number: int) -> HttpResponse:
    """One governance task."""
    return _page(request, number)


@require_POST
@staff("governance")
def step(request: StaffRequest, number: int, word: str) -> HttpResponse:
    """find-cause, report, add-task, close or reopen, on the version that the page showed."""
    state = _found(request.actor, number)
    known = forms.reopen_step(state) if word == "reopen" else forms.STEPS[word]
    tried = taken(request, number, known)
    return redirect("desk:governance_task", number) if tried is None else _page(request, number, tried=tried)


@require_safe
@staff("governance")
def numbers(request: StaffRequest, number: int) -> HttpResponse:
    """数字背后: the cases before or after, those among them that the reader may see."""
    state, path = _found(request.actor, number), request.GET.get("path", "")
    shown: dict[str, Any] = {"number": number, "path": path}
    try:
        found = queries.numbers_behind(state, path)
    except ListMissing as missing:
        raise Http404 from missing
    except ListBroken:
        return render(request, "desk/governance_numbers.html", {**shown, "broken": True}, status=409)
    after = request.GET.get("after", "").replace("\x00", "")[:20]
    visible = cases.visible_to(request.actor).filter(number__in=found, number__gt=after).order_by("number")
    page = list(visible[: PAGE + 1])
    shown |= {
        "count": len(found),
        "lines": rows.lines(page[:PAGE]),
        "sees_all": cases.sees_all(request.actor),
        "following": f"?{urlencode({'path': path, 'after': page[PAGE - 1].number})}" if len(page) > PAGE else "",
    }
    return render(request, "desk/governance_numbers.html", shown)


def _asked(request: StaffRequest, refused: Refused | None) -> Any:
    data = request.POST if request.method == "POST" else None
    return asked(forms.OPEN_FIELDS, data=data, refused=refused, proposed=forms.proposed(request.GET))


def _page(request: StaffRequest, number: int, *, tried: Tried | None = None) -> HttpResponse:
    state = _found(request.actor, number)
    measures = tasks.of(f"governance/{number}")
    said = words.opened(ref for ref in (state.title, state.leader, state.cause) if ref is not None)
    shown = {
        "state": state,
        "title": said.get(state.title.id),
        "leader": said.get(state.leader.id),
        "cause": said.get(state.cause.id) if state.cause else "",
        "chip": words.chip(state.stage, state.due),
        "subject": words.subject(state.subject),
        "target": words.target(state.target),
        **_compared(state),
        "measures": words.lines(measures, request.actor),
        "may_see_tasks": {task.number for task in measures if _sees(request.actor, task.unit)},
        "entries": timeline.of_stream(f"governance/{number}"),
        "offers": offers(forms.steps(state, request.actor, measures), tried),
        "refused": tried.refused if tried else None,
        "address": f"/desk/governance/{number}/",
        "version": state.version,
    }
    return render(request, "desk/governance_task.html", shown, status=tried.status if tried else 200)


def _compared(state: GovernanceState) -> dict[str, Any]:
    after, limit = queries.after(state), limit_of(state.target, state.before)
    most = max(state.before, after or 0, limit, 1)
    return {
        "after": after,
        "limit": limit,
        "is_over_limit": after is not None and after > limit,
        "change": words.change(state.before, after) if after is not None and streams.today() > state.due else "",
        "bars": {
            "before": 100 * state.before // most,
            "after": 100 * (after or 0) // most,
            "limit": 100 * limit // most,
        },
    }


def _line(state: GovernanceState, title: str) -> dict[str, Any]:
    return {
        "number": state.number,
        "title": title,
        "subject": words.subject(state.subject),
        "unit": labels.unit(state.lead_unit),
        "target": words.target(state.target),
        "before": state.before,
        "result": state.result,
        "chip": words.chip(state.stage, state.due),
        "due": state.due,
    }


def _sees(actor: Actor, unit: str) -> bool:
    return "all" in capabilities.scopes(actor, "tasks") or unit in actor.tree


def _found(actor: Actor, number: int) -> GovernanceState:
    try:
        return queries.seen_by(actor, number)
    except GovernedMissing as missing:
        raise Http404 from missing
