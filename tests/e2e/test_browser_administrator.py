"""An administrator's day by keyboard alone: a unit is added, a rule tried and saved; what is wrong is told in place."""

import pytest
from playwright.sync_api import Page
from tests.e2e.acting import TYPED
from tests.e2e.browsing import Site, Watch, none_of
from tests.e2e.conftest import Open
from tests.e2e.hands import choose, field, leads, tab_to

pytestmark = pytest.mark.timeout(120)

UNIT, WHY, WORDS, PHRASE = "西宁市湿地公园管理处", "编委〔2024〕3号", "湿地", "湿地里有垃圾"
TYPED.update((UNIT, WHY, WORDS, PHRASE))


def saves(page: Page) -> None:
    leads(page, "Control+Enter")


def test_an_administrator_adds_a_unit_and_a_rule_that_is_tried_first(town: Site, pages: Open) -> None:
    page = pages(town, "admin")
    watch = Watch(page, town)
    page.goto("/desk/configuration/")
    tab_to(page, 'main a[href="/desk/configuration/units/"]')
    leads(page, "Enter")
    tab_to(page, 'main a[href$="/new/"]')
    leads(page, "Enter")
    field(page, "code", "wetland_park")
    field(page, "name_zh", UNIT)
    field(page, "name_en", "Wetland Park Office")
    choose(page, "kind", "bureau")
    saves(page)
    # Nobody said why.
    assert page.locator(".refused a[href='#row-note']").count() == 1
    field(page, "note", WHY)
    saves(page)
    assert UNIT in page.locator("main table").inner_text()

    page.goto("/desk/configuration/routing/new/")
    field(page, "code", "wetland")
    field(page, "when", f"天气 是 {WORDS}")
    field(page, "to", UNIT)
    field(page, "note", WHY)
    saves(page)
    assert page.locator(".refused mark").inner_text() == "天气"
    field(page, "when", f"内容 含 {WORDS}")
    tab_to(page, 'button[name="try"]')
    leads(page, "Enter")
    assert "与现行规则不同" in page.locator(".note").inner_text()
    field(page, "note", WHY)
    saves(page)
    assert "wetland" in page.locator("main table").inner_text()
    # What was refused on purpose is no finding.
    none_of(finding for finding in watch.findings if "422" not in finding)


def test_what_was_set_is_offered_to_the_dispatcher_within_seconds_in_every_process(town: Site, pages: Open) -> None:
    page = pages(town, "admin")
    page.goto("/desk/configuration/types/new/")
    field(page, "code", "wish")
    field(page, "name_zh", "心愿")
    field(page, "name_en", "Wish")
    field(page, "note", WHY)
    saves(page)
    page.wait_for_timeout(3000)
    desk = pages(town, "call1")
    for _ in range(4):
        desk.goto("/desk/new/")
        assert desk.locator("label", has_text="心愿").or_(desk.locator("option", has_text="心愿")).count() == 1


def test_a_security_administrator_opens_an_account_by_keyboard(town: Site, pages: Open) -> None:
    page = pages(town, "security")
    watch = Watch(page, town)
    page.goto("/desk/people/new/")
    field(page, "user", "wetland1")
    field(page, "name_zh", "湿地一号")
    field(page, "name_en", "Wetland one")
    tab_to(page, '[name="role"][value="handler"]')
    page.keyboard.press("Space")
    field(page, "unit", "西宁市人力资源和社会保障局")
    saves(page)
    assert len(page.locator("main code").inner_text()) >= 12
    none_of(watch.findings)
