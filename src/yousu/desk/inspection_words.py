"""质检的用语: what its forms ask, and a sample's cases and scores as pages show them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from yousu.appeals.inspections import sheets
from yousu.appeals.inspections.commands import Given
from yousu.appeals.inspections.events import ScoreJudged, ScoreObjected, WorkScored
from yousu.appeals.inspections.models import InspectedNow
from yousu.appeals.inspections.state import InspectedState, SampleState
from yousu.desk import labels
from yousu.desk.forms import Choices, Field, Refused
from yousu.desk.forms import line as typed_line
from yousu.desk.timeline import names_of
from yousu.ledger import log, texts
from yousu.ledger.events import TextRef, decode
from yousu.org import capabilities
from yousu.org.actors import Actor
from yousu.org.capabilities import Belonging
from yousu.org.city import city
from yousu.platform import clock

SORTS: labels.Words = {"call": _("通话"), "order": _("工单")}
STAGES: labels.Words = {
    "waiting": _("待评分"),
    "scored": _("已评分"),
    "objected": _("申诉待审定"),
    "judged": _("申诉已审定"),
}


def _sorts() -> Choices:
    return [(code, str(word)) for code, word in SORTS.items()]


DRAW_FIELDS = (
    Field(name="sort", label=_("抽什么"), kind="few", choices=_sorts),
    Field(name="first", label=_("从哪天"), kind="day"),
    Field(name="last", label=_("到哪天"), kind="day"),
    Field(name="count", label=_("抽几件"), kind="number", is_required=False, hint=_("件数和比例填一个，最多 500 件")),
    Field(name="percent", label=_("抽百分之几"), kind="number", is_required=False),
    Field(
        name="seed",
        label=_("种子"),
        is_required=False,
        hint=_("不填就随机定一个；填上次的，抽出来的也与上次一样"),
    ),
)


@dataclass(frozen=True, kw_only=True)
class Line:
    """A case of a sample in a list."""

    sample: int
    number: str
    person: str
    stage: str
    stage_name: str
    points: int | None
    of: int | None


@dataclass(frozen=True, kw_only=True)
class ItemLine:
    """One line of a sheet with what was given, or typed, and why."""

    code: str
    name: str
    of: int
    points: str
    remark: str
    error: str
    remark_error: str


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step of a case's score."""

    label: str
    who: str
    at: datetime
    quote: str


@dataclass(frozen=True, kw_only=True)
class Told:
    """What happened with a score, and the remarks as they stand, by item."""

    steps: Sequence[Step] = ()
    remarks: Mapping[str, str] = field(default_factory=dict)


def line(row: InspectedNow, person: str) -> Line:
    """A case as a list shows it."""
    return Line(
        sample=row.sample,
        number=row.case_number,
        person=person,
        stage=row.stage,
        stage_name=str(STAGES[row.stage]),
        points=row.points,
        of=row.of_points,
    )


def draw_proposed() -> dict[str, tuple[str, str]]:
    """Yesterday, and twenty of its calls."""
    yesterday = (log.local_day_of(clock.now()) - timedelta(days=1)).isoformat()
    return {"sort": ("call", ""), "first": (yesterday, ""), "last": (yesterday, ""), "count": ("20", "")}


def told(row: InspectedNow, state: InspectedState | None) -> Told:
    """The steps of a score, and its remarks; nothing before it is scored."""
    if state is None:
        return Told()
    rows = list(log.rows_of(f"inspected/{row.name}"))
    facts = [decode(each.kind, each.shape, each.data) for each in rows]
    remarks = {mark.item: mark.remark for mark in state.marks if mark.remark is not None}
    reasons = [fact.reason for fact in facts if isinstance(fact, ScoreObjected | ScoreJudged)]
    opened = texts.read([ref.id for ref in (*remarks.values(), *reasons)])
    names = names_of(each.actor for each in rows)
    steps = [
        Step(
            label=_label(fact, each.kind),
            who=names[each.actor],
            at=each.occurred_at,
            quote=_said(getattr(fact, "reason", None), opened),
        )
        for each, fact in zip(rows, facts, strict=True)
    ]
    return Told(steps=steps, remarks={item: _said(ref, opened) for item, ref in remarks.items()})


def sheet(
    drawn: SampleState,
    state: InspectedState | None,
    remarks: Mapping[str, str],
    typed: QueryDict | None,
    refused: Refused | None,
) -> list[ItemLine]:
    """The lines of the sheet: with what was just typed, else with what was given, else with full points."""
    given = {mark.item: str(mark.points) for mark in state.marks} if state else {}
    errors = refused.errors if refused else {}
    posted = typed if typed is not None and any(name.startswith("points_") for name in typed) else None
    return [
        ItemLine(
            code=item.code,
            name=item.name(labels.language()),
            of=item.points,
            points=given.get(item.code, str(item.points)) if posted is None else posted.get(f"points_{item.code}", ""),
            remark=remarks.get(item.code, "") if posted is None else posted.get(f"remark_{item.code}", ""),
            error=errors.get(item.code, ""),
            remark_error=errors.get(f"{item.code}_remark", ""),
        )
        for item in sheets.lines(drawn.sort, drawn.sheet)
    ]


def scored(data: QueryDict) -> dict[str, Any]:
    """The points and remarks of a form. Raises FieldWrong for what no field may hold."""
    points = {name.removeprefix("points_"): _points(data, name) for name in data if name.startswith("points_")}
    remarks = {name.removeprefix("remark_"): typed_line(data, name) for name in data if name.startswith("remark_")}
    return {"given": Given(points=points, remarks=remarks)}


def objected(data: QueryDict) -> dict[str, Any]:
    """What somebody objects to, and why."""
    return {"reason": typed_line(data, "reason")}


def judged(data: QueryDict) -> dict[str, Any]:
    """A judgement: upheld with the points of the form, or refused."""
    upheld = data.get("uphold") == "yes"
    return {"uphold": upheld, "reason": typed_line(data, "reason"), **(scored(data) if upheld else {})}


def may_object(state: InspectedState | None, actor: Actor) -> bool:
    """Whether the actor may object now; by the end of the last day it is too late."""
    if (
        state is None
        or state.stage != "scored"
        or not capabilities.may(actor, "object-to-score", Belonging(recorded_by=state.person))
    ):
        return False
    last = log.local_day_of(state.scored_at) + timedelta(days=sheets.objection_days())
    return log.local_day_of(clock.now()) <= last


def may_judge(state: InspectedState | None, actor: Actor) -> bool:
    """Whether the actor may judge the objection."""
    if state is None or state.stage != "objected" or actor.code in (state.scored_by, state.person):
        return False
    return capabilities.may(actor, "judge-score")


def period(data: QueryDict) -> tuple[date, date]:
    """The days of the results: as asked, else the last thirty."""
    today = log.local_day_of(clock.now())
    try:
        first, last = (date.fromisoformat(data.get(name, "")) for name in ("first", "last"))
    except ValueError:
        return today - timedelta(days=29), today
    return min(first, last), max(first, last)


def percent(points: int, of: int) -> str:
    """得分率, one digit."""
    return f"{points * 100 / of:.1f}" if of else "–"


def readable(words: str) -> str:
    """Words that a database takes."""
    return words.replace("\x00", "")


def _points(data: QueryDict, name: str) -> int | None:
    words = typed_line(data, name)
    return int(words) if words.isascii() and words.isdecimal() and len(words) < 5 else None


def _label(fact: Any, kind: str) -> str:
    if isinstance(fact, WorkScored):
        total = sum(mark.points for mark in fact.marks)
        return f"{labels.named(city().events, kind)} {total}/{sum(mark.of for mark in fact.marks)}"
    if isinstance(fact, ScoreJudged):
        return str(_("申诉成立，改分") if fact.upheld else _("申诉不成立，维持原分"))
    return labels.named(city().events, kind)


def _said(ref: TextRef | None, opened: Mapping[Any, str]) -> str:
    return opened.get(ref.id, "") if ref is not None else ""
