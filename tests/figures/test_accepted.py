"""What is accepted, by which way it came, what was decided first, and how often residents were called back."""

from typing import Any

import pytest
from tests import world
from tests.figures.counting import at, by, period, size

from yousu.appeals import commands
from yousu.figures import queries

pytestmark = pytest.mark.django_db


def test_calls_messages_and_others_are_all_that_is_accepted_and_no_two_share_a_case(hands: Any) -> None:
    call = world.recorded()
    messages = [world.recorded(channel=channel) for channel in ("wechat", "mayor_mailbox", "people_cn")]
    visit = world.recorded(channel="walk_in")
    assert queries.numbers("calls", period(5)) == [call.number]
    assert queries.numbers("messages", period(5)) == sorted(case.number for case in messages)
    assert queries.numbers("others", period(5)) == [visit.number]
    assert size("accepted", period(5)) == 5


def test_an_appeal_belongs_to_the_day_it_was_received_and_is_known_from_its_recording(hands: Any) -> None:
    hands.move_to(at(7))
    world.recorded(occurred_at=at(5))
    assert size("accepted", period(5)) == 1
    assert size("accepted", period(7)) == 0
    assert size("accepted", period(5, as_of=at(6))) == 0


def test_a_day_ends_at_local_midnight(hands: Any) -> None:
    hands.move_to(at(5, 23, 59))
    world.recorded()
    hands.move_to(at(6, 0, 0))
    world.recorded()
    assert by("day", "accepted", period(5, 6)) == {at(5).date(): 1, at(6).date(): 1}


def test_the_first_decision_on_a_call_counts_whatever_came_of_it(hands: Any) -> None:
    direct, sent, refused, urgent, back = (world.recorded() for _ in range(5))
    open_one, message, _ = world.recorded(), world.recorded(channel="wechat"), world.recorded(channel="wechat")
    commands.answer(direct.number, reply="已答复", by=world.DISPATCHER, seen=1)
    forwarded = commands.forward(sent.number, lead_unit=world.HEATING, by=world.DISPATCHER, seen=1)
    commands.decline(
        refused.number,
        reason="litigation",
        lawful_channel="court",
        reply="请向法院提起诉讼",
        by=world.DISPATCHER,
        seen=1,
    )
    commands.transfer(urgent.number, to="119", by=world.CALL_TAKER, seen=1)
    commands.withdraw(back.number, reason="已解决", by=world.CALL_TAKER, seen=1)
    # Withdrawn after it was forwarded: first it was forwarded.
    commands.withdraw(sent.number, reason="已解决", by=world.CALL_TAKER, seen=forwarded.version)
    commands.answer(message.number, reply="已答复", by=world.DISPATCHER, seen=1)
    parts = {
        part: queries.numbers(f"calls_{part}", period(5))
        for part in ("direct", "forwarded", "transferred", "merged", "declined", "withdrawn", "undecided")
    }
    assert parts == {
        "direct": [direct.number],
        "forwarded": [sent.number],
        "transferred": [urgent.number],
        "merged": [],
        "declined": [refused.number],
        "withdrawn": [back.number],
        "undecided": [open_one.number],
    }


def test_what_was_undone_was_not_decided_but_was_so_as_known_in_between(hands: Any) -> None:
    case = world.recorded()
    commands.answer(case.number, reply="已答复", by=world.DISPATCHER, seen=1)
    hands.move_to(at(5, 12, 0).replace(second=5))
    commands.undo(case.number, by=world.DISPATCHER, seen=2)
    assert (size("calls_direct", period(5)), size("calls_undecided", period(5))) == (0, 1)
    assert size("calls_direct", period(5, as_of=at(5))) == 1


def test_every_call_back_counts_on_its_own_day_reached_or_not(hands: Any) -> None:
    case = world.closed()
    hands.move_to(at(6))
    again = commands.call_back(case.number, reached="not_reached", by=world.CALLER_BACK, seen=case.version)
    hands.move_to(at(7))
    commands.call_back(case.number, reached="reached", solved=True, by=world.CALLER_BACK, seen=again.version)
    assert by("day", "call_backs", period(5, 8)) == {at(6).date(): 1, at(7).date(): 1}
    assert queries.numbers("call_backs", period(6, 7)) == [case.number] * 2
    assert size("call_backs", period(6, 7, as_of=at(6))) == 1


def test_an_undone_call_back_counts_nowhere(hands: Any) -> None:
    case = world.called_back()
    commands.undo(case.number, by=world.CALLER_BACK, seen=case.version)
    assert size("call_backs", period(5, as_of=at(6))) == 0


def test_a_call_back_stays_with_the_unit_it_was_about_when_the_case_moves_on(hands: Any) -> None:
    case = world.called_back(solved=False)
    case = commands.judge_unsolved(case.number, decision="reopen", by=world.SUPERVISOR, seen=case.version)
    case = commands.send_back(case.number, reason="not_ours", by=world.HEATING_HANDLER, seen=case.version)
    commands.judge_send_back(case.number, uphold=True, lead_unit=world.WATER, by=world.DISPATCHER, seen=case.version)
    assert by("unit", "call_backs", period(5)) == {world.HEATING: 1}
    assert by("unit", "accepted", period(5)) == {world.WATER: 1}
