"""对比: figures side by side by unit, district, category or channel, each row with everything below it in its tree.

One statement counts a whole table; what was counted less than a minute ago is told again.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from threading import Lock
from typing import Any

from yousu.figures import trees, weighted
from yousu.figures.definitions import catalogue
from yousu.figures.queries import Count, Period
from yousu.figures.several import by_value
from yousu.org.city import City, city
from yousu.platform import clock

FIGURES = (
    "accepted",
    "completion",
    "on_time",
    "contacted_in_time",
    "response",
    "solution",
    "satisfaction",
    "first_time_solved",
    "sent_back",
    "repeat",
    "parked",
    "cleared",
    "red",
    "amber",
    "due_tomorrow",
)
FRESH = timedelta(seconds=60)
_MOST_KEPT = 64
Counts = Mapping[str, Count]
# The values of a dimension, each with its figures; a weighted one by its parts.
Values = Mapping[str | None, Counts]
_Key = tuple[date, date, str, frozenset[str] | None]


@dataclass(frozen=True, kw_only=True)
class Row:
    """A value with all below it. `is_own`: what is the opened one's own; `opens`: whether there is something below."""

    code: str | None
    counts: Counts
    is_own: bool = False
    opens: bool = False


@dataclass(frozen=True, kw_only=True)
class Table:
    """The rows one level below `under` (None: the top), in the order of the city's data, and their sum."""

    period: Period
    dimension: str
    under: str | None
    rows: tuple[Row, ...]
    total: Counts


def table(
    first: date, last: date, *, dimension: str, under: str | None = None, units: frozenset[str] | None = None
) -> Table:
    """The figures of a period as they are, or were less than a minute ago; of facts of these units alone, if given."""
    now = clock.now()
    key: _Key = (first, last, dimension, units)
    fresh = [as_of for kept, as_of in list(_kept) if kept == key and now - FRESH < as_of <= now]
    period = Period(first=first, last=last, as_of=max(fresh, default=now))
    return rolled_up(_values(key, period), period, dimension=dimension, under=under)


def counted(period: Period, *, dimension: str, units: frozenset[str] | None = None) -> Values:
    """Every figure of the table by the values of a dimension: one statement."""
    made = weighted.catalogue()
    sets = [part for figure in FIGURES for part in (made[figure].parts if figure in made else (figure,))]
    found = by_value(sets, period, dimension=dimension, units=units)
    values = dict.fromkeys(value for counts in found.values() for value in counts)
    return {value: {figure: found[figure].get(value, _nothing(figure)) for figure in sets} for value in values}


def rolled_up(values: Values, period: Period, *, dimension: str, under: str | None) -> Table:
    """What was counted by value, as the rows below one of them."""
    known = city()
    chosen: dict[str | None, list[Counts]] = defaultdict(list)
    for value, counts in values.items():
        is_there, code = _row_of(value, dimension, under, known)
        if is_there:
            chosen[code].append(counts)
    order = {code: at for at, code in enumerate(trees.codes(dimension, known))}
    open_ones = trees.with_below(dimension, known)
    rows = [
        Row(
            code=code,
            counts=_summed(found),
            is_own=code is not None and code == under,
            opens=code in open_ones - {under},
        )
        for code, found in chosen.items()
    ]
    rows.sort(key=lambda row: (row.code is None, row.is_own, order.get(row.code or "", len(order)), row.code or ""))
    total = _summed([counts for found in chosen.values() for counts in found])
    return Table(period=period, dimension=dimension, under=under, rows=tuple(rows), total=total)


def forget() -> None:
    """Drops what is kept: another database is in use."""
    _kept.clear()


_kept: dict[tuple[_Key, datetime], Values] = {}
# One process counts one table at a time: who asks for the same gets the same.
_lock = Lock()


def _values(key: _Key, period: Period) -> Values:
    with _lock:
        if (key, period.as_of) not in _kept:
            while len(_kept) >= _MOST_KEPT:
                _kept.pop(next(iter(_kept)))
            _kept[key, period.as_of] = counted(period, dimension=key[2], units=key[3])
        return _kept[key, period.as_of]


def _row_of(value: str | None, dimension: str, under: str | None, known: City) -> tuple[bool, str | None]:
    """Whether a value belongs into the table, and into which row."""
    if value is None:
        return under is None, None
    line = trees.line(dimension, value, known)
    if under is None:
        return True, line[-1]
    if under not in line:
        return False, None
    return True, line[max(line.index(under) - 1, 0)]


def _summed(several: Iterable[Counts]) -> Counts:
    """The sums of all figures, the weighted ones made of their parts."""
    found: dict[str, Count] = {}
    for counts in several:
        for figure, count in counts.items():
            found[figure] = plus(found[figure], count) if figure in found else count
    made = weighted.catalogue()
    return {figure: _made(made[figure], found) if figure in made else _of(figure, found) for figure in FIGURES}


def plus(one: Count, other: Count) -> Count:
    """Two counts of one figure over facts of which none is in both."""
    base = None if one.denominator is None else one.denominator + (other.denominator or 0)
    return Count(
        numerator=one.numerator + other.numerator,
        denominator=base,
        excluded=one.excluded + other.excluded,
        where={},
    )


def _made(figure: weighted.Weighted, found: Mapping[str, Count]) -> Count:
    return weighted.score(figure, {part: _of(part, found) for part in figure.parts})


def _of(figure: str, found: Mapping[str, Count]) -> Count:
    return found.get(figure) or _nothing(figure)


def _nothing(figure: str) -> Count:
    base: Any = 0 if catalogue()[figure].is_rate else None
    return Count(numerator=0, denominator=base, excluded=0, where={})
