"""Pages that stay where they are: what arrives late moves nothing; and how soon something is painted."""

import time

import pytest
from playwright.sync_api import Page, Route
from tests.e2e.browsing import NARROW, WIDE, Site
from tests.e2e.conftest import Open

pytestmark = pytest.mark.timeout(180)

MOST_MOVED = 0.01
# What follows somebody's own touch within half a second is expected to move; answers come later than that.
LATE_S = 0.7
MOST_PAINT_MS = 2_000
WATCHING = """
window.moved = [];
new PerformanceObserver((list) => {
  for (const one of list.getEntries()) {
    if (one.hadRecentInput) continue;
    const parts = one.sources.map(({ node }) => `${node?.nodeName}.${node?.className ?? ""}#${node?.id ?? ""}`);
    window.moved.push({ value: one.value, parts });
  }
}).observe({ type: "layout-shift", buffered: true });
"""
PAINTED = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime"


def late(route: Route) -> None:
    time.sleep(LATE_S)
    route.continue_()


def assert_still(page: Page) -> None:
    page.wait_for_timeout(300)
    moved = page.evaluate("window.moved")
    assert sum(one["value"] for one in moved) <= MOST_MOVED, moved


def watched(pages: Open, site: Site, user: str | None, *, width: int = WIDE) -> Page:
    page = pages(site, user, width=width)
    page.add_init_script(WATCHING)
    return page


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_helps_while_typing_moves_nothing_of_the_call_takers_form(demo_site: Site, pages: Open, lang: str) -> None:
    page = pages(demo_site, "call1", lang=lang)
    page.add_init_script(WATCHING)
    page.route("**/desk/new/beside/**", late)
    page.route("**/desk/new/caller/**", late)
    page.goto("/desk/new/")
    page.locator("[name=caller_number]").press_sequentially("15400003137")
    with page.expect_response("**/desk/new/caller/**"):
        page.keyboard.press("Tab")
    with page.expect_response("**/desk/new/beside/**"):
        page.locator("[name=text]").press_sequentially("暖气不热，家里只有十五度，要退取暖费")
    page.locator("#beside .earlier li").first.wait_for()
    assert_still(page)


def test_a_case_that_opens_beside_the_list_moves_nothing_of_it(demo_site: Site, pages: Open) -> None:
    page = watched(pages, demo_site, "dispatch1")
    page.route("**/desk/reviews/?case=*", late)
    page.goto("/desk/reviews/")
    second = page.locator("[data-row]").nth(1)
    number = second.get_attribute("data-row")
    second.locator("a").click()
    page.locator(f"#case-{number}").wait_for()
    assert_still(page)


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_charts_and_the_steps_of_a_report_stay_where_they_are(demo_site: Site, pages: Open, width: int) -> None:
    page = watched(pages, demo_site, "leader", width=width)
    page.goto("/desk/overview/?period=week&to=2024-01-31")
    for name in ("channels", "topics"):
        page.locator(f"[data-chart={name}]").scroll_into_view_if_needed()
        page.locator(f"[data-chart={name}][data-drawn] canvas").wait_for()
    assert_still(page)
    page = watched(pages, demo_site, None, width=width)
    page.goto("/report/")
    page.fill("#text", "小区里的路灯坏了三天，晚上看不见路")
    page.locator("[data-step]:visible [data-next]").click()
    page.route("**/report/", late)
    page.locator("[data-step]:visible [data-next]").click()
    page.locator("[data-check] blockquote").wait_for()
    assert_still(page)


def test_something_is_painted_soon(demo_site: Site, pages: Open) -> None:
    seen: dict[str, int] = {}
    for user, addresses in {
        None: ("/", "/report/", "/answers/", "/overview/"),
        "call1": ("/desk/new/", "/desk/cases/"),
        "dispatch1": ("/desk/inbox/",),
        "leader": ("/desk/overview/",),
    }.items():
        page = pages(demo_site, user)
        for address in addresses:
            page.goto(address)
            page.wait_for_function(PAINTED)
            seen[address] = round(page.evaluate(PAINTED))
    print("first paint, ms at 1440 px:", *(f"{address} {ms}" for address, ms in seen.items()), sep="\n  ")
    assert max(seen.values()) < MOST_PAINT_MS, seen
