"""专报的状态: the whole state of a special report, and how facts move it. No Django."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, ClassVar

from yousu.governance.specials import events
from yousu.governance.specials.events import Chosen
from yousu.governance.topics.events import Subject
from yousu.ledger.events import Row, TextRef

STAGES = ("composed", "reviewed", "issued")


@dataclass(frozen=True, kw_only=True)
class SpecialState:
    """A special report: of what, by whom, how far."""

    number: int
    version: int
    stage: str
    heading: TextRef
    addressee: TextRef
    subject: Subject
    first: date
    last: date
    as_of: datetime
    content: Mapping[str, Any]
    lists: Mapping[str, str]
    cases: tuple[Chosen, ...]
    done: TextRef
    suggestions: TextRef
    composed_by: str
    reviewed_by: str | None = None
    issued_by: str | None = None
    issued_at: datetime | None = None
    year: int | None = None
    issue: int | None = None
    digest: str | None = None
    unit: ClassVar[str | None] = None
    origin: ClassVar[str | None] = None

    @property
    def day(self) -> date:
        """The day lists are ordered by."""
        return self.last

    @property
    def words(self) -> tuple[TextRef, ...]:
        """What was written for it."""
        return (self.heading, self.addressee, self.done, self.suggestions)


def evolve(state: SpecialState | None, fact: Any, row: Row) -> SpecialState:
    """The state after one fact; composed again, it is reviewed again."""
    match fact:
        case events.SpecialComposed():
            return _composed(fact, row)
        case events.SpecialReviewed() if state is not None:
            return replace(state, version=row.seq, stage="reviewed", reviewed_by=row.actor)
        case events.SpecialIssued() if state is not None:
            return replace(
                state,
                version=row.seq,
                stage="issued",
                issued_by=row.actor,
                issued_at=row.recorded_at,
                year=fact.year,
                issue=fact.issue,
                digest=fact.digest,
            )
        case _:
            raise ValueError(f"{row.kind} is no fact of a special report, or not its first one")


def _composed(fact: events.SpecialComposed, row: Row) -> SpecialState:
    return SpecialState(
        number=fact.number,
        version=row.seq,
        stage="composed",
        heading=fact.heading,
        addressee=fact.addressee,
        subject=fact.subject,
        first=fact.first,
        last=fact.last,
        as_of=fact.as_of,
        content=fact.content,
        lists=dict(fact.lists),
        cases=fact.cases,
        done=fact.done,
        suggestions=fact.suggestions,
        composed_by=row.actor,
    )
