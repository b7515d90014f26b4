"""`yousu figures`: 指标, their definitions, or one figure for a period, broken down."""

import unicodedata
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from yousu.cli import Answer, UsageError
from yousu.cli.opening import opened

if TYPE_CHECKING:
    from yousu.figures.queries import Period

_DIMENSIONS = {
    "day": "日期",
    "month": "月份",
    "district": "区县",
    "unit": "单位",
    "category": "事项分类",
    "channel": "渠道",
    "type": "诉求类型",
    "topic": "主题",
}
# No appeal is older.
_FIRST_DAY = date(2000, 1, 1)
_UNKNOWN = "未知"


def arguments(parser: ArgumentParser) -> None:
    """Which figure, for which days, as known when, by what."""
    parser.add_argument("name", nargs="?", metavar="NAME", help="a figure; without one the figures are listed")
    parser.add_argument("--from", dest="first", metavar="DAY", help="first local day; unless given, the earliest")
    parser.add_argument("--to", dest="last", metavar="DAY", help="last local day, included; unless given, the as-of's")
    parser.add_argument("--as-of", metavar="MOMENT", help="as known then; ISO 8601 with offset; unless given, now")
    parser.add_argument("--by", action="append", default=[], choices=tuple(_DIMENSIONS), help="repeatable")
    parser.add_argument("--engine", choices=("postgres",), default="postgres")


def run(options: Namespace) -> Answer:
    """Definitions, or numerator, denominator, excluded and value."""
    opened()
    from yousu.figures import answers
    from yousu.figures.queries import FigureMissing

    if options.name is None:
        listed = answers.listing()
        return Answer(text=_listed(listed["figures"]), data=listed)
    by = list(dict.fromkeys(options.by))
    try:
        answer = answers.answer(options.name, _period(options), by=by)
    except FigureMissing as error:
        raise UsageError(f"NAME: there is no figure {options.name!r} (see yousu figures)") from error
    return Answer(text=_text(answer, by), data=answer)


def _period(options: Namespace) -> "Period":
    from yousu.figures.queries import Period
    from yousu.ledger.log import local_day_of
    from yousu.platform import clock, environment

    now = clock.now().astimezone(ZoneInfo(environment.text("YOUSU_TIME_ZONE")))
    as_of = min(_moment(options.as_of), now) if options.as_of else now
    first = _day("--from", options.first) if options.first else _FIRST_DAY
    last = _day("--to", options.last) if options.last else local_day_of(as_of)
    if last < first:
        raise UsageError(f"--to: {last} is before --from {first}")
    return Period(first=first, last=last, as_of=as_of)


def _day(field: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"{field}: {text!r} is no day; write 2024-01-31") from error


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"--as-of: {text!r} is no moment; write 2024-02-01T00:00+08:00") from error
    if moment.tzinfo is None:
        raise UsageError(f"--as-of: {text!r} has no offset; write {text}+08:00")
    return moment


def _listed(figures: Sequence[Mapping[str, Any]]) -> str:
    return _aligned([[one["figure"], one["name_zh"], one["unit"], one["sentence"]] for one in figures])


def _text(answer: Mapping[str, Any], by: Sequence[str]) -> str:
    from yousu.figures.answers import definition

    found = definition(answer["figure"])
    head = f"{found.name_zh}　{answer['from']} 至 {answer['to']}　截至 {answer['as_of']}\n{found.sentence_zh}"
    titles = [_DIMENSIONS[dimension] for dimension in by] + _titles(found.is_rate, found.unit)
    rows = [[_named(dimension, row[dimension]) for dimension in by] + _numbers(row) for row in answer["by"]]
    total = ["合计", *[""] * (len(by) - 1)] if by else []
    return f"{head}\n{_aligned([titles, *rows, total + _numbers(answer)], right=len(titles) - len(by))}"


def _titles(is_rate: bool, unit: str) -> list[str]:
    return ["比率", "分子", "分母", "剔除"] if is_rate else [f"数量（{unit}）", "剔除"]


def _numbers(row: Mapping[str, Any]) -> list[str]:
    if row["denominator"] is None:
        return [str(row["numerator"]), str(row["excluded"])]
    # Over an empty base there is no rate.
    value = "—" if row["value"] is None else f"{row['value']}%"
    return [value, str(row["numerator"]), str(row["denominator"]), str(row["excluded"])]


def _named(dimension: str, value: str | None) -> str:
    from yousu.org.city import city

    if value is None:
        return _UNKNOWN
    known = city()
    labels: Mapping[str, Mapping[str, Any]] = {
        "district": known.units,
        "unit": known.units,
        "channel": known.channels,
        "type": known.types,
        "topic": known.topics,
    }
    label = labels.get(dimension, {}).get(value)
    return value if label is None else str(label.name_zh)


def _aligned(rows: Sequence[Sequence[str]], *, right: int = 0) -> str:
    """Columns aligned as a terminal shows them, the last `right` ones to the right."""
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    left = len(widths) - right
    lines = []
    for row in rows:
        cells = [
            (" " * gap + cell) if place >= left else (cell + " " * gap)
            for place, (cell, gap) in enumerate((cell, widths[i] - _width(cell)) for i, cell in enumerate(row))
        ]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def _width(text: str) -> int:
    # Chinese characters and full-width forms take two places; combining ones none.
    return sum(0 if unicodedata.combining(c) else 1 + (unicodedata.east_asian_width(c) in "WF") for c in text)
