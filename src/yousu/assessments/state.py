"""考核状态: the whole state of an assessment, and how facts move it. No Django."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from yousu.assessments import events
from yousu.assessments.events import Method, People, Sizes
from yousu.ledger.events import Row, TextRef

STAGES = ("composed", "shown", "frozen")


@dataclass(frozen=True, kw_only=True)
class Objection:
    """考核申诉, known by the number of its event; `granted` is None until it is judged."""

    id: int
    unit: str
    figure: str
    number: str
    counted: tuple[str, ...]
    reason: str
    by: str
    at: datetime
    note: TextRef | None = None
    granted: bool | None = None
    judged_by: str | None = None
    judged_note: TextRef | None = None


@dataclass(frozen=True, kw_only=True)
class AssessmentState:
    """An assessment: of which month, by what method, how far."""

    id: str
    version: int
    stage: str
    first: date
    last: date
    as_of: datetime
    definitions: str
    method: Method
    groups: Mapping[str, str]
    people: Mapping[str, People]
    sizes: Sizes
    lists: Mapping[str, str]
    composed_by: str
    shown_at: datetime | None = None
    objections_until: datetime | None = None
    objections: tuple[Objection, ...] = ()
    frozen_at: datetime | None = None
    results: Mapping[str, Any] | None = None
    digest: str | None = None

    @property
    def waiting(self) -> tuple[Objection, ...]:
        """Objections that nobody has judged yet."""
        return tuple(one for one in self.objections if one.granted is None)


def evolve(state: AssessmentState | None, fact: Any, row: Row) -> AssessmentState:
    """The state after one fact."""
    if isinstance(fact, events.AssessmentComposed):
        return AssessmentState(
            id=row.stream.partition("/")[2],
            version=row.seq,
            stage="composed",
            first=fact.first,
            last=fact.last,
            as_of=fact.as_of,
            definitions=fact.definitions,
            method=fact.method,
            groups=fact.groups,
            people=fact.people,
            sizes=fact.sizes,
            lists=fact.lists,
            composed_by=row.actor,
        )
    if state is None:
        raise ValueError("its first fact is not that it was composed")
    return replace(_moved(state, fact, row), version=row.seq)


def _moved(state: AssessmentState, fact: Any, row: Row) -> AssessmentState:
    match fact:
        case events.AssessmentShown():
            return replace(state, stage="shown", shown_at=row.recorded_at, objections_until=fact.objections_until)
        case events.Objected():
            return replace(state, objections=(*state.objections, _objection(fact, row)))
        case events.ObjectionJudged():
            return replace(state, objections=tuple(_judged(one, fact, row) for one in state.objections))
        case events.AssessmentFrozen():
            return replace(state, stage="frozen", frozen_at=row.recorded_at, results=fact.results, digest=fact.digest)
        case _:
            raise ValueError(f"{row.kind} is no fact of an assessment")


def _objection(fact: events.Objected, row: Row) -> Objection:
    return Objection(
        id=row.seq,
        unit=fact.unit,
        figure=fact.figure,
        number=fact.number,
        counted=fact.counted,
        reason=fact.reason,
        by=row.actor,
        at=row.recorded_at,
        note=fact.note,
    )


def _judged(one: Objection, fact: events.ObjectionJudged, row: Row) -> Objection:
    if one.id != fact.objection:
        return one
    return replace(one, granted=fact.granted, judged_by=row.actor, judged_note=fact.note)
