"""Second thoughts: an act is taken back within ten seconds; whoever comes second loses nothing that was typed."""

import pytest
from tests.e2e.acting import command, fill, form, recorded
from tests.e2e.browsing import Site, Watch, none_of
from tests.e2e.conftest import Open

pytestmark = pytest.mark.timeout(120)


def test_a_forwarding_is_taken_back_by_the_button_that_stays_ten_seconds(town: Site, pages: Open) -> None:
    number = recorded(pages(town, "call3"), "公交站牌倒了")
    page = pages(town, "dispatch1")
    watch = Watch(page, town)
    page.goto(f"/desk/cases/{number}/")
    command(page, "forward", lead_unit="西宁市城市管理局", grade="g3")
    assert page.locator("article .stage.forwarded").count() == 1
    with page.expect_navigation():
        page.locator(f'form.undo[action="/desk/cases/{number}/undo/"] button').click()
    assert page.locator("article .stage.recorded").count() == 1
    assert page.locator("form.undo").count() == 0
    assert page.locator(".history li.undone").count() == 1
    none_of(watch.findings)


def test_an_act_is_not_offered_back_after_ten_seconds(town: Site, pages: Open) -> None:
    number = recorded(pages(town, "call3"), "健身器材松了")
    page = pages(town, "dispatch1")
    page.goto(f"/desk/cases/{number}/")
    command(page, "forward", lead_unit="西宁市城市管理局", grade="g3")
    offered = page.locator("form.undo")
    assert offered.is_visible()
    page.wait_for_timeout(10_500)
    assert not offered.is_visible()
    # Whoever sends it all the same is told that it is too late.
    with page.expect_navigation():
        offered.evaluate("form => form.submit()")
    assert page.locator("[data-refused]").count() == 1
    assert page.locator("article .stage.forwarded").count() == 1
    assert page.locator("form.undo").count() == 0


def test_a_stale_page_shows_what_changed_and_keeps_what_was_typed(town: Site, pages: Open) -> None:
    number = recorded(pages(town, "call3"), "小区门口的树枝压到电线")
    late = pages(town, "dispatch1")
    late.goto(f"/desk/cases/{number}/")
    fill(form(late, "forward"), lead_unit="西宁市城市管理局", grade="g7")

    quick = pages(town, "dispatch2")
    quick.goto(f"/desk/cases/{number}/")
    command(quick, "classify", category="城乡建设/供热保障/暖气不热")

    with late.expect_navigation():
        form(late, "forward").locator("button").first.click()
    told = late.locator("[data-refused]")
    assert told.locator("ul.changes li").count() == 1
    assert "派单员202号" in told.inner_text()
    assert "暖气不热" in told.inner_text()
    kept = form(late, "forward")
    assert kept.locator('[name="lead_unit"]').input_value() == "西宁市城市管理局"
    assert kept.locator('[name="grade"]').input_value() == "g7"
    # The page now knows the change: sent again, it is taken.
    with late.expect_navigation():
        kept.locator("button").first.click()
    assert late.locator("article .stage.forwarded").count() == 1
