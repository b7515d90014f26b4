"""Facts of a task's life: set → reported → judged, or cancelled. A stored shape never changes. No Django."""

from dataclasses import dataclass
from datetime import date

from yousu.ledger.events import TextRef, event


@event("task_set")
@dataclass(frozen=True, kw_only=True)
class TaskSet:
    """交办: what a unit is to do by a day; `origin`: the governance task or meeting out of which it came."""

    number: int
    origin: str
    unit: str
    due: date
    words: TextRef
    case: str | None = None


@event("task_reported")
@dataclass(frozen=True, kw_only=True)
class TaskReported:
    """报告落实: the unit says what was done."""

    unit: str
    words: TextRef


@event("task_judged")
@dataclass(frozen=True, kw_only=True)
class TaskJudged:
    """验收: accepted, or given back to be done."""

    unit: str
    accepted: bool
    note: TextRef | None = None


@event("task_cancelled")
@dataclass(frozen=True, kw_only=True)
class TaskCancelled:
    """撤销交办: it need not be done any more, and why."""

    unit: str
    why: TextRef


@event("task_added")
@dataclass(frozen=True, kw_only=True)
class TaskAdded:
    """列入: said on the stream out of which a task came."""

    task: int
