"""Two at work at the same time: counts change without a reload, rows only when asked; they see each other."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from tests.e2e.acting import command, fill, form, recorded, type_into
from tests.e2e.browsing import Site
from tests.e2e.conftest import Open, founded
from tests.e2e.serving import Server, served

pytestmark = pytest.mark.timeout(180)
UNIT = "heating_company"


@pytest.fixture(scope="module")
def lively(program: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Site]]:
    """A small town with worker and live process."""
    home, told = founded(tmp_path_factory.mktemp("lively"))
    with served(home, with_worker=True, with_live=True) as server:
        yield server, Site(server.base_url, password=told["password"], cases=told["cases"])


@pytest.fixture
def site(lively: tuple[Server, Site]) -> Site:
    return lively[1]


def at(page: Page, path: str, *, state: str = "streaming") -> Page:
    """Opens a page and waits until it hears of changes."""
    page.goto(path)
    expect(page.locator("header .live")).to_have_attribute("data-state", state)
    return page


def count(page: Page, queue: str) -> int:
    return int(page.locator(f'.side [data-waiting="{queue}"]').inner_text() or "0")


def becomes(page: Page, queue: str, n: int) -> None:
    expect(page.locator(f'.side [data-waiting="{queue}"]')).to_have_text(str(n))


def test_what_was_recorded_elsewhere_shows_when_asked_for_and_takes_nothing_away(site: Site, pages: Open) -> None:
    inbox = at(pages(site, "dispatch1"), "/desk/inbox/")
    before, rows = count(inbox, "inbox"), inbox.locator("[data-row]").count()
    opened = inbox.locator("article[data-case]").get_attribute("data-case")
    assert opened is not None
    type_into(form(inbox, "forward").locator('[name="lead_unit"]'), "城市管理")
    number = recorded(pages(site, "call1"), "人行道的砖松了")
    becomes(inbox, "inbox", before + 1)
    bar = inbox.locator("a[data-changes]")
    expect(bar).to_have_text("有 1 件变化，显示")
    # Nothing moved under anybody's hand.
    assert inbox.locator("[data-row]").count() == rows
    bar.click()
    expect(inbox.locator(f'[data-row="{number}"]')).to_be_visible()
    expect(bar).to_be_hidden()
    expect(inbox.locator(f'[data-row="{opened}"]')).to_have_class("here")
    assert inbox.locator("h1 small").inner_text().startswith(str(before + 1))
    assert form(inbox, "forward").locator('[name="lead_unit"]').input_value() == "城市管理"


def test_a_forwarded_case_is_counted_at_the_unit_without_a_reload(site: Site, pages: Open) -> None:
    number = recorded(pages(site, "call1"), "换热站漏水")
    unit = at(pages(site, UNIT), "/desk/unit/")
    before = count(unit, "unit")
    desk = at(pages(site, "dispatch1"), f"/desk/cases/{number}/")
    command(desk, "forward", lead_unit="西宁市城市供热单位", grade="g3")
    becomes(unit, "unit", before + 1)
    expect(unit.locator("a[data-changes]")).to_have_text("有 1 件变化，显示")


def test_an_open_case_says_that_it_changed_and_carries_on_what_was_typed(site: Site, pages: Open) -> None:
    number = recorded(pages(site, "call1"), "门口的井盖响")
    slow, quick = pages(site, "dispatch1"), pages(site, "dispatch2")
    at(slow, f"/desk/cases/{number}/")
    fill(form(slow, "forward"), lead_unit="西宁市城市管理局")
    quick.goto(f"/desk/cases/{number}/")
    command(quick, "classify", category="城乡建设/供热保障/暖气不热")
    notice = slow.locator(".moved")
    expect(notice).to_be_visible()
    assert "这件诉求刚有变化" in notice.inner_text()
    with slow.expect_navigation():
        notice.locator("a").click()
    assert form(slow, "forward").locator('[name="lead_unit"]').input_value() == "西宁市城市管理局"
    expect(slow.locator(".moved")).to_be_hidden()


def test_two_at_one_case_see_each_other_and_who_writes_first(site: Site, pages: Open) -> None:
    number = recorded(pages(site, "call1"), "楼顶广告牌晃")
    first = at(pages(site, "dispatch1"), f"/desk/cases/{number}/")
    expect(first.locator(".people")).to_be_hidden()
    second = at(pages(site, "dispatch2", lang="en"), f"/desk/cases/{number}/")
    expect(first.locator(".people")).to_have_text("派单员202号 也在看")
    type_into(form(second, "forward").locator('[name="lead_unit"]'), "西宁")
    expect(first.locator(".people")).to_have_text("派单员202号 正在填写“转交”")
    type_into(form(first, "forward").locator('[name="lead_unit"]'), "西宁市")
    expect(first.locator(".people")).to_have_text("派单员202号 已经在填写“转交”，请先商量")
    expect(second.locator(".people")).to_contain_text("is filling in “Forward”")
    second.context.close()
    expect(first.locator(".people")).to_be_hidden()


def test_a_page_without_a_live_process_asks_by_itself(town: Site, pages: Open) -> None:
    inbox = pages(town, "dispatch1")
    inbox.clock.install()
    at(inbox, "/desk/inbox/", state="polling")
    expect(inbox.locator("header .live .polling")).to_be_visible()
    before = count(inbox, "inbox")
    recorded(pages(town, "call1"), "路口的护栏倒了")
    inbox.clock.fast_forward(16_000)
    becomes(inbox, "inbox", before + 1)
    expect(inbox.locator("a[data-changes]")).to_have_text("有 1 件变化，显示")


def test_two_at_one_case_see_each_other_without_a_live_process_too(town: Site, pages: Open) -> None:
    number = recorded(pages(town, "call1"), "巷口的垃圾桶满了")
    first, second = pages(town, "dispatch1"), pages(town, "dispatch2")
    at(first, f"/desk/cases/{number}/", state="polling")
    at(second, f"/desk/cases/{number}/", state="polling")
    expect(second.locator(".people")).to_have_text("派单员201号 也在看")
    type_into(form(second, "forward").locator('[name="lead_unit"]'), "西宁")
    type_into(form(first, "forward").locator('[name="lead_unit"]'), "西宁市")
    expect(first.locator(".people")).to_have_text("派单员202号 已经在填写“转交”，请先商量", timeout=20_000)


def test_pages_come_back_to_a_live_process_that_was_killed(lively: tuple[Server, Site], pages: Open) -> None:
    server, site = lively
    inbox = at(pages(site, "dispatch1"), "/desk/inbox/")
    before = count(inbox, "inbox")
    server.kill_live()
    expect(inbox.locator("header .live")).to_have_attribute("data-state", "polling")
    recorded(pages(site, "call1"), "楼道的窗户掉了")
    expect(inbox.locator("header .live")).to_have_attribute("data-state", "streaming", timeout=30_000)
    becomes(inbox, "inbox", before + 1)
    expect(inbox.locator("a[data-changes]")).to_have_text("有 1 件变化，显示")


def test_signed_out_elsewhere_a_page_says_that_it_hears_nothing(town: Site, pages: Open) -> None:
    inbox = pages(town, "dispatch1")
    inbox.clock.install()
    at(inbox, "/desk/inbox/", state="polling")
    inbox.context.clear_cookies()
    inbox.clock.fast_forward(16_000)
    expect(inbox.locator("header .live")).to_have_attribute("data-state", "off")
    expect(inbox.locator("header .live .off")).to_be_visible()
