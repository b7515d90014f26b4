"""目录接口: the city's codes with their names."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Router
from pydantic import BaseModel

from yousu.api.auth import actor
from yousu.api.openapi import refusals
from yousu.appeals import knowledge
from yousu.appeals.articles.queries import Article
from yousu.cases.rules import FieldWrong
from yousu.org.city import Label, city

router = Router(tags=["catalogues"])


class Named(BaseModel):
    """A code and its names."""

    code: str
    name_zh: str
    name_en: str
    # From this day on it may be chosen no more; old cases go on naming it.
    ended: date | None = None


class UnitEntry(Named):
    """责任单位 in the tree of units."""

    parent: str | None
    kind: str


class ChannelEntry(Named):
    """渠道 in the tree of channels; `kind` is call or message."""

    parent: str | None
    kind: str


class CategoryEntry(Named):
    """事项分类: the code is its path; grade and topic."""

    grade: str
    topic: str | None


class GradeEntry(Named):
    """办理时限等级."""

    working_days: int | None


class Units(BaseModel):
    """All units."""

    units: list[UnitEntry]


class Channels(BaseModel):
    """All channels."""

    channels: list[ChannelEntry]


class Categories(BaseModel):
    """All categories."""

    categories: list[CategoryEntry]


class Grades(BaseModel):
    """All grades."""

    grades: list[GradeEntry]


class Reasons(BaseModel):
    """Reasons by command, and the lawful channels that a declined appellant is told of."""

    reasons: dict[str, list[Named]]
    lawful_channels: list[Named]


class SourceEntry(BaseModel):
    """来源: law, document or link."""

    sort: str
    words: str


class ArticleEntry(BaseModel):
    """知识库条目. `answer` cites it by its code; `category` is its first one, `source` all in one line."""

    code: str
    number: int
    version: int
    title_zh: str
    title_en: str
    text: str
    category: str | None
    categories: list[str]
    unit: str | None
    valid_from: date | None
    valid_until: date | None
    public: bool
    source: str
    sources: list[SourceEntry]


class Articles(BaseModel):
    """Ready answers."""

    articles: list[ArticleEntry]


@router.get("/units", response={200: Units, **refusals()})
def units(request: HttpRequest) -> Units:
    """责任单位."""
    known = city().units.values()
    return Units(units=[UnitEntry(**_named(one), parent=one.parent, kind=one.kind) for one in known])


@router.get("/categories", response={200: Categories, **refusals()})
def categories(request: HttpRequest) -> Categories:
    """事项分类."""
    known = city().categories.values()
    return Categories(categories=[CategoryEntry(**_named(one), grade=one.grade, topic=one.topic) for one in known])


@router.get("/channels", response={200: Channels, **refusals()})
def channels(request: HttpRequest) -> Channels:
    """渠道."""
    known = city().channels.values()
    return Channels(channels=[ChannelEntry(**_named(one), parent=one.parent, kind=one.kind) for one in known])


@router.get("/reasons", response={200: Reasons, **refusals()})
def reasons(request: HttpRequest) -> Reasons:
    """理由代码, by command."""
    known = city()
    return Reasons(
        reasons={command: _all_named(labels.values()) for command, labels in known.reasons.items()},
        lawful_channels=_all_named(known.lawful_channels.values()),
    )


@router.get("/articles", response={200: Articles, **refusals(422)})
def articles(request: HttpRequest, category: str | None = None) -> Articles:
    """知识库: what is in force, of a whole branch of categories if one is named. A channel is told what is public."""
    if category is not None and category not in city().categories:
        raise FieldWrong("category", "unknown_code")
    is_public = actor(request).roles <= {"channel"}
    return Articles(articles=[_article(one) for one in knowledge.articles(category, is_public=is_public)])


@router.get("/grades", response={200: Grades, **refusals()})
def grades(request: HttpRequest) -> Grades:
    """办理时限等级."""
    return Grades(grades=[GradeEntry(**_named(one), working_days=one.working_days) for one in city().grades.values()])


def _article(one: Article) -> ArticleEntry:
    return ArticleEntry(
        code=one.code,
        number=one.number,
        version=one.version,
        title_zh=one.title_zh,
        title_en=one.title_en,
        text=one.text,
        category=one.category,
        categories=list(one.categories),
        unit=one.unit,
        valid_from=one.valid_from,
        valid_until=one.valid_until,
        public=one.is_public,
        source=one.source,
        sources=[SourceEntry(sort=sort, words=words) for sort, words in one.sources],
    )


def _named(label: Label) -> dict[str, Any]:
    return {"code": label.code, "name_zh": label.name_zh, "name_en": label.name_en, "ended": label.ended}


def _all_named(labels: Iterable[Label]) -> list[Named]:
    return [Named(**_named(label)) for label in labels]
