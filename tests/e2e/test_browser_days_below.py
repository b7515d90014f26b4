"""Days inside a tree by keyboard alone: the platform passes down, its leader approves, a helping unit answers."""

import pytest
from tests.e2e.acting import TYPED
from tests.e2e.browsing import Site, none_of
from tests.e2e.conftest import Open
from tests.e2e.hands import choose, field, leads, stage
from tests.e2e.test_browser_days import at

pytestmark = pytest.mark.timeout(120)
HELP, NOTE = "工资已协调发放到位", "请写明哪天修好"
TYPED.update((HELP, NOTE))


def test_a_platform_passes_a_case_down_and_sees_its_inner_deadline(town: Site, pages: Open) -> None:
    number = town.days["to_pass_down"]
    page, watch = at(town, pages, "chengdong_platform", f"/desk/cases/{number}/")
    page.keyboard.press("f")
    field(page, "lead_unit", "城东区住房和城乡建设局")
    leads(page, "Control+Enter")
    page.goto(f"/desk/cases/{number}/")
    facts = page.locator("dl.facts").inner_text()
    assert "城东区住房和城乡建设局" in facts and "经 城东区人民政府" in facts and "全案时限" in facts
    assert stage(page, number) == "forwarded"
    none_of(watch.findings)


def test_a_leader_approves_or_gives_back_before_the_desk_reviews(town: Site, pages: Open) -> None:
    number = town.days["to_approve"]
    page, watch = at(town, pages, "chengdong_leader", "/desk/approvals/")
    assert number in page.locator("main").inner_text()
    page.goto(f"/desk/approvals/?case={number}")
    page.keyboard.press("v")
    field(page, "note", NOTE)
    leads(page, "Control+Enter")
    assert stage(page, number) == "handled"
    page.goto("/desk/approvals/")
    assert number not in page.locator("main").inner_text()
    none_of(watch.findings)


def test_a_helping_unit_signs_and_answers_for_its_own_part(town: Site, pages: Open) -> None:
    number = town.days["to_help"]
    page, watch = at(town, pages, "chengdong_hrss", "/desk/unit/")
    assert number in page.locator("main").inner_text()
    page.goto(f"/desk/cases/{number}/")
    page.keyboard.press("s")
    leads(page, "Control+Enter")
    page.goto(f"/desk/cases/{number}/")
    page.keyboard.press("h")
    field(page, "reply", HELP)
    choose(page, "outcome", "solved")
    leads(page, "Control+Enter")
    page.goto(f"/desk/cases/{number}/")
    share = page.locator("section.shares").inner_text()
    assert "已答复" in share and HELP in share
    # The lead unit has still to sign.
    assert stage(page, number) == "forwarded"
    none_of(watch.findings)
