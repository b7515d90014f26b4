"""表格文本: a CSV file's rows with their numbers; one row put, changed or taken, the rest byte for byte. Pure."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from yousu.org.city_data import CityWrong

_FIRST = 2


@dataclass(frozen=True)
class Line:
    """One row: its number as a spreadsheet counts, its cells."""

    row: int
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Sheet:
    """The columns' names and the rows."""

    header: tuple[str, ...]
    lines: tuple[Line, ...]


def read(text: str, *, file: str) -> Sheet:
    """A file's rows. Raises CityWrong for one with more or fewer cells than the head."""
    rows = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    try:
        header = tuple(name.strip() for name in next(rows, ()))
        return Sheet(header, tuple(_lines(rows, header, file=file)))
    except csv.Error as error:
        raise CityWrong(f"{file}: {error}", file=file, why="not_csv") from error


def _lines(rows: Iterator[list[str]], header: Sequence[str], *, file: str) -> Iterator[Line]:
    for number, cells in enumerate((row for row in rows if row), start=_FIRST):
        if len(cells) != len(header):
            raise CityWrong(
                f"{file} row {number}: {len(cells)} cells under {len(header)} columns",
                file=file,
                row=number,
                why="ragged",
            )
        yield Line(number, dict(zip(header, cells, strict=True)))


def with_row(text: str, cells: Mapping[str, str], *, row: int | None = None) -> str:
    """The text with a row of these cells in place of row `row`, or after all others. New columns get empty cells."""
    head, *records = _records(text)
    end = "\r\n" if head.endswith("\r\n") else "\n"
    header = _cells(head)
    added = [name for name, value in cells.items() if name not in header and value]
    if added:
        records = [_record([*_cells(record), *("" for _ in added)], end) for record in records]
        header = [*header, *added]
        head = _record(header, end)
    written = _record([cells.get(name, "") for name in header], end)
    if records and not records[-1].endswith("\n"):
        records[-1] += end
    if row is None:
        records.append(written)
    else:
        records[row - _FIRST] = written
    return "".join([head if head.endswith("\n") else head + end, *records])


def without_row(text: str, row: int) -> str:
    """The text without a row."""
    head, *records = _records(text)
    del records[row - _FIRST]
    return "".join([head, *records])


def _records(text: str) -> list[str]:
    """The text cut where rows end, by the reader that counts them; empty lines are none."""
    lines = list(io.StringIO(text, newline=""))
    rows = csv.reader(line.removeprefix("\ufeff") for line in lines)
    found, begin = [], 0
    for row in rows:
        if row:
            found.append("".join(lines[begin : rows.line_num]))
        begin = rows.line_num
    return found


def _cells(record: str) -> list[str]:
    return next(csv.reader(io.StringIO(record.removeprefix("\ufeff"), newline="")))


def _record(cells: Sequence[str], end: str) -> str:
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator=end).writerow(cells)
    return written.getvalue()
