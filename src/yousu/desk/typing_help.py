"""边输入边提示: beside the form, while words are typed: what looks the same, and what may be answered with."""

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from yousu.appeals import knowledge, similar
from yousu.appeals.articles import queries
from yousu.appeals.articles.queries import Article, ArticleMissing
from yousu.appeals.similar import Similar
from yousu.cases.rules import FieldWrong
from yousu.desk import labels
from yousu.desk.forms import category_path, line
from yousu.org import capabilities
from yousu.org.actors import Actor
from yousu.org.city import city

# Fewer characters say too little to be like anything.
_LEAST = 4
_SIMILAR, _ARTICLES = 4, 3
_SHOWN = 60


@dataclass(frozen=True, kw_only=True)
class Alike:
    """An open appeal that may be the same, as the form shows it."""

    number: str
    matter: str
    place: str
    reason: str
    stage: str
    people: int


def beside(data: QueryDict, actor: Actor) -> dict[str, Any]:
    """Similar matters and ready answers for what was typed so far; nothing typed, nothing found."""
    try:
        words, place, named = (line(data, name) for name in ("text", "place", "category"))
    except FieldWrong:
        return {"alike": [], "articles": []}
    category = _category(named)
    if len(words) < _LEAST and category is None:
        return {"alike": [], "articles": [], "is_waiting": True}
    found = similar.similar_open(words, place, category, limit=_SIMILAR, reader=actor)
    return {
        "alike": [_alike(each) for each in found],
        "articles": knowledge.articles_for(category, words, limit=_ARTICLES),
        "may_support": capabilities.may(actor, "support"),
    }


def article(code: str) -> Article | None:
    """A ready answer that may be cited now."""
    try:
        found = queries.get(code)
    except ArticleMissing:
        return None
    return found if found.is_in_force else None


def _category(named: str) -> str | None:
    try:
        return category_path(named) if named else None
    except FieldWrong:
        return None


def _alike(each: Similar) -> Alike:
    return Alike(
        number=each.number,
        matter=each.matter[:_SHOWN],
        place=each.place or "",
        reason=each.reason,
        stage=labels.named(city().stages, each.stage),
        people=each.people,
    )
