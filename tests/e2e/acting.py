"""What people do on the pages, by the forms' addresses and fields: the same steps in either language."""

from typing import Any

from playwright.sync_api import Locator, Page
from tests.e2e import founding

# Every word that somebody typed in the town: it stays as it is, in whatever language a page speaks.
TYPED = set(founding.TYPED)


def form(page: Page, word: str) -> Locator:
    """The form of a command on the shown case, unfolded."""
    act = page.locator("details.act", has=page.locator(f'form[action$="/{word}/"]')).first
    # A form that takes over a suggestion may stand above the one that asks.
    found = act.locator("form").last
    if not found.is_visible():
        act.locator("summary").click()
    return found


def fill(within: Locator, **values: Any) -> None:
    """Fills fields by their names: text, a choice, yes or no."""
    for name, value in values.items():
        part = within.locator(f'[name="{name}"]').first
        kind = part.evaluate("part => part.type")
        if kind in ("radio", "checkbox"):
            within.locator(f'[name="{name}"][value="{value}"]').check()
        elif kind == "select-one":
            part.select_option(value)
        else:
            type_into(part, value)


def type_into(part: Locator, words: str) -> None:
    """Types words of a person's own."""
    TYPED.add(words)
    part.fill(words)


def command(page: Page, word: str, *, button: str = "", **values: Any) -> None:
    """Fills and sends a command's form; `button` is the value of the button that is an answer itself."""
    sent = form(page, word)
    fill(sent, **values)
    with page.expect_navigation():
        sent.locator(f'button[value="{button}"]' if button else "button").first.click()


def open_case(page: Page, queue: str, number: str) -> None:
    """Finds a case in a list and opens it there."""
    page.goto(queue)
    page.locator("[data-row] a", has_text=number).first.click()
    page.locator(f"#case-{number}").wait_for()


def report(page: Page, *, text: str, place: str = "", **typed: Any) -> list[str]:
    """Walks through the three steps as a resident with a script; returns number and secret."""
    page.goto("/report/")
    step = page.locator("[data-step]:visible")
    fill(step, text=text, **({"type": typed.pop("type")} if "type" in typed else {}))
    step.locator("[data-next]").click()
    fill(step, place=place)
    step.locator("[data-next]").click()
    fill(step, **typed)
    step.locator("button[value=send]").click()
    page.wait_for_url("**/report/received/")
    found: list[str] = page.locator("dl.receipt dd").all_inner_texts()
    # A code is no word.
    TYPED.add(found[1])
    return found


def switch_language(page: Page, lang: str) -> None:
    """Presses the switch in the page's head, unless the page already speaks so."""
    html_lang = page.locator("html").get_attribute("lang") or ""
    if not html_lang.lower().startswith(lang):
        with page.expect_navigation():
            page.locator("form.language button").click()
        assert (page.locator("html").get_attribute("lang") or "").lower().startswith(lang)


def recorded(page: Page, text: str) -> str:
    """Records a complaint as a call-taker; returns its number."""
    page.goto("/desk/new/")
    sent = page.locator('form[action="/desk/new/"]')
    fill(sent, text=text, type="complaint")
    with page.expect_navigation():
        sent.locator("button[data-submit]").click()
    return page.locator(".success a.number").inner_text()
