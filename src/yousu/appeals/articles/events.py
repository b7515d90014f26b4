"""Facts of an article's life: written → revised, confirmed … → withdrawn. No Django."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from yousu.ledger.events import TextRef, event


@dataclass(frozen=True, kw_only=True)
class Source:
    """来源: law, document or link, and its words."""

    # Not `kind`: a fact's own fields stay apart from what it is.
    sort: str
    words: TextRef


@event("article_written")
@dataclass(frozen=True, kw_only=True)
class ArticleWritten:
    """新增条目: `texts` holds title_zh, text and perhaps title_en; no `valid_until` is without end."""

    number: int
    texts: Mapping[str, TextRef]
    categories: tuple[str, ...]
    sources: tuple[Source, ...]
    unit: str | None
    valid_from: date | None
    valid_until: date | None
    is_public: bool


@event("article_revised")
@dataclass(frozen=True, kw_only=True)
class ArticleRevised:
    """修订条目: the article as it is from now on."""

    texts: Mapping[str, TextRef]
    categories: tuple[str, ...]
    sources: tuple[Source, ...]
    unit: str | None
    valid_from: date | None
    valid_until: date | None
    is_public: bool
    why: TextRef | None = None


@event("article_confirmed")
@dataclass(frozen=True, kw_only=True)
class ArticleConfirmed:
    """确认条目: it still holds, until this day (or without end)."""

    valid_until: date | None
    note: TextRef | None = None


@event("article_withdrawn")
@dataclass(frozen=True, kw_only=True)
class ArticleWithdrawn:
    """撤下条目: nobody answers from it any more."""

    reason: TextRef
