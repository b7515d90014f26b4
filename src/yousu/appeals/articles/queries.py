"""条目查询: articles as they stand, by words, category, owner and standing; what was answered from one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import msgspec
from django.db import connection
from django.db.models import Q, QuerySet

from yousu.appeals.articles import rules
from yousu.appeals.articles.models import ArticleNow
from yousu.appeals.articles.state import ArticleState, standing
from yousu.ledger import log
from yousu.org import capabilities
from yousu.org.actors import Actor
from yousu.org.capabilities import Belonging
from yousu.org.city import city
from yousu.platform import clock

# Where the city says nothing of it.
_SOON_DAYS = 30


class ArticleMissing(LookupError):
    """There is no such article."""


@dataclass(frozen=True, kw_only=True)
class Article:
    """知识库条目 as it is read."""

    code: str
    number: int
    version: int
    title_zh: str
    title_en: str
    text: str
    categories: tuple[str, ...]
    sources: tuple[tuple[str, str], ...]
    unit: str | None
    valid_from: date | None
    valid_until: date | None
    is_public: bool
    standing: str

    def title(self, language: str) -> str:
        """The title in the page's language; the Chinese one where there is no other."""
        return self.title_zh if language.startswith("zh") else self.title_en or self.title_zh

    @property
    def category(self) -> str | None:
        """The first of its categories."""
        return self.categories[0] if self.categories else None

    @property
    def source(self) -> str:
        """Where its words are from, in one line."""
        return "；".join(words for _, words in self.sources)

    @property
    def is_in_force(self) -> bool:
        """Whether an answer may cite it today."""
        return self.standing in ("in_force", "expiring")


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a list of articles is narrowed by; empty: by nothing."""

    words: str = ""
    category: str = ""
    unit: str = ""
    standing: str = ""


@dataclass(frozen=True, kw_only=True)
class Page:
    """Articles by number; `following` goes into `after` of the next page."""

    articles: Sequence[Article]
    following: int | None


def get(code: str) -> Article:
    """One article, by its code or by its number. Raises ArticleMissing."""
    # One that was written here has its number for a code; those of the city's file have words. More digits than these
    # are no number of the column's.
    is_number = code.isascii() and code.isdecimal() and len(code) <= 9
    row = ArticleNow.objects.filter(**({"number": int(code)} if is_number else {"code": code})).first()
    if row is None:
        raise ArticleMissing(code)
    return read(row)


def read(row: ArticleNow, *, today: date | None = None) -> Article:
    """An article from its row."""
    day = today or _today()
    return Article(
        code=row.code,
        number=row.number,
        version=row.version,
        title_zh=row.title_zh,
        title_en=row.title_en,
        text=row.text,
        categories=tuple(row.categories),
        sources=tuple((sort, words) for sort, words in row.sources),
        unit=row.unit,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        is_public=row.is_public,
        standing=standing(
            row.valid_from, row.valid_until, is_withdrawn=row.is_withdrawn, today=day, soon_days=soon_days()
        ),
    )


def in_force(today: date | None = None) -> QuerySet[ArticleNow]:
    """What may be answered from today."""
    day = today or _today()
    began = Q(valid_from=None) | Q(valid_from__lte=day)
    lasts = Q(valid_until=None) | Q(valid_until__gte=day)
    return ArticleNow.objects.filter(began, lasts, is_withdrawn=False)


def page(wanted: Wanted, *, after: int = 0, size: int = 50) -> Page:
    """Articles by number."""
    found = _standing(wanted.standing)
    if wanted.category:
        found = found.filter(branches__contains=[wanted.category])
    if wanted.unit:
        found = found.filter(unit__in=sorted(city().tree_of(wanted.unit)) if wanted.unit in city().units else [])
    for word in wanted.words.split():
        found = found.filter(Q(title_zh__icontains=word) | Q(title_en__icontains=word) | Q(text__icontains=word))
    rows = list(found.filter(number__gt=after).order_by("number")[: size + 1])
    day = _today()
    shown = [read(row, today=day) for row in rows[:size]]
    return Page(articles=shown, following=shown[-1].number if len(rows) > size else None)


def to_confirm(actor: Actor) -> QuerySet[ArticleNow]:
    """The articles of the actor's own units that have expired or soon will: what their owner is told of."""
    if not capabilities.scopes(actor, "confirm-article") or not actor.unit:
        return ArticleNow.objects.none()
    units = actor.tree if "own_tree" in capabilities.scopes(actor, "confirm-article") else {actor.unit}
    ends = _today() + timedelta(days=soon_days())
    return ArticleNow.objects.filter(unit__in=sorted(units), is_withdrawn=False, valid_until__lt=ends)


def allowed(article: Article, actor: Actor) -> list[str]:
    """The commands that the article's state allows and the actor's roles cover."""
    if article.standing == "withdrawn":
        return []
    return [command for command in rules.COMMANDS if capabilities.may(actor, command, Belonging(article.unit))]


# Read from the events: what was undone counts nowhere, and a follower of a merged case has no answer of its own.
_USES = """
SELECT e.data::jsonb ->> 'article', split_part(e.stream, '/', 2), e.local_day FROM event e
WHERE e.kind = 'answered' AND e.data::jsonb ->> 'article' = ANY(%s)
    AND NOT EXISTS (SELECT FROM event u WHERE u.stream = e.stream AND u.undone_seq = e.seq)
"""
_COUNTED = f"SELECT article, count(*) FROM ({_USES}) AS used (article, number, day) GROUP BY article"
_NUMBERS = f"""
SELECT number FROM ({_USES}) AS used (article, number, day)
WHERE %s::text IS NULL OR number < %s ORDER BY number DESC LIMIT %s
"""


def answered_from(codes: Sequence[str]) -> Mapping[str, int]:
    """How many appeals were answered from each of these articles."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED, [list(codes)])
        return dict(cursor.fetchall())


def numbers_answered_from(code: str, *, before: str | None = None, limit: int = 50) -> list[str]:
    """The appeals answered from an article, by number, the latest numbers first."""
    with connection.cursor() as cursor:
        cursor.execute(_NUMBERS, [[code], before, before, limit])
        return [number for (number,) in cursor.fetchall()]


def state(code: str) -> ArticleState:
    """The whole state. Raises ArticleMissing."""
    found = ArticleNow.objects.filter(code=code).values_list("state", flat=True).first()
    if found is None:
        raise ArticleMissing(code)
    return msgspec.convert(found, ArticleState)


def soon_days() -> int:
    """即将到期: how many days before its last day an article's owner is told."""
    known: Any = city().settings.get("articles", {})
    return int(known.get("expiring_days", _SOON_DAYS))


def _standing(wanted: str) -> QuerySet[ArticleNow]:
    day = _today()
    soon = day + timedelta(days=soon_days())
    everything = ArticleNow.objects.all()
    if not wanted:
        return everything
    if wanted == "withdrawn":
        return everything.filter(is_withdrawn=True)
    kept = everything.filter(is_withdrawn=False)
    if wanted == "not_yet":
        return kept.filter(valid_from__gt=day)
    if wanted == "expired":
        return kept.filter(valid_until__lt=day)
    if wanted == "expiring":
        return in_force(day).filter(valid_until__lt=soon)
    return in_force(day)


def _today() -> date:
    return log.local_day_of(clock.now())
