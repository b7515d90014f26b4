"""考核页: how did the units do in a month, what do they object to, may it be frozen? Every number opens its cases."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from yousu.assessments import commands, queries, rules
from yousu.assessments.queries import AssessmentMissing
from yousu.assessments.rules import MonthWrong, NotReady
from yousu.assessments.scoring import Result
from yousu.assessments.state import AssessmentState, Objection
from yousu.cases import queries as cases
from yousu.cases.rules import FieldWrong
from yousu.desk import assessment_words as words
from yousu.desk import labels, rows
from yousu.desk.access import StaffRequest, staff
from yousu.desk.forms import version_seen
from yousu.desk.timeline import names_of
from yousu.figures import comparing, weighted
from yousu.figures.answers import definition
from yousu.figures.kept import ListBroken, ListMissing
from yousu.figures.showing import wording
from yousu.ledger import texts
from yousu.ledger.log import StreamMoved
from yousu.org import capabilities
from yousu.org.city import city

PAGE = 50
_ASKED = ("number", "figure", "reason", "note")


@dataclass(frozen=True, kw_only=True)
class _Refused:
    """Why a step was not taken."""

    code: str
    status: int = 409


@require_safe
@staff("assessments")
def index(request: StaffRequest) -> HttpResponse:
    """All assessments, newest first; asking for a month leads to it."""
    month, is_wrong = request.GET.get("month", ""), False
    if month:
        try:
            return redirect("desk:assessment", rules.month_of(month).id)
        except MonthWrong:
            is_wrong = True
    shown = {
        "assessments": [(row, words.STAGES[row.stage]) for row in queries.visible_to(request.actor)[:PAGE]],
        "is_wrong": is_wrong,
        "may_compose": capabilities.may(request.actor, "compose-assessment"),
    }
    return render(request, "desk/assessments.html", shown, status=422 if is_wrong else 200)


@require_safe
@staff("assessments")
def show(request: StaffRequest, assessment_id: str) -> HttpResponse:
    """One month: scores, the sets behind them, objections, the next step."""
    return _page(request, assessment_id)


@require_POST
@staff("assessments")
def step(request: StaffRequest, assessment_id: str, word: str) -> HttpResponse:
    """compose, show or freeze, on the version that the page showed."""
    capabilities.require(request.actor, words.STEPS[word].action)
    command = {"compose": commands.compose, "show": commands.show, "freeze": commands.freeze}[word]
    return _taken(request, assessment_id, lambda: command(assessment_id, by=request.actor, seen=_seen(request)))


@require_POST
@staff("object")
def object_to(request: StaffRequest, assessment_id: str) -> HttpResponse:
    """考核申诉. It names a case and a figure, so others' objections meanwhile are no reason to refuse it."""
    number, figure, reason, note = (request.POST.get(name, "").strip() for name in _ASKED)
    return _taken(
        request,
        assessment_id,
        lambda: commands.object_to(
            assessment_id, number=number, figure=figure, reason=reason, note=note, by=request.actor
        ),
    )


@require_POST
@staff("judge-objection")
def judge(request: StaffRequest, assessment_id: str) -> HttpResponse:
    """申诉审定."""
    which, decision = request.POST.get("objection", ""), request.POST.get("decision", "")
    if not (which.isascii() and which.isdecimal() and len(which) < 10) or decision not in ("grant", "refuse"):
        return _page(request, assessment_id, refused=_Refused(code="incomplete", status=422))
    return _taken(
        request,
        assessment_id,
        lambda: commands.judge_objection(
            assessment_id,
            objection=int(which),
            grant=decision == "grant",
            note=request.POST.get("note", ""),
            by=request.actor,
            seen=_seen(request),
        ),
    )


@require_safe
@staff("assessments")
def numbers(request: StaffRequest, assessment_id: str) -> HttpResponse:
    """数字背后: the cases that a number of a unit counts, as they are now."""
    path = request.GET.get("path", "")[:120]
    try:
        found = queries.numbers_behind(_seen_by(request, assessment_id), path, request.actor)
    except (AssessmentMissing, ListMissing) as error:
        raise Http404 from error
    except ListBroken:
        return render(request, "desk/assessment_numbers.html", {"id": assessment_id, "broken": path}, status=409)
    waiting = [number for number in found if number > request.GET.get("after", "")]
    page = waiting[:PAGE]
    visible = list(cases.visible_to(request.actor).filter(number__in=page).order_by("number"))
    shown = {
        "id": assessment_id,
        "count": len(found),
        "lines": rows.lines(visible),
        "hidden": len(page) - len(visible),
        "following": f"?{urlencode({'path': path, 'after': page[-1]})}" if len(waiting) > PAGE else "",
    }
    return render(request, "desk/assessment_numbers.html", shown)


def _seen(request: StaffRequest) -> int:
    return version_seen(request.POST)


def _taken(request: StaffRequest, assessment_id: str, act: Callable[[], Any]) -> HttpResponse:
    try:
        act()
    except MonthWrong as error:
        raise Http404 from error
    except AssessmentMissing as error:
        raise Http404 from error
    except FieldWrong as error:
        code = f"wrong_{error.field}" if f"wrong_{error.field}" in words.REFUSALS else "incomplete"
        return _page(request, assessment_id, refused=_Refused(code=code, status=422))
    except StreamMoved:
        return _page(request, assessment_id, refused=_Refused(code="moved"))
    except NotReady as error:
        return _page(request, assessment_id, refused=_Refused(code=error.why))
    return redirect("desk:assessment", assessment_id)


def _seen_by(request: StaffRequest, assessment_id: str) -> AssessmentState:
    try:
        return queries.seen_by(request.actor, assessment_id)
    except AssessmentMissing as error:
        raise Http404 from error


def _page(request: StaffRequest, assessment_id: str, *, refused: _Refused | None = None) -> HttpResponse:
    try:
        month = rules.month_of(assessment_id)
    except MonthWrong as error:
        raise Http404 from error
    state = queries.state(assessment_id)
    if not _may_open(state, request):
        raise Http404
    shown: dict[str, Any] = {
        "id": assessment_id,
        "month": month,
        "state": state,
        "version": state.version if state else 0,
        "steps": [
            (word, words.STEPS[word].label)
            for word in queries.possible(state, month)
            if capabilities.may(request.actor, words.STEPS[word].action)
        ],
        "refused": words.REFUSALS[refused.code] if refused else None,
        **(_shown(request, state) if state else {}),
    }
    return render(request, "desk/assessment.html", shown, status=refused.status if refused else 200)


def _may_open(state: AssessmentState | None, request: StaffRequest) -> bool:
    if state is None:
        return capabilities.may(request.actor, "compose-assessment")
    return queries.is_seen_by(state, request.actor)


def _shown(request: StaffRequest, state: AssessmentState) -> dict[str, Any]:
    results = queries.results(state, request.actor)
    own = queries.units_for(state, request.actor)
    objections = [one for one in state.objections if one.unit in own]
    return {
        "stage": words.STAGES[state.stage],
        "heads": [
            (wording.figure_name(definition(figure)), state.method.weights[figure]) for figure in _figures(state)
        ],
        "groups": list(_groups(state, results)),
        "no_people": any(one.unit not in state.people for one in results),
        "objections": _objections(state, objections, request),
        "may_object": capabilities.may(request.actor, "object") and state.stage == "shown" and bool(own),
        "figures": [(figure, wording.figure_name(definition(figure))) for figure in _figures(state)],
        "reasons": [(code, label.name(labels.language())) for code, label in city().reasons["object"].items()],
        "asked": request.POST if request.method == "POST" else {},
    }


def _groups(state: AssessmentState, results: Sequence[Result]) -> Iterator[dict[str, Any]]:
    for group in dict.fromkeys(one.group for one in results):
        label = city().assessment_groups.get(group)
        lines = [_line(state, one) for one in results if one.group == group]
        yield {"name": label.name(labels.language()) if label else group, "lines": lines}


def _line(state: AssessmentState, one: Result) -> dict[str, Any]:
    address = reverse("desk:assessment_numbers", args=[state.id])

    def link(name: str, part: str) -> str:
        return f"{address}?{urlencode({'path': f'{one.unit}.{name}.{part}'})}"

    return {
        "unit": labels.unit(one.unit),
        "place": one.place,
        "score": one.score,
        "zone": words.ZONES[one.zone] if one.zone else None,
        "drawn": words.DRAWN[one.zone] if one.zone else "",
        "is_small": one.is_small,
        "cells": [
            {"value": one.rates[figure], "parts": list(_parts(one, figure, state, link))} for figure in _figures(state)
        ],
        "accepted": (one.accepted, link("accepted", "counted")),
        "per_10000": one.per_10000,
        "people": state.people.get(one.unit),
    }


def _figures(state: AssessmentState) -> list[str]:
    """The scored figures in the order of every table."""
    return [figure for figure in comparing.FIGURES if figure in state.method.figures]


def _parts(
    one: Result, figure: str, state: AssessmentState, link: Callable[[str, str], str]
) -> Iterator[dict[str, Any]]:
    weights, made = state.method.figures[figure], weighted.catalogue()
    names = [name for name in (made[figure].parts if figure in made else (figure,)) if name in weights]
    base, out = one.sizes[names[0]]["base"], one.sizes[names[0]]["excluded"]
    if base:
        for at, name in enumerate(names):
            what = wording.figure_name(definition(name)) + (f" × {weights[name]}" if len(names) > 1 else "")
            number = one.sizes[name]["counted"]
            yield {"sign": "+" if at else "", "number": number, "what": what, "href": link(name, "counted")}
        yield {"sign": "/", "number": base, "what": _("分母"), "href": link(names[0], "base")}
    if out:
        yield {"sign": _("剔"), "number": out, "what": _("剔除"), "href": link(names[0], "excluded")}


def _objections(state: AssessmentState, objections: Sequence[Objection], request: StaffRequest) -> list[dict[str, Any]]:
    notes = texts.read([ref.id for one in objections for ref in (one.note, one.judged_note) if ref is not None])
    people = names_of([one.by for one in objections] + [one.judged_by for one in objections if one.judged_by])
    reasons = city().reasons["object"]
    may_judge = capabilities.may(request.actor, "judge-objection")
    return [
        {
            "id": one.id,
            "number": one.number,
            "unit": labels.unit(one.unit),
            "figure": wording.figure_name(definition(one.figure)),
            "reason": labels.named(reasons, one.reason),
            "note": notes.get(one.note.id, "") if one.note else "",
            "who": people[one.by],
            "at": one.at,
            "granted": one.granted,
            "judge": people[one.judged_by] if one.judged_by else "",
            "judged_note": notes.get(one.judged_note.id, "") if one.judged_note else "",
            "may_judge": may_judge and _may_judge(state, one, request.actor.code),
        }
        for one in objections
    ]


def _may_judge(state: AssessmentState, one: Objection, by: str) -> bool:
    try:
        rules.may_judge(state, one, by=by)
    except NotReady:
        return False
    return True
