"""城市配置: what differs by city, read once from its folder of TOML and CSV files. Pure; no database."""

import csv
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from yousu.platform import environment

# 来电, 网民留言 (over the internet), 其他 (letters, visits, media, what other authorities hand over).
CHANNEL_KINDS = ("call", "message", "other")

_CITIES = Path(__file__).resolve().parents[1] / "cities"


class CityWrong(ValueError):
    """The city's data contradict themselves; the message names file and row."""


@dataclass(frozen=True, kw_only=True)
class Label:
    """A code's names."""

    code: str
    name_zh: str
    name_en: str

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
    populations: tuple[Population, ...]
    landmarks: tuple[Landmark, ...]
    score_items: tuple[ScoreItem, ...]
    # 险情用语: the words by the number that is to be called at once.
    dangers: Mapping[str, tuple[str, ...]]
    digest: str
    _children: dict[str, frozenset[str]] = field(default_factory=dict, repr=False, compare=False)

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


@cache
def city() -> City:
    """The city of YOUSU_CITY. Raises CityWrong."""
    return load(environment.text("YOUSU_CITY"))


def load(name: str) -> City:
    """Reads a city's folder, by name under yousu/cities or by path."""
    folder = Path(name) if "/" in name else _CITIES / name
    if not (folder / "city.toml").exists():
        raise CityWrong(f"{folder} is not a city: it has no city.toml")
    dangers: dict[str, tuple[str, ...]] = {}
    for row in _rows(folder, "dangers"):
        dangers[row["number"]] = (*dangers.get(row["number"], ()), row["word"].lower())
    loaded = City(
        folder=folder,
        settings=tomllib.loads((folder / "city.toml").read_text(encoding="utf-8")),
        units={
            r["code"]: Unit(**_named(r), parent=r["parent"] or None, kind=r["kind"]) for r in _rows(folder, "units")
        },
        channels={
            r["code"]: Channel(**_named(r), parent=r["parent"] or None, kind=r["kind"])
            for r in _rows(folder, "channels")
        },
        types=_labels(folder, "types"),
        grades={r["code"]: _grade(r) for r in _rows(folder, "grades")},
        categories={r["path"]: _category(r) for r in _rows(folder, "categories")},
        topics={r["code"]: _topic(r) for r in _rows(folder, "topics")},
        reasons=_reasons(folder),
        lawful_channels=_labels(folder, "lawful_channels"),
        stages=_labels(folder, "stages"),
        roles=_labels(folder, "roles"),
        events=_labels(folder, "events"),
        articles={r["code"]: _article(r, row=n) for n, r in enumerate(_rows(folder, "articles"), start=2)},
        assessment_groups={r["code"]: Group(**_named(r), kind=r["kind"]) for r in _rows(folder, "assessment_groups")},
        populations=tuple(_population(r, row=n) for n, r in enumerate(_rows(folder, "populations"), start=2)),
        # The longest names first: 南山路口 is found before 南山路.
        landmarks=tuple(sorted((_landmark(r) for r in _rows(folder, "places")), key=lambda mark: -len(mark.name))),
        score_items=tuple(_score_item(r, row=n) for n, r in enumerate(_rows(folder, "score_sheet"), start=2)),
        dangers=dangers,
        digest=_digest(folder),
    )
    _check(loaded)
    return loaded


def _rows(folder: Path, name: str) -> Iterator[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _named(row: Mapping[str, str]) -> dict[str, str]:
    return {key: row[key] for key in ("code", "name_zh", "name_en")}


def _labels(folder: Path, name: str) -> dict[str, Label]:
    return {row["code"]: Label(**_named(row)) for row in _rows(folder, name)}


def _reasons(folder: Path) -> dict[str, dict[str, Label]]:
    found: dict[str, dict[str, Label]] = {}
    for row in _rows(folder, "reasons"):
        found.setdefault(row["command"], {})[row["code"]] = Label(**_named(row))
    return found


def _grade(row: Mapping[str, str]) -> Grade:
    return Grade(**_named(row), working_days=int(row["working_days"]) if row["working_days"] else None)


def _category(row: Mapping[str, str]) -> Category:
    path = row["path"]
    return Category(
        code=path,
        name_zh=path.rpartition("/")[2],
        name_en=row["name_en"],
        grade=row["grade"],
        topic=row["topic"] or None,
        routing=row["routing"],
    )


def _topic(row: Mapping[str, str]) -> Topic:
    return Topic(**_named(row), main_complaint_zh=row["main_complaint_zh"], main_complaint_en=row["main_complaint_en"])


def _article(read: Mapping[str, str], *, row: int) -> Article:
    try:
        until = date.fromisoformat(read["valid_until"]) if read["valid_until"] else None
    except ValueError as error:
        raise CityWrong(f"articles.csv row {row}: {read['valid_until']} is no day") from error
    return Article(
        code=read["code"],
        title_zh=read["title_zh"],
        title_en=read["title_en"],
        text=read["text"],
        category=read["category"] or None,
        unit=read["unit"] or None,
        valid_until=until,
        source=read["source"],
        is_public=read["public"] == "yes",
    )


def _score_item(read: Mapping[str, str], *, row: int) -> ScoreItem:
    try:
        valid_from, points = date.fromisoformat(read["valid_from"]), int(read["points"])
    except ValueError as error:
        raise CityWrong(f"score_sheet.csv row {row}: {read['valid_from']}, {read['points']}: {error}") from error
    if read["sort"] not in ("call", "order") or points < 1:
        raise CityWrong(f"score_sheet.csv row {row}: a sheet is for a call or an order, and points are at least 1")
    return ScoreItem(**_named(read), sort=read["sort"], valid_from=valid_from, points=points)


def _population(read: Mapping[str, str], *, row: int) -> Population:
    try:
        people, since = int(read["people"]), date.fromisoformat(read["valid_from"])
    except ValueError as error:
        raise CityWrong(f"populations.csv row {row}: {error}") from error
    if people <= 0:
        raise CityWrong(f"populations.csv row {row}: {people} is no number of people")
    return Population(unit=read["unit"], people=people, valid_from=since, source=read["source"])


def _landmark(row: Mapping[str, str]) -> Landmark:
    return Landmark(
        kind=row["kind"],
        name=row["name"],
        district=row["district"],
        street=row["street"] or None,
        lon=float(row["lon"]) if row["lon"] else None,
        lat=float(row["lat"]) if row["lat"] else None,
    )


def _digest(folder: Path) -> str:
    total = sha256()
    for file in sorted([*folder.glob("*.csv"), folder / "city.toml"]):
        total.update(file.name.encode() + b"\0" + sha256(file.read_bytes()).digest())
    return total.hexdigest()


def _check(loaded: City) -> None:
    for tree in (loaded.units, loaded.channels):
        for item in tree.values():
            if item.parent is not None and item.parent not in tree:
                raise CityWrong(f"{loaded.folder.name}: {item.code} has the unknown parent {item.parent}")
    for channel in loaded.channels.values():
        if channel.kind not in CHANNEL_KINDS:
            raise CityWrong(f"channels.csv: {channel.code} has the unknown kind {channel.kind}")
    for category in loaded.categories.values():
        _check_category(category, loaded)
    if (rejected := loaded.settings.get("review", {}).get("rejected")) not in ("clock_goes_on", "counted_anew"):
        raise CityWrong(f"city.toml: review.rejected is clock_goes_on or counted_anew, not {rejected}")
    _check_populations(loaded)


def _check_populations(loaded: City) -> None:
    for population in loaded.populations:
        if population.unit not in loaded.units:
            raise CityWrong(f"populations.csv: {population.unit} is no unit")


def _check_category(category: Category, loaded: City) -> None:
    if category.grade not in loaded.grades:
        raise CityWrong(f"categories.csv: {category.code} has the unknown grade {category.grade}")
    if category.topic is not None and category.topic not in loaded.topics:
        raise CityWrong(f"categories.csv: {category.code} has the unknown topic {category.topic}")
    if category.routing not in ("district", "street") and category.routing not in loaded.units:
        raise CityWrong(f"categories.csv: {category.code} is routed to the unknown unit {category.routing}")
    for article in loaded.articles.values():
        if article.category is not None and article.category not in loaded.categories:
            raise CityWrong(f"articles.csv: {article.code} has the unknown category {article.category}")
