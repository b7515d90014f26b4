"""Figures of small worlds: days of March 2024, a hand on the clock, and a figure's numbers in one line."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from yousu.cases.models import CaseVersion
from yousu.figures import queries
from yousu.figures.queries import Period

_ZONE = ZoneInfo("Asia/Shanghai")
# Tuesday; the grades of 青陵 end on the 6th (water, g1), the 8th (heating, g3) and the 20th (wages, g11).
TUESDAY = 5
# So late that everything of these worlds was recorded by then.
LAST = 31


def at(day: int, hour: int = 12, minute: int = 0) -> datetime:
    """A local moment of March 2024."""
    return datetime(2024, 3, day, hour, minute, tzinfo=_ZONE)


def period(first: int, last: int | None = None, *, as_of: datetime | None = None) -> Period:
    """Days of March 2024, as known at the end of the month unless told otherwise."""
    return Period(
        first=date(2024, 3, first),
        last=date(2024, 3, last or first),
        as_of=as_of or at(LAST),
    )


def size(figure: str, days: Period) -> int:
    """How many a count counts."""
    return queries.total(figure, days).numerator


def share(figure: str, days: Period) -> tuple[int, int | None, int]:
    """Numerator, base and excluded of a rate."""
    found = queries.total(figure, days)
    return found.numerator, found.denominator, found.excluded


def by(dimension: str, figure: str, days: Period) -> dict[Any, int]:
    """A count broken down."""
    return {row.where[dimension]: row.numerator for row in queries.counts(figure, days, by=(dimension,))}


def as_it_will_be(number: str, columns: Mapping[str, Any]) -> None:
    """Writes what figures read of a case now: what commands would take many steps to."""
    assert CaseVersion.objects.filter(number=number, known_to=None).update(**columns) == 1
