"""双手: what fingers do on a page: keys alone, never a mouse; every walk with the Tab key has an end."""

from playwright.sync_api import Page, expect

MOST_TABS = 160


def tab_to(page: Page, selector: str) -> None:
    """Presses Tab until a part that is meant has the focus; no part on the way is out of sight."""
    for _step in range(MOST_TABS):
        if has_focus(page, selector):
            return
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.getClientRects().length > 0")
    raise AssertionError(f"the Tab key never reaches {selector}")


def field(page: Page, name: str, words: str) -> None:
    """Goes to a field by its name and types over what stands there."""
    tab_to(page, f'[name="{name}"]')
    page.keyboard.press("Control+a")
    page.keyboard.type(words)


def choose(page: Page, name: str, code: str) -> None:
    """Chooses one of several: in a list by the arrows, among buttons by Space and the arrows."""
    tab_to(page, f'[name="{name}"]')
    radios = page.evaluate("document.activeElement.type === 'radio'")
    if radios:
        page.keyboard.press("Space")
    for _step in range(MOST_TABS):
        if page.evaluate("document.activeElement.value") == code:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"the arrows never reach {code} of {name}")


def leads(page: Page, *keys: str) -> None:
    """Presses keys of which the last one leads to another page."""
    for key in keys[:-1]:
        page.keyboard.press(key)
    with page.expect_navigation():
        page.keyboard.press(keys[-1])


def down_to(page: Page, number: str) -> None:
    """Goes down a list with j as far as a case."""
    row = f'[data-row="{number}"]'
    page.locator(row).wait_for()
    for _step in range(MOST_TABS):
        if has_focus(page, f"{row} a"):
            return
        page.keyboard.press("j")
    raise AssertionError(f"j never reaches {number}")


def opens(page: Page, number: str) -> None:
    """Goes down a list to a case and opens it beside the list."""
    down_to(page, number)
    page.keyboard.press("Enter")
    page.locator(f"#case-{number}").wait_for()


def lands(page: Page, selector: str) -> None:
    """The focus is where somebody goes on from."""
    expect(page.locator(selector).first).to_be_focused()


def has_focus(page: Page, selector: str) -> bool:
    """Whether a part that is meant has the focus."""
    found: bool = page.evaluate("selector => document.activeElement.matches(selector)", selector)
    return found


def stage(page: Page, number: str) -> str:
    """In which stage a case is, as its page says."""
    page.goto(f"/desk/cases/{number}/")
    classes = page.locator("article .stage").first.get_attribute("class") or ""
    return classes.split()[-1]
