"""条目投影: states and words to rows; verification compares both with what the events give."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

import msgspec
from django.db import connection

from yousu.appeals.articles.events import ArticleRevised, ArticleWritten
from yousu.appeals.articles.models import ArticleNow
from yousu.appeals.articles.state import ArticleState, evolve
from yousu.ledger import texts
from yousu.ledger.events import Row
from yousu.ledger.projections import Change, Unlike
from yousu.understanding import overlap

_WITHOUT_EVENTS = """
SELECT code FROM article_now a WHERE NOT EXISTS (SELECT FROM event e WHERE e.stream = 'article/' || a.code)
ORDER BY code
"""


class ArticleProjection:
    """The projection of streams `article/…`."""

    def states(self, streams: Sequence[str]) -> Mapping[str, Any]:
        codes = [stream.partition("/")[2] for stream in streams]
        found = ArticleNow.objects.filter(code__in=codes).values_list("code", "state")
        return {f"article/{code}": msgspec.convert(state, ArticleState) for code, state in found}

    def evolve(self, state: Any, fact: Any, row: Row) -> Any:
        return evolve(state, fact, row)

    def save(self, changes: Sequence[Change]) -> None:
        for change in changes:
            state: ArticleState = change.state
            columns = {**_columns(state), "state": msgspec.to_builtins(state)}
            if isinstance(change.fact, ArticleWritten | ArticleRevised):
                columns |= _words(state, {text.ref.id: text.plain or "" for text in change.texts})
            ArticleNow.objects.update_or_create(code=state.code, defaults=columns)

    def unlike(self, stream: str, state: Any) -> Iterator[Unlike]:
        """Columns and words that differ from a state that was rebuilt."""
        row = ArticleNow.objects.filter(code=state.code).first()
        if row is None:
            yield Unlike(table="article_now", column="*", stored=None, rebuilt="present")
            return
        said = texts.read([*(ref.id for ref in state.texts.values()), *(one.words.id for one in state.sources)])
        superfluous = sorted(row.state.keys() - msgspec.to_builtins(state).keys())
        if superfluous:
            yield Unlike(table="article_now", column="state", stored=", ".join(superfluous), rebuilt=None)
        rebuilt = {**_columns(state), **_words(state, said)}
        for column, value in rebuilt.items():
            if (stored := getattr(row, column)) != value:
                yield Unlike(table="article_now", column=column, stored=stored, rebuilt=value)

    def without_events(self) -> Iterator[tuple[str, str]]:
        """Rows that no event stands behind, as stream and table."""
        with connection.cursor() as cursor:
            cursor.execute(_WITHOUT_EVENTS)
            for (code,) in cursor.fetchall():
                yield f"article/{code}", "article_now"


def branches(categories: Sequence[str]) -> list[str]:
    """Categories and every class above them."""
    parts = [category.split("/") for category in categories]
    return sorted({"/".join(each[: n + 1]) for each in parts for n in range(len(each))})


def _columns(state: ArticleState) -> dict[str, Any]:
    return {
        "number": state.number,
        "version": state.version,
        "categories": list(state.categories),
        "branches": branches(state.categories),
        "unit": state.unit,
        "valid_from": state.valid_from,
        "valid_until": state.valid_until,
        "is_public": state.is_public,
        "is_withdrawn": state.withdrawn_at is not None,
    }


def _words(state: ArticleState, said: Mapping[UUID, str]) -> dict[str, Any]:
    words = {kind: said.get(ref.id, "") for kind, ref in state.texts.items()}
    title, text = words["title_zh"], words["text"]
    return {
        "title_zh": title,
        "title_en": words.get("title_en", ""),
        "text": text,
        "sources": [[one.sort, said.get(one.words.id, "")] for one in state.sources],
        "pairs": sorted(overlap.bigrams(f"{title}{text}")),
    }
