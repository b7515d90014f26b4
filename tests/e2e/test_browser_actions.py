"""The sheet of all actions, single keys shown on their buttons, and input methods that keys never disturb."""

import re

import pytest
from playwright.sync_api import CDPSession, Page, expect
from tests.e2e.acting import TYPED, recorded
from tests.e2e.browsing import NARROW, Site, Watch, none_of
from tests.e2e.conftest import Open
from tests.e2e.examining import barriers, sideways
from tests.e2e.hands import lands, leads, tab_to
from tests.e2e.wording import foreign_words

pytestmark = pytest.mark.timeout(120)

SHEET, OPTION, CHOSEN = "dialog.actions", "dialog.actions [role=option]", "dialog.actions [aria-selected=true]"
# Whose work a case in a stage is, and the keys that take it further.
KEYS = {
    "recorded": ("dispatch1", "afm"),
    "forwarded": ("heating_company", "sr"),
    "signed": ("heating_company", "ther"),
    "sent_back": ("dispatch1", "b"),
    "handled": ("dispatch1", "v"),
    "closed": ("callback1", "c"),
    "unsolved": ("supervise1", "duo"),
}
TYPED.update(("路灯杆歪了", "管道", "guan'dao"))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_sheet_lists_what_can_be_done_and_takes_it_for_everybody(town: Site, pages: Open, lang: str) -> None:
    page = pages(town, "dispatch1", lang=lang)
    watch = Watch(page, town)
    page.goto(f"/desk/cases/{town.cases['recorded']}/")
    page.keyboard.press(".")
    lands(page, f"{SHEET} input")
    findings = barriers(page) + foreign_words(page, lang=lang, typed=TYPED)
    page.set_viewport_size({"width": NARROW, "height": 780})
    findings += sideways(page)
    # A key typed into the sheet stands first, whatever else has that letter.
    page.keyboard.type("f")
    assert page.locator(f"{CHOSEN} kbd").inner_text() == "f"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    active = page.locator(f"{SHEET} input").get_attribute("aria-activedescendant")
    assert page.locator(CHOSEN).get_attribute("id") == active
    page.keyboard.type("~~")
    expect(page.locator(f"{SHEET} .none")).to_be_visible()
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(page.locator(SHEET)).not_to_be_visible()
    page.keyboard.press("Control+k")
    page.keyboard.type("f")
    page.keyboard.press("Enter")
    lands(page, "#forward-lead_unit")
    none_of([*findings, *watch.findings])


def test_the_sheet_leads_to_every_page_even_while_typing(town: Site, pages: Open) -> None:
    page = pages(town, "dispatch1")
    page.goto("/desk/new/")
    tab_to(page, '[name="text"]')
    page.keyboard.press(".")
    assert page.input_value('[name="text"]') == "."
    page.keyboard.press("Control+k")
    offered = page.locator(OPTION).all_inner_texts()
    places = page.locator(".side a > span:first-child").all_inner_texts()
    assert {*places, "受理", "个人中心", "退出"} <= {text.splitlines()[0].strip() for text in offered}
    page.keyboard.type("待审核")
    leads(page, "Enter")
    assert page.url.endswith("/desk/reviews/")


@pytest.mark.parametrize("stage", KEYS)
def test_every_key_stands_on_its_button_and_opens_its_form(town: Site, pages: Open, stage: str) -> None:
    user, keys = KEYS[stage]
    page = pages(town, user)
    page.goto(f"/desk/cases/{town.cases[stage]}/")
    for key in keys:
        summary = page.locator(f'summary[data-key="{key}"]')
        assert summary.locator("kbd").inner_text() == key
        page.keyboard.press(key)
        assert summary.locator("xpath=..").evaluate(
            "act => act.open && act.querySelector('form').contains(document.activeElement)"
        )
        page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.locator("dialog.keys")).to_be_visible()
    assert set(keys) <= set(re.findall(r"\S+", " ".join(page.locator("dialog.keys kbd").all_inner_texts())))


def test_single_keys_can_be_switched_off_and_chords_stay(town: Site, pages: Open) -> None:
    page = pages(town, "call3")
    page.goto("/desk/mine/")
    page.keyboard.press("Control+k")
    page.keyboard.type("单键")
    leads(page, "Enter")
    for key in (".", "?", "n", "/"):
        page.keyboard.press(key)
    page.wait_for_timeout(100)
    assert page.url.endswith("/desk/mine/")
    assert page.locator("dialog[open]").count() == 0
    page.keyboard.press("Control+k")
    expect(page.locator(SHEET)).to_be_visible()
    page.keyboard.type("单键")
    leads(page, "Enter")
    page.keyboard.press("?")
    expect(page.locator("dialog.keys")).to_be_visible()


def test_an_input_method_composes_undisturbed_and_its_enter_sends_nothing(town: Site, pages: Open) -> None:
    number = recorded(pages(town, "call3"), "路灯杆歪了")
    page = pages(town, "dispatch1")
    page.goto(f"/desk/cases/{number}/")
    posted: list[str] = []
    page.on("request", lambda request: posted.append(request.url) if request.method == "POST" else None)
    page.keyboard.press("f")
    lands(page, "#forward-lead_unit")
    page.keyboard.press("Control+a")
    composed(page, "guan'dao", "管道")
    assert page.input_value("#forward-lead_unit") == "管道"
    # In the sheet, too, the Enter of a composition takes nothing.
    page.keyboard.press("Control+k")
    composed(page, "guan'dao", "管道")
    expect(page.locator(SHEET)).to_be_visible()
    assert posted == []
    page.keyboard.press("Escape")
    # Nobody is so quick.
    page.wait_for_timeout(100)
    leads(page, "Enter")
    assert len(posted) == 1
    assert page.locator("[data-refused]").count() == 1


def composed(page: Page, spelled: str, words: str) -> None:
    """Writes by an input method as Chinese is written: keys while it composes are its own, Enter ends it."""
    devtools = page.context.new_cdp_session(page)
    end = len(spelled)
    devtools.send("Input.imeSetComposition", {"text": spelled, "selectionStart": end, "selectionEnd": end})
    for key in ("Enter", "/", "?", "."):
        pressed(devtools, key)
    devtools.send("Input.insertText", {"text": words})
    pressed(devtools, "Enter")


def pressed(devtools: CDPSession, key: str) -> None:
    """What a browser tells of a key that an input method takes for itself."""
    told = {"type": "rawKeyDown", "key": key, "windowsVirtualKeyCode": 229, "code": "Enter" if key == "Enter" else ""}
    devtools.send("Input.dispatchKeyEvent", told)
    devtools.send("Input.dispatchKeyEvent", {**told, "type": "keyUp"})
