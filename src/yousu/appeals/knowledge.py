"""知识库: ready answers, found by category first, by words after that. Expired and withdrawn ones are absent."""

from collections.abc import Sequence
from typing import Any

from yousu.appeals.articles import queries
from yousu.appeals.articles.models import ArticleNow
from yousu.appeals.articles.queries import Article, ArticleMissing
from yousu.cases.rules import FieldWrong
from yousu.ledger import log
from yousu.platform import clock
from yousu.understanding import overlap

# Below this, what an article shares with the words is chance.
_LEAST = 0.2
# A resident writes at length and in other words: the title is what the article is about.
_LEAST_OF_TITLE = 0.34
# As many as are compared word by word.
_LIKELY = 60

_FIND = """
SELECT * FROM article_now
WHERE NOT is_withdrawn AND (valid_from IS NULL OR valid_from <= %(day)s)
    AND (valid_until IS NULL OR valid_until >= %(day)s)
    AND (is_public OR NOT %(public)s) AND (pairs && %(pairs)s OR branches && %(near)s OR categories && %(above)s)
ORDER BY categories && %(very)s DESC, branches && %(near)s DESC,
    cardinality(ARRAY(SELECT unnest(pairs) INTERSECT SELECT unnest(%(pairs)s::text[]))) DESC, number
LIMIT %(limit)s
"""


def articles(category: str | None = None, *, is_public: bool = False) -> list[Article]:
    """Every article that is in force, of one branch of categories if one is named; by number."""
    found = queries.in_force()
    if category is not None:
        found = found.filter(branches__contains=[category])
    if is_public:
        found = found.filter(is_public=True)
    return [queries.read(row) for row in found.order_by("number")]


def articles_for(category: str | None, words: str = "", *, limit: int = 3) -> list[Article]:
    """What a call-taker may answer with: those nearest to the category, among equals those that share most words.

    Without a category, or beyond it, only those that share words.
    """
    scored = []
    for each in _likely(category, words):
        near = max((_nearness(mine, category) for mine in each.categories), default=0)
        alike = overlap.covered(words, f"{each.title_zh}{each.text}") if words else 0.0
        if near or alike >= _LEAST:
            scored.append((-near, -alike, each.number, each))
    return [each for *_, each in sorted(scored, key=lambda one: one[:3])[:limit]]


def public_for(words: str, *, limit: int = 2) -> list[Article]:
    """What may answer a resident before anything is sent: public ones whose subject is in the words."""
    scored = []
    for each in _likely(None, words, is_public=True):
        subject, alike = overlap.covered(each.title_zh, words), overlap.covered(words, f"{each.title_zh}{each.text}")
        if subject >= _LEAST_OF_TITLE or alike >= _LEAST:
            scored.append((-subject - alike, each.number, each))
    return [each for *_, each in sorted(scored, key=lambda one: one[:2])[:limit]]


def cited(field: str, code: str | None) -> str | None:
    """The code of an article an answer cites, if it cites one. Raises FieldWrong."""
    if not code:
        return None
    try:
        article = queries.get(code)
    except ArticleMissing as missing:
        raise FieldWrong(field, "unknown_code") from missing
    if not article.is_in_force:
        raise FieldWrong(field, article.standing)
    return article.code


def _likely(category: str | None, words: str, *, is_public: bool = False) -> Sequence[Article]:
    """Those worth a closer look, found by indexes: however many articles there are, few are compared."""
    above = _classes(category)
    asked: dict[str, Any] = {
        "day": log.local_day_of(clock.now()),
        "public": is_public,
        "pairs": sorted(overlap.bigrams(words)),
        "very": above[-1:],
        "near": [*above[-1:], *above[1:2]],
        "above": above,
        "limit": _LIKELY,
    }
    return [queries.read(row) for row in ArticleNow.objects.raw(_FIND, asked)]


def _classes(category: str | None) -> list[str]:
    """A category and its classes, the top first."""
    parts = category.split("/") if category else []
    return ["/".join(parts[: n + 1]) for n in range(len(parts))]


def _nearness(mine: str, asked: str | None) -> int:
    """3: the very category; 2: one above or below it; 1: beside it; 0: elsewhere, or none is asked for."""
    if not asked:
        return 0
    if mine == asked:
        return 3
    if _within(mine, asked) or _within(asked, mine):
        return 2
    return 1 if mine.count("/") and _branch(mine) == _branch(asked) else 0


def _within(category: str, branch: str) -> bool:
    return category == branch or category.startswith(f"{branch}/")


def _branch(category: str) -> str:
    return "/".join(category.split("/")[:2])
