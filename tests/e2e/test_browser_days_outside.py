"""The days of who makes bulletins, who reads figures, and of a resident, by keyboard alone."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from tests.e2e.acting import TYPED
from tests.e2e.browsing import NARROW, Site, Watch, none_of
from tests.e2e.conftest import Open
from tests.e2e.founding import MORNING
from tests.e2e.hands import choose, field, lands, leads, tab_to

pytestmark = pytest.mark.timeout(120)

YESTERDAY = (MORNING - timedelta(days=1)).date()
BULLETIN = f"daily-{YESTERDAY}"
MATTER, PHONE = "小桥大街的公厕关了三天", "15400006655"
REPLY = "今天上午已经修好"
TYPED.update((MATTER, f"{MATTER}，没有人管", REPLY, "小桥大街", "还差一块盖板"))


def step(page: Page, name: str) -> None:
    """Takes a step of a bulletin from the sheet of all actions."""
    page.keyboard.press(".")
    page.keyboard.type(name)
    leads(page, "Enter")


def test_a_bulletin_is_composed_reviewed_signed_frozen_and_published_and_a_figure_opens(
    town: Site, pages: Open
) -> None:
    page = pages(town, "publish")
    watches = [Watch(page, town)]
    page.goto("/desk/bulletins/")
    tab_to(page, "[name=day]")
    # This browser's own date field begins with the month, whatever the page speaks.
    page.keyboard.type(f"{YESTERDAY:%m%d%Y}")
    leads(page, "Enter")
    assert page.url.endswith(f"/{BULLETIN}/")
    step(page, "编制")
    for user, word in (("review", "审核"), ("sign", "签发")):
        other = pages(town, user)
        watches.append(Watch(other, town))
        other.goto(f"/desk/bulletins/{BULLETIN}/")
        step(other, word)
        lands(other, "main h1")
    page.reload()
    step(page, "冻结")
    step(page, "发布")
    lands(page, "main h1")
    assert "已发布" in page.locator("main h1").inner_text()
    tab_to(page, 'a[href*="figure=accepted.total"]')
    leads(page, "Enter")
    tab_to(page, "[data-row] a")
    leads(page, "Enter")
    assert town.days["of_yesterday"] in page.url
    leads(page, "Escape")
    assert "/numbers/" in page.url
    none_of(finding for watch in watches for finding in watch.findings)


def test_a_leader_opens_the_cases_behind_a_number_and_comes_back(town: Site, pages: Open) -> None:
    page = pages(town, "leader")
    watch = Watch(page, town)
    page.goto("/desk/")
    assert "/desk/overview/" in page.url
    tab_to(page, ".figure-card .value a")
    leads(page, "Enter")
    assert "/desk/figures/" in page.url
    page.keyboard.press("j")
    number = page.locator("[data-row].cursor").get_attribute("data-row")
    leads(page, "Enter")
    assert f"/desk/cases/{number}/" in page.url
    leads(page, "Escape")
    lands(page, f'[data-row="{number}"] a')
    none_of(watch.findings)


def test_a_resident_reports_supports_follows_and_says_whether_it_was_solved(town: Site, pages: Open) -> None:
    number, secret = reported(town, pages)
    supported(town, pages)
    desk = pages(town, "dispatch1")
    desk.goto(f"/desk/cases/{number}/")
    desk.keyboard.press("a")
    field(desk, "reply", REPLY)
    leads(desk, "Control+Enter")
    lands(desk, "article.case h2")

    page = pages(town, width=NARROW)
    watch = Watch(page, town)
    page.goto("/follow/")
    field(page, "number", number)
    field(page, "secret", secret)
    leads(page, "Enter")
    assert REPLY in page.locator(".answer").inner_text()
    tab_to(page, ".solved summary")
    page.keyboard.press("Enter")
    field(page, "note", "还差一块盖板")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    tab_to(page, "button[value=partly]")
    leads(page, "Enter")
    lands(page, "[data-told]")
    assert page.locator("button[value=partly]").count() == 0
    none_of(watch.findings)


def reported(site: Site, pages: Open) -> tuple[str, str]:
    """Reports in three steps; returns number and code as the receipt shows them."""
    page = pages(site, width=NARROW)
    watch = Watch(page, site)
    page.goto("/")
    tab_to(page, 'main a[href="/report/"]')
    leads(page, "Enter")
    to_last_step(page, MATTER, "小桥大街")
    choose(page, "call_back", "yes")
    field(page, "phone", PHONE)
    tab_to(page, "button[value=send]")
    leads(page, "Enter")
    page.wait_for_url("**/report/received/")
    none_of(watch.findings)
    number, secret = page.locator("dl.receipt dd").all_inner_texts()
    TYPED.add(secret)
    return number, secret


def to_last_step(page: Page, text: str, place: str) -> None:
    field(page, "text", text)
    tab_to(page, "[data-next]")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.tagName") == "H2"
    field(page, "place", place)
    page.keyboard.press("Enter")
    page.locator("[data-check] blockquote").wait_for()


def supported(site: Site, pages: Open) -> None:
    """Begins to report what is there already, and supports that instead."""
    page = pages(site, width=NARROW)
    watch = Watch(page, site)
    page.goto("/report/")
    to_last_step(page, f"{MATTER}，没有人管", "小桥大街")
    tab_to(page, "button[name=support]")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("附议")
    none_of(watch.findings)
