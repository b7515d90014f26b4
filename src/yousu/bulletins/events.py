"""Facts of a bulletin's life: composed → reviewed → signed → frozen → published. No Django."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from yousu.ledger.events import event


@event("composed")
@dataclass(frozen=True, kw_only=True)
class Composed:
    """编制: figures for a period as known at the as-of; composing again begins the way to the signature anew."""

    # Not `kind`: that is the event's own.
    bulletin: str
    first: date
    last: date
    as_of: datetime
    issue_number: int
    definitions: str
    figures: str
    holds: bool


@event("bulletin_reviewed")
@dataclass(frozen=True, kw_only=True)
class BulletinReviewed:
    """审核 of the figures with this digest."""

    figures: str


@event("bulletin_signed")
@dataclass(frozen=True, kw_only=True)
class BulletinSigned:
    """签发 of the figures with this digest."""

    figures: str


@event("frozen")
@dataclass(frozen=True, kw_only=True)
class Frozen:
    """冻结: the bulletin as it stays, with the digest of the list behind every figure."""

    content: Mapping[str, Any]
    lists: Mapping[str, str]


@event("published")
@dataclass(frozen=True, kw_only=True)
class Published:
    """发布."""

    digest: str
