"""交办事项的状态: the whole state of a task, and how facts move it. No Django."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, ClassVar

from yousu.governance.tasks import events
from yousu.ledger.events import Row, TextRef

STAGES = ("open", "reported", "accepted", "cancelled")
# Still owed by the unit or by whoever accepts.
RUNNING = ("open", "reported")


@dataclass(frozen=True, kw_only=True)
class TaskState:
    """A task: for whom, by when, how far."""

    number: int
    version: int
    stage: str
    origin: str
    unit: str
    due: date
    words: TextRef
    set_by: str
    set_at: datetime
    case: str | None = None
    reported_by: str | None = None
    reported_at: datetime | None = None
    # It counts no cases.
    lists: ClassVar[Mapping[str, str]] = {}

    @property
    def day(self) -> date:
        """The day lists are ordered by."""
        return self.due

    @property
    def is_running(self) -> bool:
        """Whether anything is still owed."""
        return self.stage in RUNNING

    def is_overdue(self, today: date) -> bool:
        """逾期: not reported, and its day is over."""
        return self.stage == "open" and self.due < today


def evolve(state: TaskState | None, fact: Any, row: Row) -> TaskState:
    """The state after one fact."""
    if isinstance(fact, events.TaskSet):
        return TaskState(
            number=fact.number,
            version=row.seq,
            stage="open",
            origin=fact.origin,
            unit=fact.unit,
            due=fact.due,
            words=fact.words,
            set_by=row.actor,
            set_at=row.recorded_at,
            case=fact.case,
        )
    if state is None:
        raise ValueError("its first fact is not that it was set")
    return replace(_moved(state, fact, row), version=row.seq)


def _moved(state: TaskState, fact: Any, row: Row) -> TaskState:
    match fact:
        case events.TaskReported():
            return replace(state, stage="reported", reported_by=row.actor, reported_at=row.recorded_at)
        case events.TaskJudged():
            return replace(state, stage="accepted" if fact.accepted else "open")
        case events.TaskCancelled():
            return replace(state, stage="cancelled")
        case _:
            raise ValueError(f"{row.kind} is no fact of a task")
