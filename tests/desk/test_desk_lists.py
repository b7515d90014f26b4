"""Lists: their order, whose cases they show, fifty a page, and what they cost with ten rows or a thousand."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests import world
from tests.desk.conftest import Page

from yousu.appeals import commands
from yousu.appeals.recording import next_numbers
from yousu.platform import clock

MANY = 1_000
NUMBER = re.compile(r'<td class="number"><a href="/desk/cases/(\d{10})/[?"]|case=(\d{10})" hx-get')


def numbers(html: str) -> list[str]:
    """The numbers of a list in their order."""
    return [first or second for first, second in NUMBER.findall(html)]


def opened(client: Client, path: str) -> str:
    """A page's markup."""
    return client.get(path).content.decode()


def cost(client: Client, path: str) -> int:
    """How many statements a page takes."""
    with CaptureQueriesContext(connection) as taken:
        assert client.get(path).status_code == 200
    return len(taken)


def test_the_inbox_has_the_oldest_case_first(signed_in: Page) -> None:
    with clock.held(clock.now() - timedelta(days=3)):
        older = world.recorded("更早的一件")
    newer = world.recorded("新的一件")
    found = numbers(opened(signed_in("desk1"), "/desk/inbox/"))
    assert found.index(older.number) < found.index(newer.number)


def test_a_unit_sees_its_own_cases_soonest_deadline_first(signed_in: Page) -> None:
    usual = world.forwarded()
    urgent = world.recorded()
    urgent = commands.forward(urgent.number, lead_unit="heating", grade="g1", by=world.DISPATCHER, seen=1)
    other = world.forwarded(lead_unit="water")
    found = numbers(opened(signed_in("heat1"), "/desk/unit/"))
    assert found.index(urgent.number) < found.index(usual.number)
    assert other.number not in found
    assert other.number not in opened(signed_in("heat1"), "/desk/cases/")
    assert signed_in("heat1").get(f"/desk/cases/{other.number}/").status_code == 404


def test_a_district_sees_what_lies_in_its_tree(signed_in: Page) -> None:
    below = world.forwarded(lead_unit="east_street")
    assert below.number in numbers(opened(signed_in("east1"), "/desk/unit/"))


def test_a_district_judges_what_came_back_from_below_and_not_its_own(signed_in: Page) -> None:
    own, below = (world.forwarded(lead_unit=unit) for unit in (world.EAST, world.EAST_STREET))
    for case in (own, below):
        commands.send_back(case.number, reason="not_ours", by=world.EAST_DISPATCHER, seen=2)
    found = numbers(opened(signed_in("east1"), "/desk/returns/"))
    assert below.number in found and own.number not in found
    everything = numbers(opened(signed_in("desk1"), "/desk/returns/"))
    assert {below.number, own.number} <= {*everything}


def test_a_second_level_with_no_unit_below_has_nothing_to_judge(signed_in: Page) -> None:
    assert numbers(opened(signed_in("west1"), "/desk/returns/")) == []


def test_what_a_unit_has_answered_waits_on_the_other_tab(signed_in: Page) -> None:
    case = world.handled()
    assert case.number not in numbers(opened(signed_in("heat1"), "/desk/unit/"))
    assert case.number in numbers(opened(signed_in("heat1"), "/desk/unit/?show=waiting"))


def test_mine_are_those_i_recorded_today(signed_in: Page) -> None:
    with clock.held(clock.now() - timedelta(days=2)):
        before = world.recorded()
    today, others = world.recorded(), world.recorded(by=world.OTHER_CALL_TAKER)
    found = numbers(opened(signed_in("call1"), "/desk/mine/"))
    assert today.number in found
    assert not {before.number, others.number} & set(found)


def test_calls_wait_only_where_there_is_a_phone(signed_in: Page) -> None:
    with_phone, without = world.closed(), world.recorded(phone=None, name="")
    commands.answer(without.number, reply="好", by=world.DISPATCHER, seen=1)
    found = numbers(opened(signed_in("back1"), "/desk/calls/"))
    assert with_phone.number in found
    assert without.number not in found


@pytest.mark.parametrize(
    ("filters", "is_found"),
    [
        ("stage=forwarded", True),
        ("stage=recorded", False),
        ("unit=heating", True),
        ("unit=青陵热力公司", True),
        ("unit=没有的单位", False),
        ("channel=wechat", True),
        ("channel=hotline", False),
        ("district=east", True),
        ("district=west", False),
        ("q=暖气片漏水", True),
        ("q=路灯", False),
        ("overdue=yes", True),
    ],
)
def test_a_search_finds_by_each_filter(filters: str, is_found: bool, signed_in: Page) -> None:
    with clock.held(clock.now() - timedelta(days=30)):
        case = world.forwarded(text="暖气片漏水了", channel="wechat", place="城东区某路")
    assert (case.number in numbers(opened(signed_in("desk1"), f"/desk/cases/?{filters}"))) is is_found


def test_only_late_ones_are_not_those_closed_in_time_and_called_unsolved(signed_in: Page) -> None:
    with clock.held(clock.now() - timedelta(days=30)):
        late, in_time = world.forwarded(text="楼道灯坏了"), world.called_back(text="楼道灯坏了", solved=False)
    found = numbers(opened(signed_in("desk1"), "/desk/cases/?q=楼道灯坏了&overdue=yes"))
    assert late.number in found
    assert in_time.number not in found


def test_a_whole_number_in_the_search_opens_its_case(signed_in: Page) -> None:
    case = world.recorded()
    answer = signed_in("desk1").get(f"/desk/cases/?q={case.number}")
    assert answer["Location"] == f"/desk/cases/{case.number}/"


def test_pages_of_fifty_follow_each_other_without_gap_or_repeat_at_the_same_cost(signed_in: Page) -> None:
    desk, unit = signed_in("desk1"), signed_in("water1")
    paths = [(desk, "/desk/inbox/"), (desk, "/desk/cases/"), (desk, "/desk/cases/?q=停水"), (unit, "/desk/unit/")]
    _dry(10)
    few = [cost(client, path) for client, path in paths]
    _dry(MANY - 10)
    many = [cost(client, path) for client, path in paths]
    assert few == many
    assert max(many) <= 12
    for client, path in paths:
        _walk(client, path)


def test_a_case_costs_the_same_however_long_its_history(signed_in: Page) -> None:
    client = signed_in("desk1")
    short, long = world.closed(), world.called_back()
    costs = {cost(client, f"/desk/cases/{case.number}/") for case in (short, long)}
    assert max(costs) <= 12
    assert len(costs) == 1


def _dry(count: int) -> None:
    said = [world.said(f"小区停水第{n}户", phone=None, name="", category=world.DRY) for n in range(count)]
    states = commands.record_many(said, new_numbers=next_numbers(count), by=world.CALL_TAKER)
    for state in states[: count // 10]:
        commands.forward(state.number, lead_unit="water", by=world.DISPATCHER, seen=1)


def _walk(client: Client, path: str) -> None:
    seen: list[str] = []
    address: str | None = path
    while address is not None:
        html = opened(client, address)
        seen += numbers(html)
        following = re.search(r'<a href="(\?[^"]*)" rel="next">', html)
        address = path.partition("?")[0] + following[1].replace("&amp;", "&") if following else None
    assert len(seen) == len(set(seen)) >= 100
