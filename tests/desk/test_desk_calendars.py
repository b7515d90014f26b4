"""工作日历页: a year's list is put in, and provisional deadlines are counted anew by it."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests import world
from tests.desk.conftest import Page

from yousu.cases import queries
from yousu.org import city as cities
from yousu.org.city import city
from yousu.platform import clock

PAGE = "/desk/configuration/calendar/"
YEAR = "2030-01-01,holiday,元旦\n2030-03-06,holiday,测试\n"
MONDAY = datetime(2030, 3, 4, 9, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(autouse=True)
def in_2030() -> Any:
    with clock.held(MONDAY):
        yield


def due(number: str) -> Any:
    return queries.state_of(queries.now(number)).due


def test_a_years_list_is_tried_then_put_in_and_deadlines_follow(signed_in: Page) -> None:
    client = signed_in("admin1")
    number = world.forwarded().number
    assert due(number).provisional
    told = client.post(PAGE, {"table": YEAR, "note": "国办通知", "try": "yes"}).content.decode()
    assert "会推后 1" in told and due(number).provisional
    told = client.post(PAGE, {"table": YEAR, "note": "国办通知"}).content.decode()
    assert "推后 1" in told and "<td>2030</td>" in told
    assert not due(number).provisional and due(number).at.day == 8
    with cities.pinned(cities.current()):
        assert not city().calendar.day(datetime(2030, 3, 6).date()).working
    assert "国办通知" in client.get("/desk/configuration/calendar/history/").content.decode()


def test_a_list_comes_as_a_file_and_replaces_its_year(signed_in: Page) -> None:
    client = signed_in("admin1")
    for day in ("2031-02-03", "2031-02-04"):
        file = SimpleUploadedFile("2031.csv", f"date,kind,name\n2031-01-01,holiday,元旦\n{day},holiday,测试\n".encode())
        assert client.post(PAGE, {"file": file, "note": "国办通知"}).status_code == 200
    with cities.pinned(cities.current()):
        assert [row.date.day for row in city().calendar.rows if row.date.year == 2031] == [1, 4]


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("", "请填写这一项。"),
        ("\0", "请填写这一项。"),
        ("2032-05-01,holiday,劳动节", "每年要列出 1 月 1 日放假"),
        ("2032-01-01,feast,元旦", "第 1 行“feast”"),
        ("2032-01-01,holiday,元旦\ntomorrow,holiday,x", "第 2 行“tomorrow”"),
    ],
)
def test_a_list_that_is_not_right_is_refused_with_its_row(signed_in: Page, table: str, said: str) -> None:
    answer = signed_in("admin1").post(PAGE, {"table": table, "note": "国办通知"})
    assert answer.status_code == 422 and said in answer.content.decode()
