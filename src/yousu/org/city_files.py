"""城市文件: a city read from its files' texts, every cell checked against the description of its table. No database."""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from yousu.org import sheets, tables
from yousu.org.city_data import (
    Article,
    Category,
    Channel,
    City,
    CityWrong,
    Grade,
    Group,
    Label,
    Landmark,
    Population,
    ScoreItem,
    Topic,
    Unit,
)
from yousu.org.configuration import settings as lines_of_toml
from yousu.org.sheets import Line
from yousu.org.tables import Column, Table
from yousu.worktime import calendar
from yousu.worktime.calendar import CalendarWrong

_CITIES = Path(__file__).resolve().parents[1] / "cities"
# Checked where they are read for their work, by the layers above.
_MAY_BE_MISSING = frozenset({"routing", "supervision", "calendar", "notices", "notice_texts"})
# What these send work to, or count by, is not ended under them.
_MUST_STAND = frozenset({"units", "channels", "categories", "reasons", "routing", "supervision"})
_CODE = re.compile(r"[a-z0-9][a-z0-9_-]*")


def folder(name: str) -> Path:
    """Where a city's files lie."""
    return Path(name) if "/" in name else _CITIES / name


def read(name: str) -> dict[str, str]:
    """The texts of a city's files by their names; the calendar is Yousu's own where the city has none."""
    where = folder(name)
    if not (where / tables.SETTINGS).exists():
        raise CityWrong(f"{where} is not a city: it has no {tables.SETTINGS}")
    texts = {file: (where / file).read_bytes() for file in tables.files() if (where / file).exists()}
    return {"calendar.csv": calendar.shipped_text()} | {file: decoded(file, content) for file, content in texts.items()}


def decoded(file: str, content: bytes) -> str:
    """A file's text. Raises CityWrong."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CityWrong(f"{file}: is not UTF-8", file=file, why="not_utf8") from error


def laid_over(texts: Mapping[str, str], laid: Mapping[str, str]) -> dict[str, str]:
    """Files with others over them; what a newer version of Yousu names of its own stays named."""
    merged = {**texts, **laid}
    if tables.SETTINGS in laid and tables.SETTINGS in texts:
        merged[tables.SETTINGS] = lines_of_toml.with_missing(laid[tables.SETTINGS], texts[tables.SETTINGS])
    for name, key in tables.OF_THE_PROGRAM.items():
        file = f"{name}.csv"
        if file in laid and file in texts:
            known = {line.cells.get(key) for line in sheets.read(laid[file], file=file).lines}
            for line in sheets.read(texts[file], file=file).lines:
                if line.cells.get(key) not in known:
                    merged[file] = sheets.with_row(merged[file], line.cells)
    return merged


def built(texts: Mapping[str, str], *, folder: Path) -> City:
    """The city that these files make. Raises CityWrong with file, row and field."""
    settings = _settings(texts[tables.SETTINGS])
    lines = {name: _lines(texts, table) for name, table in tables.tables().items()}
    _check_references(lines)
    made = City(
        folder=folder,
        settings=settings,
        units=_by("code", lines["units"], _unit),
        channels=_by("code", lines["channels"], _channel),
        grades=_by("code", lines["grades"], _grade),
        categories=_by("path", lines["categories"], _category),
        topics=_by("code", lines["topics"], _topic),
        reasons=_reasons(lines["reasons"]),
        articles=_by("code", lines["articles"], _article),
        assessment_groups=_by(
            "code", lines["assessment_groups"], lambda one: Group(**_named(one), kind=one.cells["kind"])
        ),
        department_duties=_grouped(lines["department_duties"], by="kind", what="category"),
        populations=tuple(map(_population, lines["populations"])),
        # The longest names first: 南山路口 is found before 南山路.
        landmarks=tuple(sorted(map(_landmark, lines["places"]), key=lambda mark: -len(mark.name))),
        score_items=tuple(map(_score_item, lines["score_sheet"])),
        dangers=_grouped(lines["dangers"], by="number", what="word"),
        digest=digest(texts),
        texts=dict(texts),
        types=_labels(lines["types"]),
        lawful_channels=_labels(lines["lawful_channels"]),
        stages=_labels(lines["stages"]),
        roles=_labels(lines["roles"]),
        events=_labels(lines["events"]),
    )
    _check_tree("units", lines["units"])
    _check_tree("channels", lines["channels"])
    _check_calendar(made)
    return made


def digest(texts: Mapping[str, str]) -> str:
    """Which data these are."""
    total = sha256()
    for file in sorted(texts):
        total.update(file.encode() + b"\0" + sha256(texts[file].encode()).digest())
    return total.hexdigest()


def wrong(table: str, row: int, column: str, why: str, word: str = "") -> CityWrong:
    """A refusal at a cell."""
    said = REASONS.get(why, why).format(column=column, word=word)
    return CityWrong(f"{table}.csv row {row}: {said}", file=f"{table}.csv", row=row, field=column, why=why, word=word)


REASONS = {
    "required": "{column} is missing",
    "unknown_code": "the unknown {column} {word}",
    "twice": "{word} stands there twice",
    "loop": "{word} stands above itself",
    "not_a_code": "{column} {word} is no code: a-z, 0-9, _ and -",
    "not_a_number": "{column}: {word} is no whole number",
    "not_a_decimal": "{column}: {word} is no number",
    "not_a_day": "{column}: {word} is no day (2024-01-31)",
    "not_yes_no": "{column} is yes or no, not {word}",
    "column_missing": "there is no column {column}",
    "no_class_above": "{column}: there is no class above {word}",
    "unreadable": "{column} holds a character that no text may hold",
    "too_small": "{column} is at least 1, not {word}",
    "ended_code": "{column} is {word}, which is ended",
    "key_stays": "{column}: {word} keeps its code",
    "no_condition": "a condition is written field=value, not {word}",
    "does_not_reach": "{word} (short messages are for appellants alone, and nothing else is)",
    "unknown_placeholder": "{column} has the unknown placeholder {word}",
}


def _settings(text: str) -> Mapping[str, Any]:
    try:
        settings = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CityWrong(f"{tables.SETTINGS}: {error}", file=tables.SETTINGS, why="not_toml") from error
    if (rejected := settings.get("review", {}).get("rejected")) not in ("clock_goes_on", "counted_anew"):
        raise CityWrong(
            f"{tables.SETTINGS}: review.rejected is clock_goes_on or counted_anew, not {rejected}",
            file=tables.SETTINGS,
            field="review.rejected",
            why="unknown_code",
            word=str(rejected),
        )
    return settings


def _lines(texts: Mapping[str, str], table: Table) -> tuple[Line, ...]:
    if table.file not in texts:
        if table.name in _MAY_BE_MISSING:
            return ()
        raise CityWrong(f"{table.file} is missing", file=table.file, why="file_missing")
    sheet = sheets.read(texts[table.file], file=table.file)
    for column in table.columns:
        if column.is_required and column.name not in sheet.header:
            raise wrong(table.name, 1, column.name, "column_missing")
    keys: set[str] = set()
    for line in sheet.lines:
        for column in table.columns:
            _check_cell(table.name, line, column)
        if (key := table.key_of(line.cells)) in keys:
            raise wrong(table.name, line.row, table.keys[-1], "twice", key.replace("|", " "))
        keys.add(key)
    return sheet.lines


def _check_cell(table: str, line: Line, column: Column) -> None:
    word = line.cells.get(column.name, "")
    if not word:
        if column.is_required:
            raise wrong(table, line.row, column.name, "required")
        return
    if (why := _KINDS.get(column.kind, _as_it_is)(word, column)) is not None:
        raise wrong(table, line.row, column.name, why, word)


def _as_it_is(word: str, _: Column) -> str | None:
    return "unreadable" if "\0" in word else None


def _number(word: str, column: Column) -> str | None:
    if not (word.isascii() and word.isdecimal() and len(word) < 10):
        return "not_a_number"
    return "too_small" if int(word) < 1 and column.is_required else None


def _decimal(word: str, _: Column) -> str | None:
    return None if re.fullmatch(r"-?\d{1,4}(\.\d{1,12})?", word, re.ASCII) else "not_a_decimal"


def _day(word: str, _: Column) -> str | None:
    try:
        date.fromisoformat(word)
    except ValueError:
        return "not_a_day"
    return None if len(word) == len("2024-01-31") else "not_a_day"


_KINDS: Mapping[str, Callable[[str, Column], str | None]] = {
    "code": lambda word, _: None if _CODE.fullmatch(word) else "not_a_code",
    "number": _number,
    "decimal": _decimal,
    "day": _day,
    "yes_no": lambda word, _: None if word in ("yes", "no") else "not_yes_no",
    "choice": lambda word, column: None if word in column.of else "unknown_code",
}


def _check_references(lines: Mapping[str, tuple[Line, ...]]) -> None:
    known = {name: {tables.tables()[name].key_of(line.cells) for line in each} for name, each in lines.items()}
    ended = {
        name: {tables.tables()[name].key_of(line.cells) for line in each if line.cells.get("ended")}
        for name, each in lines.items()
    }
    for name, table in tables.tables().items():
        # Texts that notices name and events stand in files that may be missing: their own reader tells of those.
        for column in (column for column in table.columns if column.kind == "ref" and column.of[0] in known):
            allowed = known[column.of[0]].union(column.of[1:])
            for line in lines[name]:
                word = line.cells.get(column.name, "")
                if word and word not in allowed:
                    raise wrong(name, line.row, column.name, "unknown_code", word)
                if word in ended[column.of[0]] and name in _MUST_STAND and not line.cells.get("ended"):
                    raise wrong(name, line.row, column.name, "ended_code", word)
    for line in lines["categories"]:
        above = line.cells["path"].rpartition("/")[0]
        if above and above not in known["categories"]:
            raise wrong("categories", line.row, "path", "no_class_above", line.cells["path"])


def _check_tree(table: str, lines: tuple[Line, ...]) -> None:
    parents = {line.cells["code"]: line.cells.get("parent", "") for line in lines}
    for line in lines:
        passed, above = {line.cells["code"]}, parents[line.cells["code"]]
        while above:
            if above in passed:
                raise wrong(table, line.row, "parent", "loop", line.cells["code"])
            passed.add(above)
            above = parents[above]


def _check_calendar(made: City) -> None:
    try:
        made.calendar  # noqa: B018 - it is read to be checked
    except CalendarWrong as error:
        raise CityWrong(
            f"calendar.csv: {error}", file="calendar.csv", row=error.row, why=error.why, word=error.word
        ) from error


def _by(key: str, lines: tuple[Line, ...], make: Callable[[Line], Any]) -> dict[str, Any]:
    return {line.cells[key]: make(line) for line in lines}


def _labels(lines: tuple[Line, ...]) -> dict[str, Label]:
    return _by("code", lines, lambda line: Label(**_named(line)))


def _named(line: Line) -> dict[str, Any]:
    cells = line.cells
    return {"code": cells["code"], "name_zh": cells["name_zh"], "name_en": cells["name_en"], "ended": _ended(line)}


def _ended(line: Line) -> date | None:
    return _date(line, "ended")


def _date(line: Line, column: str) -> date | None:
    return date.fromisoformat(line.cells[column]) if line.cells.get(column) else None


def _unit(line: Line) -> Unit:
    return Unit(**_named(line), parent=line.cells.get("parent") or None, kind=line.cells["kind"])


def _channel(line: Line) -> Channel:
    return Channel(**_named(line), parent=line.cells.get("parent") or None, kind=line.cells["kind"])


def _grade(line: Line) -> Grade:
    days = line.cells.get("working_days")
    return Grade(**_named(line), working_days=int(days) if days else None)


def _category(line: Line) -> Category:
    cells = line.cells
    return Category(
        code=cells["path"],
        name_zh=cells["path"].rpartition("/")[2],
        name_en=cells["name_en"],
        grade=cells["grade"],
        topic=cells.get("topic") or None,
        routing=cells["routing"],
        ended=_ended(line),
    )


def _topic(line: Line) -> Topic:
    cells = line.cells
    zh, en = cells["main_complaint_zh"], cells["main_complaint_en"]
    return Topic(**_named(line), main_complaint_zh=zh, main_complaint_en=en)


def _reasons(lines: tuple[Line, ...]) -> dict[str, dict[str, Label]]:
    found: dict[str, dict[str, Label]] = {}
    for line in lines:
        found.setdefault(line.cells["command"], {})[line.cells["code"]] = Label(**_named(line))
    return found


def _grouped(lines: tuple[Line, ...], *, by: str, what: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for line in lines:
        found[line.cells[by]] = (*found.get(line.cells[by], ()), line.cells[what].lower())
    return found


def _article(line: Line) -> Article:
    cells = line.cells
    return Article(
        **{name: cells.get(name, "") for name in ("code", "title_zh", "title_en", "text", "source")},
        category=cells.get("category") or None,
        unit=cells.get("unit") or None,
        valid_until=_date(line, "valid_until"),
        is_public=cells["public"] == "yes",
    )


def _population(line: Line) -> Population:
    cells = line.cells
    since = date.fromisoformat(cells["valid_from"])
    return Population(unit=cells["unit"], people=int(cells["people"]), valid_from=since, source=cells["source"])


def _score_item(line: Line) -> ScoreItem:
    cells = line.cells
    since = date.fromisoformat(cells["valid_from"])
    return ScoreItem(**_named(line), sort=cells["sort"], valid_from=since, points=int(cells["points"]))


def _landmark(line: Line) -> Landmark:
    cells = line.cells
    return Landmark(
        kind=cells["kind"],
        name=cells["name"],
        district=cells["district"],
        street=cells.get("street") or None,
        lon=float(cells["lon"]) if cells.get("lon") else None,
        lat=float(cells["lat"]) if cells.get("lat") else None,
    )


def lines_of(table: str, texts: Mapping[str, str]) -> Iterator[Line]:
    """The rows of one table, unchecked."""
    file = f"{table}.csv"
    yield from sheets.read(texts[file], file=file).lines if file in texts else ()
