"""Columns become fields, values become codes and moments, and a wrong one is named."""

from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from yousu.cases.rules import FieldWrong
from yousu.intake.files import fields, saying
from yousu.intake.files.fields import Columns, TwoColumns
from yousu.intake.files.moments import moment
from yousu.intake.files.rows import FileUnusable, Row

XINING = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    "written",
    [
        "2024-01-31 09:05",
        "2024-01-31 09:05:00",
        "2024-01-31T09:05:00+08:00",
        "2024-01-31T01:05:00Z",
        "2024-01-31T09:05:00.000000+0800",
        "2024/1/31 9:05",
        "2024/01/31 09:05:00",
        " 2024-1-31  9:05 ",
        datetime(2024, 1, 31, 9, 5),
        datetime(2024, 1, 31, 1, 5, tzinfo=UTC),
    ],
)
def test_moments_are_read_as_tables_write_them(written: object) -> None:
    assert moment(written, field="occurred_at", zone=XINING) == datetime(2024, 1, 31, 9, 5, tzinfo=XINING)


def test_a_day_alone_is_its_midnight() -> None:
    midnight = datetime(2024, 1, 31, tzinfo=XINING)
    assert moment("2024/1/31", field="closed_at", zone=XINING) == midnight
    assert moment(date(2024, 1, 31), field="closed_at", zone=XINING) == midnight


@pytest.mark.parametrize(
    "written",
    ["yesterday", "2024-02-30", "2024-01-31 25:00", "31.01.2024", "24-01-31", "20240131", "2024-01-31+08:00", 45322.4],
)
def test_what_is_no_moment_is_refused(written: object) -> None:
    with pytest.raises(FieldWrong, match="closed_at: not_a_moment"):
        moment(written, field="closed_at", zone=XINING)


def test_nothing_is_no_moment() -> None:
    assert moment(None, field="occurred_at", zone=XINING) is moment("  ", field="occurred_at", zone=XINING) is None


def test_columns_are_known_by_either_name_in_any_case() -> None:
    assert Columns().picked(Row(2, {"ID": "7", " Topic ": "灯", "text": "路灯", "time": "", "likes": 3})) == {
        "external_id": "7",
        "title": "灯",
        "text": "路灯",
        "occurred_at": "",
    }


def test_of_two_names_of_one_field_the_first_wins_and_the_other_is_told() -> None:
    columns = Columns()
    assert columns.picked(Row(2, {"id": "1", "external_id": "A-1", "text": "x"})) == {"external_id": "A-1", "text": "x"}
    assert list(columns.unknown) == ["id"]


def written(folder: Path, text: str) -> Path:
    (folder / "map.toml").write_text(text, encoding="utf-8")
    return folder / "map.toml"


def test_a_map_names_columns_and_values(tmp_path: Path) -> None:
    columns = fields.load(
        written(tmp_path, '[fields]\n诉求内容 = "text"\ntype = "title"\n[values.type]\n"投诉类" = "complaint"\n')
    )
    assert columns.picked(Row(2, {"诉求内容": "路灯", "type": "标题"})) == {"text": "路灯", "title": "标题"}
    assert columns.picked(Row(2, {"诉求内容": "路灯", "Type": " 投诉类 "}))["type"] == "complaint"


def test_a_mapped_column_comes_before_the_fields_own_name(tmp_path: Path) -> None:
    columns = fields.load(written(tmp_path, '[fields]\n内容 = "text"\n'))
    assert columns.picked(Row(2, {"text": "别的", "内容": "路灯"})) == {"text": "路灯"}


def test_two_columns_mapped_to_one_field_are_refused(tmp_path: Path) -> None:
    columns = fields.load(written(tmp_path, '[fields]\n内容 = "text"\n正文 = "text"\n'))
    with pytest.raises(TwoColumns):
        columns.picked(Row(2, {"内容": "a", "正文": "b"}))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[fields\n", "is not TOML"),
        ('[fields]\n内容 = "words"\n', "fields.内容: 'words' is none of"),
        ("[fields]\n内容 = 3\n", "not a table of texts"),
        ('[columns]\na = "text"\n', r"there is no section \[columns\]"),
        ('[values.tone]\na = "b"\n', "values.tone: 'tone' is none of"),
        ('[values]\ntype = "complaint"\n', "not a table of texts"),
    ],
)
def test_a_map_that_cannot_be_followed_is_refused(tmp_path: Path, text: str, why: str) -> None:
    with pytest.raises(FileUnusable, match=why):
        fields.load(written(tmp_path, text))


def said(**values: object) -> saying.Said:
    return saying.said({"text": "路灯不亮", **values}, channel="mail", zone=XINING)


@pytest.mark.parametrize("written", ["complaint", "投诉", "Complaint", "COMPLAINT", " 投诉 "])
def test_a_type_is_known_by_code_and_names(written: str) -> None:
    assert said(type=written).type == "complaint"


@pytest.mark.parametrize("written", ["城乡建设/供热保障", "供热保障", "Heating", "heating"])
def test_a_category_is_known_by_path_and_names(written: str) -> None:
    assert said(category=written).category == "城乡建设/供热保障"


def test_numbers_of_cells_become_text() -> None:
    found = said(title=12.0, place=7, phone=15412345678.0, name=None)
    assert (found.title, found.place, found.phone, found.name) == ("12", "7", "15412345678", "")


@pytest.mark.parametrize(
    ("values", "field", "why"),
    [
        ({"type": "怒骂"}, "type", "unknown_type"),
        ({"category": "没有"}, "category", "unknown_category"),
        ({"text": "路\x00灯"}, "text", "nul_character"),
        ({"name": "\ud800"}, "name", "lone_surrogate"),
        ({"phone": "打不通"}, "phone", "not_a_phone"),
        ({"title": "长" * 201}, "title", "too_long"),
        ({"text": {"a": 1}}, "text", "not_text"),
        ({"occurred_at": "昨天"}, "occurred_at", "not_a_moment"),
    ],
)
def test_a_wrong_value_is_named_by_field_and_reason(values: dict[str, object], field: str, why: str) -> None:
    with pytest.raises(FieldWrong) as error:
        said(**values)
    assert (error.value.field, error.value.why) == (field, why)


def test_a_name_of_several_categories_is_ambiguous() -> None:
    from yousu.org.city import Label

    labels = [
        Label(code="甲/其他", name_zh="其他", name_en="Other"),
        Label(code="乙/其他", name_zh="其他", name_en="Others"),
    ]
    codes = saying._by_names(labels)
    assert (codes["其他"], codes["other"], codes["乙/其他"]) == ("", "甲/其他", "乙/其他")
