"""What rules propose: a list with the rule's words, one key to take, another to decline."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import world
from tests.desk.conftest import Page

from yousu.appeals import commands
from yousu.cases import queries
from yousu.platform import clock

ZONE = ZoneInfo("Asia/Shanghai")
MONDAY = datetime(2024, 3, 4, 9, tzinfo=ZONE)
# Due on Tuesday, five working days later.
LATER = MONDAY + timedelta(days=9)


def late() -> str:
    with clock.held(MONDAY):
        case = world.recorded()
        return commands.forward(
            case.number, lead_unit=world.HEATING, grade="g1", by=world.DISPATCHER, seen=case.version
        ).number


def test_a_proposal_is_listed_with_its_rule_and_taken_with_one_key(signed_in: Page) -> None:
    number = late()
    client = signed_in("super1")
    with clock.held(LATER):
        html = client.get(f"/desk/proposals/?case={number}").content.decode()
        assert "超期五个工作日" in html and 'data-key="1"' in html
        sent = {"seen": "2", "rule": "late_5", "answer": "yes", "next": "/desk/proposals/"}
        assert client.post(f"/desk/cases/{number}/take/", sent)["Location"] == "/desk/proposals/"
        html = client.get(f"/desk/cases/{number}/").content.decode()
        assert "提级到青陵市热线中心（规则：超期五个工作日）" in html
        assert f"case={number}" not in client.get("/desk/proposals/").content.decode()
        assert client.post(f"/desk/cases/{number}/take/", sent | {"seen": "3"}).status_code == 409
    assert queries.state_of(queries.now(number)).supervision.escalated_to == "centre"


def test_a_proposal_is_declined_and_an_unknown_rule_is_nowhere(signed_in: Page) -> None:
    number = late()
    client = signed_in("super1")
    with clock.held(LATER):
        sent = {"seen": "2", "rule": "late_5", "answer": "no"}
        assert client.post(f"/desk/cases/{number}/take/", sent).status_code == 302
        assert client.post(f"/desk/cases/{number}/take/", sent | {"rule": "late_1"}).status_code == 404
        assert "不采纳督办建议" in client.get(f"/desk/cases/{number}/").content.decode()
    assert queries.state_of(queries.now(number)).supervision.escalated_to is None


def test_nobody_else_is_shown_the_proposals_of_a_case(signed_in: Page) -> None:
    number = late()
    with clock.held(LATER):
        for user in ("desk1", "heat1", "leader1"):
            assert "late_5" not in signed_in(user).get(f"/desk/cases/{number}/").content.decode()


def test_the_list_costs_the_same_with_three_and_with_ten(signed_in: Page) -> None:
    client = signed_in("super1")
    costs = []
    for more in (3, 7):
        for _ in range(more):
            late()
        with clock.held(LATER), CaptureQueriesContext(connection) as taken:
            assert client.get("/desk/proposals/").status_code == 200
        costs.append(len(taken))
    assert costs[0] == costs[1] <= 12
