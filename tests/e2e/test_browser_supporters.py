"""附议与更正, in a browser: a phone left for a support, its code, what it opens; words put right in time."""

import re

import pytest
from tests.e2e.acting import TYPED, report
from tests.e2e.browsing import NARROW, Site, Watch, none_of
from tests.e2e.conftest import Open
from tests.e2e.examining import examined_page
from tests.e2e.founding import PLACE, TEXTS

pytestmark = pytest.mark.timeout(180)
NEXT = "[data-step]:visible [data-next]"
WORDS, BETTER = "单元门的闭门器坏了", "单元门的闭门器坏了，门关不上，风很大"
TYPED.update((WORDS, BETTER))


def test_a_supporter_leaves_a_phone_and_follows_by_the_code(town: Site, pages: Open) -> None:
    page = pages(town, width=NARROW)
    watch = Watch(page, town)
    page.goto("/report/")
    page.fill("#text", TEXTS["recorded"])
    page.click(NEXT)
    page.fill("#place", PLACE)
    page.click(NEXT)
    page.locator("[data-check] .alike").wait_for()
    page.fill("#support_phone", "12")
    page.locator("button[name=support]").first.click()
    # What is wrong is said where it was typed, and nothing else of the form is lost.
    page.locator("#support_phone-error").wait_for()
    assert page.evaluate("document.activeElement.id") == "support_phone"
    assert page.input_value("#text") == TEXTS["recorded"]
    page.fill("#support_phone", "15400009911")
    page.locator("button[name=support]").first.click()
    page.wait_for_url("**/report/supported/")
    code = page.locator("dl.receipt dd").inner_text()
    assert re.fullmatch(r"[2-9A-Z]{10}", code)
    TYPED.add(code)
    findings = examined_page(page, town)
    other = pages(town, width=NARROW)
    other.goto("/follow/")
    other.fill("#secret", code)
    other.locator("main form button.main").click()
    other.wait_for_url("**/follow/joined/")
    findings += examined_page(other, town)
    refused = [finding for finding in watch.findings if "422" not in finding]
    none_of(findings + refused)


def test_words_are_put_right_on_the_page_that_follows_them(town: Site, pages: Open) -> None:
    page = pages(town, width=NARROW)
    watch = Watch(page, town)
    number, _code = report(page, text=WORDS)
    page.goto(f"/follow/{number}/")
    page.locator("summary", has_text="写错了").click()
    assert page.input_value("#value") == WORDS
    page.fill("#value", BETTER)
    page.locator("form[action$='/correct/'] button").click()
    page.get_by_text(BETTER).first.wait_for()
    none_of(examined_page(page, town) + watch.findings)
