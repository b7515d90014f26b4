"""紧急事项: what is reported to the duty office: a first report, follow-up reports, a final one. Pure."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from yousu.ledger.events import TextRef


@dataclass(frozen=True, kw_only=True)
class UrgentReport:
    """首报、续报、终报: its words, when and by whom; minutes since the case was received and since the first report."""

    at: datetime
    by: str
    text: TextRef
    minutes: int
    since_first: int | None = None
    is_final: bool = False


def minutes_between(earlier: datetime, later: datetime) -> int:
    """Whole minutes that have passed; none before the beginning."""
    return max(0, int((later - earlier).total_seconds() // 60))


def listed(case: Any) -> list[str]:
    """What lists choose cases by."""
    if not case.urgent:
        return []
    return ["urgent_over" if case.urgent[-1].is_final else "urgent_open"]
