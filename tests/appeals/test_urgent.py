"""紧急事项: first report, follow-ups and a final one to the duty office, with the minutes that passed."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from tests import world

from yousu.appeals import commands, urgent_commands
from yousu.appeals.state import AppealState
from yousu.cases import queries
from yousu.cases.verification import whole
from yousu.ledger.log import rows_of
from yousu.org.actors import Actor
from yousu.org.capabilities import Forbidden
from yousu.platform import clock

pytestmark = pytest.mark.django_db(transaction=True)

NOON = datetime(2024, 3, 4, 12, tzinfo=ZoneInfo("Asia/Shanghai"))


def report(
    case: AppealState, minutes: float, text: str = "燃气泄漏", *, by: Actor = world.CALL_TAKER, final: bool = False
) -> AppealState:
    with clock.held(NOON + timedelta(minutes=minutes)):
        return urgent_commands.report_urgent(case.number, text=text, final=final, by=by)


def recorded() -> AppealState:
    with clock.held(NOON):
        return world.recorded("楼道里有很浓的燃气味")


def test_reports_say_how_many_minutes_after_the_case_and_after_the_first() -> None:
    case = report(recorded(), 4.9)
    case = report(case, 30, by=world.DISPATCHER)
    case = report(case, 95, "处置完毕", by=world.SUPERVISOR, final=True)
    found = [(each.minutes, each.since_first, each.is_final) for each in case.urgent]
    assert found == [(4, None, False), (30, 25, False), (95, 90, True)]
    assert queries.now(case.number).marks == ["urgent_over"]
    assert whole.run().is_clean


def test_a_matter_goes_on_until_its_final_report_and_again_after_another() -> None:
    case = report(recorded(), 1)
    assert queries.now(case.number).marks == ["urgent_open"]
    case = report(case, 2, final=True)
    case = report(case, 3)
    assert queries.now(case.number).marks == ["urgent_open"]


def test_the_words_lie_sealed_and_need_no_version() -> None:
    case = report(recorded(), 1, "王某某家燃气泄漏")
    [*_, row] = rows_of(f"appeal/{case.number}")
    assert row.kind == "urgent_reported" and "燃气" not in row.data


def test_the_unit_that_has_the_case_reports_and_strangers_do_not() -> None:
    with clock.held(NOON):
        case = world.signed()
    assert report(case, 1, by=world.HEATING_HANDLER).urgent[0].by == "account:heat1"
    for stranger in (world.WATER_HANDLER, world.CALLER_BACK, world.LEADER):
        with pytest.raises(Forbidden):
            report(case, 2, by=stranger)


def test_a_report_is_undone_like_any_act() -> None:
    case = report(recorded(), 1)
    with clock.held(NOON + timedelta(minutes=1, seconds=5)):
        case = commands.undo(case.number, by=world.CALL_TAKER, seen=case.version)
    assert case.urgent == ()
