"""日历安装: a year's list of holidays put in force, and provisional deadlines counted anew by it."""

from dataclasses import dataclass

from yousu.appeals import recounting
from yousu.appeals.recounting import Recounted
from yousu.org import city as cities
from yousu.org.actors import Actor
from yousu.org.city import CityWrong, city
from yousu.org.configuration import commands, laying
from yousu.worktime import calendar
from yousu.worktime.calendar import CalendarWrong

FILE = "calendar.csv"
_HEAD = "date,kind,name"


@dataclass(frozen=True)
class Year:
    """A published year: how many days its list takes off and adds."""

    year: int
    holidays: int
    makeup_days: int


def years() -> list[Year]:
    """The years whose lists are in force, the latest first."""
    known = city().calendar
    kinds = [(row.date.year, row.kind) for row in known.rows]
    return [
        Year(year, kinds.count((year, "holiday")), kinds.count((year, "makeup")))
        for year in sorted(known.published_years, reverse=True)
    ]


def install_year(table: str, *, note: str, by: Actor) -> Recounted:
    """装入: a year's table (date,kind,name) in CSV; one that is there is replaced whole. Raises CityWrong, Forbidden.

    Deadlines that were provisional are counted anew by it, each an event of its own.
    """
    commands.change({FILE: lambda text: _with_year(text, table)}, note=note, by=by)
    laying.refresh()
    # Not by what the request began with.
    with cities.pinned(cities.current()):
        return recounting.recount(by=by)


def tried(table: str, *, by: Actor) -> Recounted:
    """试算: what installing would do to deadlines; nothing is written. Raises CityWrong, Forbidden."""
    after = commands.checked({FILE: _with_year(city().texts[FILE], table)})
    with cities.pinned(after):
        return recounting.recount(by=by, dry_run=True)


def _with_year(text: str, table: str) -> str:
    try:
        added = calendar.rows_of(_lines(table), source="")
        rows = calendar.of(text, source=FILE).with_year(added).rows
    except CalendarWrong as error:
        row = max(0, error.row - 1)
        raise CityWrong(
            f"{FILE}: {error}", file=FILE, field="table", row=row, why=error.why, word=error.word
        ) from error
    return "\n".join([_HEAD, *(f"{row.date},{row.kind},{row.name}" for row in rows), ""])


def _lines(table: str) -> list[str]:
    lines = [line.strip() for line in table.removeprefix("\ufeff").splitlines() if line.strip()]
    # A list pasted without its head is a list all the same.
    return lines if lines[:1] == [_HEAD] else [_HEAD, *lines]
