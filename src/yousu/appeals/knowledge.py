"""知识库: ready answers of the city's data, found by category first, by words after that. Expired ones are absent."""

from collections.abc import Iterator

from yousu.cases.rules import FieldWrong
from yousu.ledger import log
from yousu.org.city import Article, city
from yousu.platform import clock
from yousu.understanding import overlap

# Below this, what an article shares with the words is chance.
_LEAST = 0.2


def articles(category: str | None = None) -> list[Article]:
    """Every article that is in force, of one branch of categories if one is named; in the file's order."""
    return [each for each in _in_force() if category is None or _within(each.category, category)]


def articles_for(category: str | None, words: str = "", *, limit: int = 3) -> list[Article]:
    """What a call-taker may answer with: those nearest to the category, among equals those that share most words.

    Without a category, or beyond it, only those that share words.
    """
    scored = []
    for order, each in enumerate(_in_force()):
        near = _nearness(each.category, category)
        alike = overlap.covered(words, f"{each.title_zh}{each.text}") if words else 0.0
        if near or alike >= _LEAST:
            scored.append((-near, -alike, order, each))
    return [each for *_, each in sorted(scored)[:limit]]


def cited(field: str, code: str | None) -> str | None:
    """The code of an article an answer cites, if it cites one. Raises FieldWrong."""
    if not code:
        return None
    article = city().articles.get(code)
    if article is None:
        raise FieldWrong(field, "unknown_code")
    if not _is_in_force(article):
        raise FieldWrong(field, "expired")
    return code


def _in_force() -> Iterator[Article]:
    return (each for each in city().articles.values() if _is_in_force(each))


def _is_in_force(article: Article) -> bool:
    return article.valid_until is None or log.local_day_of(clock.now()) <= article.valid_until


def _nearness(mine: str | None, asked: str | None) -> int:
    """3: the very category; 2: one above or below it; 1: beside it; 0: elsewhere."""
    if not mine or not asked:
        return 0
    if mine == asked:
        return 3
    if _within(mine, asked) or _within(asked, mine):
        return 2
    return 1 if mine.count("/") and _branch(mine) == _branch(asked) else 0


def _within(category: str | None, branch: str) -> bool:
    return category is not None and (category == branch or category.startswith(f"{branch}/"))


def _branch(category: str) -> str:
    return "/".join(category.split("/")[:2])
