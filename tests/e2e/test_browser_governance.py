"""A topic is governed by keyboard: opened by the supervisor, answered by the lead unit, closed by the numbers."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from tests.e2e.browsing import NARROW, Site, Watch, none_of
from tests.e2e.conftest import Open
from tests.e2e.examining import barriers, sideways

pytestmark = pytest.mark.timeout(180)


@pytest.fixture
def today(town: Site) -> Iterator[Site]:
    """The town as it is; the clock that a test moved on is put back."""
    before = town.now
    assert before is not None
    yield town
    town.move_to(before)


def act(page: Page, name: str) -> None:
    """An action of the page by the sheet of all of them."""
    page.keyboard.press(".")
    page.keyboard.type(name)
    page.keyboard.press("Enter")


def test_a_supervisor_opens_the_unit_answers_and_the_numbers_close(today: Site, pages: Open) -> None:
    assert today.now is not None
    day = today.now.date()
    page = pages(today, "supervise1")
    watch = Watch(page, today)
    page.goto(f"/desk/figures/accepted/?topic=heating&from={day - timedelta(days=9)}&to={day}")
    act(page, "立项治理")
    page.wait_for_url("**/desk/governance/new/**")
    for field, words in (
        ("title", "供暖反复不热"),
        ("days", "1"),
        ("lead_unit", "西宁市城市供热单位"),
        ("leader", "分管经理"),
        ("target_number", "1"),
    ):
        page.locator(f"#open-{field}").focus()
        page.keyboard.press("Control+a")
        page.keyboard.type(words)
    page.fill("#open-due", day.isoformat())
    page.keyboard.press("Control+Enter")
    expect(page.locator("h1")).to_contain_text("供暖反复不热")
    address = page.url
    findings = barriers(page)
    unit = pages(today, "heating_company", width=NARROW)
    unit.goto(address)
    act(unit, "写明原因")
    unit.locator("#find-cause-words").focus()
    unit.keyboard.type("循环泵老化")
    unit.keyboard.press("Tab")
    unit.keyboard.press("Enter")
    expect(unit.locator("dl.facts").first).to_contain_text("循环泵老化")
    findings += sideways(unit)
    today.move_to(today.now + timedelta(days=1))
    page.goto(address)
    act(page, "结项")
    page.locator("#close-words").focus()
    page.keyboard.type("已逐户检修")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("h1 .chip")).to_contain_text("已结项")
    assert page.locator(".figure-card .chip").inner_text().endswith("达到目标")
    page.locator(".figure-card a").first.click()
    expect(page.locator("h1")).to_contain_text("共")
    none_of([*watch.findings, *findings])
