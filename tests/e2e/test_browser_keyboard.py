"""By keyboard alone: the call-taker's hands stay on the keys."""

import pytest
from playwright.sync_api import Page
from tests.e2e.acting import TYPED, recorded
from tests.e2e.browsing import Site, Watch, none_of
from tests.e2e.conftest import Open

pytestmark = pytest.mark.timeout(120)

TEXT, PLACE = "井盖翘起来了，骑车容易摔", "长江路"
_MOST_TABS = 40


def test_a_call_taker_records_a_call_and_opens_it_again_without_a_mouse(town: Site, pages: Open) -> None:
    TYPED.update((TEXT, PLACE))
    page = pages(town, "call2")
    watch = Watch(page, town)
    page.goto("/desk/mine/")
    with page.expect_navigation():
        page.keyboard.press("n")
    _tab_to(page, "caller_number")
    page.keyboard.type("15400003344")
    _tab_to(page, "text")
    page.keyboard.type(TEXT)
    _tab_to(page, "place")
    page.keyboard.type(PLACE)
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    number = page.locator(".success a.number").inner_text()

    page.keyboard.press("/")
    page.keyboard.type(TEXT[:4])
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.keyboard.press("j")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert f"/desk/cases/{number}/" in page.url
    assert TEXT in page.locator("article").inner_text()
    none_of(watch.findings)


def test_a_dispatcher_walks_the_inbox_and_the_focus_is_always_seen(town: Site, pages: Open) -> None:
    for text in ("路口的红绿灯不亮", "路口的护栏被撞歪"):
        recorded(pages(town, "call3"), text)
    page = pages(town, "dispatch2")
    watch = Watch(page, town)
    page.goto("/desk/inbox/")
    # The first row is the chosen one already.
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    second = page.locator("[data-row] a").nth(1)
    assert second.evaluate("link => link === document.activeElement")
    with page.expect_response("**/desk/inbox/?case=*"):
        page.keyboard.press("Enter")
    number = second.locator(".number").inner_text()
    page.locator(f"#case-{number}").wait_for()
    page.keyboard.press("f")
    assert _focused(page) == "lead_unit"
    page.keyboard.press("Escape")
    for _step in range(_MOST_TABS):
        page.keyboard.press("Tab")
        assert page.evaluate(_IS_SEEN), page.evaluate("document.activeElement.outerHTML")
    none_of(watch.findings)


# An outline, or a ring or border that is not there without the focus.
_IS_SEEN = """
() => {
  const part = document.activeElement, style = getComputedStyle(part);
  if (part === document.body) return true;
  const box = part.getBoundingClientRect();
  return box.width > 0 && (parseFloat(style.outlineWidth) > 0 && style.outlineStyle !== "none"
    || style.boxShadow !== "none");
}
"""


def _focused(page: Page) -> str:
    name: str = page.evaluate("document.activeElement.name || ''")
    return name


def _tab_to(page: Page, name: str) -> None:
    for _step in range(_MOST_TABS):
        if _focused(page) == name:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the Tab key never reaches {name}")
