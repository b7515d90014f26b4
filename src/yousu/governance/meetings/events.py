"""Facts of a review meeting: called with its agenda → decisions as tasks → closed. No Django."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from yousu.ledger.events import TextRef, event


@event("meeting_called")
@dataclass(frozen=True, kw_only=True)
class MeetingCalled:
    """召集研判会: on which day, about which days; `lists`: digests of the cases before it, `tasks` those still owed."""

    number: int
    title: TextRef
    on: date
    first: date
    last: date
    as_of: datetime
    counts: Mapping[str, int]
    lists: Mapping[str, str]
    governance: tuple[int, ...]
    specials: tuple[int, ...]
    owed: tuple[int, ...]


@event("meeting_closed")
@dataclass(frozen=True, kw_only=True)
class MeetingClosed:
    """散会: what was discussed beside the decisions; no more decisions are added."""

    words: TextRef
