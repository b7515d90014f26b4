"""Rates and the monthly assessment in a browser, each by its role."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from playwright.sync_api import expect
from tests.e2e.browsing import NARROW, Site, Watch, none_of
from tests.e2e.conftest import Open

pytestmark = pytest.mark.timeout(180)
MONTH = "/desk/rates/?from=2024-01-22&to=2024-01-31"


def test_a_leader_goes_from_a_district_to_a_number_to_its_cases(demo_site: Site, pages: Open) -> None:
    page = pages(demo_site, "leader")
    watch = Watch(page, demo_site)
    page.goto(MONTH)
    page.get_by_role("link", name="城东区人民政府", exact=True).click()
    page.wait_for_url("**under=chengdong**")
    row = page.locator("tr.total")
    count = row.locator("td a.value").first.inner_text()
    row.locator("td a.value").first.click()
    expect(page.locator("h1 small")).to_have_text(f"{count} 件")
    page.go_back()
    page.get_by_role("link", name="满意率").click()
    expect(page.locator("th[aria-sort=descending]")).to_contain_text("满意率")
    none_of(watch.findings)


def test_on_a_telephone_the_first_column_stays_while_the_others_are_scrolled(demo_site: Site, pages: Open) -> None:
    page = pages(demo_site, "supervise1", width=NARROW, has_script=False)
    page.goto(MONTH)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW
    head = page.locator("tbody th").nth(1)
    before = head.bounding_box()
    page.locator(".rates").evaluate("table => { table.scrollLeft = 400; }")
    after = head.bounding_box()
    assert before is not None and after is not None and before["x"] == after["x"]


def test_a_platform_sees_its_own_tree(demo_site: Site, pages: Open) -> None:
    page = pages(demo_site, "chengdong_platform")
    page.goto(MONTH)
    names = page.locator("tbody th").all_inner_texts()
    assert names[0] == "合计" and all(name.startswith("城东区") or "街道" in name for name in names[1:])


@pytest.fixture
def april(town: Site) -> Iterator[Site]:
    """The town after its month; others find it as it was."""
    before = town.now
    assert before is not None
    town.move_to(datetime.fromisoformat("2024-04-01T09:30:00+08:00"))
    yield town
    town.move_to(before)


def test_a_month_is_composed_shown_and_objected_to(april: Site, pages: Open) -> None:
    page = pages(april, "supervise1")
    watch = Watch(page, april)
    page.goto("/desk/assessments/")
    page.fill("#month", "2024-03")
    page.get_by_role("button", name="编制或打开").click()
    page.get_by_role("button", name="编制").click()
    page.get_by_role("button", name="公示给各单位").click()
    expect(page.locator("h1 small")).to_have_text("已公示给各单位")
    unit = pages(april, "heating_company")
    unit.goto("/desk/assessments/2024-03/")
    expect(unit.locator("tbody th")).to_have_text(["西宁市城市供热单位"])
    unit.locator("td small a").first.click()
    number = unit.locator("[data-row] a").first.inner_text()
    unit.go_back()
    unit.fill("input[name=number]", number)
    unit.select_option("select[name=figure]", "response")
    unit.fill("input[name=note]", "已电话联系三次")
    unit.get_by_role("button", name="提出申诉").click()
    expect(unit.locator(".objections")).to_contain_text("已电话联系三次")
    # Who composed does not judge.
    page.reload()
    expect(page.locator(".objections")).to_contain_text("待审定")
    assert page.get_by_role("button", name="成立，剔除").count() == 0
    none_of(watch.findings)
