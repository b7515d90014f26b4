"""The overview on the desk: every number opens exactly the cases it counts, to whoever may see them."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from html import unescape
from typing import Any

import pytest
from tests import world
from tests.desk.conftest import Page
from tests.desk.test_desk_lists import cost, numbers, opened

from yousu.appeals import commands
from yousu.appeals.recording import next_numbers
from yousu.figures.showing import counting
from yousu.org import accounts
from yousu.org.models import Account
from yousu.platform import clock

WEDNESDAY = datetime(2024, 3, 6, 4, 0, tzinfo=UTC)
WEEK = "/desk/overview/?period=week"


@pytest.fixture(autouse=True)
def hands() -> Iterator[Any]:
    counting.forget()
    with clock.held(WEDNESDAY) as hands:
        yield hands
    counting.forget()


@pytest.fixture(scope="module", autouse=True)
def _a_week(database: None) -> Iterator[None]:
    """Two days of a week and one of the week before, in two districts and by two channels."""
    with clock.held(datetime(2024, 2, 27, 4, 0, tzinfo=UTC)) as hands:
        world.recorded(place="东关大街")
        hands.move_to(datetime(2024, 3, 5, 4, 0, tzinfo=UTC))
        world.called_back(solved=False, place="东关大街")
        world.recorded(channel="mayor_mailbox", category=world.DRY, place="五四大街")
        hands.move_to(WEDNESDAY)
        world.recorded(category=world.WAGES)
    yield


def links(html: str) -> dict[str, str]:
    """The addresses of figures on a page, with the number that each is written on."""
    found = re.findall(r'<a href="(/desk/figures/[^"]+)"[^>]*>([\d,.—]+)', html)
    return {unescape(address): number for address, number in found}


def test_every_count_on_the_page_opens_as_many_cases_as_it_says(signed_in: Page) -> None:
    client = signed_in("leader1")
    addresses = links(opened(client, WEEK))
    assert len(addresses) > 12
    for address, number in addresses.items():
        html = opened(client, address)
        shown = re.search(r"<h1>[^<]*<small>(\d+) 件", html)
        assert shown is not None and len(numbers(html)) == int(shown[1]), address
        if "." not in number and number != "—":
            assert shown[1] == number, address


def test_a_rates_cases_come_as_counted_not_counted_and_excluded(signed_in: Page) -> None:
    client = signed_in("leader1")
    address = next(address for address in links(opened(client, WEEK)) if "/solution/" in address)
    counted, rest = opened(client, address), opened(client, f"{address}&part=rest")
    assert (len(numbers(counted)), len(numbers(rest))) == (0, 1)
    assert "没有计入的 1" in counted and "剔除的 0" in counted


def test_what_happened_after_the_as_of_is_not_in_the_list(signed_in: Page) -> None:
    client = signed_in("leader1")
    address = next(address for address in links(opened(client, WEEK)) if "/accepted/" in address)
    before = numbers(opened(client, address))
    with clock.held(datetime(2024, 3, 6, 4, 10, tzinfo=UTC)):
        late = world.recorded(phone=None, name="")
        assert numbers(opened(client, address)) == before
        commands.withdraw(late.number, reason="重复", by=world.DISPATCHER, seen=1)


def test_who_sees_figures_and_no_cases_gets_the_number_and_no_case(signed_in: Page) -> None:
    if not Account.objects.filter(user="analyst1").exists():
        accounts.create("analyst1", None, roles=["analyst"], unit="centre", name_zh="分析员", name_en="Analyst")
    html = opened(signed_in("analyst1"), "/desk/figures/accepted/?from=2024-03-04&to=2024-03-05")
    assert "2 件</small>" in html and "另有 2 件，您的岗位不能查看" in html
    assert not re.search(r"\d{10}", re.sub(r'csrfmiddlewaretoken" value="[^"]+"', "", html))


def test_the_table_behind_a_chart_is_a_file_with_the_same_rows(signed_in: Page) -> None:
    answer = signed_in("leader1").get("/desk/overview/districts.csv?period=week")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="districts-2024-03-04-2024-03-06.csv"'
    lines = answer.content.decode().splitlines()
    assert lines[0] == "\ufeff区县,受理（件）,占比,最多的主题"
    assert lines[1:] == ["城东区,1,33.3%,供暖（1）", "城西区,1,33.3%,供水（1）", "市外或没有写明,1,33.3%,"]
    assert signed_in("leader1").get("/desk/overview/nothing.csv").status_code == 404


def test_the_days_stay_in_the_address(signed_in: Page) -> None:
    html = opened(signed_in("leader1"), "/desk/overview/?period=day&to=2024-03-05")
    assert 'href="?period=28days&amp;to=2024-03-05"' in html
    assert "/desk/overview/trend.csv?period=day&amp;to=2024-03-05" in html
    assert 'name="to" value="2024-03-05"' in html


@pytest.mark.parametrize("asked", ["?period=x&to=x", "?to=9999-12-31", "?period=%00&to=%00", "?to=0001-01-01"])
def test_nonsense_shows_the_present_week_or_an_empty_one(asked: str, signed_in: Page) -> None:
    assert signed_in("leader1").get(f"/desk/overview/{asked}").status_code == 200


@pytest.mark.parametrize(
    "asked",
    [
        "nothing/?from=2024-03-01&to=2024-03-02",
        "accepted/",
        "accepted/?from=2024-03-02&to=2024-03-01",
        "accepted/?from=2024-03-01&to=2024-03-02&as_of=2024-03-02T00:00",
        "accepted/?from=2024-03-01&to=2024-03-02&part=number",
        "accepted/?from=0001-01-01&to=2024-03-02",
        "accepted/?from=%00&to=%00",
    ],
)
def test_a_figure_that_cannot_be_asked_for_is_not_found(asked: str, signed_in: Page) -> None:
    assert signed_in("leader1").get(f"/desk/figures/{asked}").status_code == 404


@pytest.mark.parametrize("more", ["&topic=%00", "&after=%00", "&channel=nothing", "&district=x' OR 1=1"])
def test_nonsense_in_what_narrows_a_list_is_no_error(more: str, signed_in: Page) -> None:
    address = f"/desk/figures/accepted/?from=2024-03-04&to=2024-03-05{more}"
    assert signed_in("leader1").get(address).status_code == 200


def test_a_page_costs_the_same_with_a_thousand_cases(signed_in: Page) -> None:
    client = signed_in("leader1")
    behind = "/desk/figures/accepted/?from=2024-03-04&to=2024-03-06"
    few = {path: cost(client, path) for path in (WEEK, behind)}
    said = [world.said(f"停水第{n}户", phone=None, name="", category=world.DRY) for n in range(1_000)]
    commands.record_many(said, new_numbers=next_numbers(1_000), by=world.CALL_TAKER)
    counting.forget()
    assert {path: cost(client, path) for path in (WEEK, behind)} == few
    assert max(few.values()) <= 12
    html = opened(client, behind)
    assert len(numbers(html)) == 50 and "after=" in html
