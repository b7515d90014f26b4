"""The pages of monthly assessments: each step by its role, units see and object to their own, every number opens."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests import world
from tests.desk.conftest import Page
from tests.desk.test_desk_lists import cost, numbers, opened

from yousu.appeals import commands as appeals
from yousu.assessments import commands
from yousu.assessments.models import AssessmentNow
from yousu.org import accounts
from yousu.platform import clock

# Each test has a month of its own: what was recorded stays.
MONTHS = iter(f"{year}-{month:02}" for year in (2023, 2024) for month in range(3, 13))


@pytest.fixture(autouse=True)
def hands() -> Iterator[Any]:
    """After all these months."""
    with clock.held(datetime(2025, 1, 6, 4, tzinfo=UTC)) as held:
        yield held


@pytest.fixture(scope="module", autouse=True)
def _two_supervisors(database: None) -> None:
    accounts.create(
        "super2", None, roles=["supervisor"], unit="centre", name_zh="督办员402号", name_en="Supervisor 402"
    )


@pytest.fixture
def month(hands: Any) -> str:
    """A month in which the heating company's residents were called back: satisfied, basically, not."""
    found = next(MONTHS)
    now = clock.now()
    hands.move_to(datetime(int(found[:4]), int(found[5:]), 5, 4, tzinfo=UTC))
    for level in ("satisfied", "basically", "not"):
        case = world.closed()
        appeals.call_back(
            case.number,
            reached="reached",
            responded=True,
            solved=level != "not",
            satisfied=level,
            by=world.CALLER_BACK,
            seen=case.version,
        )
    hands.move_to(now)
    return found


def post(client: Client, month: str, word: str, **fields: str) -> Any:
    return client.post(f"/desk/assessments/{month}/{word}/", fields)


def shown(month: str, hands: Any) -> str:
    """Composed and shown; the address of its page."""
    commands.compose(month, by=world.SUPERVISOR)
    commands.show(month, by=world.SUPERVISOR)
    return f"/desk/assessments/{month}/"


def links(html: str) -> list[tuple[str, int]]:
    found = re.findall(r'<a href="(/desk/assessments/[^"]+/numbers/[^"]+)"[^>]*>(\d+)<', html)
    return [(unescape(address), int(number)) for address, number in found]


def test_a_month_goes_from_composed_to_frozen_by_its_people(month: str, signed_in: Page, hands: Any) -> None:
    supervisor, unit = signed_in("super1"), signed_in("heat1")
    address = f"/desk/assessments/{month}/"
    assert "尚未编制" in opened(supervisor, address)
    assert unit.get(address).status_code == 404
    assert post(supervisor, month, "compose", seen="0").status_code == 302
    assert unit.get(address).status_code == 404
    assert post(supervisor, month, "show", seen="1").status_code == 302
    html = opened(unit, address)
    assert "青陵热力公司" in html and "青陵供水公司" not in html
    [bad] = numbers(opened(unit, f"{address}numbers/?path=heating.not_satisfied.counted"))
    post(unit, month, "object", number=bad, figure="solution", reason="beyond_control", note="多次上门无人")
    assert "多次上门无人" in opened(unit, address) and "待审定" in opened(unit, address)
    assert "成立，剔除" not in opened(supervisor, address)
    judge = signed_in("super2")
    form = re.search(r'name="objection" value="(\d+)"', opened(judge, address))
    assert form is not None
    answer = post(judge, month, "judge-objection", seen="3", objection=form[1], decision="grant", note="属实")
    assert answer.status_code == 302
    assert "成立，已剔除" in opened(unit, address)
    hands.move_to(clock.now() + timedelta(days=10))
    # Nobody stays signed in for so long.
    assert post(signed_in("super1"), month, "freeze", seen="4").status_code == 302
    html = opened(signed_in("heat1"), address)
    assert "已冻结" in html and "100.00" in html


def test_a_months_page_reads_the_month_once(month: str, signed_in: Page, hands: Any) -> None:
    address = shown(month, hands)
    for user in ("super1", "heat1"):
        client = signed_in(user)
        opened(client, address)
        with CaptureQueriesContext(connection) as taken:
            assert client.get(address).status_code == 200
        assert len([query for query in taken if "assessment_now" in query["sql"]]) == 1
        assert len(taken) <= 12


def test_every_number_opens_as_many_cases_as_it_says(month: str, signed_in: Page, hands: Any) -> None:
    client = signed_in("super1")
    found = links(opened(client, shown(month, hands)))
    assert len(found) > 10
    for address, number in found:
        html = opened(client, address)
        assert f"共 {number} 件" in html and len(numbers(html)) == number, address


def test_a_unit_opens_no_other_units_lists(month: str, signed_in: Page, hands: Any) -> None:
    address = shown(month, hands)
    assert signed_in("water1").get(f"{address}numbers/?path=heating.solution.base").status_code == 404
    assert signed_in("leader1").get(f"{address}numbers/?path=heating.solution.base").status_code == 200


@pytest.mark.parametrize("user", ["call1", "desk1", "back1", "admin1"])
def test_the_pages_are_not_for_others(user: str, signed_in: Page) -> None:
    client = signed_in(user)
    assert client.get("/desk/assessments/").status_code == 403
    assert client.get("/desk/assessments/2024-03/").status_code == 403


@pytest.mark.parametrize("word", ["compose", "show", "freeze", "judge-objection"])
def test_what_is_the_supervisors_no_unit_does(word: str, month: str, signed_in: Page, hands: Any) -> None:
    shown(month, hands)
    assert post(signed_in("heat1"), month, word, seen="2", objection="3", decision="grant").status_code == 403
    assert post(signed_in("leader1"), month, word, seen="2", objection="3", decision="grant").status_code == 403


def test_a_supervisor_objects_for_no_unit(month: str, signed_in: Page, hands: Any) -> None:
    shown(month, hands)
    assert post(signed_in("super1"), month, "object", number="2400000018", figure="solution").status_code == 403


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"number": "x", "figure": "solution", "reason": "beyond_control"}, "不在您单位这项指标的分母里"),
        ({"number": "2400000018", "figure": "nothing", "reason": "beyond_control"}, "请选一项指标"),
        ({"number": "2400000018", "figure": "solution", "reason": "nothing"}, "请选一条理由"),
        ({}, "请选一条理由"),
    ],
)
def test_an_objection_that_makes_no_sense_is_told_why(
    fields: dict[str, str], words: str, signed_in: Page, hands: Any
) -> None:
    month = "2024-02"
    if not AssessmentNow.objects.filter(id=month).exists():
        shown(month, hands)
    answer = post(signed_in("heat1"), month, "object", **fields)
    assert answer.status_code in (409, 422)
    assert words in answer.content.decode()


def test_a_stale_page_changes_nothing_and_says_so(month: str, signed_in: Page, hands: Any) -> None:
    commands.compose(month, by=world.SUPERVISOR)
    answer = post(signed_in("super1"), month, "show", seen="7")
    assert answer.status_code == 409
    assert "有了变化" in answer.content.decode()
    assert post(signed_in("super1"), month, "show").status_code == 422


@pytest.mark.parametrize("asked", ["2024-13", "2024-1", "x", "2024-02-01", "%00"])
def test_what_is_no_month_is_told_or_not_found(asked: str, signed_in: Page) -> None:
    client = signed_in("super1")
    assert client.get(f"/desk/assessments/?month={asked}").status_code == 422
    if "%" not in asked:
        assert client.get(f"/desk/assessments/{asked}/").status_code == 404
        assert post(client, asked, "compose", seen="0").status_code == 404


@pytest.mark.parametrize("objection", ["", "x", "999999999999", "7"])
def test_an_objection_that_is_none_is_not_judged(objection: str, signed_in: Page, hands: Any) -> None:
    month = "2024-01"
    if not AssessmentNow.objects.filter(id=month).exists():
        shown(month, hands)
    answer = post(signed_in("super2"), month, "judge-objection", seen="2", objection=objection, decision="grant")
    assert answer.status_code in (409, 422)


def test_pages_cost_the_same_whatever_was_objected(month: str, signed_in: Page, hands: Any) -> None:
    address = shown(month, hands)
    client = signed_in("super2")
    before = cost(client, address)
    [bad] = numbers(opened(client, f"{address}numbers/?path=heating.not_satisfied.counted"))
    for figure in ("response", "solution", "satisfaction"):
        commands.object_to(
            month, number=bad, figure=figure, reason="beyond_control", note="说明", by=world.HEATING_HANDLER
        )
    # The notes' words and who wrote them, in a statement each.
    assert cost(client, address) <= before + 2 <= 12
    assert cost(client, f"{address}numbers/?path=heating.solution.base") <= 12
    assert cost(client, "/desk/assessments/") <= 12


def test_in_english_too(month: str, signed_in: Page, hands: Any) -> None:
    html = signed_in("super1").get(shown(month, hands), headers={"accept-language": "en"}).content.decode()
    assert "Shown to the units" in html and "Public-service companies" in html and "Qingling Heating" in html
