"""Words of one language on every page of the town, and a case in each stage as its worker sees it."""

import pytest
from playwright.sync_api import Page
from tests.e2e.acting import TYPED
from tests.e2e.browsing import Site, Watch, none_of, speak
from tests.e2e.conftest import Open
from tests.e2e.crawling import crawl, kind_of
from tests.e2e.examining import examined_page
from tests.e2e.wording import foreign_words

pytestmark = pytest.mark.timeout(600)

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


@pytest.mark.parametrize("stage", WORK)
def test_a_case_is_shown_cleanly_to_whoever_works_on_it(town: Site, pages: Open, stage: str) -> None:
    page = pages(town, WORK[stage])
    watch = Watch(page, town)
    page.goto(f"/desk/cases/{town.cases[stage]}/")
    assert page.locator(f"article .stage.{stage}").count() == 1
    none_of(examined_page(page, town) + _read(page, town) + watch.findings)


def test_every_page_speaks_one_language(town: Site, pages: Open) -> None:
    findings: list[str] = []
    read: set[str] = set()
    for user in (None, *READERS):
        page = pages(town, user)
        starts = ["/desk/"] if user else ["/", "/accounts/login/"]
        for address in crawl(page, *starts, under=("/desk/", "/accounts/") if user else ("/",)):
            kind = kind_of(address).partition("?")[0]
            # What units wrote stands on an article's own pages as they wrote it.
            is_written = kind.startswith("/desk/articles/") and kind != "/desk/articles/"
            # Files of a city have their names in both languages, and codes: that is what these pages show.
            is_written = is_written or kind.startswith("/desk/configuration/")
            findings += [] if kind in read or is_written else _read(page, town)
            read.add(kind)
    none_of(findings)


def _read(page: Page, site: Site) -> list[str]:
    """Words of the other language, in both."""
    findings: list[str] = []
    for lang in ("en", "zh"):
        speak(page.context, site.base_url, lang)
        page.reload()
        findings += foreign_words(page, lang=lang, typed=TYPED)
    return findings
