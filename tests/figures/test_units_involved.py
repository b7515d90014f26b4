"""Which units an appeal was given to or was in touch with its appellant: each record for the unit of its moment."""

from typing import Any

import pytest
from tests import world
from tests.figures.counting import at, by, period, size

from yousu.appeals import commands
from yousu.appeals.state import AppealState
from yousu.figures import queries

pytestmark = pytest.mark.django_db


def sent_back(case: AppealState) -> AppealState:
    """退单 by the heating company."""
    return commands.send_back(case.number, reason="not_ours", by=world.HEATING_HANDLER, seen=case.version)


def judged(case: AppealState, *, uphold: bool = True, lead_unit: str | None = None) -> AppealState:
    """退单审核."""
    return commands.judge_send_back(
        case.number, uphold=uphold, lead_unit=lead_unit, by=world.DISPATCHER, seen=case.version
    )


def contacted(case: AppealState) -> AppealState:
    """联系 by the heating company."""
    return commands.contact(case.number, how="phone", reached=False, by=world.HEATING_HANDLER, seen=case.version)


def units(*days: Any, **more: Any) -> dict[Any, int]:
    """Records by unit."""
    return by("unit", "units_involved", period(*days, **more))


def test_recorded_and_answered_by_the_desk_no_unit_is_involved(hands: Any) -> None:
    world.recorded()
    commands.answer(world.recorded().number, reply="已答复", by=world.DISPATCHER, seen=1)
    assert units(5) == {}


def test_a_designated_unit_is_involved(hands: Any) -> None:
    case = world.recorded()
    commands.designate(case.number, lead_unit=world.WATER, by=world.DISPATCHER, seen=1)
    assert units(5) == {world.WATER: 1}


def test_records_stay_with_the_unit_they_were_made_by_when_the_case_moves(hands: Any) -> None:
    case = contacted(world.signed())
    hands.move_to(at(6))
    judged(sent_back(case), lead_unit=world.WATER)
    assert units(5) == {world.HEATING: 2, world.WATER: 1}
    assert units(5, as_of=at(5)) == {world.HEATING: 2}
    where = {"unit": world.HEATING, "topic": "heating"}
    assert queries.numbers("units_involved", period(5), where=where) == [case.number] * 2


def test_a_refused_send_back_gives_the_case_to_nobody_anew(hands: Any) -> None:
    judged(sent_back(world.forwarded()), uphold=False)
    judged(sent_back(world.signed()), uphold=False)
    assert units(5) == {world.HEATING: 2}


def test_sent_back_to_the_desk_it_is_given_to_the_next_unit_by_forwarding(hands: Any) -> None:
    case = judged(sent_back(world.forwarded()))
    assert units(5) == {world.HEATING: 1}
    commands.forward(case.number, lead_unit=world.WATER, by=world.DISPATCHER, seen=case.version)
    assert units(5) == {world.HEATING: 1, world.WATER: 1}


def test_handled_again_the_unit_is_given_the_case_again(hands: Any) -> None:
    case = world.called_back(solved=False)
    assert units(5) == {world.HEATING: 2}
    commands.judge_unsolved(case.number, decision="reopen", by=world.SUPERVISOR, seen=case.version)
    assert units(5) == {world.HEATING: 3}


def test_finalised_the_unit_is_not_given_the_case_again(hands: Any) -> None:
    case = world.called_back(solved=False)
    commands.judge_unsolved(case.number, decision="finalise", by=world.SUPERVISOR, seen=case.version)
    assert units(5) == {world.HEATING: 2}


def test_what_the_desk_had_answered_and_is_reopened_goes_to_the_unit_of_the_catalogue(hands: Any) -> None:
    case = world.recorded()
    commands.answer(case.number, reply="已答复", by=world.DISPATCHER, seen=1)
    commands.reopen(case.number, reason="没有解决", by=world.SUPERVISOR, seen=2)
    assert units(5) == {world.HEATING: 1}


def test_reopened_and_sent_back_to_the_desk_the_unit_had_the_case_all_the_same(hands: Any) -> None:
    case = world.recorded()
    commands.answer(case.number, reply="已答复", by=world.DISPATCHER, seen=1)
    case = commands.reopen(case.number, reason="没有解决", by=world.SUPERVISOR, seen=2)
    judged(sent_back(case))
    assert units(5) == {world.HEATING: 1}


def test_an_undone_forwarding_involved_nobody(hands: Any) -> None:
    case = world.forwarded()
    commands.undo(case.number, by=world.DISPATCHER, seen=2)
    commands.forward(case.number, lead_unit=world.WATER, by=world.DISPATCHER, seen=3)
    assert units(5, as_of=at(6)) == {world.WATER: 1}


def test_records_count_in_the_period_of_their_appeal_as_known_at_the_as_of(hands: Any) -> None:
    case = world.signed()
    hands.move_to(at(7))
    contacted(case)
    assert size("units_involved", period(5)) == 2
    assert size("units_involved", period(7)) == 0
    assert size("units_involved", period(5, as_of=at(6))) == 1
