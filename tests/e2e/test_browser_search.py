"""Search in a browser: the address says what is looked for, and never whose telephone it was."""

import pytest
from playwright.sync_api import Page, expect
from tests.e2e.acting import fill
from tests.e2e.browsing import Site, Watch, none_of
from tests.e2e.conftest import Open
from tests.e2e.examining import barriers, examined_page

pytestmark = pytest.mark.timeout(120)


def test_words_stand_in_the_address_and_a_phone_does_not(town: Site, pages: Open) -> None:
    number = _recorded(pages(town, "call3"), "石榴籽广场的喷泉漏水")
    page = pages(town, "dispatch2")
    watch = Watch(page, town)
    page.goto("/desk/cases/")
    _typed(page, "石榴籽")
    assert page.url.partition("?")[2] == "q=%E7%9F%B3%E6%A6%B4%E7%B1%BD"
    assert page.locator("tr[data-row] mark").first.inner_text() == "石榴籽"
    findings = examined_page(page, town)
    with page.expect_response("**/desk/cases/?*"):
        page.locator(".filters select[name=stage]").select_option("recorded")
    page.wait_for_url("**&stage=recorded")
    expect(page.locator(f"td.number a[href^='/desk/cases/{number}/']")).to_have_count(1)
    _typed(page, "154 0000 6789")
    assert page.url.endswith("/desk/cases/find/")
    assert page.locator(f"td.number a[href^='/desk/cases/{number}/']").count() == 1
    assert "6789" not in page.content()
    none_of([*findings, *barriers(page), *watch.findings])


def _recorded(page: Page, text: str) -> str:
    page.goto("/desk/new/")
    sent = page.locator('form[action="/desk/new/"]')
    fill(sent, text=text, type="complaint", caller_number="15400006789")
    with page.expect_navigation():
        sent.locator("button[data-submit]").click()
    return page.locator(".success a.number").inner_text()


def _typed(page: Page, words: str) -> None:
    page.keyboard.press("/")
    page.keyboard.press("Control+a")
    page.keyboard.type(words)
    with page.expect_navigation():
        page.keyboard.press("Enter")
