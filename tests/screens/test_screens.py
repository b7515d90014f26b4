"""Contact sheets of every page (`make screens`): each role, both languages, three widths, little and much to show."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tests.e2e.browsing import Site
from tests.e2e.crawling import crawl
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
WIDTHS = {360: 780, 768: 1024, 1440: 900}


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("role", ["resident", *ROLES])
@pytest.mark.parametrize("state", ["one", "many"])
def test_a_sheet_of_every_page(
    state: str, role: str, lang: str, chromium: Browser, request: pytest.FixtureRequest
) -> None:
    site: Site = request.getfixturevalue({"one": "town", "many": "demo_site"}[state])
    user = ROLES.get(role)
    page = site.page(chromium, user, lang=lang)
    start, under = ("/", ("/",)) if user is None else ("/desk/", ("/desk/", "/accounts/"))
    found: dict[int, list[Picture]] = {width: [] for width in WIDTHS}
    for address in crawl(page, start, under=under):
        for width, height in WIDTHS.items():
            page.set_viewport_size({"width": width, "height": height})
            found[width].append(taken(page, address))
    page.context.close()
    assert all(found.values())
    for width, pictures in found.items():
        draw(chromium, pictures, width=width, to=SHEETS / f"{role}-{state}-{lang}-{width}.png")
