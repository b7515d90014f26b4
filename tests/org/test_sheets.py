"""Rows of a file are counted by one reader: what is changed is the row that was shown."""

import pytest

from yousu.org import sheets

TEXTS = (
    'name,word\na 5" pipe,x\nb,x\nc" d,x\ne,x\n',
    'name,word\n"two\nlines",x\n\nb,x\nc,x\n',
    '\ufeffname,word\r\na,x\r\n"b ""quoted""",x\r\nc,x\r\n',
)


@pytest.mark.parametrize("text", TEXTS)
def test_the_row_that_is_changed_or_taken_is_the_row_that_was_read(text: str) -> None:
    before = [line.cells for line in sheets.read(text, file="t.csv").lines]
    for row, _ in enumerate(before, start=2):
        changed = sheets.read(sheets.with_row(text, {"name": "new", "word": "y"}, row=row), file="t.csv")
        wanted = [{"name": "new", "word": "y"} if n == row else cells for n, cells in enumerate(before, start=2)]
        assert [line.cells for line in changed.lines] == wanted
        left = sheets.read(sheets.without_row(text, row), file="t.csv")
        assert [line.cells for line in left.lines] == [cells for n, cells in enumerate(before, start=2) if n != row]
