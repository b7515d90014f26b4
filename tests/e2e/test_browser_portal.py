"""The portal with a script: three steps by keyboard, danger at once, photos, place, drafts, a lost network."""

import re

import pytest
from playwright.sync_api import Page, expect
from tests.e2e.acting import TYPED, fill, report
from tests.e2e.browsing import NARROW, Site, Watch, none_of
from tests.e2e.conftest import Open
from tests.e2e.examining import examined_page, sideways
from tests.platform.sent_files import PLACE, REFUSED, picture

pytestmark = pytest.mark.timeout(180)

MOST_TABS = 30
NEXT = "[data-step]:visible [data-next]"
SEND = "[data-step]:visible button[value=send]"


# What is typed here stays Chinese on every page of the town.
TYPED.update(
    (
        "井盖丢了",
        "今晚修好",
        "公园的长椅断了",
        "关掉再打开的事",
        "写了一半的事",
        "厨房煤气泄漏",
        "厨房的灯坏了",
        "厨房着火",
        "小区门禁坏了",
        "打印回执的事",
        "按了两次的事",
        "昨天的事",
        "树倒了",
        "楼道的声控灯一直亮着",
        "没有网络时写的事",
        "路面塌了一个坑",
        "长江路",
    )
)


def photo(content: bytes, name: str = "IMG.jpg", kind: str = "image/jpeg") -> list[dict[str, object]]:
    return [{"name": name, "mimeType": kind, "buffer": content}]


def to_last_step(page: Page, text: str) -> None:
    page.goto("/report/")
    page.fill("#text", text)
    page.click(NEXT)
    page.click(NEXT)
    page.locator("[data-check] blockquote").wait_for()


def tab_to(page: Page, selector: str) -> None:
    for _ in range(MOST_TABS):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
        assert page.evaluate("() => document.activeElement.getClientRects().length > 0")
    raise AssertionError(f"the Tab key never reaches {selector}")


def test_a_resident_reports_by_keyboard_alone(town: Site, pages: Open) -> None:
    page = pages(town, width=NARROW)
    watch = Watch(page, town)
    page.goto("/report/")
    tab_to(page, "#text")
    page.keyboard.type("楼道的声控灯一直亮着")
    tab_to(page, "[data-next]")
    page.keyboard.press("Enter")
    # The next step's heading has the focus: a screen reader reads where one is.
    assert page.evaluate("document.activeElement.tagName") == "H2"
    tab_to(page, "#place")
    page.keyboard.type("长江路")
    # Enter in a field goes on and sends nothing.
    page.keyboard.press("Enter")
    page.locator("[data-check] blockquote").wait_for()
    page.go_back()
    expect(page.locator("#place")).to_be_visible()
    page.go_forward()
    tab_to(page, "button[value=send]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/report/received/")
    assert page.locator("dl.receipt dd").count() == 2
    none_of(watch.findings)


def test_the_short_case_takes_three_taps_and_every_step_is_for_everybody(town: Site, pages: Open) -> None:
    page = pages(town, width=NARROW)
    watch = Watch(page, town)
    findings: list[str] = []
    for step in range(3):
        page.goto("/report/")
        page.fill("#text", "公园的长椅断了")
        for _ in range(step):
            page.click(NEXT)
        if step == 2:
            page.locator("[data-check] blockquote").wait_for()
        findings += sideways(page)
    assert len(report(page, text="公园的长椅断了")) == 2
    findings += examined_page(page, town)
    none_of(findings + watch.findings)


def test_words_of_danger_show_the_number_while_typing(town: Site, pages: Open) -> None:
    page = pages(town, width=NARROW)
    page.goto("/report/")
    page.locator("#text").press_sequentially("厨房煤气泄漏")
    call = page.locator('[data-danger]:visible a[href="tel:119"]')
    assert call.count() == 1
    page.fill("#text", "厨房的灯坏了")
    assert call.count() == 0
    page.fill("#text", "厨房着火")
    page.click(NEXT)
    expect(page.locator("#place")).to_be_visible()


def test_photos_are_shown_and_where_one_was_taken_is_offered(town: Site, pages: Open) -> None:
    page = pages(town, width=NARROW)
    watch = Watch(page, town)
    page.goto("/report/")
    page.fill("#text", "路面塌了一个坑")
    page.locator("#photo").set_input_files(photo(REFUSED["HTML"], "a.html", "text/html"))
    expect(page.locator("[data-photo-wrong]")).to_be_visible()
    page.locator("#photo").set_input_files(photo(picture(place=True)) + photo(picture("PNG"), "b.png", "image/png"))
    expect(page.locator("[data-photos] canvas")).to_have_count(2)
    page.click("[data-photo-place] [data-use]")
    page.locator("[data-photos] button").nth(1).click()
    page.click(NEXT)
    lon, lat = PLACE
    assert page.locator("[data-pin]").inner_text() == f"{lat:.5f}, {lon:.5f}"
    page.click(NEXT)
    page.click(SEND)
    page.wait_for_url("**/report/received/")
    page.click('a[href^="/follow/"].main')
    assert page.locator('a[href*="/files/"]').count() == 1
    none_of(watch.findings)


def test_a_photo_the_server_refuses_loses_neither_words_nor_the_other_photos(town: Site, pages: Open) -> None:
    page = pages(town, width=NARROW)
    page.goto("/report/")
    page.fill("#text", "井盖丢了")
    page.locator("#photo").set_input_files(photo(picture()) + photo(REFUSED["an executable"], "b.jpg"))
    page.click(NEXT)
    page.fill("#place", "长江路")
    page.click(NEXT)
    page.click(SEND)
    page.locator(".refused").wait_for()
    page.click('.refused a[href="#photo"]')
    assert page.locator("#text").input_value() == "井盖丢了"
    expect(page.locator("[data-photos] canvas")).to_have_count(2)
    page.locator("[data-photos] button").nth(1).click()
    page.click(NEXT)
    assert page.locator("#place").input_value() == "长江路"
    page.click(NEXT)
    page.click(SEND)
    page.wait_for_url("**/report/received/")


def test_the_place_comes_from_the_browser_or_from_a_map_that_loads_when_asked(town: Site, pages: Open) -> None:
    page = pages(town, width=NARROW)
    watch = Watch(page, town)
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url))
    page.context.grant_permissions(["geolocation"], origin=town.base_url)
    page.context.set_geolocation({"latitude": 36.6171, "longitude": 101.7782})
    page.goto("/report/")
    page.fill("#text", "树倒了")
    page.click(NEXT)
    page.click("[data-here]")
    expect(page.locator("[data-pin]")).to_have_text("36.61710, 101.77820")
    page.click("[data-unpin]")
    assert not page.locator("[data-pinned]").is_visible()
    assert not [url for url in loaded if "leaflet" in url]
    page.click("[data-map]")
    page.locator(".leaflet-container").focus()
    page.keyboard.press("ArrowRight")
    page.click("[data-centre]")
    assert re.fullmatch(r"36\.\d{5}, 101\.\d{5}", page.locator("[data-pin]").inner_text())
    assert page.locator(".map .pin").is_visible()
    none_of([*sideways(page), *watch.findings])


def test_a_draft_stays_on_the_device_without_the_phone_until_it_is_cleared(town: Site, pages: Open) -> None:
    page = pages(town, width=NARROW)
    to_last_step(page, "写了一半的事")
    page.check("[name=call_back][value=yes]")
    page.fill("#phone", "15400001212")
    page.goto("/")
    assert "15400001212" not in page.evaluate("JSON.stringify(localStorage)")
    page.goto("/report/")
    assert page.locator("#text").input_value() == "写了一半的事"
    assert page.locator("#phone").input_value() == ""
    page.click("[data-clear]")
    page.wait_for_load_state()
    expect(page.locator("#text")).to_have_value("")
    assert page.evaluate("localStorage.length") == 0
    # A draft of yesterday is gone.
    page.fill("#text", "昨天的事")
    page.evaluate("""() => {
      const key = Object.keys(localStorage)[0], kept = JSON.parse(localStorage[key]);
      localStorage[key] = JSON.stringify({ ...kept, at: kept.at - 25 * 3600 * 1000 });
    }""")
    page.reload()
    assert page.locator("#text").input_value() == ""


def test_without_a_network_a_report_waits_and_is_recorded_once_when_it_is_back(town: Site, pages: Open) -> None:
    page = pages(town, width=NARROW)
    to_last_step(page, "没有网络时写的事")
    key = page.locator("[name=form]").input_value()
    page.context.set_offline(True)
    page.click(SEND)
    expect(page.locator("[data-waiting]")).to_be_visible()
    page.click("[data-again]")
    page.context.set_offline(False)
    page.wait_for_url("**/report/received/")
    first = page.locator("dl.receipt dd").all_inner_texts()
    assert page.evaluate("localStorage.length") == 0
    # The same again, as if the answer had been lost: the same case.
    again = page.request.post(
        "/report/",
        form={"form": key, "text": "没有网络时写的事", "csrfmiddlewaretoken": token(page)},
        headers={"Referer": town.base_url + "/report/"},
    )
    assert all(word in again.text() for word in first)


def token(page: Page) -> str:
    found = page.locator("[name=csrfmiddlewaretoken]").first.get_attribute("value")
    assert found is not None
    return found


def test_a_waiting_report_goes_when_the_page_is_opened_again(town: Site, pages: Open) -> None:
    page = pages(town, width=NARROW)
    to_last_step(page, "关掉再打开的事")
    page.context.set_offline(True)
    page.click(SEND)
    expect(page.locator("[data-waiting]")).to_be_visible()
    # Closed before the network came back.
    page.goto("about:blank")
    page.context.set_offline(False)
    page.goto("/report/")
    page.wait_for_url("**/report/received/")


def test_pressed_twice_is_sent_once(town: Site, pages: Open) -> None:
    page = pages(town, width=NARROW)
    to_last_step(page, "按了两次的事")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.locator(SEND).dblclick(no_wait_after=True)
    page.wait_for_url("**/report/received/")
    assert len(sent) == 1


# No letters: other tests read every page of the town for words of one language.
HOSTILE = '</1><9 8="(7)">' + "\u202e123\u202c" + "5" * 4900


def test_hostile_words_are_harmless_and_break_no_page(town: Site, pages: Open) -> None:
    page = pages(town, width=NARROW)
    watch = Watch(page, town)
    page.on("dialog", lambda dialog: watch.findings.append(f"dialog: {dialog.message}"))
    to_last_step(page, HOSTILE)
    findings = sideways(page)
    page.click(SEND)
    page.wait_for_url("**/report/received/")
    page.click('a[href^="/follow/"].main')
    assert page.locator("main img").count() == 0
    none_of([*findings, *sideways(page), *watch.findings])


def test_the_receipt_prints_with_the_way_to_follow_and_without_buttons(town: Site, pages: Open) -> None:
    page = pages(town, width=NARROW)
    report(page, text="打印回执的事")
    page.emulate_media(media="print")
    assert page.locator("dl.receipt").is_visible() and page.locator(".on-paper").is_visible()
    assert not page.locator("nav, .buttons, footer").locator("visible=true").count()
    page.emulate_media(media="screen")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=town.base_url)
    page.click("[data-copy]")
    expect(page.locator("[data-copy]")).to_have_text("已复制")


def test_a_resident_says_in_one_tap_whether_it_was_solved(town: Site, pages: Open) -> None:
    page = pages(town, width=NARROW)
    number, _ = report(page, text="小区门禁坏了")
    desk = pages(town, "dispatch1")
    desk.goto(f"/desk/cases/{number}/")
    act = desk.locator("details.act", has=desk.locator('form[action$="/answer/"]'))
    act.locator("summary").click()
    fill(act.locator("form"), reply="今晚修好")
    with desk.expect_navigation():
        act.locator("form button").first.click()
    page.goto(f"/follow/{number}/")
    assert "今晚修好" in page.locator(".answer").inner_text()
    none_of(sideways(page))
    page.click("button[value=partly]")
    assert page.locator("button[value=partly]").count() == 0
