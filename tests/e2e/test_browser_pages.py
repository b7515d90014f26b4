"""Every page of every role: opens without an error, for everybody, on a telephone as on a screen."""

import pytest
from playwright.sync_api import Page
from tests.e2e.acting import TYPED
from tests.e2e.browsing import NARROW, WIDE, Site, Watch, none_of, speak
from tests.e2e.conftest import Open
from tests.e2e.crawling import crawl, kind_of
from tests.e2e.examining import barriers, sideways
from tests.e2e.wording import foreign_words

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
# Whose work a case in a stage is: it is shown with their forms.
WORK = {
    "recorded": "dispatch1",
    "forwarded": "heating_company",
    "signed": "heating_company",
    "sent_back": "dispatch1",
    "handled": "dispatch1",
    "closed": "callback1",
    "unsolved": "supervise1",
    "declined": "call1",
}
READERS = ("dispatch1", "call1", "heating_company", "callback1", "supervise1", "publish", "admin")


@pytest.fixture(scope="module")
def examined() -> set[str]:
    """The kinds of page already examined in both languages and widths: roles share most of them."""
    return set()


@pytest.mark.parametrize("user", ROLES)
def test_every_page_of_a_role_opens_cleanly_for_everybody(
    demo_site: Site, pages: Open, user: str, examined: set[str]
) -> None:
    page = pages(demo_site, user)
    watch = Watch(page, demo_site)
    findings: list[str] = []
    for address in crawl(page, "/desk/"):
        # The second page of a list is a page of its own to open, but none to examine.
        kind = kind_of(address).partition("?")[0]
        findings += [] if kind in examined else _examined(page, demo_site)
        examined.add(kind)
    none_of(findings + watch.findings)


def test_every_public_page_opens_cleanly_for_everybody(demo_site: Site, pages: Open) -> None:
    page = pages(demo_site)
    watch = Watch(page, demo_site)
    findings: list[str] = []
    for _address in crawl(page, "/", "/accounts/login/", "/b/daily-2024-01-31"):
        findings += _examined(page, demo_site)
    none_of(findings + watch.findings)


@pytest.mark.parametrize("stage", WORK)
def test_a_case_is_shown_cleanly_to_whoever_works_on_it(town: Site, pages: Open, stage: str) -> None:
    page = pages(town, WORK[stage])
    watch = Watch(page, town)
    page.goto(f"/desk/cases/{town.cases[stage]}/")
    assert page.locator(f"article .stage.{stage}").count() == 1
    none_of(_examined(page, town) + _read(page, town) + watch.findings)


def test_every_page_speaks_one_language(town: Site, pages: Open) -> None:
    findings: list[str] = []
    read: set[str] = set()
    for user in (None, *READERS):
        page = pages(town, user)
        for address in crawl(page, "/desk/" if user else "/", *([] if user else ["/accounts/login/"])):
            kind = kind_of(address).partition("?")[0]
            findings += [] if kind in read else _read(page, town)
            read.add(kind)
    none_of(findings)


def test_large_text_keeps_every_public_page_on_the_telephone(demo_site: Site, pages: Open) -> None:
    page = pages(demo_site, width=NARROW)
    watch = Watch(page, demo_site)
    page.goto("/")
    page.locator("button[name=size][value=large]").click()
    findings: list[str] = []
    for _address in crawl(page, "/", "/b/daily-2024-01-31"):
        assert page.locator("html.large").count() == 1
        findings += sideways(page) + barriers(page)
    none_of(findings + watch.findings)


def _read(page: Page, site: Site) -> list[str]:
    """Words of the other language, in both."""
    findings: list[str] = []
    for lang in ("en", "zh"):
        speak(page.context, site.base_url, lang)
        page.reload()
        findings += foreign_words(page, lang=lang, typed=TYPED)
    return findings


def _examined(page: Page, site: Site) -> list[str]:
    """Chinese by day, English by night, both on a screen and on a telephone."""
    findings: list[str] = []
    for lang, scheme in (("zh", "light"), ("en", "dark")):
        speak(page.context, site.base_url, lang)
        page.emulate_media(color_scheme=scheme)
        page.reload()
        for width, height in ((WIDE, 900), (NARROW, 780)):
            page.set_viewport_size({"width": width, "height": height})
            found = barriers(page) + (sideways(page) if width == NARROW else [])
            findings += [f"{lang} {scheme} {width}: {finding}" for finding in found]
    speak(page.context, site.base_url, "zh")
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": WIDE, "height": 900})
    return findings
