"""表格文件: CSV and XLSX written while they are sent, a few rows in memory at a time."""

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

Rows = Iterable[Sequence[str]]
# Read by a spreadsheet as the beginning of a formula, wherever the words came from.
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")
_AT_ONCE = 500
_LONGEST_CELL = 32_767


@dataclass(frozen=True)
class Kind:
    """A kind of file."""

    suffix: str
    type: str
    written: Callable[[Sequence[str], Rows], Iterator[bytes]]


def plain(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULAS) else cell


def as_csv(heads: Sequence[str], rows: Rows) -> Iterator[bytes]:
    """UTF-8 with the mark by which office programs know it."""
    held = io.StringIO()
    writer = csv.writer(held)
    yield "\ufeff".encode()
    for part in _parts(heads, rows):
        writer.writerows([[plain(cell) for cell in row] for row in part])
        yield held.getvalue().encode()
        held.seek(0)
        held.truncate()


def as_xlsx(heads: Sequence[str], rows: Rows) -> Iterator[bytes]:
    """A workbook of one sheet, whose every cell is text."""
    held = _Held()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in _BOOK.items():
            book.writestr(name, content)
        with book.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write(_SHEET_BEGINS.encode())
            for part in _parts(heads, rows):
                sheet.write("".join(map(_line, part)).encode())
                yield held.taken()
            sheet.write(_SHEET_ENDS.encode())
    yield held.taken()


KINDS = {
    kind.suffix: kind
    for kind in (
        Kind("csv", "text/csv; charset=utf-8", as_csv),
        Kind("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", as_xlsx),
    )
}


class _Held(io.RawIOBase):
    """What was written and not yet sent; it cannot go back, so that zipfile writes sizes behind the data."""

    def __init__(self) -> None:
        self._bytes = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: "bytes | bytearray | memoryview") -> int:  # type: ignore[override]  # the buffers that zipfile gives
        self._bytes += data
        return len(data)

    def taken(self) -> bytes:
        """All of it; it is then gone from here."""
        whole = bytes(self._bytes)
        self._bytes.clear()
        return whole


def _parts(heads: Sequence[str], rows: Rows) -> Iterator[list[Sequence[str]]]:
    part: list[Sequence[str]] = [heads]
    for row in rows:
        part.append(row)
        if len(part) >= _AT_ONCE:
            yield part
            part = []
    yield part


def _line(row: Sequence[str]) -> str:
    return f"<row>{''.join(map(_cell, row))}</row>"


def _cell(words: str) -> str:
    # XML has no signs for most controls, and the format allows no longer cells.
    legal = "".join(sign for sign in plain(words)[:_LONGEST_CELL] if sign >= " " or sign in "\t\n\r")
    legal = legal.replace("\ufffe", "").replace("\uffff", "")
    return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(legal)}</t></is></c>'


_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_SHEET_BEGINS = f'{_XML}<worksheet xmlns="{_MAIN}"><sheetData>'
_SHEET_ENDS = "</sheetData></worksheet>"
_BOOK = {
    "[Content_Types].xml": f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/></Types>',
    "_rels/.rels": f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
    '<sheets><sheet name="Yousu" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}
