"""Without JavaScript: residents report and follow, call-takers record, dispatchers forward."""

import pytest
from playwright.sync_api import Page
from tests.e2e.acting import TYPED, fill
from tests.e2e.browsing import NARROW, Site, Watch, none_of
from tests.e2e.conftest import Open
from tests.e2e.founding import PLACE
from tests.platform.sent_files import picture

pytestmark = pytest.mark.timeout(120)


TYPED.add("墙皮掉了一大块")


def test_a_resident_reports_and_follows_without_script(town: Site, pages: Open) -> None:
    page = pages(town, width=NARROW, has_script=False)
    watch = Watch(page, town)
    page.goto("/report/")
    sent = page.locator('form[action="/report/"]')
    assert sent.locator("[data-step]:visible").count() == 3
    TYPED.add("楼下施工半夜不停，我叫〔姓名〕")
    fill(sent, text="楼下施工半夜不停，我叫王小明", place=PLACE)
    sent.locator("button[value=check]").click()
    # The look before sending is a page of its own; the way back keeps every word.
    assert "王小明" not in page.locator("blockquote").inner_text()
    page.locator("button[value=edit]").click()
    assert page.locator("#text").input_value().startswith("楼下施工半夜不停")
    page.locator("button[value=check]").click()
    page.locator("button[value=send]").click()
    number, secret = page.locator("dl.receipt dd").all_inner_texts()
    add_file(page, picture())
    assert page.locator(f'a[href^="/follow/{number}/files/"]').count() == 1
    page.context.clear_cookies()
    page.goto("/follow/")
    asked = page.locator('form[action="/follow/"]')
    fill(asked, number=number, secret=secret)
    asked.locator("button.main").click()
    assert page.url.endswith(f"/follow/{number}/")
    assert "楼下施工半夜不停" in page.locator("main").inner_text()
    assert page.locator(f'a[href^="/follow/{number}/files/"]').count() == 1
    page.locator("details", has=page.locator("#reason")).locator("summary").click()
    page.locator("#reason").fill("已经停工")
    page.locator('form[action$="/withdraw/"] button').click()
    assert page.locator(f'form[action="/follow/{number}/withdraw/"]').count() == 0
    none_of(watch.findings)


def test_a_photo_of_twenty_five_megabytes_gets_plain_words_without_script(town: Site, pages: Open) -> None:
    page = pages(town, width=NARROW, has_script=False)
    page.goto("/report/")
    fill(page.locator('form[action="/report/"]'), text="墙皮掉了一大块")
    page.locator("button[value=check]").click()
    page.locator("button[value=send]").click()
    add_file(page, picture() + b"\0" * (25 * 1024 * 1024))
    assert "20 兆" in page.locator("main").inner_text()
    page.go_back()
    assert page.locator("dl.receipt dd").count() == 2


def add_file(page: Page, content: bytes) -> None:
    """Adds a photo on the receipt's page."""
    sent = page.locator('form[action$="/attach/"]')
    page.locator("details", has=sent).locator("summary").click()
    sent.locator("#file").set_input_files({"name": "IMG.jpg", "mimeType": "image/jpeg", "buffer": content})
    sent.locator("button").click()


def test_a_call_is_recorded_and_forwarded_without_script(town: Site, pages: Open) -> None:
    page = pages(town, "call1", has_script=False)
    watches = [Watch(page, town)]
    page.goto("/desk/new/")
    sent = page.locator('form[action="/desk/new/"]')
    fill(sent, caller_number="15400002233", text="人行道的地砖碎了一片", place=PLACE, type="complaint")
    sent.locator("button[data-submit]").click()
    number = page.locator(".success a.number").inner_text()

    page = pages(town, "dispatch1", has_script=False)
    watches.append(Watch(page, town))
    page.goto("/desk/inbox/")
    page.locator("[data-row] a", has_text=number).click()
    forward = page.locator(f'details.act form[action="/desk/cases/{number}/forward/"]')
    fill(forward, lead_unit="西宁市城市管理局")
    forward.locator("button").first.click()
    page.goto(f"/desk/cases/{number}/")
    assert page.locator("article .stage.forwarded").count() == 1
    assert "西宁市城市管理局" in page.locator("article").inner_text()
    none_of(finding for watch in watches for finding in watch.findings)
