"""配置页: what is set; rows added, changed, ended, tried before they hold; refused with the place marked."""

import time
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests import world
from tests.desk.conftest import Page
from tests.org.configuring import PARK

from yousu.org import city as cities
from yousu.org.city import city
from yousu.org.configuration import laying
from yousu.org.configuration.projection import version_of

ROOT = "/desk/configuration/"
WHY = "机构改革方案"


def post(client: Client, where: str, cells: dict[str, str], **more: str) -> Any:
    """A form of a table, sent as the page of the present version sends it."""
    table = where.partition("/")[0]
    seen = more.pop("seen", str(version_of(f"{table}.csv")))
    return client.post(f"{ROOT}{where}", {"note": WHY, "seen": seen, **cells, **more})


def row(table: str, key: str) -> str:
    return f"{table}/row/?key={quote(key)}"


def html(answer: Any) -> str:
    said: str = answer.content.decode()
    return said


@pytest.fixture(autouse=True)
def as_at_first() -> Any:
    """The module's database keeps what earlier tests have set; each test sees it."""
    laying.refresh()


def test_a_unit_is_added_by_name_and_found_with_its_history(signed_in: Page) -> None:
    client = signed_in("admin1")
    answer = post(client, "units/new/", {**PARK, "code": "park1", "name_zh": "园林一局", "parent": "城东区"})
    assert answer.status_code == 302
    listed = html(client.get(answer["Location"]))
    assert "园林一局" in listed and "城东区" in listed and "市级部门" in listed
    assert city().units["park1"].parent == "east"
    assert WHY in html(client.get(ROOT)) and "admin1号" in html(client.get(ROOT))
    told = html(client.get(f"{ROOT}units/history/"))
    assert WHY in told and "admin1号" in told and "<ins>园林一局</ins>" in told
    assert (
        post(client, row("units", "park1"), {"name_zh": "园林甲局", "name_en": "P", "kind": "bureau"}).status_code
        == 302
    )
    told = html(client.get(f"{ROOT}units/history/"))
    assert "<del>园林一局</del>" in told and "<ins>园林甲局</ins>" in told


def test_others_are_refused_and_see_no_such_page(signed_in: Page) -> None:
    for user in ("desk1", "super1", "leader1"):
        assert signed_in(user).get(ROOT).status_code == 403
        assert post(signed_in(user), "units/new/", PARK).status_code == 403


def test_what_is_wrong_is_told_at_its_field_and_what_was_typed_stays(signed_in: Page) -> None:
    client = signed_in("admin1")
    answer = post(client, "units/new/", {**PARK, "code": "Nein", "name_zh": "某某局"})
    assert answer.status_code == 422
    assert 'href="#row-code"' in html(answer) and "某某局" in html(answer) and "代码只用小写字母" in html(answer)
    assert 'href="#row-note"' in html(post(client, "units/new/", {**PARK, "code": "okay"}, note=""))
    assert post(client, "units/new/", {**PARK, "code": "okay"}, seen="x").status_code == 422
    assert post(client, "units/new/", {**PARK, "name_zh": "\x00"}).status_code == 422
    assert client.get(f"{ROOT}nothing/").status_code == 404
    assert client.get(f"{ROOT}units/row/?key=nobody").status_code == 404
    assert client.get(f"{ROOT}units/?q=%00&after=x").status_code == 200
    assert client.get(f"{ROOT}roles/new/").status_code == 404


def test_a_condition_that_cannot_be_read_is_marked_where_it_goes_wrong(signed_in: Page) -> None:
    rule = {"code": "odd", "when": "内容 含 水 且 天气 是 晴", "to": world.WATER}
    answer = post(signed_in("admin1"), "routing/new/", rule)
    assert answer.status_code == 422 and "<mark>天气</mark>" in html(answer)


def test_rules_are_tried_on_past_cases_before_they_hold(signed_in: Page) -> None:
    client = signed_in("admin1")
    world.forwarded(text="家里暖气片漏得厉害")
    rule = {"code": "leak", "when": "内容 含 暖气片漏", "to": world.WATER}
    tried = post(client, "routing/new/", rule, **{"try": "yes"})
    assert tried.status_code == 200 and "有 1 件会转到与现行规则不同的地方" in html(tried)
    assert "leak" not in html(client.get(f"{ROOT}routing/")) and "内容 含 暖气片漏" in html(tried)
    assert post(client, "routing/new/", rule).status_code == 302
    assert "leak" in html(client.get(f"{ROOT}routing/"))


def test_a_unit_with_open_cases_is_not_ended_and_says_how_many(signed_in: Page) -> None:
    client = signed_in("admin1")
    assert post(client, "units/new/", {**PARK, "code": "busy", "name_zh": "繁忙局"}).status_code == 302
    with cities.pinned(cities.current()):
        world.forwarded(lead_unit="busy")
    cells = {"name_zh": "繁忙局", "name_en": "Busy", "kind": "bureau", "ended": "2024-01-31"}
    assert "有 1 件未办结的诉求" in html(client.get(f"{ROOT}{row('units', 'busy')}"))
    answer = post(client, row("units", "busy"), cells)
    assert answer.status_code == 422 and "还有 1 件未办结的诉求" in html(answer)


def test_an_ended_unit_is_named_and_no_longer_offered(signed_in: Page) -> None:
    client = signed_in("admin1")
    post(client, "units/new/", {**PARK, "code": "old", "name_zh": "旧局"})
    assert "旧局" in html(client.get(f"{ROOT}units/new/"))
    cells = {"name_zh": "旧局", "name_en": "Old", "kind": "bureau", "ended": "2024-01-31"}
    assert post(client, row("units", "old"), cells).status_code == 302
    listed = html(client.get(f"{ROOT}units/?q=old"))
    assert "旧局" in listed and "已停用" in listed
    assert '<option value="旧局">' not in html(client.get(f"{ROOT}units/new/"))
    case = world.recorded()
    answer = signed_in("desk1").post(f"/desk/cases/{case.number}/forward/", {"lead_unit": "旧局", "seen": "1"})
    assert answer.status_code == 422


def test_an_older_page_is_told_so_and_keeps_what_was_typed(signed_in: Page) -> None:
    client = signed_in("admin1")
    seen = str(version_of("topics.csv"))
    cells = {"name_zh": "供暖", "name_en": "Heating", "main_complaint_zh": "不热", "main_complaint_en": "Cold"}
    assert post(client, row("topics", "heating"), cells, seen=seen).status_code == 302
    answer = post(client, row("topics", "heating"), {**cells, "name_zh": "慢了一步"}, seen=seen)
    assert answer.status_code == 409 and "慢了一步" in html(answer)


def test_a_rule_is_removed_with_why(signed_in: Page) -> None:
    client = signed_in("admin1")
    assert post(client, "routing/remove/?key=street", {}, note="").status_code == 422
    assert post(client, "routing/remove/?key=street", {}).status_code == 302
    assert "<del>" in html(client.get(f"{ROOT}routing/history/"))
    assert post(client, "units/remove/?key=water", {}).status_code == 422


def test_five_thousand_rows_take_as_many_statements_as_ten_and_no_longer_than_a_blink(signed_in: Page) -> None:
    from tests.org.configuring import ADMIN

    from yousu.org.configuration import commands

    client = signed_in("admin1")

    def asked(path: str) -> int:
        with CaptureQueriesContext(connection) as taken:
            assert client.get(f"{ROOT}{path}").status_code == 200
        return len(taken)

    few = [asked("units/"), asked("units/?q=9"), asked("units/history/"), asked("")]
    many = "".join(f"many{n},第{n}所,Station {n},,section,\n" for n in range(5000))
    text = city().texts["units.csv"]
    header = len(text.partition("\n")[0].split(","))
    many = many if header == 6 else many.replace(",\n", ",,\n")
    commands.put_files({"units.csv": text + many}, note="五千", by=ADMIN)
    client.get(ROOT)
    began = time.perf_counter()
    assert [asked("units/"), asked("units/?q=9"), asked("units/history/"), asked("")] == few
    assert max(few) <= 12 and time.perf_counter() - began < 4
    began = time.perf_counter()
    cells = {"name_zh": "改名所", "name_en": "Renamed", "kind": "section"}
    assert post(client, row("units", "many77"), cells).status_code == 302
    assert time.perf_counter() - began < 4
    assert "many49" in html(client.get(f"{ROOT}units/?q=many49"))
