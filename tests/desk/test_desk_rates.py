"""The rates page: rows with their whole trees, every number opens its cases, and units see their own tree alone."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from html import unescape
from typing import Any

import pytest
from django.test import Client
from tests import world
from tests.desk.conftest import Page
from tests.desk.test_desk_lists import cost, numbers, opened

from yousu.appeals import commands
from yousu.appeals.recording import next_numbers
from yousu.figures import comparing
from yousu.org.city import city
from yousu.platform import clock

WEDNESDAY = datetime(2024, 3, 6, 4, 0, tzinfo=UTC)
MONTH = "/desk/rates/?from=2024-03-01&to=2024-03-31"
NUMBER = re.compile(r'<a (?:class="value" )?href="(/desk/figures/[^"]+)"[^>]*>([\d,.—]+)')


@pytest.fixture(autouse=True)
def hands() -> Iterator[Any]:
    comparing.forget()
    with clock.held(WEDNESDAY) as hands:
        yield hands
    comparing.forget()


@pytest.fixture(scope="module", autouse=True)
def _a_week(database: None) -> Iterator[None]:
    """Cases of the heating company, of a street, of its district itself, and one with the desk."""
    with clock.held(datetime(2024, 3, 5, 4, 0, tzinfo=UTC)) as hands:
        for level in ("satisfied", "basically", "not"):
            case = world.closed(place="东关大街")
            commands.call_back(
                case.number,
                reached="reached",
                responded=True,
                solved=level != "not",
                satisfied=level,
                by=world.CALLER_BACK,
                seen=case.version,
            )
        for unit in (world.EAST_STREET, world.EAST_STREET, world.EAST, world.WATER):
            world.forwarded(lead_unit=unit, category=world.DRY, channel="wechat", phone=world.ZHANG)
        world.recorded(category=None, channel="mayor_mailbox")
        sent = world.forwarded()
        commands.send_back(sent.number, reason="not_ours", by=world.HEATING_HANDLER, seen=sent.version)
        hands.move_to(WEDNESDAY)
    yield


def rows(html: str) -> list[str]:
    """The names at the heads of the rows, in their order."""
    heads = re.findall(r'<th scope="row">(.*?)</th>', html)
    return [re.sub(r"<[^>]+>", "", head).strip() for head in heads]


def row(html: str, name: str) -> str:
    """The markup of one row."""
    return next(part for part in html.split("<tr")[1:] if f">{name}</a></th>" in part or f">{name}</th>" in part)


def cells(html: str, name: str) -> list[str]:
    """What a row's cells say, without markup."""
    found = re.findall(r"<td[^>]*>(.*?)</td>", row(html, name))
    return [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", cell)).strip() for cell in found]


def cell(html: str, name: str, figure: str) -> str:
    return cells(html, name)[comparing.FIGURES.index(figure)]


def test_a_row_counts_a_units_whole_tree_and_a_step_down_tells_it_apart(signed_in: Page) -> None:
    client = signed_in("leader1")
    top = opened(client, MONTH)
    assert rows(top) == ["合计", "城东区", "青陵热力公司", "青陵供水公司", "还没有主办单位"]
    assert cell(top, "城东区", "accepted") == "3"
    below = opened(client, f"{MONTH}&under=east")
    assert rows(below) == ["合计", "东关街道", "城东区（本级）"]
    assert [cell(below, name, "accepted") for name in ("合计", "东关街道", "城东区（本级）")] == ["3", "2", "1"]


def test_the_rates_of_a_unit_stand_with_numerator_and_base(signed_in: Page) -> None:
    html = opened(signed_in("leader1"), MONTH)
    assert cell(html, "青陵热力公司", "solution") == "66.67 小基数 2 / 3"
    assert cell(html, "青陵热力公司", "satisfaction") == "53.33 小基数 1 + 1 + 1 / 3"
    assert cell(html, "青陵热力公司", "sent_back") == "25.00 小基数 1 / 4"
    assert cell(html, "青陵供水公司", "solution") == "—"


def test_every_number_on_the_page_opens_as_many_cases_as_it_says(signed_in: Page) -> None:
    client = signed_in("leader1")
    for address in (MONTH, f"{MONTH}&under=east", f"{MONTH}&by=category", f"{MONTH}&by=channel&under=city_portal"):
        found = NUMBER.findall(opened(client, address))
        assert len(found) > 10, address
        for href, number in found:
            html = opened(client, unescape(href))
            shown = re.search(r"<h1>[^<]*<small>(\d+) 件", html)
            assert shown is not None and len(numbers(html)) == int(shown[1]), href
            if "." not in number and number != "—":
                assert shown[1] == number, href


@pytest.mark.parametrize(
    ("by", "names"),
    [
        ("district", ["城东区", "没有写明"]),
        ("category", ["城乡建设", "没有写明"]),
        ("channel", ["12345热线", "随手拍", "市政府门户"]),
    ],
)
def test_the_same_by_district_category_and_channel(by: str, names: list[str], signed_in: Page) -> None:
    found = rows(opened(signed_in("super1"), f"{MONTH}&by={by}"))
    assert found[0] == "合计"
    assert set(found[1:]) == set(names)


def test_every_dimension_adds_up_to_the_same(signed_in: Page) -> None:
    client = signed_in("super1")
    assert {cell(opened(client, f"{MONTH}&by={by}"), "合计", "accepted") for by in comparing.trees.DIMENSIONS} == {"9"}


def test_a_district_sees_its_own_tree_and_nothing_beside_it(signed_in: Page) -> None:
    client = signed_in("east1")
    html = opened(client, "/desk/rates/?from=2024-03-01&to=2024-03-31")
    assert rows(html) == ["合计", "东关街道", "城东区（本级）"]
    assert client.get(f"{MONTH}&under=heating").status_code == 404
    assert rows(opened(client, f"{MONTH}&by=category")) == ["合计", "城乡建设"]
    assert cell(opened(client, f"{MONTH}&by=category"), "合计", "accepted") == "3"


def test_a_units_figure_opens_its_own_cases_whatever_the_address_says(signed_in: Page) -> None:
    client = signed_in("heat1")
    everything = "/desk/figures/accepted/?from=2024-03-01&to=2024-03-31"
    assert len(numbers(opened(client, everything))) == 4
    assert "<small>0 件" in opened(client, f"{everything}&unit=water")
    assert "<small>0 件" in opened(client, f"{everything}&unit_tree=east")
    assert "<small>0 件" in opened(client, f"{everything}&unit=")


@pytest.mark.parametrize("user", ["call1", "back1", "admin1"])
def test_the_page_is_not_for_who_has_nothing_to_do_with_rates(user: str, signed_in: Page) -> None:
    assert signed_in(user).get(MONTH).status_code == 403
    assert signed_in(user).get("/desk/rates/table.csv").status_code == 403


def test_sorted_by_a_figure_the_small_stand_last_and_nobody_is_numbered(signed_in: Page) -> None:
    html = opened(signed_in("leader1"), f"{MONTH}&sort=accepted")
    assert rows(html)[:3] == ["合计", "青陵热力公司", "城东区"]
    assert 'aria-sort="descending"' in html and 'class="place"' not in html
    rising = opened(signed_in("leader1"), f"{MONTH}&sort=accepted&rising=yes")
    assert rows(rising)[-1] == "青陵热力公司"


def test_where_the_city_ranks_only_what_is_no_small_base_has_a_place(
    signed_in: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(city().settings["rates"], "ranking", True)
    monkeypatch.setitem(city().settings["rates"], "small", 3)
    html = opened(signed_in("leader1"), f"{MONTH}&sort=sent_back")
    places = dict(re.findall(r'class="place">(\d+)</span> <a[^>]*>([^<]+)', html))
    assert "青陵供水公司" not in places.values()
    assert re.findall(r'class="place">(\d+)<', html) == ["1", "2"]


def test_presets_and_dates_stay_in_the_address(signed_in: Page) -> None:
    html = unescape(opened(signed_in("leader1"), "/desk/rates/"))
    assert "from=2024-03-01&to=2024-03-06" in html
    assert "?by=unit&from=2024-02-26&to=2024-03-03" in html
    assert "?by=unit&from=2024-02-01&to=2024-02-29" in html


@pytest.mark.parametrize(
    "days", ["from=x", "from=2024-03-02&to=2024-03-01", "to=0001-01-01", "from=%00", "to=9999-12-31"]
)
def test_days_that_make_no_period_are_told_with_this_month_below(days: str, signed_in: Page) -> None:
    answer = signed_in("leader1").get(f"/desk/rates/?{days}")
    assert answer.status_code == 422
    assert "这两天不成一段期间" in answer.content.decode()


@pytest.mark.parametrize("more", ["&by=topic", "&by=%00", "&under=nothing", "&under=%00", "&by=district&under=heating"])
def test_what_cannot_be_opened_is_not_found(more: str, signed_in: Page) -> None:
    assert signed_in("leader1").get(f"{MONTH}{more}").status_code == 404


def test_an_unknown_figure_to_sort_by_leaves_the_citys_order(signed_in: Page) -> None:
    html = opened(signed_in("leader1"), f"{MONTH}&sort=x'--")
    assert rows(html)[1] == "城东区"


def test_the_table_is_a_file_with_numerator_base_and_excluded(signed_in: Page) -> None:
    client = signed_in("leader1")
    answer = client.get(f"/desk/rates/table.csv{MONTH.removeprefix('/desk/rates/')}")
    assert answer["Content-Disposition"] == 'attachment; filename="rates-unit-2024-03-01-2024-03-31.csv"'
    lines = b"".join(answer.streaming_content).decode().splitlines()  # type: ignore[attr-defined]
    assert lines[0].startswith("\ufeff单位,受理量,办结率 %,办结率 分子,办结率 分母,办结率 剔除,")
    heating = next(line for line in lines if line.startswith("青陵热力公司"))
    assert ",53.33,1.6,3,0," in heating
    book = client.get(f"/desk/rates/table.xlsx{MONTH.removeprefix('/desk/rates/')}")
    assert b"".join(book.streaming_content)[:2] == b"PK"  # type: ignore[attr-defined]
    assert client.get("/desk/rates/table.pdf").status_code == 404


def test_in_english_the_page_has_no_chinese_but_names(signed_in: Page) -> None:
    client: Client = signed_in("leader1")
    html = client.get(MONTH, headers={"accept-language": "en"}).content.decode()
    assert "Satisfaction rate" in html and "Qingling Heating" in html and "Not with a unit yet" in html


def test_a_page_costs_the_same_with_a_thousand_cases(signed_in: Page) -> None:
    client = signed_in("leader1")
    few = cost(client, MONTH)
    said = [world.said(f"停水第{n}户", phone=None, name="", category=world.DRY) for n in range(1_000)]
    commands.record_many(said, new_numbers=next_numbers(1_000), by=world.CALL_TAKER)
    comparing.forget()
    assert cost(client, MONTH) == few <= 12
    # Asked again within the minute nothing is counted again.
    assert cost(client, MONTH) == few - 1
