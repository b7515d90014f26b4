"""多个指标: several figures, or several breakdowns of one, in a single statement. Reads only."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from yousu.figures.facts import DIMENSIONS
from yousu.figures.queries import Count, DimensionMissing, Period, definition, run

_SIZES = "count(*) FILTER (WHERE counted), count(*) FILTER (WHERE NOT excluded), count(*) FILTER (WHERE excluded)"
Days = Mapping[date, Count]


def by_day(figures: Sequence[str], period: Period) -> dict[str, Days]:
    """Each figure day by day; days without a fact are missing. A fact's day is the one its figure selects it by."""
    return {**by_value(figures, period, dimension="day")}


def by_value(
    figures: Sequence[str], period: Period, *, dimension: str, units: Collection[str] | None = None
) -> dict[str, dict[Any, Count]]:
    """Each figure by the values of one dimension, unknown (None) among them; values without a fact are missing.

    `units`: facts of these units alone.
    """
    if dimension not in DIMENSIONS:
        raise DimensionMissing(dimension)
    sets = {f"facts_{at}": figure for at, figure in enumerate(figures)}
    whose = "" if units is None else "WHERE unit = ANY(%s)"
    selects = [f"SELECT '{sets[name]}', {dimension}, {_SIZES} FROM {name} {whose} GROUP BY 2" for name in sets]
    found: dict[str, dict[Any, Count]] = {figure: {} for figure in figures}
    parameters = [] if units is None else [sorted(units)] * len(sets)
    for figure, value, *sizes in run(" UNION ALL ".join(selects), sets, period, *parameters):
        found[figure][value] = _count(figure, sizes, {dimension: value})
    return found


def summed(figure: str, days: Days, *, first: date, last: date) -> Count:
    """The figure of a period from its days, both ends included."""
    chosen = [count for day, count in days.items() if first <= day <= last]
    sizes = [
        sum(count.numerator for count in chosen),
        sum(count.denominator or 0 for count in chosen),
        sum(count.excluded for count in chosen),
    ]
    return _count(figure, sizes, {})


def cuts(figure: str, period: Period, *, by: Sequence[tuple[str, ...]]) -> dict[tuple[str, ...], list[Count]]:
    """The figure broken down in several ways at once; unknown values are rows (None). Largest first, then by value."""
    used = list(dict.fromkeys(name for group in by for name in group))
    for name in used:
        if name not in DIMENSIONS:
            raise DimensionMissing(name)
    columns = ", ".join(used)
    groups = ", ".join(f"({', '.join(group)})" for group in by)
    sql = f"""SELECT GROUPING({columns}), {_SIZES}, {columns} FROM facts
              GROUP BY GROUPING SETS ({groups}) ORDER BY 1, 3 DESC, {columns}"""
    # GROUPING has a bit for each column, the last one lowest; it is set where the row is not grouped by it.
    by_bits = {sum(1 << at for at, name in enumerate(reversed(used)) if name not in group): group for group in by}
    found: dict[tuple[str, ...], list[Count]] = {group: [] for group in by}
    for bits, numerator, base, excluded, *values in run(sql, {"facts": figure}, period):
        group = by_bits[bits]
        where = {name: value for name, value in zip(used, values, strict=True) if name in group}
        found[group].append(_count(figure, [numerator, base, excluded], where))
    return found


def _count(figure: str, sizes: Sequence[int], where: Mapping[str, Any]) -> Count:
    numerator, base, excluded = sizes
    is_rate = definition(figure).is_rate
    return Count(numerator=numerator, denominator=base if is_rate else None, excluded=excluded, where=where)
