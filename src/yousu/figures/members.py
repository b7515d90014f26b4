"""数字背后: the cases of a figure, page by page, whichever part of it is asked for. Reads only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from yousu.figures.facts import DIMENSIONS
from yousu.figures.queries import DimensionMissing, Period, run

# 计入, 在分母而未计入, 剔除, 分母.
PARTS = {
    "counted": "counted",
    "rest": "NOT counted AND NOT excluded",
    "excluded": "excluded",
    "base": "NOT excluded",
}
Where = Mapping[str, Sequence[str | None]]


@dataclass(frozen=True, kw_only=True)
class Sizes:
    """How many facts each part has."""

    counted: int
    rest: int
    excluded: int
    base: int


def sizes(figure: str, period: Period, where: Where) -> Sizes:
    """The sizes of all parts; `where` gives the values that a dimension may have, None for unknown."""
    condition, values = _condition(where)
    chosen = ", ".join(f"count(*) FILTER (WHERE {part})" for part in PARTS.values())
    [row] = run(f"SELECT {chosen} FROM facts WHERE {condition}", {"facts": figure}, period, *values)
    return Sizes(**dict(zip(PARTS, row, strict=True)))


def page(figure: str, period: Period, where: Where, *, part: str, after: str, size: int) -> list[str]:
    """The case numbers of a part after a number, in order; a case that stands there more than once is one."""
    condition, values = _condition(where)
    sql = f"""SELECT DISTINCT number FROM facts WHERE {PARTS[part]} AND {condition} AND number > %s
              ORDER BY number LIMIT %s"""
    return [number for (number,) in run(sql, {"facts": figure}, period, *values, after, size)]


def rows(figure: str, period: Period, where: Where, *columns: str) -> list[tuple[Any, ...]]:
    """The facts of a figure's set, one row each, by number."""
    condition, values = _condition(where)
    sql = f"SELECT {', '.join(columns)} FROM facts WHERE {condition} ORDER BY number"
    return run(sql, {"facts": figure}, period, *values)


def numbers(figure: str, period: Period, where: Where) -> list[str]:
    """The case numbers that count, in order; a case that stands there more than once is one."""
    condition, values = _condition(where)
    sql = f"SELECT DISTINCT number FROM facts WHERE counted AND {condition} ORDER BY number"
    return [number for (number,) in run(sql, {"facts": figure}, period, *values)]


def _condition(where: Where) -> tuple[str, list[Any]]:
    parts, values = ["true"], []
    for name, allowed in where.items():
        if name not in DIMENSIONS:
            raise DimensionMissing(name)
        known = [value for value in allowed if value is not None]
        unknown = f"{name} IS NULL" if None in allowed else "false"
        parts.append(f"({unknown} OR {name}::text = ANY(%s))")
        values.append(known)
    return " AND ".join(parts), values
