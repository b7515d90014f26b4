"""条目状态: an article's whole state, how facts move it, and what it is on a day. No Django."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from yousu.appeals.articles import events
from yousu.appeals.articles.events import Source
from yousu.ledger.events import Row, TextRef

# 有效, 即将到期, 已到期, 尚未生效, 已撤下.
STANDINGS = ("in_force", "expiring", "expired", "not_yet", "withdrawn")


@dataclass(frozen=True, kw_only=True)
class ArticleState:
    """An article: what it says by reference, whose it is, from when until when it holds."""

    code: str
    number: int
    version: int
    texts: Mapping[str, TextRef]
    categories: tuple[str, ...]
    sources: tuple[Source, ...]
    unit: str | None
    valid_from: date | None
    valid_until: date | None
    is_public: bool
    written_by: str
    # When somebody last said that it holds: writing, revising and confirming all do.
    confirmed_at: datetime
    withdrawn_at: datetime | None = None


def evolve(state: ArticleState | None, fact: Any, row: Row) -> ArticleState:
    """The state after one fact."""
    if isinstance(fact, events.ArticleWritten):
        return ArticleState(
            code=row.stream.partition("/")[2],
            number=fact.number,
            version=row.seq,
            written_by=row.actor,
            confirmed_at=row.occurred_at,
            **_said(fact),
        )
    if state is None:
        raise ValueError("its first fact is not that it was written")
    match fact:
        case events.ArticleRevised():
            return replace(state, version=row.seq, confirmed_at=row.occurred_at, **_said(fact))
        case events.ArticleConfirmed():
            return replace(state, version=row.seq, confirmed_at=row.occurred_at, valid_until=fact.valid_until)
        case events.ArticleWithdrawn():
            return replace(state, version=row.seq, withdrawn_at=row.occurred_at)
        case _:
            raise ValueError(f"{row.kind} is no fact of an article")


def standing(
    valid_from: date | None, valid_until: date | None, *, is_withdrawn: bool, today: date, soon_days: int
) -> str:
    """One of STANDINGS; both days count in."""
    if is_withdrawn:
        return "withdrawn"
    if valid_from is not None and today < valid_from:
        return "not_yet"
    if valid_until is None:
        return "in_force"
    if today > valid_until:
        return "expired"
    return "expiring" if valid_until - today < timedelta(days=soon_days) else "in_force"


def _said(fact: events.ArticleWritten | events.ArticleRevised) -> dict[str, Any]:
    names = ("texts", "categories", "sources", "unit", "valid_from", "valid_until", "is_public")
    return {name: getattr(fact, name) for name in names}
