"""通报状态: whole state of a bulletin, and how facts move it. No Django."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from yousu.bulletins import events
from yousu.ledger.events import Row

STAGES = ("composed", "reviewed", "signed", "frozen", "published")


@dataclass(frozen=True, kw_only=True)
class BulletinState:
    """A bulletin: for what, by whom, how far."""

    id: str
    version: int
    stage: str
    kind: str
    first: date
    last: date
    as_of: datetime
    issue_number: int
    figures: str
    holds: bool
    composed_by: str
    reviewed_by: str | None = None
    signed_by: str | None = None
    frozen_at: datetime | None = None
    published_at: datetime | None = None
    content: Mapping[str, Any] | None = None
    lists: Mapping[str, str] | None = None


def evolve(state: BulletinState | None, fact: Any, row: Row) -> BulletinState:
    """The state after one fact."""
    if isinstance(fact, events.Composed):
        return BulletinState(
            id=row.stream.partition("/")[2],
            version=row.seq,
            stage="composed",
            kind=fact.bulletin,
            first=fact.first,
            last=fact.last,
            as_of=fact.as_of,
            issue_number=fact.issue_number,
            figures=fact.figures,
            holds=fact.holds,
            composed_by=row.actor,
        )
    if state is None:
        raise ValueError("its first fact is not that it was composed")
    match fact:
        case events.BulletinReviewed():
            return replace(state, version=row.seq, stage="reviewed", reviewed_by=row.actor)
        case events.BulletinSigned():
            return replace(state, version=row.seq, stage="signed", signed_by=row.actor)
        case events.Frozen():
            return replace(
                state,
                version=row.seq,
                stage="frozen",
                frozen_at=row.recorded_at,
                content=fact.content,
                lists=fact.lists,
            )
        case events.Published():
            return replace(state, version=row.seq, stage="published", published_at=row.recorded_at)
        case _:
            raise ValueError(f"{row.kind} is no fact of a bulletin")
