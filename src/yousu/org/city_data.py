"""城市数据: what differs by city, and the questions it answers. Pure; no file, no database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from yousu.worktime import calendar
from yousu.worktime.calendar import Calendar

# 来电, 网民留言 (over the internet), 其他 (letters, visits, media, what other authorities hand over).
CHANNEL_KINDS = ("call", "message", "other")

CALENDAR = "calendar.csv"


class CityWrong(ValueError):
    """The city's data contradict themselves; the message names file and row.

    file, row (as a spreadsheet numbers it), field, why (a code), word: the place, where it is known; `at` is where in
    the field it begins.
    """

    def __init__(
        self, message: str, *, file: str = "", row: int = 0, field: str = "", why: str = "", word: str = "", at: int = 0
    ) -> None:
        super().__init__(message)
        self.file, self.row, self.field, self.why, self.word, self.at = file, row, field, why, word, at


@dataclass(frozen=True, kw_only=True)
class Label:
    """A code's names."""

    code: str
    name_zh: str
    name_en: str
    # 停用: from this day on it is offered no more; old cases go on naming it.
    ended: date | None = None

    def is_offered(self, on: date) -> bool:
        """Whether it may be chosen on a day."""
        return self.ended is None or on < self.ended

    def name(self, language: str) -> str:
        """The name in the page's language."""
        return self.name_zh if language.startswith("zh") else self.name_en


@dataclass(frozen=True, kw_only=True)
class Unit(Label):
    """责任单位 in the tree of units."""

    parent: str | None
    kind: str

    def place(self, language: str) -> str:
        """A district as a place: 城东区, not the office that governs it."""
        return self.name(language).removesuffix("人民政府")


@dataclass(frozen=True, kw_only=True)
class Channel(Label):
    """渠道 in a tree; its kind is one of CHANNEL_KINDS."""

    parent: str | None
    kind: str


@dataclass(frozen=True, kw_only=True)
class Grade(Label):
    """办理时限等级: working days, or none without a limit."""

    working_days: int | None


@dataclass(frozen=True, kw_only=True)
class Category(Label):
    """事项分类: a path from the top class; `routing` is a unit's code, `district` or `street`."""

    grade: str
    topic: str | None
    routing: str


@dataclass(frozen=True, kw_only=True)
class Topic(Label):
    """热点主题: a named group of categories."""

    main_complaint_zh: str
    main_complaint_en: str


@dataclass(frozen=True, kw_only=True)
class Article:
    """初始的知识库条目: what a set-up brings into the knowledge base; from then on that is changed, not this."""

    code: str
    title_zh: str
    title_en: str
    text: str
    category: str | None
    unit: str | None
    valid_until: date | None
    source: str
    is_public: bool


@dataclass(frozen=True, kw_only=True)
class ScoreItem(Label):
    """评分项: one line of a score sheet for calls or orders; a later sheet of a sort replaces an earlier one."""

    sort: str
    valid_from: date
    points: int


@dataclass(frozen=True, kw_only=True)
class Landmark:
    """A named place of the gazetteer."""

    kind: str
    name: str
    district: str
    street: str | None
    lon: float | None
    lat: float | None


@dataclass(frozen=True, kw_only=True)
class Group(Label):
    """可比组: units of one kind, which are assessed side by side."""

    kind: str


@dataclass(frozen=True, kw_only=True)
class Population:
    """常住人口 of a unit's area, from a day on, and whose count it is."""

    unit: str
    people: int
    valid_from: date
    source: str


@dataclass(frozen=True, kw_only=True)
class City:
    """All of a city's data, with a digest that says which data were in force."""

    folder: Path
    settings: Mapping[str, Any]
    units: Mapping[str, Unit]
    channels: Mapping[str, Channel]
    types: Mapping[str, Label]
    grades: Mapping[str, Grade]
    categories: Mapping[str, Category]
    topics: Mapping[str, Topic]
    reasons: Mapping[str, Mapping[str, Label]]
    lawful_channels: Mapping[str, Label]
    stages: Mapping[str, Label]
    roles: Mapping[str, Label]
    events: Mapping[str, Label]
    articles: Mapping[str, Article]
    assessment_groups: Mapping[str, Group]
    # 部门职责: matters that are never pushed down, by the kind of unit that need not take them.
    department_duties: Mapping[str, tuple[str, ...]]
    populations: tuple[Population, ...]
    landmarks: tuple[Landmark, ...]
    score_items: tuple[ScoreItem, ...]
    # 险情用语: the words by the number that is to be called at once.
    dangers: Mapping[str, tuple[str, ...]]
    digest: str
    # The files it was read from, by name.
    texts: Mapping[str, str] = field(repr=False, compare=False)
    _children: dict[str, frozenset[str]] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def calendar(self) -> Calendar:
        """工作日历: the city's own, or the one that came with Yousu."""
        return calendar.of(self.texts[CALENDAR], source=CALENDAR) if CALENDAR in self.texts else calendar.load()

    def tree_of(self, unit: str) -> frozenset[str]:
        """A unit and everything under it."""
        if unit not in self._children:
            below = [code for code, other in self.units.items() if other.parent == unit]
            self._children[unit] = frozenset({unit}).union(*(self.tree_of(code) for code in below))
        return self._children[unit]

    def above(self, unit: str | None) -> tuple[str, ...]:
        """A unit and every unit above it, the lowest first; nothing for one that is unknown."""
        found: list[str] = []
        while unit is not None and unit in self.units:
            found.append(unit)
            unit = self.units[unit].parent
        return tuple(found)

    def top_channel(self, channel: str) -> str:
        """The channel at the top of a channel's branch."""
        parent = self.channels[channel].parent
        return channel if parent is None else self.top_channel(parent)

    def printed_channel(self, channel: str, level: Sequence[str]) -> str:
        """The channel itself or the nearest of `level` above it; one above all of them stands for itself."""
        parent = self.channels[channel].parent if channel in self.channels else None
        return channel if channel in level or parent is None else self.printed_channel(parent, level)

    def districts(self) -> list[Unit]:
        """区县, in the order of the file."""
        return [unit for unit in self.units.values() if unit.kind == "district"]

    def population_of(self, unit: str, *, on: date) -> Population | None:
        """The latest count of a unit's people that held on a day, if there is one."""
        found = [one for one in self.populations if one.unit == unit and one.valid_from <= on]
        return max(found, key=lambda one: one.valid_from, default=None)

    def counted_by(self) -> Mapping[str, int]:
        """The settings that figures count by, by code."""
        return {"contact_hours": int(self.settings["contact"]["hours"])}

    def routed_unit(self, category: str, *, district: str | None) -> str | None:
        """The unit the catalogue names for a category and district, if it names one."""
        routing = self.categories[category].routing if category in self.categories else "district"
        if routing in ("district", "street"):
            return district
        return routing if routing in self.units else None
