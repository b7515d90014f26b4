"""Every page of every role: opens without an error, for everybody, on a telephone as on a screen."""

import pytest
from tests.e2e.browsing import NARROW, WIDE, Site, Watch, none_of
from tests.e2e.conftest import Open
from tests.e2e.crawling import crawl, kind_of
from tests.e2e.examining import barriers, examined_page, sideways

pytestmark = pytest.mark.timeout(600)

ROLES = (
    "dispatch1",
    "call1",
    "supervise1",
    "callback1",
    "publish",
    "review",
    "sign",
    "chengdong_platform",
    "heating_company",
    "hrss_leader",
    "leader",
    "quality",
    "analyst",
    "admin",
    "security",
    "audit",
)


@pytest.fixture(scope="module")
def examined() -> set[str]:
    """The kinds of page already examined in both languages and widths: roles share most of them."""
    return set()


@pytest.fixture(scope="module")
def seen_empty() -> set[str]:
    """The same of the empty town."""
    return set()


@pytest.mark.parametrize("user", ROLES)
def test_every_page_of_a_role_opens_cleanly_for_everybody(
    demo_site: Site, pages: Open, user: str, examined: set[str]
) -> None:
    page = pages(demo_site, user)
    watch = Watch(page, demo_site)
    findings: list[str] = []
    for address in crawl(page, "/desk/", under=("/desk/", "/accounts/")):
        # The second page of a list is a page of its own to open, but none to examine.
        kind = kind_of(address).partition("?")[0]
        findings += [] if kind in examined else examined_page(page, demo_site)
        examined.add(kind)
    none_of(findings + watch.findings)


def test_every_public_page_opens_cleanly_for_everybody(demo_site: Site, pages: Open) -> None:
    page = pages(demo_site)
    watch = Watch(page, demo_site)
    findings: list[str] = []
    for _address in crawl(page, "/", "/accounts/login/", "/b/daily-2024-01-31"):
        findings += examined_page(page, demo_site)
    none_of(findings + watch.findings)


# What no link leads to, or only with something typed.
UNLINKED = ("/no-such-page/", "/b/daily-1999-01-01", "/privacy/", "/answers/?q=灯", "/answers/?q=独角兽")
UNLINKED_AT_THE_DESK = (
    "/desk/parts/",
    "/desk/cases/?q=x",
    "/desk/cases/0000000000/",
    "/desk/bulletins/daily-2024-02-03/",
)


def test_pages_that_no_link_leads_to_are_for_everybody_too(demo_site: Site, pages: Open) -> None:
    findings: list[str] = []
    for user, addresses in ((None, UNLINKED), ("publish", UNLINKED_AT_THE_DESK), ("analyst", ("/desk/new/",))):
        page = pages(demo_site, user)
        for address in addresses:
            page.goto(address)
            findings += examined_page(page, demo_site)
    none_of(findings)


@pytest.mark.parametrize("user", [None, "dispatch1", "leader", "publish"])
def test_a_town_on_its_first_day_has_pages_too(
    empty_town: Site, pages: Open, user: str | None, seen_empty: set[str]
) -> None:
    page = pages(empty_town, user)
    watch = Watch(page, empty_town)
    findings: list[str] = []
    start = "/desk/" if user else "/"
    for address in crawl(page, start, under=("/desk/",) if user else ("/",)):
        kind = kind_of(address).partition("?")[0]
        if kind in seen_empty:
            continue
        seen_empty.add(kind)
        findings += barriers(page)
        page.set_viewport_size({"width": NARROW, "height": 780})
        findings += sideways(page)
        page.set_viewport_size({"width": WIDE, "height": 900})
    none_of(findings + watch.findings)


def test_large_text_keeps_every_public_page_on_the_telephone(demo_site: Site, pages: Open) -> None:
    page = pages(demo_site, width=NARROW)
    watch = Watch(page, demo_site)
    page.goto("/")
    page.locator("button[name=size][value=large]").click()
    findings: list[str] = []
    for _address in crawl(page, "/", "/b/daily-2024-01-31"):
        assert page.locator("html.large").count() == 1
        findings += sideways(page)
    none_of(findings + watch.findings)
