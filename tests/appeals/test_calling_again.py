"""错时再打: who was not reached is on the list again in another part of a day."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from tests import world
from tests.world import CALLER_BACK

from yousu.appeals import commands, waiting
from yousu.platform import clock

pytestmark = pytest.mark.django_db(transaction=True)
ZONE = ZoneInfo("Asia/Shanghai")


def to_call() -> list[str]:
    return [row.number for row in waiting.on("calls", CALLER_BACK)]


def test_who_was_not_reached_is_called_again_in_another_part_of_a_day() -> None:
    with clock.held(datetime(2024, 3, 5, 9, tzinfo=ZONE)) as hands:
        case = world.closed()
        assert to_call() == [case.number]
        commands.call_back(case.number, reached="not_reached", by=CALLER_BACK, seen=case.version)
        assert to_call() == []
        hands.move_to(datetime(2024, 3, 5, 11, 59, tzinfo=ZONE))
        assert to_call() == []
        for moment in ((5, 12), (5, 20), (6, 0), (6, 9)):
            hands.move_to(datetime(2024, 3, *moment, tzinfo=ZONE))
            assert to_call() == [case.number]


def test_a_case_that_was_handled_again_is_called_at_once() -> None:
    with clock.held(datetime(2024, 3, 5, 9, tzinfo=ZONE)):
        case = world.closed()
        case = commands.call_back(case.number, reached="not_reached", by=CALLER_BACK, seen=case.version)
        case = commands.reopen(case.number, reason="反弹", by=world.SUPERVISOR, seen=case.version)
    assert (case.tries, case.tried_at) == (0, None)
