"""工作日历: which days are worked, by the State Council's yearly list of holidays and make-up days."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple

from yousu.worktime.reasons import HOLIDAY, MAKEUP, WEEKEND, WORKING_DAY

_SHIPPED = Path(__file__).with_name("calendar.csv")
_ONE_DAY = timedelta(days=1)
_SATURDAY = 5
# The only statutory days whose dates need no lunar calendar: all that is known before a year's list is out.
_FIXED_HOLIDAYS = {
    (1, 1): "元旦",
    (5, 1): "劳动节",
    (5, 2): "劳动节",
    (10, 1): "国庆节",
    (10, 2): "国庆节",
    (10, 3): "国庆节",
}


class CalendarMissing(LookupError):
    """A day lies before the first year of the calendar, so nobody can say whether it was worked."""


class CalendarWrong(ValueError):
    """A calendar's table cannot be used; the message names file, row and field.

    row, why (a code) and word say so for pages.
    """

    def __init__(self, message: str, *, row: int = 0, why: str = "no_year", word: str = "") -> None:
        super().__init__(message)
        self.row, self.why, self.word = row, why, word


class Row(NamedTuple):
    """One line of a calendar's table: a holiday (休) or a make-up day (班)."""

    date: date
    kind: str
    name: str


class Day(NamedTuple):
    """What the calendar knows of a day; `provisional` when its year's list is not published yet."""

    working: bool
    why: str
    name: str | None = None
    provisional: bool = False


class Step(NamedTuple):
    """One day on the way to a due day: whether it was counted, and the code of the reason."""

    date: date
    counted: bool
    why: str


@dataclass(frozen=True, eq=False)
class Calendar:
    """工作日历: a year counts as published when the table lists its 1 January as a holiday, as every notice does."""

    rows: tuple[Row, ...] = field(repr=False)
    published_years: frozenset[int] = field(init=False)
    _days: dict[date, Day] = field(init=False, repr=False)
    _steps: dict[date, Step] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        published = frozenset(row.date.year for row in self.rows if _is_new_year_holiday(row))
        if not published:
            raise CalendarWrong("the calendar publishes no year: no row lists a 1 January as a holiday")
        days = {day: _by_weekday(day) for year in published for day in _days_of(year)}
        days.update((row.date, _listed(row, provisional=row.date.year not in published)) for row in self.rows)
        object.__setattr__(self, "published_years", published)
        object.__setattr__(self, "_days", days)
        # Made once: every count goes over the same days, and building its steps was most of what it cost.
        object.__setattr__(self, "_steps", {day: Step(day, found.working, found.why) for day, found in days.items()})

    def day(self, day: date) -> Day:
        """Whether a day is worked and why: working_day, makeup, holiday or weekend. Raises CalendarMissing."""
        if known := self._days.get(day):
            return known
        if day.year < min(self.published_years):
            raise CalendarMissing(f"the working calendar begins with {min(self.published_years)}: {day} is before it")
        return _unpublished(day)

    def step(self, day: date) -> Step:
        """The day as a step of a count of working days, counted when it is worked. Raises CalendarMissing."""
        if known := self._steps.get(day):
            return known
        found = self.day(day)
        return Step(day, found.working, found.why)

    def is_provisional(self, first: date, last: date) -> bool:
        """Whether any day from first to last, both included, lies in a year that is not published."""
        if first.year == last.year:
            return first.year not in self.published_years
        return not self.published_years.issuperset(range(first.year, last.year + 1))

    def with_year(self, rows: Iterable[Row]) -> "Calendar":
        """The calendar with another year's table; a year published again is replaced whole. Raises CalendarWrong.

        Rows in the last days of the year before belong to the New Year block and are added to that year.
        """
        added = tuple(rows)
        published = {row.date.year for row in added if _is_new_year_holiday(row)}
        if not published:
            raise CalendarWrong("the table publishes no year: no row lists a 1 January as a holiday")
        listed = {row.date for row in added}
        kept = (row for row in self.rows if row.date.year not in published and row.date not in listed)
        return Calendar(tuple(sorted((*kept, *added))))


def load(path: Path | None = None) -> Calendar:
    """The calendar of a CSV file with columns date, kind, name; without a path the shipped one, read once."""
    return _shipped() if path is None else _read(path)


def of(text: str, *, source: str) -> Calendar:
    """The calendar that a table in CSV says. Raises CalendarWrong."""
    return Calendar(rows_of(text.removeprefix("\ufeff").splitlines(), source=source))


def shipped_text() -> str:
    """The table that comes with Yousu."""
    return _SHIPPED.read_text(encoding="utf-8-sig")


def rows_of(lines: Iterable[str], *, source: str) -> tuple[Row, ...]:
    """The rows of a table in CSV; `source` names it in errors. Raises CalendarWrong."""
    table = csv.DictReader(lines)
    if missing := {"date", "kind", "name"}.difference(table.fieldnames or ()):
        raise CalendarWrong(f"{source}: row 1 has no column {', '.join(sorted(missing))}")
    rows: dict[date, Row] = {}
    for cells in table:
        row = _row(cells, table.line_num, source=source)
        if row.date in rows:
            said = f"{source}: row {table.line_num}: date {row.date} was listed before"
            raise CalendarWrong(said, row=table.line_num, why="twice", word=str(row.date))
        rows[row.date] = row
    return tuple(rows.values())


@cache
def _shipped() -> Calendar:
    return _read(_SHIPPED)


def _read(path: Path) -> Calendar:
    # Spreadsheets write a byte-order mark before the first column's name.
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return Calendar(rows_of(lines, source=path.name))


def _row(cells: dict[str, str | None], number: int, *, source: str) -> Row:
    where, word = f"{source}: row {number}", cells["date"] or ""
    try:
        day = date.fromisoformat(word)
    except ValueError:
        said = f"{where}: date {cells['date']!r} is not a day such as 2027-01-01"
        raise CalendarWrong(said, row=number, why="not_a_day", word=word) from None
    kind = cells["kind"] or ""
    if kind not in (HOLIDAY, MAKEUP):
        said = f"{where}: kind {kind!r} is neither {HOLIDAY} nor {MAKEUP}"
        raise CalendarWrong(said, row=number, why="not_a_kind", word=kind)
    return Row(day, kind, cells["name"] or "")


def _is_new_year_holiday(row: Row) -> bool:
    return row.kind == HOLIDAY and (row.date.month, row.date.day) == (1, 1)


def _days_of(year: int) -> Iterable[date]:
    first = date(year, 1, 1)
    return (first + n * _ONE_DAY for n in range((date(year, 12, 31) - first).days + 1))


def _listed(row: Row, *, provisional: bool) -> Day:
    return Day(row.kind == MAKEUP, row.kind, row.name, provisional)


def _by_weekday(day: date, *, provisional: bool = False) -> Day:
    working = day.weekday() < _SATURDAY
    return Day(working, WORKING_DAY if working else WEEKEND, None, provisional)


def _unpublished(day: date) -> Day:
    name = _FIXED_HOLIDAYS.get((day.month, day.day))
    return Day(False, HOLIDAY, name, True) if name else _by_weekday(day, provisional=True)
