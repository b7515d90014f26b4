"""Contact sheets of every page (`make screens`): each role, both languages, three widths, nothing to much to show."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from tests.e2e.acting import report
from tests.e2e.browsing import Site
from tests.e2e.crawling import crawl
from tests.e2e.founding import PHONE
from tests.screens.sheets import Picture, draw, taken

pytestmark = pytest.mark.screens
ROOT = Path(__file__).resolve().parents[2]
SHEETS = ROOT / "build" / "screens"
ROLES = {
    "call-taker": "call1",
    "dispatcher": "dispatch1",
    "unit": "heating_company",
    "call-back": "callback1",
    "supervisor": "supervise1",
    "publisher": "publish",
    "leader": "leader",
}
SITES = {"empty": "empty_town", "one": "town", "many": "demo_site"}
WIDTHS = {360: 780, 768: 1024, 1440: 900}
# Other looks of the same pages: those are enough in which somebody spends a day, and what residents read.
DAYS = {"call-taker": "call1", "dispatcher": "dispatch1", "leader": "leader"}
PRINTED = ("/b/daily-2024-01-31", "/overview/", "/answers/")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("role", ["resident", *ROLES])
@pytest.mark.parametrize("state", SITES)
def test_a_sheet_of_every_page(
    state: str, role: str, lang: str, chromium: Browser, request: pytest.FixtureRequest
) -> None:
    site: Site = request.getfixturevalue(SITES[state])
    page = site.page(chromium, ROLES.get(role), lang=lang)
    found: dict[int, list[Picture]] = {width: [] for width in WIDTHS}
    for address in _pages(page, role, has_reported=state == "one"):
        for width, height in WIDTHS.items():
            page.set_viewport_size({"width": width, "height": height})
            found[width].append(taken(page, address))
    page.context.close()
    _draw(chromium, f"{role}-{state}-{lang}", found)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("role", ["resident", *DAYS])
@pytest.mark.parametrize("look", ["dark", "large"])
def test_a_sheet_in_another_look(look: str, role: str, lang: str, chromium: Browser, demo_site: Site) -> None:
    page = demo_site.page(chromium, DAYS.get(role), lang=lang)
    if look == "dark":
        page.emulate_media(color_scheme="dark")
    else:
        page.goto("/")
        page.locator("button[name=size][value=large]").click()
    found: dict[int, list[Picture]] = {360: [], 1440: []}
    for address in _pages(page, role):
        for width in found:
            page.set_viewport_size({"width": width, "height": WIDTHS[width]})
            found[width].append(taken(page, address))
    page.context.close()
    _draw(chromium, f"{role}-{look}-{lang}", found)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_sheet_of_what_is_printed(lang: str, chromium: Browser, town: Site, demo_site: Site) -> None:
    found = []
    for site in (town, demo_site):
        page = site.page(chromium, lang=lang, width=360)
        addresses = PRINTED
        if site is town:
            number, _secret = _reported(page)
            addresses = ("/report/received/", f"/follow/{number}/")
        # As wide as a sheet of A4 between its margins.
        page.set_viewport_size({"width": 768, "height": 1024})
        page.emulate_media(media="print")
        for address in addresses:
            page.goto(address)
            found.append(taken(page, f"print {address}"))
        page.context.close()
    _draw(chromium, f"resident-print-{lang}", {768: found})


def _pages(page: Page, role: str, *, has_reported: bool = False) -> Iterator[str]:
    if role != "resident":
        yield from crawl(page, "/desk/", under=("/desk/", "/accounts/"))
        return
    starts = ["/", "/accounts/login/"]
    if has_reported:
        _reported(page)
        starts.append("/report/received/")
    yield from crawl(page, *starts, under=("/",))


def _reported(page: Page) -> list[str]:
    return report(page, text="小区门口的路灯坏了三天，晚上看不见路", place="葵岸雅苑南门", call_back="yes", phone=PHONE)


def _draw(chromium: Browser, name: str, found: dict[int, list[Picture]]) -> None:
    assert all(found.values())
    for width, pictures in found.items():
        draw(chromium, pictures, width=width, to=SHEETS / f"{name}-{width}.png")
