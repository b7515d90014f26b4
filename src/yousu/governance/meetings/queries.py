"""研判会查询: meetings as they stand, and the cases before each. Reads only."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet

from yousu.governance import kept, streams
from yousu.governance.meetings.state import MeetingState
from yousu.governance.models import GovernedNow


def everything() -> QuerySet[GovernedNow]:
    """Every meeting, latest day first."""
    return GovernedNow.objects.filter(kind="meeting").order_by("-day", "-number")


def get(number: int) -> MeetingState:
    """A meeting. Raises GovernedMissing."""
    found: MeetingState = streams.state("meeting", number)
    return found


def is_called_on(day: date) -> bool:
    """Whether a meeting of the day is still to be held: what is sent twice is called once."""
    return GovernedNow.objects.filter(kind="meeting", stage="called", day=day).exists()


def numbers_behind(state: MeetingState, path: str) -> Sequence[str]:
    """The cases of a part of the agenda. Raises ListMissing, ListBroken."""
    return kept.list_behind(f"meeting/{state.number}", state.lists, path)


def states(kind: str, numbers: Sequence[int]) -> list[Any]:
    """Several streams as they stand now, in the order given."""
    rows = {row.number: row for row in GovernedNow.objects.filter(kind=kind, number__in=numbers)}
    return [streams.state_of(rows[number]) for number in numbers if number in rows]
