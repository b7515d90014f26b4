"""研判会: meetings as a list, one page each: what lies before it, what was decided; the pack as PDF and for Word."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from yousu.cases.rules import FieldWrong
from yousu.desk import governance_words as words
from yousu.desk import labels, meeting_papers, paging, rows, timeline
from yousu.desk.access import StaffRequest, staff
from yousu.desk.filing import MEDIA, filed, lang
from yousu.desk.forms import Field, Refused, asked, read
from yousu.desk.governance_forms import TASK_FIELDS
from yousu.desk.steps import Step, Tried, offers, taken
from yousu.documents import docx, pdf
from yousu.figures.kept import ListBroken, ListMissing
from yousu.governance import streams
from yousu.governance.meetings import commands, queries
from yousu.governance.meetings.state import PARTS, MeetingState
from yousu.governance.refusals import NotReady
from yousu.governance.streams import GovernedMissing
from yousu.governance.tasks import queries as tasks
from yousu.governance.tasks.commands import Wanted
from yousu.org import capabilities
from yousu.org.actors import Actor

PAGE = 50
CALL_FIELDS = (
    Field(name="title", label=_("标题")),
    Field(name="on", label=_("哪天开会"), kind="day"),
    Field(name="first", label=_("看从哪天起的情况"), kind="day", hint=_("到今天为止；召集时数定，以后不变")),
)


def _decide(number: int, *, words: str, unit: str, due: date, case: str, by: Actor, seen: int) -> Any:
    return commands.decide(number, Wanted(unit=unit, due=due, words=words, case=case), by=by, seen=seen)


STEPS = {
    step.word: step
    for step in (
        Step(
            word="decide",
            label=_("记下议定事项"),
            action="call-meeting",
            run=_decide,
            fields=(*TASK_FIELDS, Field(name="case", label=_("诉求编号"), is_required=False)),
        ),
        Step(
            word="close",
            label=_("散会"),
            action="call-meeting",
            run=commands.close,
            fields=(Field(name="words", label=_("会议情况"), kind="area"),),
        ),
    )
}


@require_safe
@staff("meetings")
def index(request: StaffRequest) -> HttpResponse:
    """The meetings, latest first; supervisors call one here."""
    return _index(request)


@require_POST
@staff("call-meeting")
def call(request: StaffRequest) -> HttpResponse:
    """召集研判会."""
    answers, refused = read(CALL_FIELDS, request.POST)
    status = 422
    try:
        if not refused.errors:
            called = commands.call(**answers, by=request.actor)
            return redirect("desk:meeting", called.number)
    except FieldWrong as wrong:
        refused.add(wrong)
    except NotReady as refusal:
        refused.banner, status = labels.word(words.REFUSALS, refusal.why), 409
    return _index(request, refused=refused, status=status)


@require_safe
@staff("meetings")
def show(request: StaffRequest, number: int) -> HttpResponse:
    """One meeting."""
    return _page(request, number)


@require_POST
@staff("meetings")
def step(request: StaffRequest, number: int, word: str) -> HttpResponse:
    """decide or close, on the version that the page showed."""
    tried = taken(request, number, STEPS[word])
    return redirect("desk:meeting", number) if tried is None else _page(request, number, tried=tried)


@require_safe
@staff("meetings")
def numbers(request: StaffRequest, number: int) -> HttpResponse:
    """数字背后: the cases of a part of the agenda."""
    state, part = _found(number), request.GET.get("path", "")
    after = request.GET.get("after", "").replace("\x00", "")[:20]
    try:
        page = list(meeting_papers.visible(state, part, request.actor).filter(number__gt=after)[: PAGE + 1])
    except ListMissing as missing:
        raise Http404 from missing
    except ListBroken:
        return render(request, "desk/meeting_numbers.html", {"number": number, "broken": True}, status=409)
    shown = {
        "number": number,
        "part": words.PARTS[part],
        "count": state.counts[part],
        "lines": rows.lines(page[:PAGE]),
        "following": f"?{urlencode({'path': part, 'after': page[PAGE - 1].number})}" if len(page) > PAGE else "",
    }
    return render(request, "desk/meeting_numbers.html", shown)


@require_safe
@staff("meetings")
def paper(request: StaffRequest, number: int) -> HttpResponse:
    """The pack as PDF, or for Word."""
    form = request.GET.get("format", "pdf")
    if form not in MEDIA:
        raise Http404
    document = meeting_papers.document(_found(number), actor=request.actor, lang=lang())
    content = docx.render(document) if form == "docx" else pdf.render(document)
    return filed(content, name=f"meeting-{number}", form=form)


def _index(request: StaffRequest, *, refused: Refused | None = None, status: int = 200) -> HttpResponse:
    at = paging.offset(request.GET)
    found = list(queries.everything()[at : at + PAGE + 1])
    states: list[MeetingState] = [streams.state_of(row) for row in found[:PAGE]]
    said = words.opened(state.title for state in states)
    today = streams.today()
    proposed = {"on": (today.isoformat(), ""), "first": ((today - timedelta(days=28)).isoformat(), "")}
    data = request.POST if request.method == "POST" else None
    shown = {
        "lines": [
            {
                "state": state,
                "title": said.get(state.title.id) or "–",
                "stage": words.MEETING_STAGES[state.stage],
                "cases": sum(state.counts.values()),
            }
            for state in states
        ],
        "following": f"?at={at + PAGE}" if len(found) > PAGE else "",
        "may_call": capabilities.may(request.actor, "call-meeting"),
        "asked": asked(CALL_FIELDS, data=data, refused=refused, proposed=proposed),
        "refused": refused,
    }
    return render(request, "desk/meetings.html", shown, status=status)


def _page(request: StaffRequest, number: int, *, tried: Tried | None = None) -> HttpResponse:
    state = _found(number)
    said = words.opened(ref for ref in (state.title, state.words) if ref is not None)
    decided = tasks.of(f"meeting/{number}")
    lines = words.lines([*decided, *queries.states("task", state.owed)], request.actor)
    shown = {
        "state": state,
        "title": said.get(state.title.id),
        "minutes": said.get(state.words.id) if state.words else "",
        "stage": words.MEETING_STAGES[state.stage],
        "parts": [(part, words.PARTS[part], state.counts[part]) for part in PARTS],
        "governance": [
            (one, title, labels.unit(one.lead_unit), words.chip(one.stage, one.due))
            for one, title in words.titled(queries.states("governance", state.governance))
        ],
        "specials": meeting_papers.specials_of(state),
        "decided": lines[: len(decided)],
        "owed": lines[len(decided) :],
        "entries": timeline.of_stream(f"meeting/{number}", with_words=False),
        "offers": offers(_steps(state, request.actor), tried),
        "refused": tried.refused if tried else None,
        "address": f"/desk/meetings/{number}/",
        "version": state.version,
    }
    return render(request, "desk/meeting.html", shown, status=tried.status if tried else 200)


def _steps(state: MeetingState, actor: Actor) -> Iterator[Step]:
    if state.stage == "called" and capabilities.may(actor, "call-meeting"):
        yield from STEPS.values()


def _found(number: int) -> MeetingState:
    try:
        return queries.get(number)
    except GovernedMissing as missing:
        raise Http404 from missing
