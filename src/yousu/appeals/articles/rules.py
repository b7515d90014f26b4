"""Rules of the knowledge base: what may be written, and what may still be done with an article. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from yousu.appeals.articles import events
from yousu.appeals.articles.events import Source
from yousu.appeals.articles.state import ArticleState
from yousu.cases.rules import FieldWrong
from yousu.cases.transitions import NotPossible
from yousu.ledger.events import TextRef

SORTS = ("law", "document", "link")
COMMANDS = ("revise-article", "confirm-article", "withdraw-article")


@dataclass(frozen=True, kw_only=True)
class Content:
    """What an article says, its words by reference."""

    texts: Mapping[str, TextRef]
    categories: tuple[str, ...]
    sources: tuple[Source, ...]
    unit: str | None
    valid_from: date | None
    valid_until: date | None
    is_public: bool


def write(number: int, content: Content) -> events.ArticleWritten:
    """新增条目."""
    return events.ArticleWritten(number=number, **vars(content))


def revise(article: ArticleState, content: Content, *, why: TextRef | None, today: date) -> events.ArticleRevised:
    """修订条目."""
    _check_open(article, "revise-article")
    check_days(content.valid_from, content.valid_until, today=today)
    return events.ArticleRevised(**vars(content), why=why)


def confirm(
    article: ArticleState, *, valid_until: date | None, note: TextRef | None, today: date
) -> events.ArticleConfirmed:
    """确认条目, also one that has expired: that is how it comes back."""
    _check_open(article, "confirm-article")
    check_days(article.valid_from, valid_until, today=today)
    return events.ArticleConfirmed(valid_until=valid_until, note=note)


def withdraw(article: ArticleState, *, reason: TextRef) -> events.ArticleWithdrawn:
    """撤下条目."""
    _check_open(article, "withdraw-article")
    return events.ArticleWithdrawn(reason=reason)


def possible(article: ArticleState) -> Sequence[str]:
    """The commands that its state allows."""
    return () if article.withdrawn_at is not None else COMMANDS


def check_days(valid_from: date | None, valid_until: date | None, *, today: date) -> None:
    """Raises FieldWrong for a last day that is over, or lies before the first."""
    if valid_until is None:
        return
    if valid_until < today:
        raise FieldWrong("valid_until", "day_is_over")
    if valid_from is not None and valid_until < valid_from:
        raise FieldWrong("valid_until", "ends_before_it_begins")


def _check_open(article: ArticleState, command: str) -> None:
    if article.withdrawn_at is not None:
        raise NotPossible(command, stage="withdrawn", possible=(), why="article_withdrawn")
