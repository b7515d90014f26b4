"""The list of instructions: what is owed, what came of the rest, and whose words are opened for whom."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import world
from tests.desk.conftest import Page

from yousu.appeals import mark_commands as marks
from yousu.platform import clock

ZONE = ZoneInfo("Asia/Shanghai")
MORNING = datetime(2024, 3, 4, 9, tzinfo=ZONE)
LATER = datetime(2024, 3, 13, 9, tzinfo=ZONE)


def instructed(text: str = "请热力公司尽快解决") -> str:
    with clock.held(MORNING):
        case = world.signed()
        return marks.instruct(case.number, text=text, leader="某副市长", on=date(2024, 3, 4), by=world.LEADER).number


def opened(page: Page, user: str, path: str = "/desk/instructions/") -> str:
    with clock.held(LATER):
        return page(user).get(path).content.decode()


def test_what_is_owed_late_is_marked_and_what_was_reported_is_shown(signed_in: Page) -> None:
    late, done = instructed("尽快解决这一件"), instructed("第二条批示")
    with clock.held(LATER):
        marks.report_instruction(done, text="管道已更换", by=world.HEATING_HANDLER, seen=4)
    html = opened(signed_in, "leader1")
    assert html.index(late) < html.index(done)
    assert "已超 2 个工作日" in html and "逾期反馈" in html
    assert "尽快解决这一件" in html and "管道已更换" in html and "某副市长" in html


def test_the_unit_that_answers_reads_the_words_and_is_asked_for_feedback(signed_in: Page) -> None:
    number = instructed()
    html = opened(signed_in, "heat1", f"/desk/cases/{number}/")
    assert "请热力公司尽快解决" in html
    assert f'action="/desk/cases/{number}/report-instruction/"' in html
    html = opened(signed_in, "publish1", f"/desk/cases/{number}/")
    assert "请热力公司尽快解决" not in html and "（内容不显示）" in html


def test_the_list_costs_the_same_with_three_and_with_ten(signed_in: Page) -> None:
    client = signed_in("super1")
    costs = []
    for more in (3, 7):
        for _ in range(more):
            instructed()
        with CaptureQueriesContext(connection) as taken:
            assert client.get("/desk/instructions/").status_code == 200
        costs.append(len(taken))
    assert costs[0] == costs[1] <= 12
