"""JSON Lines: one object a line; a line that is none is a broken row."""

import json
from collections.abc import Iterator
from pathlib import Path

from yousu.intake.files.encodings import recognised
from yousu.intake.files.rows import LONGEST, BrokenRow, Row, Rows, Source


def read(path: Path) -> Source:
    """A file of JSON Lines; rows are numbered as lines. Raises FileUnusable."""
    encoded = recognised(path)

    def rows() -> Rows:
        for number, line in _lines(path, encoded.encoding):
            if line is None:
                yield BrokenRow(number, "too_long")
            elif not line.isspace():
                yield _row(number, line)

    return Source(digest=encoded.digest, rows=rows)


def _row(number: int, line: str) -> Row | BrokenRow:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return BrokenRow(number, "not_json")
    return Row(number, value) if isinstance(value, dict) else BrokenRow(number, "not_an_object")


def _lines(path: Path, encoding: str) -> Iterator[tuple[int, str | None]]:
    """Numbered lines; None for one too long to be kept."""
    number = 0
    with path.open(encoding=encoding) as file:
        while line := file.readline(LONGEST):
            number += 1
            if len(line) < LONGEST or line.endswith("\n"):
                yield number, line
                continue
            while (more := file.readline(LONGEST)) and not more.endswith("\n"):
                continue
            yield number, None
