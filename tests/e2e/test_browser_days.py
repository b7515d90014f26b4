"""Each role's day at the desk by keyboard alone: after every act the hands stand where they go on from."""

import pytest
from playwright.sync_api import Page, expect
from tests.e2e.acting import TYPED
from tests.e2e.browsing import Site, Watch, none_of
from tests.e2e.conftest import Open
from tests.e2e.founding import UNIT
from tests.e2e.hands import choose, down_to, field, has_focus, lands, leads, opens, stage, tab_to

pytestmark = pytest.mark.timeout(120)

NEXT_ROW = "[data-row].here a"
CALLS = ("电梯停在五楼不动了", "家里暖气一直不热", "和邻居打官司判得不公")
WORDS = (
    "请走法院申诉的途径",
    "已派人抢修，今晚恢复",
    "约明天上午上门",
    "阀门已换，室温二十度",
    "住户说好多了",
    "再去看一次",
)
TYPED.update((*CALLS, *WORDS, "长江路"))


def at(site: Site, pages: Open, user: str, path: str) -> tuple[Page, Watch]:
    page = pages(site, user)
    watch = Watch(page, site)
    page.goto(path)
    return page, watch


def test_a_call_taker_records_answers_declines_and_finds_again(town: Site, pages: Open) -> None:
    page, watch = at(town, pages, "call2", "/desk/mine/")
    leads(page, "n")
    field(page, "caller_number", "15400003344")
    field(page, "text", CALLS[0])
    field(page, "place", "长江路")
    leads(page, "Control+Enter")
    # The receipt is read out, and the next call's form begins one Tab further.
    lands(page, "[data-told]")
    first = page.locator("[data-told] a.number").inner_text()

    field(page, "text", CALLS[1])
    page.locator("#beside button[data-take]").first.wait_for()
    tab_to(page, "#beside button[data-take]")
    page.keyboard.press("Enter")
    lands(page, '[name="reply"]')
    leads(page, "Control+Shift+Enter")
    lands(page, "[data-told]")
    answered = page.locator("[data-told] a.number").inner_text()
    tab_to(page, "[data-told] a.number")
    leads(page, "Enter")
    assert page.locator("article .stage.closed").count() == 1
    assert answered != first

    leads(page, "n")
    field(page, "text", CALLS[2])
    leads(page, "Control+Enter")
    tab_to(page, "[data-told] a.number")
    leads(page, "Enter")
    # No key of its own: the sheet has it.
    page.keyboard.press(".")
    page.keyboard.type("不予")
    page.keyboard.press("Enter")
    choose(page, "reason", "litigation")
    choose(page, "lawful_channel", "court")
    field(page, "reply", WORDS[0])
    leads(page, "Control+Enter")
    lands(page, "article.case h2")
    assert page.locator("article .stage.declined").count() == 1

    page.keyboard.press("/")
    page.keyboard.type(CALLS[0][:4])
    leads(page, "Enter")
    page.keyboard.press("j")
    leads(page, "Enter")
    assert f"/desk/cases/{first}/" in page.url
    leads(page, "Escape")
    assert "/desk/cases/?q=" in page.url
    lands(page, f'[data-row="{first}"] a')
    none_of(watch.findings)


def test_a_dispatcher_classifies_forwards_judges_and_reviews(town: Site, pages: Open) -> None:
    page, watch = at(town, pages, "dispatch2", "/desk/inbox/")
    number = town.days["to_forward"]
    opens(page, number)
    page.keyboard.press("Control+k")
    page.keyboard.type("归类")
    page.keyboard.press("Enter")
    field(page, "category", "城乡建设/供热保障/供暖管道漏水")
    leads(page, "Control+Enter")
    lands(page, NEXT_ROW)
    opens(page, number)
    leads(page, "1")
    # What was done is told with the next one.
    lands(page, NEXT_ROW)
    assert "已转交" in page.locator(f"#{page.locator(NEXT_ROW).get_attribute('aria-describedby')}").inner_text()
    assert page.locator(f'[data-row="{number}"]').count() == 0
    leads(page, "z")
    lands(page, "[data-told]")
    assert page.locator("[data-told]").inner_text() == "已撤销：转交"
    leads(page, "1")
    assert stage(page, number) == "forwarded"

    page.goto("/desk/returns/")
    opens(page, town.days["to_judge"])
    page.keyboard.press("b")
    field(page, "note", WORDS[5])
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    leads(page, "Enter")
    assert stage(page, town.days["to_judge"]) == "forwarded"

    page.goto("/desk/reviews/")
    opens(page, town.days["to_review"])
    page.keyboard.press("v")
    leads(page, "Control+Enter")
    assert stage(page, town.days["to_review"]) == "closed"
    none_of(watch.findings)


def test_a_handler_signs_contacts_and_handles_without_leaving_the_case(town: Site, pages: Open) -> None:
    page, watch = at(town, pages, UNIT, "/desk/unit/")
    number = town.days["to_handle"]
    down_to(page, number)
    leads(page, "Enter")
    page.keyboard.press("s")
    leads(page, "Control+Enter")
    lands(page, "article.case h2")
    page.keyboard.press("t")
    choose(page, "how", "phone")
    field(page, "note", WORDS[2])
    leads(page, "Control+Enter")
    page.keyboard.press("h")
    field(page, "reply", WORDS[3])
    choose(page, "outcome", "solved")
    leads(page, "Control+Enter")
    assert page.locator("article .stage.handled").count() == 1
    leads(page, "Escape")
    assert page.url.endswith("/desk/unit/")
    # What was sent back by one key is a handler's, too.
    page.goto(f"/desk/cases/{town.cases['forwarded']}/")
    page.keyboard.press("r")
    lands(page, '[name="reason"]')
    none_of(watch.findings)


def test_a_second_level_signs_for_itself_and_judges_what_came_back_from_below(town: Site, pages: Open) -> None:
    page, watch = at(town, pages, "chengdong_platform", "/desk/unit/")
    down_to(page, town.days["to_sign"])
    leads(page, "Enter")
    page.keyboard.press("s")
    leads(page, "Control+Enter")
    lands(page, "article.case h2")
    assert page.locator("article .stage.signed").count() == 1

    page.goto("/desk/returns/")
    opens(page, town.days["to_judge_below"])
    page.keyboard.press("b")
    field(page, "lead_unit", "城东区住房和城乡建设局")
    field(page, "note", WORDS[5])
    leads(page, "Control+Enter")
    assert stage(page, town.days["to_judge_below"]) == "forwarded"
    assert "城东区住房和城乡建设局" in page.locator("dl.facts").inner_text()
    none_of(watch.findings)


def test_a_call_back_officer_records_a_call_and_has_the_next_one_at_hand(town: Site, pages: Open) -> None:
    page, watch = at(town, pages, "callback1", "/desk/calls/")
    number = town.days["to_call"]
    opens(page, number)
    page.keyboard.press("c")
    choose(page, "reached", "reached")
    for name in ("responded", "solved"):
        choose(page, name, "yes")
    choose(page, "satisfied", "satisfied")
    field(page, "note", WORDS[4])
    leads(page, "Control+Enter")
    lands(page, NEXT_ROW)
    assert page.locator("section.script").count() == 1
    following = page.locator("article[data-case]").get_attribute("data-case")
    page.keyboard.press("c")
    assert following != number and has_focus(page, '[name="reached"]')
    assert stage(page, number) == "settled"
    none_of(watch.findings)


def test_a_supervisor_urges_what_will_be_late_and_judges_what_was_not_solved(town: Site, pages: Open) -> None:
    page, watch = at(town, pages, "supervise1", "/desk/late/")
    opens(page, town.days["to_urge"])
    page.keyboard.press("u")
    field(page, "note", WORDS[5])
    leads(page, "Control+Enter")
    lands(page, NEXT_ROW)
    expect(page.locator(f'[data-row="{town.days["to_urge"]}"] .badge').first).to_have_text("催办 1 次")

    page.goto("/desk/unsolved/")
    opens(page, town.days["to_judge_unsolved"])
    page.keyboard.press("d")
    field(page, "note", WORDS[5])
    leads(page, "Control+Enter")
    assert stage(page, town.days["to_judge_unsolved"]) == "forwarded"
    none_of(watch.findings)
