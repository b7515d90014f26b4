"""不下派 (国办函〔2025〕66号 (五), 北京条例 art. 17): a department's duty is not pushed down to the grass roots."""

import pytest
from tests import world
from tests.world import DISPATCHER, EAST, EAST_DISPATCHER, EAST_STREET

from yousu.appeals import commands
from yousu.cases.rules import FieldWrong

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("command", [commands.forward, commands.designate])
def test_what_is_a_departments_duty_is_not_pushed_down_to_a_street(command: object) -> None:
    case = world.recorded(category=world.WAGES)
    with pytest.raises(FieldWrong, match="department_duty"):
        command(case.number, lead_unit=EAST_STREET, by=DISPATCHER, seen=case.version)  # type: ignore[operator]  # one of two commands
    assert commands.forward(case.number, lead_unit=EAST, by=DISPATCHER, seen=case.version).lead_unit == EAST


def test_a_platform_pushes_it_down_no_more_than_the_desk() -> None:
    case = world.forwarded(lead_unit=EAST, category=world.WAGES)
    with pytest.raises(FieldWrong, match="department_duty"):
        commands.forward(case.number, lead_unit=EAST_STREET, by=EAST_DISPATCHER, seen=case.version)


def test_a_send_back_does_not_end_at_a_street_either() -> None:
    case = world.forwarded(lead_unit=world.HEATING, category=world.WAGES)
    case = commands.send_back(case.number, reason="not_ours", by=world.HEATING_HANDLER, seen=case.version)
    with pytest.raises(FieldWrong, match="department_duty"):
        commands.judge_send_back(case.number, uphold=True, lead_unit=EAST_STREET, by=DISPATCHER, seen=case.version)


def test_a_street_may_help_and_gets_whatever_is_not_named() -> None:
    case = world.recorded(category=world.WAGES)
    case = commands.forward(
        case.number, lead_unit=world.HEATING, co_units=(EAST_STREET,), by=DISPATCHER, seen=case.version
    )
    assert case.co_units == (EAST_STREET,)
    other = world.recorded(category=world.COLD)
    assert commands.forward(other.number, lead_unit=EAST_STREET, by=DISPATCHER, seen=other.version).stage == "forwarded"
