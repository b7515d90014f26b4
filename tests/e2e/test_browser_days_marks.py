"""The newer lists by keyboard alone: extensions, the parked, exclusions, reminders, and what looks the same."""

import pytest
from playwright.sync_api import Page, expect
from tests.e2e.acting import TYPED
from tests.e2e.browsing import Site, Watch, none_of
from tests.e2e.conftest import Open
from tests.e2e.founding import UNIT
from tests.e2e.hands import choose, field, lands, leads, opens, stage, tab_to

pytestmark = pytest.mark.timeout(120)

WHY, RESULT, PLAN, LEADER = "材料要订货", "整段管道换好了", "雨季以后再铺路面", "李局长"
SAME = ("北园巷口的井盖翘起来了", "北园巷口的井盖翘起来了，差点绊倒")
TYPED.update((WHY, RESULT, PLAN, LEADER, *SAME, "北园巷口"))
AFTER_ACT = "[data-row].here a, main .empty, article.case h2, main h1"


def at(site: Site, pages: Open, user: str, path: str) -> tuple[Page, Watch]:
    page = pages(site, user)
    watch = Watch(page, site)
    page.goto(path)
    return page, watch


def goes_on(page: Page) -> None:
    """After an act the focus is at the next case, or where an empty list says so."""
    page.wait_for_function("where => document.activeElement.matches(where)", arg=AFTER_ACT)


def test_a_unit_asks_for_more_days_and_a_dispatcher_judges_it(town: Site, pages: Open) -> None:
    page, watch = at(town, pages, UNIT, f"/desk/cases/{town.cases['signed']}/")
    page.keyboard.press("e")
    field(page, "working_days", "1")
    choose(page, "reason", "works")
    field(page, "note", WHY)
    leads(page, "Control+Enter")
    assert page.locator("article .badge", has_text="已申请延期").count() == 1
    none_of(watch.findings)

    page, watch = at(town, pages, "dispatch1", "/desk/extensions/")
    number = town.days["to_judge_extension"]
    opens(page, number)
    page.keyboard.press("x")
    lands(page, 'details[open] [name="note"]')
    page.keyboard.press("Tab")
    leads(page, "Enter")
    goes_on(page)
    assert page.locator(f'[data-row="{number}"]').count() == 0
    page.goto(f"/desk/cases/{number}/")
    assert page.locator("article .badge", has_text="已延期").count() == 1
    assert stage(page, number) == "signed"
    none_of(watch.findings)


def test_a_supervisor_parks_a_case_and_clears_another_when_its_day_has_come(town: Site, pages: Open) -> None:
    page, watch = at(town, pages, "supervise1", f"/desk/cases/{town.days['to_handle']}/")
    page.keyboard.press("p")
    field(page, "plan", PLAN)
    field(page, "leader", LEADER)
    tab_to(page, '[name="review_on"]')
    page.keyboard.type("06012024")
    leads(page, "Control+Enter")
    assert page.locator("article .badge", has_text="挂账中").count() == 1
    leads(page, "z")

    page.goto("/desk/parked/")
    number = town.days["to_unpark"]
    opens(page, number)
    page.keyboard.press("p")
    field(page, "result", RESULT)
    leads(page, "Control+Enter")
    goes_on(page)
    assert page.locator(f'[data-row="{number}"]').count() == 0
    page.goto(f"/desk/cases/{number}/")
    assert page.locator(".history .what", has_text="销账").count() == 1
    none_of(watch.findings)


def test_an_exclusion_is_judged_by_a_second_person_and_by_nobody_who_asked(town: Site, pages: Open) -> None:
    number = town.days["to_judge_exclusion"]
    page, watch = at(town, pages, "supervise2", f"/desk/cases/{number}/")
    assert page.locator('form[action$="/judge-exclusion/"]').count() == 0
    page.keyboard.press("o")
    assert page.locator("details.act[open]").count() == 0
    none_of(watch.findings)

    page, watch = at(town, pages, "supervise1", "/desk/exclusions/")
    opens(page, number)
    page.keyboard.press("o")
    lands(page, 'details[open] [name="note"]')
    tab_to(page, 'details[open] button[name="grant"][value="yes"]')
    leads(page, "Enter")
    goes_on(page)
    assert page.locator(f'[data-row="{number}"]').count() == 0
    page.goto(f"/desk/cases/{number}/")
    expect(page.locator("article .badge", has_text="已剔除")).to_have_count(1)
    none_of(watch.findings)


def test_what_looks_the_same_is_merged_by_one_key(town: Site, pages: Open) -> None:
    call = pages(town, "call1")
    for words in SAME:
        call.goto("/desk/new/")
        field(call, "text", words)
        field(call, "place", "北园巷口")
        leads(call, "Control+Enter")
        number = call.locator("[data-told] a.number").inner_text()
    page, watch = at(town, pages, "dispatch2", "/desk/inbox/")
    opens(page, number)
    leads(page, "7")
    goes_on(page)
    assert stage(page, number) == "merged"
    none_of(watch.findings)


def test_reminders_are_read_opened_and_ticked_off(town: Site, pages: Open) -> None:
    page, watch = at(town, pages, UNIT, "/desk/unit/")
    tab_to(page, '.side a[href="/desk/notices/"]')
    leads(page, "Enter")
    unread = page.locator("tr.unread").count()
    assert unread > 1
    page.keyboard.press("j")
    leads(page, "Enter")
    assert "/desk/cases/" in page.url
    page.goto("/desk/notices/")
    tab_to(page, "tr.unread button")
    leads(page, "Enter")
    expect(page.locator("tr.unread")).to_have_count(unread - 1)
    tab_to(page, 'button[name="until"]')
    leads(page, "Enter")
    expect(page.locator("tr.unread")).to_have_count(0)
    assert page.locator(".side a[href='/desk/notices/'] .unseen").count() == 0
    none_of(watch.findings)
