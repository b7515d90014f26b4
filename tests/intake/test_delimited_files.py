"""CSV as it comes: delimiters, quotes, ragged rows; one bad record never takes others with it."""

from pathlib import Path

import pytest

from yousu.intake.files import reading
from yousu.intake.files.fields import Columns
from yousu.intake.files.rows import BrokenRow, FileUnusable, Row, Source


def source(folder: Path, text: str, name: str = "a.csv") -> Source:
    file = folder / name
    file.write_text(text, encoding="utf-8", newline="")
    return reading.read(file, Columns().known)


def rows(found: Source) -> dict[int, object]:
    """By number: the cells, or why the row is broken."""
    return {row.number: list(row.values.values()) if isinstance(row, Row) else row.why for row in found.rows()}


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_found_by_the_header(tmp_path: Path, delimiter: str) -> None:
    text = f"id{delimiter}text{delimiter}备注\n1{delimiter}路灯,水;电{delimiter}无\n".replace(
        "路灯,水;电", '"路灯,水;电"'
    )
    found = source(tmp_path, text)
    assert found.columns == ["id", "text", "备注"]
    assert rows(found) == {2: ["1", "路灯,水;电", "无"]}


def test_quoted_line_ends_stay_in_their_row(tmp_path: Path) -> None:
    assert rows(source(tmp_path, 'id,text\r\n1,"第一行\r\n第二行，""引"""\r\n2,b\r\n')) == {
        2: ["1", '第一行\r\n第二行，"引"'],
        3: ["2", "b"],
    }


def test_ragged_rows_are_broken_by_their_number_and_blank_ones_left_out(tmp_path: Path) -> None:
    assert rows(source(tmp_path, "id,text\n1\n\n3,c,d\n4,d\n")) == {
        2: "too_few_columns",
        4: "too_many_columns",
        5: ["4", "d"],
    }


def test_a_quote_that_is_never_closed_breaks_its_own_row_alone(tmp_path: Path) -> None:
    following = "".join(f"{i},内容{i}\n" for i in range(3, 40))
    found = rows(source(tmp_path, 'id,text\n2,"没有关上\n' + following))
    assert found.pop(2) == "broken_quotes"
    assert list(found) == list(range(3, 40))


def test_a_quote_closed_by_the_next_rows_quote_breaks_one_row(tmp_path: Path) -> None:
    assert rows(source(tmp_path, 'id,text\n2,"甲\n3,"乙"\n4,丙\n')) == {
        2: "broken_quotes",
        3: ["3", "乙"],
        4: ["4", "丙"],
    }


def test_text_behind_a_closing_quote_breaks_the_row(tmp_path: Path) -> None:
    assert rows(source(tmp_path, 'id,text\n2,"甲"乙\n3,丙\n')) == {2: "broken_quotes", 3: ["3", "丙"]}


def test_endless_cells_and_lines_are_broken_rows(tmp_path: Path) -> None:
    text = "id,text\n2," + "长" * 200_000 + "\n3,短\n4," + "长" * 3_000_000 + "\n5,短\n"
    assert rows(source(tmp_path, text)) == {2: "too_long", 3: ["3", "短"], 4: "too_long", 5: ["5", "短"]}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "the file is empty"),
        ("\n1,a\n", "row 1: there are no column names"),
        ("text,id,text\na,b,c\n", "row 1: two columns are called 'text'"),
    ],
)
def test_a_file_without_a_header_is_refused(tmp_path: Path, text: str, why: str) -> None:
    with pytest.raises(FileUnusable, match=why):
        source(tmp_path, text)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"\x1f\x8b\x08\x00" + b"\x00" * 60, "NUL bytes"),
        (b"%PDF-1.7 " * 20, "neither CSV nor XLSX"),
        ("id,text\n1,路\n".encode("utf-16-le"), "NUL bytes, as in UTF-16 without a byte order mark"),
    ],
)
def test_other_kinds_of_files_are_refused(tmp_path: Path, content: bytes, why: str) -> None:
    (tmp_path / "a.csv").write_bytes(content)
    with pytest.raises(FileUnusable, match=why):
        reading.read(tmp_path / "a.csv", Columns().known)


def test_a_folder_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FileUnusable, match="is not a file"):
        reading.read(tmp_path, Columns().known)
    with pytest.raises(FileUnusable, match="no such file"):
        reading.read(tmp_path / "b.csv", Columns().known)


def test_json_lines_are_known_by_name_or_content_and_numbered_by_line(tmp_path: Path) -> None:
    text = '{"text":"甲"}\n\n[1]\n{"text":\n{"text":"乙\\ud800"}\n' + "[" * 100_000 + "\n"
    for name in ("a.jsonl", "a.unknown"):
        found = list(source(tmp_path, text, name).rows())
        assert found[0] == Row(1, {"text": "甲"})
        assert found[1:3] == [BrokenRow(3, "not_an_object"), BrokenRow(4, "not_json")]
        assert [row.number for row in found] == [1, 3, 4, 5, 6]


def test_a_json_array_is_refused_with_advice(tmp_path: Path) -> None:
    with pytest.raises(FileUnusable, match="one object a line"):
        source(tmp_path, '[{"text":"甲"}]', "a.json")
