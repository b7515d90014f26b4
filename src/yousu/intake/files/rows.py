"""行: what every kind of file yields, and how a file is refused as a whole."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

# Longer lines, records and cells are no data of an appeal; the limit keeps memory constant.
LONGEST = 1024 * 1024


class FileUnusable(ValueError):
    """The file as a whole cannot be read; the message is one line that says where and why."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it stands in the file, by column. `number` is what a person counts: the header of a table is row 1."""

    number: int
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class BrokenRow:
    """A row that cannot be read, and why (a code)."""

    number: int
    why: str


Rows = Iterator[Row | BrokenRow]


@dataclass(frozen=True, kw_only=True)
class Source:
    """A file found readable from end to end. `rows` may be called several times; blank rows are left out.

    `digest` is SHA-256 of the bytes, hex. `columns` are a table's header; JSON Lines have none.
    """

    digest: str
    rows: Callable[[], Rows]
    columns: Sequence[str] | None = None
    notes: Sequence[str] = field(default=())


def table_row(number: int, columns: Sequence[str], cells: Sequence[object]) -> Row | BrokenRow:
    """A table's row by column; more or fewer cells than the header has make it a broken one."""
    if len(cells) != len(columns):
        return BrokenRow(number, "too_few_columns" if len(cells) < len(columns) else "too_many_columns")
    return Row(number, dict(zip(columns, cells, strict=True)))


def header(cells: Sequence[object]) -> list[str]:
    """The columns' names. Raises FileUnusable for none and for two of the same name; unnamed ones are numbered."""
    names = ["" if cell is None else str(cell).strip() for cell in cells]
    if not any(names):
        raise FileUnusable("row 1: there are no column names")
    named = [name for name in names if name]
    twice = next((name for name in named if named.count(name) > 1), None)
    if twice is not None:
        raise FileUnusable(f"row 1: two columns are called {twice!r}")
    return [name or f"({place})" for place, name in enumerate(names, start=1)]
