"""工作簿: XLSX. Formulas are never evaluated; what is broken, encrypted or far too large unpacked is refused."""

import warnings
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import time, timedelta
from hashlib import file_digest
from itertools import islice
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl
from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped]  # it ships no types
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula

from yousu.intake.files.rows import FileUnusable, Rows, Source, header, table_row

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_MIB = 1024 * 1024
# Excel's own limit of rows; real sheets shrink to a tenth or a twentieth, bombs to a thousandth.
_MOST_ROWS = 1_048_576
_MOST_UNPACKED = 1024 * _MIB
_MOST_TEXTS = 256 * _MIB
_MOST_RATIO = 200
_MOST_MEMBERS = 10_000
_PIECE = 500
# All that openpyxl, zipfile and expat raise for files that are not as they should be.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    ParseError,
    InvalidFileException,
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    TypeError,
    ValueError,
)


def read(path: Path) -> Source:
    """The first sheet of a workbook, read once to its end so that nothing is taken from a broken one.

    Raises FileUnusable.
    """
    with path.open("rb") as file:
        start = file.read(4)
        digest = file_digest(file, "sha256").hexdigest() if not file.seek(0) else ""
    if start == OLE:
        raise FileUnusable("the workbook is encrypted or in the old XLS format: save it as XLSX without a password")
    _check_package(path)
    cells = _cells(path)
    columns = header(_trimmed(next(cells, ())))
    for _ in cells:
        pass

    def rows() -> Rows:
        for number, found in enumerate(_cells(path), start=1):
            values = _trimmed(found)
            if number > 1 and values:
                yield table_row(number, columns, values + [None] * (len(columns) - len(values)))

    return Source(digest=digest, rows=rows, columns=columns, notes=_other_sheets(path))


def _cells(path: Path) -> Iterator[tuple[Any, ...]]:
    """The rows' values, those of gaps included. Raises FileUnusable wherever the sheet turns out to be broken."""
    with _opened(path) as workbook:
        sheet = workbook.worksheets[0]
        # What the file says about its size is often wrong.
        sheet.reset_dimensions()
        rows = sheet.iter_rows(values_only=True)
        number = 0
        while found := _piece(rows):
            number += len(found)
            if number > _MOST_ROWS:
                raise FileUnusable(f"the sheet has more than {_MOST_ROWS} rows")
            yield from found


def _piece(rows: Iterator[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    with _refusing(), warnings.catch_warnings():
        # openpyxl tells of dates out of range and of parts it does not know; their cells show themselves.
        warnings.simplefilter("ignore")
        return list(islice(rows, _PIECE))


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    with path.open("rb") as file:
        with _refusing(), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            workbook = openpyxl.load_workbook(file, read_only=True, data_only=False, keep_links=False)
        try:
            if not workbook.worksheets:
                raise FileUnusable("the workbook has no sheet of cells")
            yield workbook
        finally:
            workbook.close()


@contextmanager
def _refusing() -> Iterator[None]:
    try:
        yield
    except FileUnusable:
        raise
    except _BROKEN as error:
        # openpyxl wraps what it meets while opening.
        if isinstance(error, DefusedXmlException) or isinstance(error.__cause__, DefusedXmlException):
            raise FileUnusable("the workbook declares XML entities, which no spreadsheet needs") from error
        raise FileUnusable(f"the workbook is broken ({type(error).__name__})") from error


def _check_package(path: Path) -> None:
    with _refusing(), zipfile.ZipFile(path) as package:
        members = package.infolist()
        if any(member.flag_bits & 0x1 for member in members):
            raise FileUnusable("the workbook is encrypted: save it without a password")
        if len(members) > _MOST_MEMBERS or sum(member.file_size for member in members) > _MOST_UNPACKED:
            raise FileUnusable("the workbook is far too large when unpacked")
        for member in members:
            _check_member(member)
        damaged = package.testzip()
        if damaged is not None:
            raise FileUnusable("the workbook is broken (a checksum does not match)")


def _check_member(member: zipfile.ZipInfo) -> None:
    is_swollen = member.file_size > _MIB and member.file_size > _MOST_RATIO * max(1, member.compress_size)
    # openpyxl keeps the table of shared texts in memory.
    is_too_large = member.filename.lower().endswith("sharedstrings.xml") and member.file_size > _MOST_TEXTS
    if is_swollen or is_too_large:
        raise FileUnusable("the workbook is far too large when unpacked")


def _trimmed(found: tuple[Any, ...]) -> list[object]:
    values = [_plain(value) for value in found]
    while values and values[-1] in (None, ""):
        values.pop()
    return values


def _plain(value: Any) -> object:
    """A cell as text, number or date; of a formula its text."""
    if isinstance(value, ArrayFormula):
        return value.text or ""
    if isinstance(value, DataTableFormula):
        return "="
    if isinstance(value, time | timedelta):
        return str(value)
    return value


def _other_sheets(path: Path) -> list[str]:
    with _opened(path) as workbook:
        others = [sheet.title for sheet in workbook.worksheets[1:]]
    return [f"only the first sheet is read; not read: {', '.join(others[:10])}"] if others else []
