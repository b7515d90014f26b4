"""Export: what the list shows as a file that opens as text, for those who may, and recorded before it goes."""

import csv
import io
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests import world
from tests.desk.conftest import Page

from yousu.appeals import commands
from yousu.appeals.recording import next_numbers
from yousu.cases import exporting
from yousu.ledger.events import decode
from yousu.ledger.log import rows_of
from yousu.ledger.models import Event
from yousu.ledger.texts import read_one
from yousu.platform import sheets

EXPORT = "/desk/cases/export/"


def body(answer: Any) -> bytes:
    """All of what was streamed."""
    return b"".join(answer.streaming_content)


def lines(content: bytes) -> list[list[str]]:
    """A CSV's rows."""
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_a_csv_holds_the_filtered_list_and_nothing_personal(signed_in: Page) -> None:
    case = world.forwarded(text="锅炉冒烟，我叫李四，电话15400001111", name="李四", place="城东区某路")
    world.recorded("锅炉冒烟")
    answer = signed_in("super1").post(EXPORT, {"q": "锅炉", "stage": "forwarded", "file": "csv"})
    content = body(answer)
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"].endswith('.csv"')
    assert content.startswith("\ufeff编号,".encode())
    head, row = lines(content)
    shown = dict(zip(head, row, strict=True))
    assert shown["编号"] == case.number
    assert (shown["环节"], shown["主办单位"], shown["分类"]) == ("已转交", "青陵热力公司", "城乡建设 / 供热保障")
    assert shown["期限"] and "锅炉冒烟" in shown["内容"]
    assert "15400001111" not in content.decode() and "李四" not in content.decode()


def test_a_workbook_holds_the_same(signed_in: Page) -> None:
    world.recorded("变压器起火", title="<火>&", phone=None, name="")
    asked = {"q": "变压器"}
    as_csv = lines(body(signed_in("super1").post(EXPORT, {**asked, "file": "csv"})))
    content = body(signed_in("super1").post(EXPORT, {**asked, "file": "xlsx"}))
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    rows = [[cell or "" for cell in row] for row in book.active.iter_rows(values_only=True)]
    assert rows == as_csv
    assert rows[1][8] == "<火>&"


def test_each_export_is_recorded_with_its_filters_and_rows_and_its_words_apart(signed_in: Page) -> None:
    for n in range(3):
        world.recorded(f"垃圾成堆{n}", phone=None, name="")
    signed_in("super1").post(EXPORT, {"q": "垃圾成堆", "stage": "recorded", "file": "xlsx"})
    row = list(rows_of("export/account:super1"))[-1]
    fact = decode(row.kind, row.shape, row.data)
    assert (row.kind, row.actor, fact.file, fact.rows) == ("exported", "account:super1", "xlsx", 3)
    assert fact.filters == ("kind=appeal", "stage=recorded")
    assert "垃圾" not in row.data
    assert read_one(fact.words) == "垃圾成堆"


@pytest.mark.parametrize("user", ["call1", "desk1", "heat1", "east1", "back1", "leader1", "publish1"])
def test_who_may_not_export_gets_no_file_and_no_button(user: str, signed_in: Page) -> None:
    world.forwarded()
    assert signed_in(user).post(EXPORT, {"file": "csv"}).status_code == 403
    assert EXPORT not in signed_in(user).get("/desk/cases/").content.decode()


def test_a_supervisor_and_an_inspector_of_quality_see_the_buttons(signed_in: Page) -> None:
    world.recorded()
    for user in ("super1", "quality1"):
        assert EXPORT in signed_in(user).get("/desk/cases/").content.decode()
        assert signed_in(user).post(EXPORT, {"file": "csv"}).status_code == 200


def test_a_list_too_long_for_a_file_is_not_cut_but_refused(signed_in: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "MOST", 2)
    said = [world.said("树木倒伏", phone=None, name="")] * 3
    commands.record_many(said, new_numbers=next_numbers(3), by=world.CALL_TAKER)
    before = Event.objects.filter(kind="exported").count()
    answer = signed_in("super1").post(EXPORT, {"q": "树木倒伏", "file": "csv"})
    assert answer.status_code == 422
    assert "请缩小范围再导出" in answer.content.decode()
    assert Event.objects.filter(kind="exported").count() == before


def test_a_long_list_is_read_in_pieces_and_whole(signed_in: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "_AT_ONCE", 7)
    monkeypatch.setattr(sheets, "_AT_ONCE", 5)
    said = [world.said(f"围挡占道第{n}处", phone=None, name="") for n in range(50)]
    states = commands.record_many(said, new_numbers=next_numbers(50), by=world.CALL_TAKER)
    rows = lines(body(signed_in("super1").post(EXPORT, {"q": "围挡占道", "file": "csv"})))
    assert [row[0] for row in rows[1:]] == sorted((state.number for state in states), reverse=True)


@pytest.mark.parametrize("asked", [{"file": "exe"}, {}, {"file": "csv", "q": "15400001234"}, {"file": "csv\x00"}])
def test_what_is_no_export_goes_back_to_the_list(asked: dict[str, str], signed_in: Page) -> None:
    assert signed_in("super1").post(EXPORT, asked)["Location"] == "/desk/cases/"
    assert signed_in("super1").get(EXPORT)["Location"] == "/desk/cases/"


@pytest.mark.parametrize("asked", [{"q": "暖"}, {"unit": "没有的单位"}, {"from": "昨天"}])
def test_wrong_filters_are_told_on_the_list(asked: dict[str, str], signed_in: Page) -> None:
    assert signed_in("super1").post(EXPORT, {**asked, "file": "csv"}).status_code == 422


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0"])
def test_no_cell_is_a_formula(cell: str) -> None:
    assert sheets.plain(cell) == f"'{cell}"
    assert lines(b"".join(sheets.as_csv(["头"], [[cell]])))[1] == [f"'{cell}"]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rows=st.lists(st.lists(st.text(max_size=20), min_size=2, max_size=2), max_size=8))
def test_whatever_words_hold_they_come_back_as_text(rows: list[list[str]]) -> None:
    rows = [[cell.encode("utf-8", "replace").decode() for cell in row] for row in rows]
    assert lines(b"".join(sheets.as_csv(["甲", "乙"], rows)))[1:] == [[sheets.plain(c) for c in row] for row in rows]
    book = openpyxl.load_workbook(io.BytesIO(b"".join(sheets.as_xlsx(["甲", "乙"], rows))), read_only=True)
    assert len(list(book.active.iter_rows(values_only=True))) == len(rows) + 1
