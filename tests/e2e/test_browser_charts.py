"""Charts in a browser: drawn when seen, opened by a click, kept as images; without a script their tables are open."""

import pytest
from tests.e2e.browsing import NARROW, Site, Watch, none_of
from tests.e2e.conftest import Open

pytestmark = pytest.mark.timeout(180)
WEEK = "/desk/overview/?period=week&to=2024-01-31"


def test_charts_are_drawn_when_they_come_into_sight_and_nothing_moves(demo_site: Site, pages: Open) -> None:
    page = pages(demo_site, "leader", width=NARROW)
    watch = Watch(page, demo_site)
    page.add_init_script("""
        window.moved = 0;
        new PerformanceObserver((list) => { for (const one of list.getEntries()) window.moved += one.value; })
            .observe({ type: "layout-shift", buffered: true });
    """)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(WEEK)
    assert not any("echarts" in url for url in asked)
    assert page.locator("figure.chart details.table[open]").count() == 0
    page.locator("[data-chart=topics]").scroll_into_view_if_needed()
    page.locator("[data-chart=topics][data-drawn] canvas").wait_for()
    page.locator("[data-chart=trend]").scroll_into_view_if_needed()
    page.locator("[data-chart=trend][data-drawn] canvas").wait_for()
    assert page.evaluate("window.moved") < 0.01
    none_of(watch.findings)


def test_a_bar_and_a_district_open_their_cases_and_a_chart_is_kept_as_an_image(demo_site: Site, pages: Open) -> None:
    page = pages(demo_site, "leader")
    watch = Watch(page, demo_site)
    page.goto(WEEK)
    for name in ("topics", "districts"):
        with page.expect_download() as kept:
            page.locator(f"[data-chart={name}] [data-png]").click()
        assert kept.value.suggested_filename == f"{name}.png"
        assert kept.value.path().read_bytes().startswith(b"\x89PNG")
    canvas = page.locator("[data-chart=topics] canvas")
    box = canvas.bounding_box()
    assert box is not None
    # The first bar begins right of the names, at the top.
    canvas.click(position={"x": box["width"] * 0.4, "y": box["height"] / 16})
    page.wait_for_url("**/desk/figures/accepted/**topic=wages**")
    page.goto(WEEK)
    page.locator("[data-chart=districts] svg a").first.click()
    page.wait_for_url("**/desk/figures/accepted/**district=**")
    none_of(watch.findings)


def test_without_a_script_the_tables_are_the_charts(demo_site: Site, pages: Open) -> None:
    for user, address in (("leader", WEEK), (None, "/overview/?period=week")):
        page = pages(demo_site, user, width=NARROW, has_script=False)
        page.goto(address)
        assert page.locator("[data-chart=topics] details[open] table").is_visible()
        assert page.locator("[data-chart=districts] svg path").count() == 7
        assert not page.locator(".canvas").first.is_visible()
        assert not page.locator("[data-png]").first.is_visible()


def test_on_paper_charts_are_light_even_at_night(demo_site: Site, pages: Open) -> None:
    page = pages(demo_site)
    page.emulate_media(color_scheme="dark")
    page.goto("/overview/?period=week")
    page.emulate_media(color_scheme="dark", media="print")
    grounds = page.eval_on_selector_all(
        ".figure-card, .chart", "parts => [...new Set(parts.map((part) => getComputedStyle(part).backgroundColor))]"
    )
    assert grounds == ["rgb(255, 255, 255)"]
