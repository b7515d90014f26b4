"""退单: its window, the third time, earlier judgements beside the next, and nobody judges the own."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from tests import world
from tests.world import DISPATCHER, EAST_DISPATCHER, HEATING_HANDLER, SUPERVISOR

from yousu.appeals import commands, judgements, waiting
from yousu.appeals.state import AppealState
from yousu.cases.transitions import NotPossible
from yousu.org.actors import Actor
from yousu.platform import clock

pytestmark = pytest.mark.django_db(transaction=True)
ZONE = ZoneInfo("Asia/Shanghai")


def at(day: int, hour: int = 9, minute: int = 0, second: int = 0) -> datetime:
    """A moment of March 2024; the 4th is a Monday."""
    return datetime(2024, 3, day, hour, minute, second, tzinfo=ZONE)


def back(case: AppealState) -> AppealState:
    return commands.send_back(case.number, reason="not_ours", note="属供水", by=HEATING_HANDLER, seen=case.version)


def judged(case: AppealState, *, uphold: bool = False, by: Actor = DISPATCHER, note: str = "") -> AppealState:
    return commands.judge_send_back(case.number, uphold=uphold, note=note, by=by, seen=case.version)


def often() -> AppealState:
    return back(judged(back(judged(back(world.forwarded())))))


def on(queue: str, by: Actor) -> list[str]:
    return [row.number for row in waiting.on(queue, by)]


@pytest.mark.parametrize(("moment", "in_time"), [(at(6, 23, 59, 59), True), (at(7, 0, 0, 1), False)])
def test_a_unit_sends_back_within_two_working_days(moment: datetime, in_time: bool) -> None:
    with clock.held(at(4)):
        case = world.forwarded()
    with clock.held(moment):
        if in_time:
            assert back(case).stage == "sent_back"
            return
        with pytest.raises(NotPossible) as refused:
            back(case)
    assert refused.value.why == "too_late_to_send_back"


def test_the_window_begins_anew_with_the_next_unit() -> None:
    with clock.held(at(4)):
        case = back(world.forwarded())
    with clock.held(at(8)):
        case = commands.judge_send_back(
            case.number, uphold=True, lead_unit=world.WATER, by=DISPATCHER, seen=case.version
        )
    with clock.held(at(11)):
        case = commands.send_back(case.number, reason="not_ours", by=world.WATER_HANDLER, seen=case.version)
    assert case.stage == "sent_back"


def test_the_third_time_is_the_supervisors() -> None:
    case = often()
    assert case.sent_back == 3
    assert (on("returns", DISPATCHER), on("returns", SUPERVISOR)) == ([], [case.number])
    with pytest.raises(NotPossible) as refused:
        judged(case)
    assert refused.value.why == "third_time"
    assert judged(case, by=SUPERVISOR).stage == "forwarded"


def test_the_first_two_times_are_not_the_supervisors() -> None:
    case = back(world.forwarded())
    assert on("returns", SUPERVISOR) == []
    with pytest.raises(NotPossible) as refused:
        judged(case, by=SUPERVISOR)
    assert refused.value.why == "first_two_times"


def test_whoever_is_dispatcher_and_supervisor_judges_every_time() -> None:
    both = world.actor("both1", "dispatcher", "supervisor", unit="centre")
    case = judged(back(judged(back(judged(back(world.forwarded()), by=both)), by=both)), by=both)
    assert (case.stage, case.sent_back) == ("forwarded", 3)


def test_earlier_judgements_of_the_same_matter_are_told_the_latest_first() -> None:
    first = judged(back(world.forwarded()), note="按三定方案属供热")
    second = commands.judge_send_back(
        (sent := back(world.forwarded())).number, uphold=True, lead_unit=world.WATER, by=DISPATCHER, seen=sent.version
    )
    judged(back(world.forwarded(category=world.DRY)))
    asked = back(world.forwarded())
    found = judgements.of_same_matter(world.COLD, but=asked.number, by=DISPATCHER)
    assert [(each.number, each.unit, each.upheld, each.to, each.note) for each in found] == [
        (second.number, world.HEATING, True, world.WATER, ""),
        (first.number, world.HEATING, False, None, "按三定方案属供热"),
    ]
    assert judgements.of_same_matter(world.COLD, but=asked.number, by=EAST_DISPATCHER) == []


def test_an_undone_judgement_is_no_precedent() -> None:
    case = judged(back(world.forwarded()))
    commands.undo(case.number, by=DISPATCHER, seen=case.version)
    assert judgements.of_same_matter(world.COLD, but="", by=DISPATCHER) == []
