"""最晚办完: a deadline as a resident reads it: the day, and why in three lines."""

from dataclasses import dataclass
from datetime import datetime

from yousu.cases.state import Due
from yousu.worktime.reasons import HOLIDAY, WEEKEND

_OFF = frozenset({HOLIDAY, WEEKEND})


@dataclass(frozen=True, kw_only=True)
class Promised:
    """The last day, how many working days lead to it, and how many days on the way do not count."""

    at: datetime
    is_provisional: bool
    working_days: int
    days_off: int


def of(due: Due | None) -> Promised | None:
    """None without a deadline."""
    if due is None:
        return None
    return Promised(
        at=due.at,
        is_provisional=due.provisional,
        working_days=sum(step.counted for step in due.steps),
        days_off=sum(step.why in _OFF for step in due.steps),
    )
