"""The story of one appeal, from the resident's telephone to the published number and back, in both languages."""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

import pytest
from playwright.sync_api import Page
from tests.e2e.acting import TYPED, command, fill, open_case, report, switch_language
from tests.e2e.browsing import NARROW, Site, Watch, none_of
from tests.e2e.conftest import Open
from tests.e2e.founding import NAME, NOTE, PLACE, REPLY, UNIT
from tests.e2e.wording import foreign_words

pytestmark = pytest.mark.timeout(300)

TEXT = {"zh": "小区供暖管道破裂，楼里都没有暖气", "en": "单元门口的供暖井盖松动，走过会响"}
UNIT_NAMES = {"zh": "西宁市城市供热单位", "en": "City Heating Company"}
# Each language has a bulletin of its own: a published one cannot be composed again.
KINDS = {"zh": "daily", "en": "weekly"}
PLACES = {"inbox": "/desk/inbox/", "reviews": "/desk/reviews/", "unit": "/desk/unit/", "calls": "/desk/calls/"}


@dataclass
class Teller:
    """Everybody in the story, on pages that are watched and read in one language."""

    site: Site
    pages: Open
    lang: str
    findings: list[str] = field(default_factory=list)
    _opened: dict[str, Page] = field(default_factory=dict)
    _watches: list[Watch] = field(default_factory=list)

    def page(self, user: str) -> Page:
        """Somebody's page; the language was chosen by the switch on it."""
        if user not in self._opened:
            width = {"width": NARROW} if user == "resident" else {}
            page = self.pages(self.site, None if user == "resident" else user, **width)
            self._watches.append(Watch(page, self.site))
            page.goto("/" if user == "resident" else "/desk/")
            switch_language(page, self.lang)
            self._opened[user] = page
        return self._opened[user]

    def read(self, page: Page) -> None:
        """Looks for words of the other language."""
        self.findings += foreign_words(page, lang=self.lang, typed=TYPED)

    def end(self) -> None:
        """Fails with whatever was found on the way."""
        none_of([*self.findings, *(finding for watch in self._watches for finding in watch.findings)])


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_appeal_is_answered_and_counted_and_its_resident_reads_the_answer(
    town: Site, pages: Open, lang: str
) -> None:
    teller = Teller(town, pages, lang)
    number, secret = _reported(teller)
    _forwarded(teller, number)
    _handled(teller, number)
    _closed_and_called_back(teller, number)
    day = _over(teller)
    _published(teller, day)
    _counted_in_public(teller, number, day)
    _followed(teller, number, secret)
    teller.end()


def _reported(teller: Teller) -> tuple[str, str]:
    page = teller.page("resident")
    page.goto("/report/")
    teller.read(page)
    typed = {"type": "complaint", "call_back": "yes", "phone": "15400009911", "name": NAME}
    number, secret = report(page, text=TEXT[teller.lang], place=PLACE, **typed)
    teller.read(page)
    assert len(number) == 10
    return number, secret


def _forwarded(teller: Teller, number: str) -> None:
    page = teller.page("dispatch1")
    open_case(page, PLACES["inbox"], number)
    teller.read(page)
    command(page, "forward", lead_unit=UNIT_NAMES[teller.lang], grade="g3")
    teller.read(page)
    assert page.locator("ol.items", has_text=number).count() == 0


def _handled(teller: Teller, number: str) -> None:
    page = teller.page(UNIT)
    open_case(page, PLACES["unit"], number)
    command(page, "sign")
    teller.read(page)
    open_case(page, PLACES["unit"], number)
    command(page, "contact", button="yes", how="phone", note=NOTE)
    open_case(page, PLACES["unit"], number)
    command(page, "handle", reply=REPLY, outcome="solved")
    teller.read(page)


def _closed_and_called_back(teller: Teller, number: str) -> None:
    page = teller.page("dispatch1")
    open_case(page, PLACES["reviews"], number)
    teller.read(page)
    command(page, "review", button="yes")
    page = teller.page("callback1")
    open_case(page, PLACES["calls"], number)
    command(page, "call-back", reached="reached", responded="yes", solved="yes", satisfied="satisfied")
    page.goto(f"/desk/cases/{number}/")
    assert page.locator("article .stage.settled").count() == 1
    teller.read(page)


def _over(teller: Teller) -> str:
    """The last day of the bulletin's period, after which the town's clock stands now."""
    assert teller.site.now is not None
    today = teller.site.now.date()
    last = today if KINDS[teller.lang] == "daily" else today + timedelta(days=7 - today.isoweekday())
    teller.site.move_to(datetime.combine(last + timedelta(days=1), time(8, 30), tzinfo=teller.site.now.tzinfo))
    return last.isoformat()


def _published(teller: Teller, day: str) -> None:
    page = teller.page("publish")
    page.goto("/desk/bulletins/")
    fill(page.locator("form.filters"), kind=KINDS[teller.lang], day=day)
    page.locator("form.filters button").click()
    page.wait_for_url(f"**/desk/bulletins/{KINDS[teller.lang]}-{day}/")
    _step(page, "compose")
    teller.read(page)
    for user, word in (("review", "review"), ("sign", "sign"), ("publish", "freeze"), ("publish", "publish")):
        page = teller.page(user)
        page.goto(f"/desk/bulletins/{KINDS[teller.lang]}-{day}/")
        _step(page, word)
    teller.read(page)


def _step(page: Page, word: str) -> None:
    """Presses a step's button on a bulletin's page."""
    with page.expect_navigation():
        page.locator(f'form[action$="/{word}/"] button').click()


def _counted_in_public(teller: Teller, number: str, day: str) -> None:
    page = teller.page("resident")
    page.goto("/bulletins/")
    teller.read(page)
    page.locator(f'a[href="/b/{KINDS[teller.lang]}-{day}"]').click()
    teller.read(page)
    printed = page.locator('a[href*="figure=accepted.total"]').first
    total = int(printed.inner_text().split()[0].replace(",", ""))
    printed.click()
    page.wait_for_url("**/numbers?**")
    teller.read(page)
    # Fifty a page: all of them are counted, and the case of this story is one.
    rows, found = 0, 0
    while True:
        rows += page.locator("tbody tr").count()
        found += page.locator("tbody td", has_text=number).count()
        following = page.locator("a[rel=next]")
        if following.count() == 0:
            break
        with page.expect_navigation():
            following.click()
    assert (rows, found) == (total, 1)


def _followed(teller: Teller, number: str, secret: str) -> None:
    page = teller.page("resident")
    page.goto("/follow/")
    teller.read(page)
    fill(page.locator('form[action="/follow/"]'), number=number, secret=secret)
    page.locator('form[action="/follow/"] button.main').click()
    page.wait_for_url(f"**/follow/{number}/")
    assert REPLY in page.locator(".answer").inner_text()
    teller.read(page)
