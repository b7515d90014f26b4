"""The list of urgent matters: what goes on, for how long nothing was heard, and what is over."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import world
from tests.desk.conftest import Page

from yousu.appeals import urgent_commands
from yousu.platform import clock

NOON = datetime(2024, 3, 4, 12, tzinfo=ZoneInfo("Asia/Shanghai"))


def reported(*, final: bool = False) -> str:
    with clock.held(NOON):
        number = world.signed().number
    with clock.held(NOON + timedelta(minutes=7)):
        urgent_commands.report_urgent(number, text="燃气泄漏，已疏散三户", by=world.DISPATCHER)
    if final:
        with clock.held(NOON + timedelta(minutes=80)):
            urgent_commands.report_urgent(number, text="已关阀抢修完毕", final=True, by=world.DISPATCHER)
    return number


def test_what_goes_on_is_shown_with_its_minutes_and_what_is_over_apart(signed_in: Page) -> None:
    goes_on, over = reported(), reported(final=True)
    client = signed_in("leader1")
    with clock.held(NOON + timedelta(minutes=100)):
        html = client.get("/desk/urgent/").content.decode()
        past = client.get("/desk/urgent/?show=over").content.decode()
    assert goes_on in html and over not in html
    assert "受理后 7 分钟" in html and "燃气泄漏，已疏散三户" in html and "1 小时 33 分钟没有新的报告" in html
    assert over in past and "首报后 1 小时 13 分钟" in past and "终报" in past


def test_the_case_says_it_to_those_who_have_a_part_in_it(signed_in: Page) -> None:
    number = reported()
    html = signed_in("heat1").get(f"/desk/cases/{number}/").content.decode()
    assert "燃气泄漏，已疏散三户" in html and "紧急事项首报（受理后 7 分钟）" in html
    assert "已疏散三户" not in signed_in("publish1").get(f"/desk/cases/{number}/").content.decode()


def test_the_list_costs_the_same_with_three_and_with_ten(signed_in: Page) -> None:
    client = signed_in("super1")
    costs = []
    for more in (3, 7):
        for _ in range(more):
            reported()
        with CaptureQueriesContext(connection) as taken:
            assert client.get("/desk/urgent/").status_code == 200
        costs.append(len(taken))
    assert costs[0] == costs[1] <= 12
