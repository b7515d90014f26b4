"""Pressed twice, gone back, hostile words: nothing is done twice, nothing breaks out, no page scrolls sideways."""

import re

import pytest
from playwright.sync_api import Locator, Page
from tests.e2e.acting import TYPED, fill, form, open_case, recorded, report
from tests.e2e.browsing import NARROW, Site, Watch, none_of
from tests.e2e.conftest import Open
from tests.e2e.examining import sideways
from tests.e2e.hands import leads

pytestmark = pytest.mark.timeout(120)

TWICE = {
    "record": "垃圾站的门关不上",
    "forward": "河边的栅栏倒了",
    "support": "西门口的路面结冰",
    "solved": "楼门口的台阶裂了",
}
TYPED.update((*TWICE.values(), f"{TWICE['support']}，容易滑倒", "已修好台阶", "西门口"))


def pressed_twice(page: Page, button: Locator) -> int:
    """Presses a button as impatient people do; returns how many requests it made."""
    sent: list[str] = []
    # What is asked while somebody types does nothing.
    acts = re.compile(r"/(?!beside|caller)[a-z-]+/$")
    page.on("request", lambda each: sent.append(each.url) if each.method == "POST" and acts.search(each.url) else None)
    with page.expect_navigation():
        button.dblclick(no_wait_after=True)
    page.wait_for_load_state()
    return len(sent)


def found(page: Page, words: str) -> list[str]:
    """The numbers of the appeals with these words."""
    page.goto(f"/desk/cases/?q={words}")
    return page.locator("[data-row] a").all_inner_texts()


def test_a_call_recorded_with_two_presses_and_again_from_the_page_before_is_one_case(town: Site, pages: Open) -> None:
    page = pages(town, "call2")
    page.goto("/desk/new/")
    fill(page.locator("form.new"), text=TWICE["record"])
    key = page.input_value('[name="form"]')
    assert pressed_twice(page, page.locator("form.new button[data-submit]")) == 1
    number = page.locator("[data-told] a.number").inner_text()
    page.go_back()
    # Some browsers show the page before with all that was typed, some with an empty form.
    fill(page.locator("form.new"), text=TWICE["record"])
    page.locator('[name="form"]').evaluate("(part, key) => { part.value = key; }", key)
    leads(page, "Control+Enter")
    assert page.locator("[data-told] a.number").inner_text() == number
    assert found(page, TWICE["record"]) == [number]


def test_a_case_forwarded_with_two_presses_and_again_from_the_page_before_is_forwarded_once(
    town: Site, pages: Open
) -> None:
    number = recorded(pages(town, "call3"), TWICE["forward"])
    page = pages(town, "dispatch1")
    page.goto(f"/desk/cases/{number}/")
    sent = form(page, "forward")
    fill(sent, lead_unit="西宁市城市管理局")
    assert pressed_twice(page, sent.locator("button.main")) == 1
    page.go_back()
    again = page.locator(f'form[action="/desk/cases/{number}/forward/"][data-draft]')
    if again.count():
        fill(again, lead_unit="西宁市城市管理局")
        with page.expect_navigation():
            again.locator("button.main").click()
    page.goto(f"/desk/cases/{number}/")
    assert page.locator(".history .what", has_text=re.compile("^转交$")).count() == 1


def test_a_resident_supports_once_however_often_the_button_is_pressed(town: Site, pages: Open) -> None:
    page = pages(town, width=NARROW)
    number, _secret = report(page, text=TWICE["support"], place="西门口", type="complaint")
    page = pages(town, width=NARROW)
    page.goto("/report/")
    page.fill("#text", f"{TWICE['support']}，容易滑倒")
    page.locator("[data-step]:visible [data-next]").click()
    page.fill("#place", "西门口")
    page.locator("[data-step]:visible [data-next]").click()
    joined = page.locator(f'button[name=support][value="{number}"]')
    joined.wait_for()
    assert pressed_twice(page, joined) == 1
    page.wait_for_url(lambda url: "/report/" not in url or "supported" in url)
    page.go_back()
    page.go_forward()
    desk = pages(town, "dispatch1")
    desk.goto(f"/desk/cases/{number}/")
    assert desk.locator(".history .what", has_text="附议").count() == 1


def test_a_step_of_a_bulletin_and_a_word_on_the_answer_count_once(town: Site, pages: Open) -> None:
    page = pages(town, "publish")
    page.goto("/desk/bulletins/daily-2024-03-02/")
    assert pressed_twice(page, page.locator('form[action$="/compose/"] button')) == 1
    page.go_back()
    page.reload()
    assert page.locator(".refused").count() == 0

    page = pages(town, width=NARROW)
    number, _secret = report(page, text=TWICE["solved"])
    desk = pages(town, "dispatch1")
    desk.goto(f"/desk/cases/{number}/")
    fill(form(desk, "answer"), reply="已修好台阶")
    leads(desk, "Control+Enter")
    page.goto(f"/follow/{number}/")
    assert pressed_twice(page, page.locator("button[value=yes]")) == 1
    page.go_back()
    if page.locator("button[value=no]").count():
        with page.expect_navigation():
            page.locator("button[value=no]").click()
    desk.goto(f"/desk/cases/{number}/")
    assert desk.locator("article .stage.settled").count() == 1
    assert desk.locator(".history .what", has_text="回访").count() == 1


def test_a_bulletin_published_with_two_presses_and_again_from_the_page_before_is_published_once(
    town: Site, pages: Open
) -> None:
    address = "/desk/bulletins/daily-2024-03-01/"
    for user, word in (("publish", "compose"), ("review", "review"), ("sign", "sign"), ("publish", "freeze")):
        page = pages(town, user)
        page.goto(address)
        with page.expect_navigation():
            page.locator(f'form[action$="/{word}/"] button').first.click()
    seen = page.locator('form[action$="/publish/"] [name=seen]').input_value()
    assert pressed_twice(page, page.locator('form[action$="/publish/"] button')) == 1
    assert page.locator(".refused").count() == 0
    page.go_back()
    # The page before is asked for anew; a browser that kept it would send what stood there.
    assert page.locator('form[action$="/publish/"]').count() == 0
    token = page.locator("[name=csrfmiddlewaretoken]").first.input_value()
    typed = {"seen": seen, "csrfmiddlewaretoken": token}
    again = page.request.post(f"{address}publish/", form=typed, headers={"Referer": page.url})
    page.set_content(again.text())
    # What happened since is told: it was published once, by the first press.
    assert page.locator(".refused li").all_inner_texts()[0].endswith("发布")
    assert page.locator(".refused li", has_text="发布").count() == 1


# No letters: other tests read every page of the town for words of one language. 10,000 characters without a break.
HOSTILE = '</1><9 8="(7)">' + "\u202e123\u202c\u2067" + "5" * 10_000
PLACE = "\u202e" + "9" * 190


def test_hostile_words_break_no_page_of_the_desk_on_a_telephone(town: Site, pages: Open) -> None:
    page = pages(town, "dispatch1", width=NARROW)
    watch = Watch(page, town)
    page.on("dialog", lambda dialog: watch.findings.append(f"dialog: {dialog.message}"))
    page.goto("/desk/new/")
    fill(page.locator("form.new"), text=HOSTILE, place=PLACE, name="5" * 60)
    page.locator("form.new button[data-submit]").click()
    findings = sideways(page)
    number = page.locator("[data-told] a.number").inner_text()
    # The next caller says the same: it stands beside the form.
    fill(page.locator("form.new"), text=HOSTILE, place=PLACE)
    page.locator("#beside .earlier").first.wait_for()
    findings += sideways(page)
    page.evaluate("sessionStorage.clear()")
    open_case(page, "/desk/inbox/", number)
    findings += sideways(page)
    fill(form(page, "answer"), reply=HOSTILE)
    page.keyboard.press("Control+Enter")
    page.locator("form.undo").wait_for()
    for path in (f"/desk/cases/{number}/", "/desk/cases/", "/desk/mine/", "/desk/cases/?q=5555"):
        page.goto(path)
        findings += sideways(page)
        page.keyboard.press("Control+k")
        findings += sideways(page)
    assert page.locator("main :is(img, script)").count() == 0
    for paper in ("order/", "order/?format=docx", "letter/"):
        assert page.request.get(f"/desk/cases/{number}/{paper}").status == 200
    none_of([*findings, *watch.findings])
