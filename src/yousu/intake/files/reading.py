"""读取: finds out what kind of file it is, by its content before its name."""

from collections.abc import Callable
from pathlib import Path

from yousu.intake.files import delimited, json_lines, workbook
from yousu.intake.files.rows import FileUnusable, Source

_TABLES, _LINES = (".csv", ".tsv", ".txt"), (".jsonl", ".ndjson", ".json")
_ARCHIVES = (b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"%PDF", b"PK\x05\x06")


def read(path: Path, known: Callable[[list[str]], int]) -> Source:
    """Opens a file of CSV, XLSX or JSON Lines; `known` counts the names of a header that mean something.

    Raises FileUnusable.
    """
    try:
        if not path.is_file():
            raise FileUnusable("is not a file" if path.exists() else "there is no such file")
        with path.open("rb") as file:
            start = file.read(64)
        return _read(path, start, known)
    except OSError as error:
        raise FileUnusable(f"cannot be read: {error.strerror}") from error


def _read(path: Path, start: bytes, known: Callable[[list[str]], int]) -> Source:
    if not start:
        raise FileUnusable("the file is empty")
    if start.startswith((workbook.ZIP, workbook.OLE)):
        return workbook.read(path)
    if len(start) < 4 * start.count(0) and not start.startswith((b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")):
        raise FileUnusable("line 1: NUL bytes, as in UTF-16 without a byte order mark")
    if start.startswith(_ARCHIVES):
        raise FileUnusable("is neither CSV nor XLSX nor JSON Lines")
    suffix = path.suffix.lower()
    if suffix in (".xlsx", ".xlsm", ".xls"):
        raise FileUnusable("the workbook is broken (it does not begin as one)")
    bare = start.lstrip(b"\xef\xbb\xbf \t\r\n")
    if suffix in _LINES or (suffix not in _TABLES and bare.startswith(b"{")):
        if bare.startswith(b"["):
            raise FileUnusable("line 1: a JSON array; write one object a line (JSON Lines)")
        return json_lines.read(path)
    return delimited.read(path, known)
