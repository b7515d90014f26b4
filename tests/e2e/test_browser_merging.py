"""并单 by the dispatcher: a key and a number; the head's page lists who follows; taken back for all."""

import pytest
from tests.e2e.acting import command, recorded
from tests.e2e.browsing import Site, Watch, none_of
from tests.e2e.conftest import Open

pytestmark = pytest.mark.timeout(120)


def test_a_case_is_merged_by_key_shown_on_its_heads_page_and_taken_back(town: Site, pages: Open) -> None:
    caller = pages(town, "call3")
    head, case = recorded(caller, "人民公园门口的路灯不亮"), recorded(caller, "人民公园正门的路灯坏了")
    page = pages(town, "dispatch1")
    watch = Watch(page, town)
    page.goto(f"/desk/cases/{case}/")
    page.keyboard.press("m")
    page.keyboard.type(head)
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    assert page.locator("article .stage.merged").count() == 1
    assert page.locator(f'.group a[href="/desk/cases/{head}/"]').count() == 1
    with page.expect_navigation():
        page.locator(f'form.undo[action="/desk/cases/{case}/undo/"] button').click()
    assert page.locator("article .stage.recorded").count() == 1

    command(page, "merge", head=head)
    page.goto(f"/desk/cases/{head}/")
    assert page.locator(f'.group .beside a[href="/desk/cases/{case}/"]').count() == 1
    assert page.locator(".group h3").count() == 1
    none_of(watch.findings)


def test_without_a_script_a_case_is_merged_taken_out_and_linked(town: Site, pages: Open) -> None:
    caller = pages(town, "call3")
    head, case = recorded(caller, "儿童乐园的滑梯裂了"), recorded(caller, "儿童乐园滑梯有裂缝")
    page = pages(town, "dispatch1", has_script=False)
    page.goto(f"/desk/cases/{case}/")
    command(page, "merge", head=head)
    command(page, "unmerge")
    assert page.locator("article .stage.recorded").count() == 1
    command(page, "link", other=head, how="same_cause")
    assert page.locator(f'.group .beside a[href="/desk/cases/{head}/"]').count() == 1
