"""XLSX: cells as they are, formulas as text, and what is refused before a row is taken."""

import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from yousu.intake.files import reading
from yousu.intake.files.fields import Columns
from yousu.intake.files.rows import FileUnusable, Row, Source

HEADER = ["id", "text", "occurred_at"]


def workbook(folder: Path, *rows: list[object]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in ([*HEADER], *rows):
        sheet.append(row)
    book.save(folder / "a.xlsx")
    return folder / "a.xlsx"


def read(file: Path) -> Source:
    return reading.read(file, Columns().known)


def rows(found: Source) -> dict[int, object]:
    return {row.number: list(row.values.values()) if isinstance(row, Row) else row.why for row in found.rows()}


def repacked(file: Path, member: str, content: bytes) -> Path:
    """The workbook with another content in one of its parts."""
    out = file.with_name("b.xlsx")
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, content if name == member else old.read(name))
    return out


SHEET = "xl/worksheets/sheet1.xml"


def sheet(content: str) -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{space}"><sheetData>{content}</sheetData></worksheet>'.encode()


def text_row(number: int, *cells: str) -> str:
    written = "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in cells)
    return f'<row r="{number}">{written}</row>'


def test_cells_are_texts_numbers_and_dates(tmp_path: Path) -> None:
    file = workbook(tmp_path, [7, "路灯", datetime(2024, 1, 31, 10, 5)], [None], ["b", "水"])
    assert rows(read(file)) == {2: [7, "路灯", datetime(2024, 1, 31, 10, 5)], 4: ["b", "水", None]}


def test_a_formula_is_its_text_and_never_evaluated(tmp_path: Path) -> None:
    file = workbook(tmp_path, [1, '=HYPERLINK("http://x","y")', "=NOW()"])
    assert rows(read(file)) == {2: [1, '=HYPERLINK("http://x","y")', "=NOW()"]}


def test_cells_beyond_the_header_break_their_row(tmp_path: Path) -> None:
    assert rows(read(workbook(tmp_path, [1, "a", None, "?"], [2, "b"]))) == {2: "too_many_columns", 3: [2, "b", None]}


def test_rows_left_out_in_the_file_are_counted(tmp_path: Path) -> None:
    content = text_row(1, "id", "text") + text_row(5, "1", "路灯")
    assert rows(read(repacked(workbook(tmp_path), SHEET, sheet(content)))) == {5: ["1", "路灯"]}


def test_other_sheets_are_named(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.create_sheet("二月")
    assert book.active is not None
    book.active.append(HEADER)
    book.save(tmp_path / "a.xlsx")
    assert read(tmp_path / "a.xlsx").notes == ["only the first sheet is read; not read: 二月"]


def refusal(file: Path) -> str:
    with pytest.raises(FileUnusable) as error:
        read(file)
    assert "\n" not in str(error.value)
    return str(error.value)


def test_a_workbook_cut_off_or_damaged_is_refused(tmp_path: Path) -> None:
    file = workbook(tmp_path, [1, "路灯"])
    whole = file.read_bytes()
    for content in (whole[:200], whole[: len(whole) // 2], whole[:-30], whole[:30] + b"\x00" * 40 + whole[70:]):
        file.write_bytes(content)
        assert "the workbook is broken" in refusal(file)
    file.write_text("id,text\n1,a\n")
    assert refusal(file) == "the workbook is broken (it does not begin as one)"


@pytest.mark.parametrize(
    "content",
    [
        b"<worksheet",
        sheet('<row r="x"/>'),
        sheet('<row r="1"><c r="A1" t="s"><v>99</v></c></row>'),
        sheet('<row r="1"><c r="ZZZZZ1" t="n"><v>1</v></c></row>'),
        sheet('<row r="1"><c t="n"><v>eins</v></c></row>'),
    ],
)
def test_a_sheet_that_cannot_be_parsed_is_refused(tmp_path: Path, content: bytes) -> None:
    assert "broken" in refusal(repacked(workbook(tmp_path, [1, "a"]), SHEET, content))


def test_a_sheet_broken_far_down_is_refused_before_a_row_is_taken(tmp_path: Path) -> None:
    content = "".join(text_row(i, "id" if i == 1 else str(i), "text" if i == 1 else "路灯") for i in range(1, 3000))
    assert "broken" in refusal(repacked(workbook(tmp_path), SHEET, sheet(content)[:-20]))


def test_entities_are_refused(tmp_path: Path) -> None:
    bomb = b'<!DOCTYPE a [<!ENTITY b "cccc">]>' + sheet('<row r="1"><c t="str"><v>&b;</v></c></row>')
    assert "XML entities" in refusal(repacked(workbook(tmp_path, [1, "a"]), SHEET, bomb))


def test_what_swells_when_unpacked_is_refused(tmp_path: Path) -> None:
    assert refusal(repacked(workbook(tmp_path, [1, "a"]), SHEET, b" " * 30_000_000)) == (
        "the workbook is far too large when unpacked"
    )


def test_a_row_number_beyond_all_sheets_is_refused(tmp_path: Path) -> None:
    content = sheet(text_row(1, "id", "text") + text_row(10**12, "1", "a"))
    assert "more than 1048576 rows" in refusal(repacked(workbook(tmp_path), SHEET, content))


def test_an_encrypted_workbook_is_refused_with_advice(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    file.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    assert "encrypted" in refusal(file)
