"""Facts of a special report's life: composed → reviewed → issued. A stored shape never changes. No Django."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from yousu.governance.topics.events import Subject
from yousu.ledger.events import TextRef, event


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """所选诉求: its number, and the id of the text that is quoted. No words: they go when their person is erased."""

    number: str
    text: str


@event("special_composed")
@dataclass(frozen=True, kw_only=True)
class SpecialComposed:
    """编写专报: of what and which days; `content` is numbers and names, each number with the digest of its list."""

    number: int
    heading: TextRef
    addressee: TextRef
    subject: Subject
    first: date
    last: date
    as_of: datetime
    content: Mapping[str, Any]
    lists: Mapping[str, str]
    cases: tuple[Chosen, ...]
    done: TextRef
    suggestions: TextRef


@event("special_reviewed")
@dataclass(frozen=True, kw_only=True)
class SpecialReviewed:
    """专报审核, by somebody else than who composed it."""


@event("special_issued")
@dataclass(frozen=True, kw_only=True)
class SpecialIssued:
    """印发专报: its issue number in the year, and the digest of what was issued."""

    year: int
    issue: int
    digest: str
