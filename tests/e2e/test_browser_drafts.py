"""Drafts and undo at the desk: what is typed stays in the tab until it was sent, and comes back when undone."""

import pytest
from playwright.sync_api import Page, Route
from tests.e2e.acting import TYPED, fill, form, recorded
from tests.e2e.browsing import Site, Watch, none_of
from tests.e2e.conftest import Open
from tests.e2e.hands import field, lands, leads

pytestmark = pytest.mark.timeout(120)

HALF, REPLY, LOST = "写了一半的话", "已经换好了新的灯泡", "网络断的时候登记的事"
TYPED.update((HALF, REPLY, LOST, "楼梯的扶手松了", "公园的水龙头坏了", "桥头的路牌看不清"))
# Together they are offered every form of a case that has a draft.
WORK = {
    "recorded": "dispatch1",
    "forwarded": "heating_company",
    "signed": "heating_company",
    "sent_back": "dispatch1",
    "handled": "dispatch1",
    "closed": "callback1",
    "unsolved": "supervise1",
}
# Everything that can be filled in is filled in, with the last thing to choose.
_FILL = """
(half) => {
  for (const part of document.querySelectorAll("form[data-draft] :is(input, textarea, select)")) {
    if (["hidden", "submit"].includes(part.type)) continue;
    if (part.type === "radio" || part.type === "checkbox") part.checked = true;
    else if (part.tagName === "SELECT") part.value = part.options[part.options.length - 1].value;
    else part.value = { date: "2024-03-08", "datetime-local": "2024-03-08T10:30", number: "3" }[part.type] ?? half;
    part.dispatchEvent(new Event("input", { bubbles: true }));
  }
}
"""
_READ = """
() => Array.from(document.querySelectorAll("form[data-draft]"), (form) =>
  [form.getAttribute("action"), Array.from(new FormData(form)).filter(([name]) =>
    !["csrfmiddlewaretoken", "seen", "next"].includes(name))])
"""


@pytest.mark.parametrize("stage", WORK)
def test_every_form_of_a_case_keeps_what_was_typed_when_the_page_is_left(town: Site, pages: Open, stage: str) -> None:
    page = pages(town, WORK[stage])
    watch = Watch(page, town)
    page.goto(f"/desk/cases/{town.cases[stage]}/")
    page.evaluate(_FILL, HALF)
    typed = page.evaluate(_READ)
    assert typed
    page.goto("/desk/")
    page.goto(f"/desk/cases/{town.cases[stage]}/")
    assert page.evaluate(_READ) == typed
    none_of(watch.findings)


def test_the_recording_form_keeps_every_field(town: Site, pages: Open) -> None:
    page = pages(town, "call2")
    page.goto("/desk/new/")
    page.evaluate(_FILL, HALF)
    typed = page.evaluate(_READ)
    page.reload()
    assert page.evaluate(_READ) == typed


def test_what_was_sent_is_no_draft_and_comes_back_with_the_undoing(town: Site, pages: Open) -> None:
    number = recorded(pages(town, "call3"), "楼梯的扶手松了")
    page = pages(town, "dispatch2")
    watch = Watch(page, town)
    page.goto(f"/desk/cases/{number}/")
    page.keyboard.press("a")
    field(page, "reply", REPLY)
    leads(page, "Control+Enter")
    assert page.locator("article .stage.closed").count() == 1
    leads(page, "z")
    lands(page, "[data-told]")
    assert page.locator("[data-told]").inner_text() == "已撤销：直接办理"
    assert page.locator("form.undo").count() == 0
    assert page.input_value("#answer-reply") == REPLY
    page.reload()
    assert page.locator("[data-told]").count() == 0
    assert page.input_value("#answer-reply") == REPLY
    page.keyboard.press("a")
    leads(page, "Control+Enter")
    page.goto("/desk/inbox/")
    assert kept(page, "draft 2") == []
    none_of(watch.findings)


def test_an_answer_given_while_recording_comes_back_with_the_undoing(town: Site, pages: Open) -> None:
    page = pages(town, "call2")
    page.goto("/desk/new/")
    field(page, "text", "公园的水龙头坏了")
    field(page, "reply", REPLY)
    leads(page, "Control+Shift+Enter")
    leads(page, "z")
    lands(page, "[data-told]")
    assert page.locator("article .stage.recorded").count() == 1
    assert page.input_value("#answer-reply") == REPLY


def test_an_urging_that_was_sent_leaves_an_empty_form(town: Site, pages: Open) -> None:
    page = pages(town, "supervise1")
    page.goto(f"/desk/cases/{town.cases['handled']}/")
    fill(form(page, "urge"), note=HALF)
    leads(page, "Control+Enter")
    page.reload()
    assert page.input_value("#urge-note") == ""


def test_nobody_reads_what_another_typed_in_the_same_tab(town: Site, pages: Open) -> None:
    page = pages(town, "call3")
    page.goto("/desk/new/")
    page.fill("#new-text", HALF)
    others = pages(town, "call2").context.cookies()
    page.context.clear_cookies()
    page.context.add_cookies(others)
    page.goto("/desk/new/")
    assert page.input_value("#new-text") == ""
    page.fill("#new-text", HALF)
    page.route("**/accounts/logout/", lambda route: route.fulfill(status=200, body="", content_type="text/html"))
    page.locator(".who summary").click()
    page.locator('form[action="/accounts/logout/"] button').click()
    page.wait_for_url("**/accounts/logout/")
    assert kept(page, "draft ") == ["draft owner"]


def test_a_recording_whose_answer_was_lost_shows_its_receipt_and_is_recorded_once(town: Site, pages: Open) -> None:
    page = pages(town, "call2")
    page.goto("/desk/new/")
    page.evaluate("sessionStorage.clear()")
    page.goto("/desk/new/")

    def lose(route: Route) -> None:
        route.fetch(max_redirects=0)
        route.abort()

    field(page, "text", LOST)
    page.route("**/desk/new/", lambda route: lose(route) if route.request.method == "POST" else route.continue_())
    page.keyboard.press("Control+Enter")
    page.wait_for_event("requestfailed")
    page.unroute("**/desk/new/")
    page.goto("about:blank")
    page.goto("/desk/new/")
    # The receipt was not seen yet: it is shown now, and the draft is done with.
    number = page.locator("[data-told] a.number").inner_text()
    assert page.input_value("#new-text") == ""
    page.goto(f"/desk/cases/?q={LOST}")
    assert page.locator("[data-row] a").all_inner_texts() == [number]


def test_other_words_on_a_form_that_was_recorded_are_told_and_another_form_takes_them(town: Site, pages: Open) -> None:
    page = pages(town, "call2")
    page.goto("/desk/new/")
    page.evaluate("sessionStorage.clear()")
    page.goto("/desk/new/")
    field(page, "text", "桥头的路牌看不清")
    key = page.input_value('[name="form"]')
    leads(page, "Control+Enter")
    page.go_back()
    page.fill("#new-text", f"桥头的路牌看不清，{HALF}")
    page.locator('[name="form"]').evaluate("(part, key) => { part.value = key; }", key)
    leads(page, "Control+Enter")
    lands(page, "[data-refused]")
    assert "已经登记" in page.locator("[data-refused]").inner_text()
    page.goto("/desk/new/")
    assert page.input_value("#new-text") == f"桥头的路牌看不清，{HALF}"
    assert page.input_value('[name="form"]') != key
    page.evaluate("sessionStorage.clear()")


def kept(page: Page, beginning: str) -> list[str]:
    found: list[str] = page.evaluate("Object.keys(sessionStorage)")
    return [key for key in found if key.startswith(beginning)]
