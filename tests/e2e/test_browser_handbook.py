"""The handbook's pictures show the pages as they are: what can be read on a page is what could be read on its picture.

`make handbook` draws all of them anew.
"""

import pytest
from playwright.sync_api import Page
from tests.e2e.acting import TYPED, command, fill, open_case, report
from tests.e2e.browsing import NARROW, Site
from tests.e2e.conftest import Open
from tests.e2e.founding import NAME, NOTE, PLACE, UNIT
from tests.e2e.picturing import SHOTS, as_on_a_telephone, keep_or_compare, shoot, side_by_side

pytestmark = pytest.mark.timeout(300)

STALE = "A page is no longer what its picture in the handbook shows; look at the page, then run `make handbook`"
UNIT_NAME = "西宁市城市供热单位"
REPORTED = "青麓家属院楼上的暖气管漏水，过道都湿了，走路打滑"
WHERE = "青麓家属院"
TEXT, REPLY = (
    "三单元门口的管道井冒热气，夜里声音很大",
    "已更换阀门并试压，管道井不再冒气。如再有响动，请打供热服务电话。",
)

both = pytest.mark.parametrize("lang", ["zh", "en"])


def unchanged(found: list[str]) -> None:
    """Fails with every line that a picture lacks or has too much."""
    assert not found, "\n".join([STALE, *found])


@both
def test_a_picture_of_a_desk_page_shows_what_the_page_says(demo_site: Site, pages: Open, lang: str) -> None:
    opened: dict[str | None, Page] = {}
    found: list[str] = []
    for shot in SHOTS:
        if shot.user not in opened:
            opened[shot.user] = pages(demo_site, shot.user, lang=lang)
        found += keep_or_compare(lang, shot.name, shoot(opened[shot.user], shot))
    unchanged(found)


@both
def test_the_picture_of_reporting_shows_the_three_steps(demo_site: Site, pages: Open, lang: str) -> None:
    page = pages(demo_site, None, lang=lang, width=NARROW)
    page.goto("/report/")
    step = page.locator("[data-step]:visible")
    fill(step, text=REPORTED)
    panels = [as_on_a_telephone(page)]
    step.locator("[data-next]").click()
    fill(step, place=WHERE)
    panels.append(as_on_a_telephone(page))
    with page.expect_response("**/report/"):
        step.locator("[data-next]").click()
    step.locator("[data-check] h3").first.wait_for()
    step.locator("[data-check]").scroll_into_view_if_needed()
    panels.append(as_on_a_telephone(page))
    unchanged(keep_or_compare(lang, "resident-report", side_by_side(panels)))


@pytest.fixture(scope="module")
def answered(town: Site) -> dict[str, str]:
    """The number and code of a case that was reported and answered; filled by the first test that needs it."""
    return {}


@both
def test_the_picture_of_following_shows_the_answer_and_asks_whether_it_helped(
    town: Site, pages: Open, lang: str, answered: dict[str, str]
) -> None:
    if not answered:
        answered |= _answered(town, pages)
    page = pages(town, None, lang=lang, width=NARROW)
    page.goto("/follow/")
    form = page.locator('form[action="/follow/"]')
    fill(form, **answered)
    panels = [as_on_a_telephone(page)]
    form.locator("button.main").click()
    page.wait_for_url(f"**/follow/{answered['number']}/")
    panels.append(as_on_a_telephone(page))
    page.locator(".solved summary").click()
    panels.append(as_on_a_telephone(page, is_low=True))
    unchanged(keep_or_compare(lang, "resident-follow", side_by_side(panels)))


def _answered(town: Site, pages: Open) -> dict[str, str]:
    TYPED.update((TEXT, REPLY))
    number, secret = report(
        pages(town, None, width=NARROW), text=TEXT, place=PLACE, call_back="yes", phone="15400009944", name=NAME
    )
    desk, unit = pages(town, "dispatch1"), pages(town, UNIT)
    open_case(desk, "/desk/inbox/", number)
    command(desk, "forward", lead_unit=UNIT_NAME, grade="g3")
    for word, answers in (
        ("sign", {}),
        ("contact", {"button": "yes", "how": "phone", "note": NOTE}),
        ("handle", {"reply": REPLY, "outcome": "solved"}),
    ):
        open_case(unit, "/desk/unit/", number)
        command(unit, word, **answers)
    open_case(desk, "/desk/reviews/", number)
    command(desk, "review", button="yes")
    return {"number": number, "secret": secret}
