"""批示办理: a leader's instruction as a task with a deadline of its own, open until its feedback is there. Pure."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from yousu.ledger.events import TextRef


@dataclass(frozen=True, kw_only=True)
class Instruction:
    """批示: words and leader, by whom and when it was given, until when feedback is due; then the feedback."""

    at: datetime
    by: str
    on: date
    text: TextRef
    leader: TextRef
    due: datetime
    feedback: TextRef | None = None
    reported_at: datetime | None = None
    reported_by: str | None = None

    @property
    def is_open(self) -> bool:
        """Whether feedback is still owed."""
        return self.feedback is None


def has_open(case: Any) -> bool:
    """Whether some instruction waits for its feedback."""
    return any(each.is_open for each in case.instructed)


def reported(case: Any, *, feedback: TextRef, at: datetime, by: str) -> tuple[Instruction, ...]:
    """The instructions, with the oldest open one answered."""
    oldest = next(index for index, each in enumerate(case.instructed) if each.is_open)
    answered = replace(case.instructed[oldest], feedback=feedback, reported_at=at, reported_by=by)
    return (*case.instructed[:oldest], answered, *case.instructed[oldest + 1 :])


def listed(case: Any) -> list[str]:
    """What lists choose cases by."""
    return ["instruction_open"] if has_open(case) else []


def hindrances(case: Any) -> list[tuple[str, str]]:
    """The commands that this forbids, each with why (a code)."""
    return [("report-instruction", "" if has_open(case) else "no_open_instruction")]
