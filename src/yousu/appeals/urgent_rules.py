"""Rules of urgent matters. Pure: state and wishes in, a fact out, or a refusal."""

from datetime import datetime

from yousu.appeals.possible import check
from yousu.appeals.state import AppealState
from yousu.appeals.urgent import minutes_between
from yousu.appeals.urgent_events import UrgentReported
from yousu.ledger.events import TextRef


def report_urgent(case: AppealState, *, text: TextRef, is_final: bool, now: datetime) -> UrgentReported:
    """紧急事项报值班, in any stage: what burns is reported first and sorted afterwards."""
    check(case, "report-urgent")
    first = case.urgent[0] if case.urgent else None
    return UrgentReported(
        text=text,
        minutes=minutes_between(case.received_at, now),
        since_first=None if first is None else minutes_between(first.at, now),
        is_final=is_final,
    )
