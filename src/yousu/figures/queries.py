"""指标查询: numbers, breakdowns and the sets behind them, on PostgreSQL. Reads only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from django.db import connection

from yousu.appeals.lateness import Bounds
from yousu.figures.definitions import Definition, catalogue
from yousu.figures.facts import DIMENSIONS
from yousu.figures.rates import percent
from yousu.figures.versions import SQL
from yousu.org.city import city
from yousu.worktime.calendar import CalendarMissing

_HORIZON = ", horizon AS NOT MATERIALIZED (SELECT %s::timestamptz AS tomorrow, %s::timestamptz AS soon)"
_ASKED = "WITH asked AS NOT MATERIALIZED (SELECT %s::date AS from_day, %s::date AS to_day, %s::timestamptz AS as_of)"


class FigureMissing(LookupError):
    """There is no figure of this name."""


class DimensionMissing(LookupError):
    """There is no dimension of this name."""


@dataclass(frozen=True, kw_only=True)
class Period:
    """Local days, both ends included, as known at `as_of`."""

    first: date
    last: date
    as_of: datetime


@dataclass(frozen=True, kw_only=True)
class Count:
    """The size of a set. Of a rate: what is counted, over its base, with what was excluded (剔除)."""

    numerator: int
    denominator: int | None
    excluded: int
    where: Mapping[str, Any]

    def value(self) -> str | int | None:
        """A count as it is; a rate as the city prints percentages."""
        if self.denominator is None:
            return self.numerator
        setting = city().settings["percent"]
        return percent(self.numerator, self.denominator, rounding=setting["rounding"], digits=setting["digits"])


def definition(figure: str) -> Definition:
    """A figure's definition. Raises FigureMissing."""
    found = catalogue().get(figure)
    if found is None:
        raise FigureMissing(figure)
    return found


def total(figure: str, period: Period) -> Count:
    """The figure for a period."""
    return counts(figure, period, by=())[0]


def counts(figure: str, period: Period, *, by: Sequence[str]) -> list[Count]:
    """The figure broken down; unknown values are rows of their own (None). Largest first, then by value."""
    found = definition(figure)
    for dimension in by:
        if dimension not in DIMENSIONS:
            raise DimensionMissing(dimension)
    grouped = ", ".join(by)
    rows = _run(
        f"""SELECT count(*) FILTER (WHERE counted), count(*) FILTER (WHERE NOT excluded),
                   count(*) FILTER (WHERE excluded){", " if by else ""}{grouped}
            FROM facts {"GROUP BY " + grouped if by else ""} ORDER BY 2 DESC{", " if by else ""}{grouped}""",
        figure,
        period,
    )
    return [
        Count(
            numerator=numerator,
            denominator=base if found.is_rate else None,
            excluded=excluded,
            where=dict(zip(by, where, strict=True)),
        )
        for numerator, base, excluded, *where in rows
    ]


def numbers(
    figure: str, period: Period, *, counted_only: bool = True, where: Mapping[str, Any] | None = None
) -> list[str]:
    """The case numbers behind a figure or one row of its breakdown; a case may stand there more than once."""
    conditions = ["counted"] if counted_only else ["NOT excluded"]
    conditions += [f"{name} IS NOT DISTINCT FROM %s" for name in where or {}]
    sql = f"SELECT number FROM facts WHERE {' AND '.join(conditions)} ORDER BY number"
    return [number for (number,) in _run(sql, figure, period, *(where or {}).values())]


def rows(figure: str, period: Period, *columns: str) -> list[tuple[Any, ...]]:
    """The facts of a figure's set, one row each, by number: for whoever needs several breakdowns of it at once."""
    return _run(f"SELECT {', '.join(columns)} FROM facts ORDER BY number", figure, period)


def run(sql: str, sets: Mapping[str, str], period: Period, *parameters: Any) -> list[tuple[Any, ...]]:
    """The rows of a statement over the sets of figures, by the name it gives each."""
    named = "".join(f", {name} AS NOT MATERIALIZED (\n{_set_sql(figure)})" for name, figure in sets.items())
    asked: list[Any] = [period.first, period.last, period.as_of]
    horizon = ""
    if '"horizon"' in named:
        horizon, asked = _HORIZON, [*asked, *_horizon(period.as_of)]
    with connection.cursor() as cursor:
        cursor.execute(f"{_ASKED}{horizon}{named} {sql}", [*asked, *parameters])
        return list(cursor.fetchall())


def _horizon(as_of: datetime) -> tuple[datetime, datetime]:
    try:
        bounds = Bounds.at(as_of)
    except CalendarMissing:
        # Nothing was known so long ago, and so nothing was due.
        return as_of, as_of
    return bounds.today, bounds.soon


def _run(sql: str, figure: str, period: Period, *parameters: Any) -> list[tuple[Any, ...]]:
    return run(sql, {"facts": figure}, period, *parameters)


@cache
def _set_sql(figure: str) -> str:
    # Literal percent signs would be taken for parameters.
    return (SQL / f"{definition(figure).figure}.sql").read_text().replace("%", "%%")
