"""What is set, since when, by whom and why: files, their rows, their history."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from yousu.ledger import log, texts
from yousu.ledger.events import decode
from yousu.org import sheets
from yousu.org.city import City
from yousu.org.configuration.events import ConfigurationChanged, RowChange
from yousu.org.models import ConfigurationFile
from yousu.org.sheets import Line
from yousu.org.tables import Table


@dataclass(frozen=True, kw_only=True)
class LastChange:
    """A file's last change."""

    version: int
    at: datetime
    by: str
    why: str


@dataclass(frozen=True, kw_only=True)
class Change:
    """One change of a file; `rows` are the first ones of so many."""

    number: int
    at: datetime
    by: str
    why: str
    rows: Sequence[RowChange]
    more: int


@dataclass(frozen=True)
class Page:
    """Some rows; `following` is the number of the last one, if there are more."""

    lines: Sequence[Line]
    following: int | None
    found: int


def last_changes() -> dict[str, LastChange]:
    """The last change of every file that was changed. Two statements."""
    files = list(ConfigurationFile.objects.defer("text"))
    said = texts.read([file.note for file in files])
    return {
        file.name: LastChange(version=file.version, at=file.changed_at, by=file.changed_by, why=said.get(file.note, ""))
        for file in files
    }


def lines(table: Table, known: City) -> tuple[Line, ...]:
    """All rows of a table, as a city has them."""
    return sheets.read(known.texts[table.file], file=table.file).lines if table.file in known.texts else ()


def line(table: Table, known: City, key: str) -> Line | None:
    """The row of a key."""
    return next((line for line in lines(table, known) if table.key_of(line.cells) == key), None)


def page(table: Table, known: City, *, words: str, after: int, size: int) -> Page:
    """The rows that have all the words somewhere, in the order of the file."""
    terms = words.lower().split()
    found = [
        line for line in lines(table, known) if all(any(t in c.lower() for c in line.cells.values()) for t in terms)
    ]
    shown = [line for line in found if line.row > after][: size + 1]
    return Page(shown[:size], shown[size - 1].row if len(shown) > size else None, len(found))


def history(file: str, *, before: int | None, size: int, rows: int) -> Iterator[Change]:
    """A file's changes, the latest first; at most so many rows of each. Two statements."""
    found = list(log.rows_of(f"config/{file}", newest_first=True, before=before, limit=size))
    facts: list[ConfigurationChanged] = [decode(row.kind, row.shape, row.data) for row in found]
    said = texts.read([fact.note.id for fact in facts])
    for row, fact in zip(found, facts, strict=True):
        yield Change(
            number=row.seq,
            at=row.recorded_at,
            by=row.actor,
            why=said.get(fact.note.id, ""),
            rows=fact.rows[:rows],
            more=max(0, len(fact.rows) - rows),
        )
