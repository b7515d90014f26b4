"""Rules of meetings: which days are looked at, when decisions are added, when it is closed. Pure."""

from datetime import date, timedelta

from yousu.cases.rules import FieldWrong
from yousu.governance.meetings import events
from yousu.governance.meetings.state import MeetingState
from yousu.governance.refusals import NotReady
from yousu.ledger.events import TextRef

MOST_DAYS = 366


def check_days(on: date, first: date, *, today: date) -> None:
    """Whole days up to today; the meeting is not over. Raises FieldWrong."""
    if on < today:
        raise FieldWrong("on", "day_is_over")
    if on > today + timedelta(days=MOST_DAYS):
        raise FieldWrong("on", "not_a_day")
    if first > today:
        raise FieldWrong("first", "in_the_future")
    if (today - first).days >= MOST_DAYS:
        raise FieldWrong("first", "too_long_a_period")


def may_add(state: MeetingState) -> None:
    """Decisions are added until the meeting is closed."""
    if state.stage == "closed":
        raise NotReady("add-task", "meeting_over")


def close(state: MeetingState, *, words: TextRef, today: date) -> events.MeetingClosed:
    """散会, on its day or later."""
    if state.stage == "closed":
        raise NotReady("close", "meeting_over")
    if today < state.on:
        raise NotReady("close", "meeting_to_come")
    return events.MeetingClosed(words=words)
