"""研判会的状态: the whole state of a meeting, and how facts move it. No Django."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, ClassVar

from yousu.governance.meetings import events
from yousu.governance.tasks.events import TaskAdded
from yousu.ledger.events import Row, TextRef

STAGES = ("called", "closed")
# What is laid before a meeting: cases supervised, escalated, parked in the days before, sent back for the third time.
PARTS = ("supervised", "escalated", "parked", "sent_back")


@dataclass(frozen=True, kw_only=True)
class MeetingState:
    """A meeting: when, with what before it, what was decided."""

    number: int
    version: int
    stage: str
    title: TextRef
    on: date
    first: date
    last: date
    as_of: datetime
    counts: Mapping[str, int]
    lists: Mapping[str, str]
    governance: tuple[int, ...]
    specials: tuple[int, ...]
    owed: tuple[int, ...]
    called_by: str
    tasks: tuple[int, ...] = ()
    words: TextRef | None = None
    unit: ClassVar[str | None] = None
    origin: ClassVar[str | None] = None

    @property
    def day(self) -> date:
        """The day lists are ordered by."""
        return self.on


def evolve(state: MeetingState | None, fact: Any, row: Row) -> MeetingState:
    """The state after one fact."""
    match fact:
        case events.MeetingCalled():
            return _called(fact, row)
        case TaskAdded() if state is not None:
            return replace(state, version=row.seq, tasks=(*state.tasks, fact.task))
        case events.MeetingClosed() if state is not None:
            return replace(state, version=row.seq, stage="closed", words=fact.words)
        case _:
            raise ValueError(f"{row.kind} is no fact of a meeting, or not its first one")


def _called(fact: events.MeetingCalled, row: Row) -> MeetingState:
    return MeetingState(
        number=fact.number,
        version=row.seq,
        stage="called",
        title=fact.title,
        on=fact.on,
        first=fact.first,
        last=fact.last,
        as_of=fact.as_of,
        counts=dict(fact.counts),
        lists=dict(fact.lists),
        governance=tuple(fact.governance),
        specials=tuple(fact.specials),
        owed=tuple(fact.owed),
        called_by=row.actor,
    )
