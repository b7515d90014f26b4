"""分隔文本: CSV with commas, semicolons or tabs; one bad record is rejected alone, whatever its quotes swallow."""

import csv
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TextIO

from yousu.intake.files.encodings import recognised
from yousu.intake.files.rows import LONGEST, BrokenRow, FileUnusable, Rows, Source, header, table_row

_DELIMITERS = ",;\t"


def read(path: Path, known: Callable[[list[str]], int]) -> Source:
    """A CSV file. `known` says how many of a header's names mean something: that decides between delimiters.

    Raises FileUnusable.
    """
    encoded = recognised(path)
    with path.open(encoding=encoded.encoding, newline="") as file:
        delimiter, columns = _sniffed(file, known)

    def rows() -> Rows:
        with path.open(encoding=encoded.encoding, newline="") as file:
            for number, record in enumerate(_records(file, delimiter), start=1):
                if isinstance(record, str):
                    yield BrokenRow(number, record)
                elif number > 1 and any(record):
                    yield table_row(number, columns, record)

    return Source(digest=encoded.digest, rows=rows, columns=columns)


def _sniffed(file: TextIO, known: Callable[[list[str]], int]) -> tuple[str, list[str]]:
    found: list[tuple[int, int, str, list[str]]] = []
    for delimiter in _DELIMITERS:
        file.seek(0)
        first = next(_records(file, delimiter), None)
        if isinstance(first, list):
            names = [cell.strip() for cell in first]
            found.append((known(names), len(names), delimiter, names))
    if not found:
        raise FileUnusable("row 1: there are no column names")
    # Equal ones stand in the order of _DELIMITERS: max keeps the first.
    _, _, delimiter, names = max(found, key=lambda entry: entry[:2])
    return delimiter, header(names)


def _records(file: TextIO, delimiter: str) -> Iterator[list[str] | str]:
    """Records, or why one is broken. After a broken one reading goes on with the line behind its first."""
    lines = _Lines(file)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        lines.begin_record()
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield lines.give_back(error)
            continue
        yield "too_long" if lines.cut else record


class _Lines(Iterator[str]):
    """A file's lines, remembering those of the present record so that all but its first can be read again."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._again: deque[str] = deque()
        self._record: list[str] = []
        self._size = 0
        self.cut = False

    def begin_record(self) -> None:
        """What is read from now on belongs to the next record."""
        self._record, self._size, self.cut = [], 0, False

    def give_back(self, error: csv.Error) -> str:
        """Why the record is broken; its lines after the first come again."""
        self._again.extendleft(reversed(self._record[1:]))
        is_long = self.cut or (len(self._record) == 1 and "field limit" in str(error))
        return "too_long" if is_long else "broken_quotes"

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else self._file.readline(LONGEST)
        if not line:
            raise StopIteration
        if len(line) == LONGEST and not line.endswith(("\n", "\r")):
            return self._skipped()
        self._record.append(line)
        self._size += len(line)
        if self._size > LONGEST:
            raise csv.Error("a quote that is never closed")
        return line

    def _skipped(self) -> str:
        # An overlong line becomes an empty one that is marked; nothing of it is kept.
        while (more := self._file.readline(LONGEST)) and not more.endswith(("\n", "\r")):
            continue
        self.cut = True
        return "\n"
