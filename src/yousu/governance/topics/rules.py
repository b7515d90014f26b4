"""Rules of governance tasks: what is opened, by which numbers it is closed, and by whom. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from yousu.cases.rules import FieldWrong
from yousu.governance.refusals import NotReady
from yousu.governance.tasks.state import TaskState
from yousu.governance.topics import events
from yousu.governance.topics.events import Subject, Target
from yousu.governance.topics.state import GovernanceState, limit_of
from yousu.ledger.events import TextRef

DAYS = 28
MOST_DAYS = 366
TARGETS = ("at_most", "percent_less")
_MOST = 99_999


@dataclass(frozen=True, kw_only=True)
class Counted:
    """How many there were in a period, as known at a moment."""

    first: date
    last: date
    as_of: datetime
    size: int
    digest: str


def before(today: date, *, days: int) -> tuple[date, date]:
    """The whole days until today. Raises FieldWrong."""
    if not 1 <= days <= MOST_DAYS:
        raise FieldWrong("days", "out_of_days")
    return today - timedelta(days=days), today - timedelta(days=1)


def check_target(target: Target) -> None:
    """Raises FieldWrong."""
    if target.kind not in TARGETS:
        raise FieldWrong("target", "unknown_code")
    most = _MOST if target.kind == "at_most" else 100
    least = 0 if target.kind == "at_most" else 1
    if not least <= target.number <= most:
        raise FieldWrong("target_number", "out_of_target")


def check_due(due: date, *, today: date, days: int) -> None:
    """The days compared begin when the task is opened, not before. Raises FieldWrong."""
    if due < today + timedelta(days=days - 1) or due > today + timedelta(days=3 * MOST_DAYS):
        raise FieldWrong("due", "too_soon_to_compare")


def check_new(subject: Subject, open_ones: Iterable[GovernanceState]) -> None:
    """One open task for one subject: what is sent twice is opened once."""
    if any(one.subject == subject for one in open_ones):
        raise NotReady("open", "already_governed")


def find_cause(state: GovernanceState, *, words: TextRef) -> events.CauseFound:
    """查明原因; found anew as long as it is open."""
    _open(state, "find-cause")
    return events.CauseFound(words=words)


def report(state: GovernanceState, *, words: TextRef) -> events.GovernanceReported:
    """进展报告."""
    _open(state, "report")
    return events.GovernanceReported(words=words)


def may_add(state: GovernanceState) -> None:
    """Measures are added as long as it is open."""
    _open(state, "add-task")


def may_close(state: GovernanceState, tasks: Iterable[TaskState], *, by: str, unit: str | None, today: date) -> None:
    """Nobody closes the own task, nor before the days are over that are compared, nor with measures under way."""
    _open(state, "close")
    if by in state.reporters or (unit is not None and unit == state.lead_unit):
        raise NotReady("close", "own_task")
    if state.cause is None:
        raise NotReady("close", "no_cause")
    if today <= state.due:
        raise NotReady("close", "days_not_over")
    if any(task.is_running for task in tasks):
        raise NotReady("close", "measures_open")


def close(state: GovernanceState, counted: Counted, *, words: TextRef) -> events.GovernanceClosed:
    """结项: met or not by the numbers."""
    limit = limit_of(state.target, state.before)
    return events.GovernanceClosed(
        lead_unit=state.lead_unit,
        first=counted.first,
        last=counted.last,
        as_of=counted.as_of,
        after=counted.size,
        lists={"after": counted.digest},
        limit=limit,
        met=counted.size <= limit,
        words=words,
    )


def reopen(state: GovernanceState, *, due: date, why: TextRef, today: date) -> events.GovernanceReopened:
    """重新立项."""
    if state.stage != "closed":
        raise NotReady("reopen", "still_open")
    check_due(due, today=today, days=state.days)
    return events.GovernanceReopened(lead_unit=state.lead_unit, due=due, why=why)


def _open(state: GovernanceState, step: str) -> None:
    if state.stage != "open":
        raise NotReady(step, "closed_already")
