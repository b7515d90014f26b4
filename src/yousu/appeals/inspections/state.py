"""质检状态: a sample and a scored case, and how facts move them. No Django."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from yousu.appeals.inspections import events
from yousu.appeals.inspections.events import Drawn, Mark
from yousu.ledger.events import Row, TextRef

# 待评分, 已评分, 已申诉, 已审定.
STAGES = ("waiting", "scored", "objected", "judged")


@dataclass(frozen=True, kw_only=True)
class SampleState:
    """A sample as it was drawn; nothing changes it."""

    number: int
    version: int
    sort: str
    first: date
    last: date
    count: int | None
    percent: int | None
    seed: str
    sheet: date
    eligible: int
    cases: tuple[Drawn, ...]
    drawn_by: str
    drawn_at: datetime


@dataclass(frozen=True, kw_only=True)
class InspectedState:
    """A case of a sample, once it is scored."""

    sample: int
    case: str
    person: str
    version: int
    stage: str
    marks: tuple[Mark, ...]
    scored_by: str
    scored_at: datetime
    objection: TextRef | None = None
    judged_by: str | None = None
    upheld: bool | None = None

    @property
    def points(self) -> int:
        """What it got."""
        return sum(mark.points for mark in self.marks)

    @property
    def of(self) -> int:
        """Out of how many."""
        return sum(mark.of for mark in self.marks)


def evolve_sample(state: SampleState | None, fact: Any, row: Row) -> SampleState:
    """A sample has one fact."""
    if not isinstance(fact, events.SampleDrawn):
        raise ValueError(f"{row.kind} is no fact of a sample")
    given = {name: getattr(fact, name) for name in fact.__dataclass_fields__}
    return SampleState(version=row.seq, drawn_by=row.actor, drawn_at=row.occurred_at, **given)


def evolve_inspected(state: InspectedState | None, fact: Any, row: Row) -> InspectedState:
    """The state after one fact."""
    if isinstance(fact, events.WorkScored):
        return InspectedState(
            sample=fact.sample,
            case=fact.case,
            person=fact.person,
            version=row.seq,
            stage="scored",
            marks=fact.marks,
            scored_by=row.actor,
            scored_at=row.occurred_at,
        )
    if state is None:
        raise ValueError("its first fact is not that it was scored")
    match fact:
        case events.ScoreObjected():
            return replace(state, version=row.seq, stage="objected", objection=fact.reason)
        case events.ScoreJudged():
            judged = replace(state, version=row.seq, stage="judged", judged_by=row.actor, upheld=fact.upheld)
            return replace(judged, marks=fact.marks) if fact.upheld else judged
        case _:
            raise ValueError(f"{row.kind} is no fact of a scored case")
