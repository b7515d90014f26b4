"""Facts of urgent matters. A stored shape never changes. No Django."""

from dataclasses import dataclass

from yousu.cases.events import Noted
from yousu.ledger.events import TextRef, event


@event("urgent_reported")
@dataclass(frozen=True, kw_only=True)
class UrgentReported(Noted):
    """紧急事项报值班: the first report has no `since_first`; the last one is final.

    `minutes` since the case was received, `since_first` since the first report.
    """

    text: TextRef
    minutes: int
    since_first: int | None = None
    is_final: bool = False
