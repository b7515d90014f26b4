"""What presses: the supervisor's late and soon, the unit's board, one key to forward, what to say at a call-back."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests import world
from tests.desk.conftest import Page

from yousu.appeals import commands
from yousu.cases.models import CaseNow
from yousu.platform import clock

ZONE = ZoneInfo("Asia/Shanghai")
# A Wednesday; Thursday and Friday are working days.
NOON = datetime(2024, 3, 6, 12, tzinfo=ZONE)


def given(days: int, grade: str = "g1", lead_unit: str = "heating") -> str:
    """The number of a case forwarded so many days before NOON."""
    with clock.held(NOON - timedelta(days=days)):
        case = world.recorded()
        return commands.forward(case.number, lead_unit=lead_unit, grade=grade, by=world.DISPATCHER, seen=1).number


def opened(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_late_and_soon_are_counted_by_unit_and_open_onto_their_cases(signed_in: Page) -> None:
    late, today, soon, later = given(5), given(1), given(0), given(0, "g7")
    elsewhere = given(5, lead_unit="water")
    with clock.held(NOON):
        html = opened(signed_in("super1"), "/desk/late/")
        only = opened(signed_in("super1"), "/desk/late/?unit=water")
    for number in (late, today, soon, elsewhere):
        assert f"case={number}" in html
    assert f"case={later}" not in html
    assert f"case={elsewhere}" in only
    assert f"case={late}" not in only


def test_what_the_unit_has_answered_is_no_longer_late_at_the_unit(signed_in: Page) -> None:
    number = given(6)
    with clock.held(NOON - timedelta(days=5)):
        commands.sign(number, by=world.HEATING_HANDLER, seen=2)
        commands.contact(number, how="phone", reached=True, by=world.HEATING_HANDLER, seen=3)
        commands.handle(number, reply="修好了", outcome="solved", by=world.HEATING_HANDLER, seen=4)
    with clock.held(NOON):
        assert f"case={number}" not in opened(signed_in("super1"), "/desk/late/")


def test_an_unknown_unit_in_the_address_filters_nothing(signed_in: Page) -> None:
    number = given(5)
    with clock.held(NOON):
        assert f"case={number}" in opened(signed_in("super1"), "/desk/late/?unit=nowhere")


def test_the_page_of_late_cases_costs_the_same_with_ten_and_with_a_hundred(signed_in: Page) -> None:
    client = signed_in("super1")
    costs = []
    for _ in range(2):
        for _ in range(5):
            given(5)
        with clock.held(NOON), CaptureQueriesContext(connection) as taken:
            opened(client, "/desk/late/")
        costs.append(len(taken))
    assert costs[0] == costs[1] <= 12


def test_the_board_puts_a_case_under_what_is_left(signed_in: Page) -> None:
    late, today, soon, later = given(5), given(1), given(0), given(0, "g7")
    with clock.held(NOON):
        html = opened(signed_in("heat1"), "/desk/unit/?show=board")
    places = [html.index(f'id="column-{code}"') for code in ("late", "today", "soon", "later", "none")]
    for number, column in ((late, 0), (today, 1), (soon, 2), (later, 3)):
        assert places[column] < html.index(f"/desk/cases/{number}/") < places[column + 1]


def test_one_press_forwards_to_the_suggested_unit_and_can_be_undone(signed_in: Page) -> None:
    case = world.recorded()
    client = signed_in("desk1")
    html = opened(client, f"/desk/inbox/?case={case.number}")
    assert 'name="lead_unit" value="heating"' in html
    assert 'data-key="1"' in html
    sent = {"seen": "1", "lead_unit": "heating", "next": "/desk/inbox/"}
    assert client.post(f"/desk/cases/{case.number}/forward/", sent)["Location"] == "/desk/inbox/"
    assert CaseNow.objects.get(number=case.number).lead_unit == "heating"
    assert f"/desk/cases/{case.number}/undo/" in opened(client, "/desk/inbox/")


def test_who_may_not_forward_is_offered_no_suggestion(signed_in: Page) -> None:
    case = world.recorded()
    assert 'class="quick"' not in opened(signed_in("call1"), f"/desk/cases/{case.number}/")


def test_the_call_back_page_says_what_to_ask(signed_in: Page) -> None:
    case = world.closed()
    html = opened(signed_in("back1"), f"/desk/calls/?case={case.number}")
    assert "联系过您吗？" in html
    assert "问题解决了吗？" in html
