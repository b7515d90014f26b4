"""Rules of requests about personal data: what may be asked, who decides, what may be fetched. Pure."""

from datetime import datetime, timedelta

from yousu.appeals.data_requests import events
from yousu.appeals.data_requests.state import CORRECT, OPEN, SORTS, DataRequestState
from yousu.cases.rules import FieldWrong
from yousu.cases.transitions import NotPossible
from yousu.ledger.events import TextRef

# What a person may have put right; what a case is about and where it went is the city's.
CORRECTABLE = ("name", "text", "place")


def check_asked(sort: str, *, corrected: str | None, value: str) -> None:
    """Raises FieldWrong for what nobody can ask, and for a correction that does not say what is right."""
    if sort not in SORTS:
        raise FieldWrong("sort", "required" if not sort else "unknown_code")
    if sort != CORRECT:
        return
    if corrected not in CORRECTABLE:
        raise FieldWrong("corrected", "required" if not corrected else "unknown_code")
    if not value:
        raise FieldWrong("value", "required")


def grant(state: DataRequestState, *, by: str, note: TextRef | None) -> events.DataRequestGranted:
    """同意."""
    _may_decide(state, "grant-request", by=by)
    return events.DataRequestGranted(note=note)


def refuse(state: DataRequestState, *, reason: str, explanation: TextRef, by: str) -> events.DataRequestRefused:
    """不同意."""
    _may_decide(state, "refuse-request", by=by)
    return events.DataRequestRefused(reason=reason, explanation=explanation)


def may_fetch(state: DataRequestState, *, by: str, now: datetime, days: int) -> None:
    """Raises NotPossible unless it was granted to see or to have what is kept, not long ago.

    Staff hand over what staff took down for a caller; what a resident asked for on the portal is fetched there alone.
    """
    if not state.is_to_fetch or state.decided_at is None:
        raise NotPossible("fetch-data", stage=state.stage, why="nothing_to_fetch")
    if now - state.decided_at > timedelta(days=days):
        raise NotPossible("fetch-data", stage=state.stage, why="fetched_too_late")
    if by.startswith("account:") and not state.is_for_staff:
        raise NotPossible("fetch-data", stage=state.stage, why="fetched_on_the_portal")


def _may_decide(state: DataRequestState, command: str, *, by: str) -> None:
    if state.stage != OPEN:
        raise NotPossible(command, stage=state.stage, why="request_decided")
    # 两个人: whoever took it down for a caller does not judge it.
    if by == state.received_by:
        raise NotPossible(command, stage=state.stage, why="own_request")
