"""治理任务的状态: the whole state of a governance task, and how facts move it. No Django."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, ClassVar

from yousu.governance.tasks.events import TaskAdded
from yousu.governance.topics import events
from yousu.governance.topics.events import Subject, Target
from yousu.ledger.events import Row, TextRef

STAGES = ("open", "closed")


@dataclass(frozen=True, kw_only=True)
class Result:
    """结果: appeals afterwards, the most that the target allows, and whether it was met."""

    first: date
    last: date
    as_of: datetime
    after: int
    limit: int
    met: bool


@dataclass(frozen=True, kw_only=True)
class GovernanceState:
    """A governance task: of what, led by whom, with which target, how far."""

    number: int
    version: int
    stage: str
    title: TextRef
    subject: Subject
    first: date
    last: date
    as_of: datetime
    before: int
    lead_unit: str
    leader: TextRef
    target: Target
    due: date
    opened_by: str
    opened_at: datetime
    lists: Mapping[str, str]
    cause: TextRef | None = None
    reporters: tuple[str, ...] = ()
    tasks: tuple[int, ...] = ()
    result: Result | None = None
    # It came out of nothing else.
    origin: ClassVar[str | None] = None

    @property
    def unit(self) -> str:
        """Whose it is."""
        return self.lead_unit

    @property
    def day(self) -> date:
        """The day lists are ordered by."""
        return self.due

    @property
    def days(self) -> int:
        """How many days are compared with as many."""
        return (self.last - self.first).days + 1

    @property
    def after_first(self) -> date:
        """The first of as many days, the last of which is the due day."""
        return self.due - timedelta(days=self.days - 1)

    def is_overdue(self, today: date) -> bool:
        """逾期: to be closed, since its day is over."""
        return self.stage == "open" and self.due < today


def limit_of(target: Target, before: int) -> int:
    """The most appeals that meet a target: whole ones, since 10 less 15 percent is met by 8 and not by 9."""
    return target.number if target.kind == "at_most" else before * (100 - target.number) // 100


def evolve(state: GovernanceState | None, fact: Any, row: Row) -> GovernanceState:
    """The state after one fact."""
    if isinstance(fact, events.GovernanceOpened):
        return _opened(fact, row)
    if state is None:
        raise ValueError("its first fact is not that it was opened")
    return replace(_moved(state, fact, row), version=row.seq)


def _opened(fact: events.GovernanceOpened, row: Row) -> GovernanceState:
    return GovernanceState(
        number=fact.number,
        version=row.seq,
        stage="open",
        title=fact.title,
        subject=fact.subject,
        first=fact.first,
        last=fact.last,
        as_of=fact.as_of,
        before=fact.before,
        lead_unit=fact.lead_unit,
        leader=fact.leader,
        target=fact.target,
        due=fact.due,
        opened_by=row.actor,
        opened_at=row.recorded_at,
        lists=dict(fact.lists),
    )


def _moved(state: GovernanceState, fact: Any, row: Row) -> GovernanceState:
    match fact:
        case events.CauseFound():
            return replace(state, cause=fact.words, reporters=_with(state, row))
        case events.GovernanceReported():
            return replace(state, reporters=_with(state, row))
        case TaskAdded():
            return replace(state, tasks=(*state.tasks, fact.task))
        case events.GovernanceClosed():
            result = Result(
                first=fact.first,
                last=fact.last,
                as_of=fact.as_of,
                after=fact.after,
                limit=fact.limit,
                met=fact.met,
            )
            return replace(state, stage="closed", result=result, lists={**state.lists, **fact.lists})
        case events.GovernanceReopened():
            kept = {path: digest for path, digest in state.lists.items() if path == "before"}
            return replace(state, stage="open", due=fact.due, result=None, lists=kept)
        case _:
            raise ValueError(f"{row.kind} is no fact of a governance task")


def _with(state: GovernanceState, row: Row) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*state.reporters, row.actor)))
