"""Rules of tasks: who reports, who accepts, what may follow what. Pure."""

from datetime import date

from yousu.cases.rules import FieldWrong
from yousu.governance.refusals import NotReady
from yousu.governance.tasks import events
from yousu.governance.tasks.state import TaskState
from yousu.ledger.events import TextRef

LAST_YEAR = 2100


def check_due(due: date, *, today: date) -> None:
    """A day that is not over. Raises FieldWrong."""
    if due < today:
        raise FieldWrong("due", "day_is_over")
    if due.year > LAST_YEAR:
        raise FieldWrong("due", "not_a_day")


def report(task: TaskState, *, words: TextRef) -> events.TaskReported:
    """报告落实."""
    if task.stage != "open":
        raise NotReady("report", "already_reported" if task.stage == "reported" else "task_is_over")
    return events.TaskReported(unit=task.unit, words=words)


def judge(task: TaskState, *, accept: bool, note: TextRef | None, by: str) -> events.TaskJudged:
    """验收, by somebody else than who reported."""
    if task.stage != "reported":
        raise NotReady("judge", "not_reported" if task.stage == "open" else "task_is_over")
    if by == task.reported_by:
        raise NotReady("judge", "same_person")
    return events.TaskJudged(unit=task.unit, accepted=accept, note=note)


def cancel(task: TaskState, *, why: TextRef) -> events.TaskCancelled:
    """撤销交办."""
    if not task.is_running:
        raise NotReady("cancel", "task_is_over")
    return events.TaskCancelled(unit=task.unit, why=why)
