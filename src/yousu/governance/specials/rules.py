"""Rules of special reports: which days, who reviews, what is issued. Pure."""

from datetime import date

from yousu.cases.rules import FieldWrong
from yousu.governance.refusals import NotReady
from yousu.governance.specials import events
from yousu.governance.specials.state import SpecialState

MOST_DAYS = 366
MOST_CASES = 20


def check_period(first: date, last: date, *, today: date) -> None:
    """Days that have begun, in order, a year at most. Raises FieldWrong."""
    if last > today:
        raise FieldWrong("last", "in_the_future")
    if first > last:
        raise FieldWrong("last", "ends_before_it_begins")
    if (last - first).days >= MOST_DAYS:
        raise FieldWrong("first", "too_long_a_period")
    if first.year < 2000:
        raise FieldWrong("first", "before_2000")


def may_compose(state: SpecialState | None) -> None:
    """What was issued stays."""
    if state is not None and state.stage == "issued":
        raise NotReady("compose", "already_issued")


def review(state: SpecialState, *, by: str) -> events.SpecialReviewed:
    """审核."""
    if state.stage != "composed":
        raise NotReady("review", "already_issued" if state.stage == "issued" else "already_reviewed")
    if by == state.composed_by:
        raise NotReady("review", "own_report")
    return events.SpecialReviewed()


def issue(state: SpecialState, *, year: int, number: int, digest: str) -> events.SpecialIssued:
    """印发 of what was reviewed."""
    if state.stage != "reviewed":
        raise NotReady("issue", "already_issued" if state.stage == "issued" else "not_reviewed")
    return events.SpecialIssued(year=year, issue=number, digest=digest)
