"""What is complete, what is late, and what was done in time."""

from typing import Any

import pytest
from tests import world
from tests.figures.counting import as_it_will_be, at, period, share, size

from yousu.appeals import commands, merge_commands
from yousu.appeals.state import AppealState
from yousu.cases import queries as cases
from yousu.cases.models import CaseNow
from yousu.figures import queries
from yousu.figures.lateness import overdue
from yousu.platform import clock

pytestmark = pytest.mark.django_db


def closed_on(hands: Any, day: int, **more: Any) -> AppealState:
    """Forwarded on Tuesday, closed on a day."""
    case = world.handled(**more)
    hands.move_to(at(day))
    case = commands.review(case.number, accept=True, by=world.DISPATCHER, seen=case.version)
    hands.move_to(at(5))
    return case


def called_unsolved(hands: Any, case: AppealState, day: int) -> AppealState:
    """The resident says on a day that it is not solved."""
    hands.move_to(at(day))
    return commands.call_back(case.number, reached="reached", solved=False, by=world.CALLER_BACK, seen=case.version)


def reopened(hands: Any, case: AppealState, day: int) -> AppealState:
    """To be handled again from a day on."""
    hands.move_to(at(day))
    return commands.reopen(case.number, reason="又坏了", by=world.SUPERVISOR, seen=case.version)


def test_open_ones_of_every_stage_are_in_the_base_and_not_complete(hands: Any) -> None:
    for make in (world.recorded, world.forwarded, world.signed, world.handled):
        make()
    assert share("completion", period(5)) == (0, 4, 0)


def test_complete_is_closed_settled_finalised_declined_withdrawn_and_transferred(hands: Any) -> None:
    finalised, direct, gone = world.called_back(solved=False), world.recorded(), world.recorded()
    commands.judge_unsolved(finalised.number, decision="finalise", by=world.SUPERVISOR, seen=finalised.version)
    commands.answer(direct.number, reply="已答复", by=world.DISPATCHER, seen=1)
    commands.withdraw(gone.number, reason="已解决", by=world.CALL_TAKER, seen=1)
    commands.transfer(world.recorded().number, to="110", by=world.CALL_TAKER, seen=1)
    declined = {"reason": "litigation", "lawful_channel": "court", "reply": "请起诉"}
    commands.decline(world.recorded().number, **declined, by=world.DISPATCHER, seen=1)
    world.closed()
    world.called_back()
    assert share("completion", period(5)) == (7, 7, 0)


def test_said_to_be_unsolved_or_handled_again_is_not_complete_any_more(hands: Any) -> None:
    unsolved, again = world.closed(), world.closed()
    assert share("completion", period(5, as_of=at(5))) == (2, 2, 0)
    called_unsolved(hands, unsolved, 6)
    assert share("completion", period(5)) == (1, 2, 0)
    reopened(hands, again, 7)
    assert share("completion", period(5)) == (0, 2, 0)
    assert share("completion", period(5, as_of=at(6, 20))) == (1, 2, 0)


def test_completion_is_as_known_at_the_as_of(hands: Any) -> None:
    closed_on(hands, 7)
    assert share("completion", period(5, as_of=at(7, 11))) == (0, 1, 0)
    assert share("completion", period(5, as_of=at(7, 12))) == (1, 1, 0)


def test_an_excluded_one_is_outside_base_numerator_and_lateness(hands: Any) -> None:
    done, late = world.closed(), world.forwarded()
    for case in (done, late):
        as_it_will_be(case.number, {"excluded": True})
    world.forwarded()
    assert share("completion", period(5)) == (0, 1, 2)
    assert size("unfinished_overdue", period(5)) == 1


def test_a_merged_one_is_what_its_head_is(hands: Any) -> None:
    open_head, done_head = world.forwarded(), world.closed()
    followers = [world.recorded(), world.recorded()]
    for follower, head in zip(followers, (open_head, done_head), strict=True):
        as_it_will_be(follower.number, {"stage": "merged", "head": head.number})
    assert share("completion", period(5)) == (2, 4, 0)
    late = sorted([open_head.number, followers[0].number])
    assert queries.numbers("unfinished_overdue", period(5)) == late
    assert size("unfinished_overdue", period(5, as_of=at(8))) == 0


def test_an_open_one_is_late_after_the_last_second_of_its_limit(hands: Any) -> None:
    case = world.forwarded()
    assert case.due is not None
    assert size("unfinished_overdue", period(5, as_of=case.due.at)) == 0
    assert size("unfinished_overdue", period(5, as_of=at(9, 0, 0))) == 1


def test_without_a_limit_nothing_is_late(hands: Any) -> None:
    world.recorded()
    assert size("unfinished_overdue", period(5)) == 0


def test_closed_in_time_and_later_called_unsolved_is_unfinished_but_not_late(hands: Any) -> None:
    called_unsolved(hands, closed_on(hands, 7), 12)
    assert share("completion", period(5)) == (0, 1, 0)
    assert size("unfinished_overdue", period(5)) == 0


def test_closed_late_and_called_unsolved_is_late_and_complete_in_between(hands: Any) -> None:
    called_unsolved(hands, closed_on(hands, 11), 12)
    assert size("unfinished_overdue", period(5, as_of=at(10))) == 1
    assert size("unfinished_overdue", period(5, as_of=at(11, 20))) == 0
    assert size("unfinished_overdue", period(5)) == 1


def test_handled_again_has_a_limit_anew(hands: Any) -> None:
    reopened(hands, closed_on(hands, 7), 12)
    assert size("unfinished_overdue", period(5, as_of=at(13))) == 0
    assert size("unfinished_overdue", period(5, as_of=at(16))) == 1


def test_the_late_are_never_more_than_the_unfinished(hands: Any) -> None:
    called_unsolved(hands, closed_on(hands, 11), 12)
    called_unsolved(hands, closed_on(hands, 7), 12)
    hands.move_to(at(5))
    for make in (world.recorded, world.forwarded, world.signed, world.handled, world.closed):
        make()
    as_it_will_be(world.forwarded().number, {"excluded": True})
    done, base, _ = share("completion", period(5, 12))
    assert base is not None
    assert (size("unfinished_overdue", period(5, 12)), base - done) == (4, 6)


def test_lists_of_late_cases_are_the_figure(hands: Any) -> None:
    called_unsolved(hands, closed_on(hands, 11), 12)
    called_unsolved(hands, closed_on(hands, 7), 12)
    hands.move_to(at(5))
    for make in (world.recorded, world.forwarded, world.closed):
        make()
    hands.move_to(at(20))
    listed = CaseNow.objects.filter(overdue(clock.now())).order_by("number").values_list("number", flat=True)
    assert list(listed) == queries.numbers("unfinished_overdue", period(5, as_of=clock.now()))
    assert len(listed) == 2


def test_on_time_counts_in_the_period_in_which_the_limit_ends(hands: Any) -> None:
    closed_on(hands, 6, category=world.DRY)
    closed_on(hands, 7, category=world.DRY)
    world.forwarded(category=world.DRY)
    closed_on(hands, 7)
    commands.answer(world.recorded().number, reply="已答复", by=world.DISPATCHER, seen=1)
    assert share("on_time", period(5)) == (0, 0, 0)
    assert share("on_time", period(6)) == (1, 3, 0)
    assert share("on_time", period(8)) == (1, 1, 0)


def test_whose_limit_is_ahead_and_who_is_open_is_in_no_base_yet(hands: Any) -> None:
    closed_on(hands, 6)
    world.forwarded()
    assert share("on_time", period(8, as_of=at(7))) == (1, 1, 0)
    assert share("on_time", period(8, as_of=at(9))) == (1, 2, 0)


def test_called_unsolved_was_in_time_all_the_same_but_handled_again_is_due_again(hands: Any) -> None:
    case = called_unsolved(hands, closed_on(hands, 7), 8)
    assert share("on_time", period(8)) == (1, 1, 0)
    hands.move_to(at(11))
    commands.judge_unsolved(case.number, decision="reopen", by=world.SUPERVISOR, seen=case.version)
    assert share("on_time", period(8)) == (0, 0, 0)
    assert share("on_time", period(14, as_of=at(15))) == (0, 1, 0)
    assert share("on_time", period(8, as_of=at(10))) == (1, 1, 0)


def test_excluded_ones_are_told_apart_from_the_on_time_rate(hands: Any) -> None:
    as_it_will_be(closed_on(hands, 6).number, {"excluded": True})
    closed_on(hands, 6)
    assert share("on_time", period(8)) == (1, 1, 1)


def state_now(number: str) -> AppealState:
    state: AppealState = cases.state_of(cases.now(number))
    return state


def _merged(case: AppealState, head: AppealState) -> AppealState:
    return merge_commands.merge(case.number, head=head.number, by=world.DISPATCHER, seen=case.version)


def test_a_merged_one_is_accepted_is_no_order_of_its_own_and_is_complete_with_its_head(hands: Any) -> None:
    head = world.handled()
    case = _merged(world.recorded(phone=world.ZHANG), head)
    assert size("accepted", period(5)) == 2
    assert size("calls_merged", period(5)) == 1
    assert share("completion", period(5)) == (0, 2, 0)
    commands.review(head.number, accept=True, by=world.DISPATCHER, seen=head.version + 1)
    assert share("completion", period(5)) == (2, 2, 0)
    # One order was due, and its head alone had a limit.
    assert head.due is not None
    day = head.due.at.astimezone(at(5).tzinfo).day
    hands.move_to(at(20))
    assert share("on_time", period(day)) == (1, 1, 0)
    unsolved = called_unsolved(hands, state_now(case.number), 21)
    assert unsolved.head == head.number
    # Its own resident says it is not solved, whatever the head's said.
    assert share("completion", period(5)) == (1, 2, 0)


def test_merged_ones_are_late_with_their_head(hands: Any) -> None:
    head = world.forwarded()
    _merged(world.recorded(phone=world.ZHANG), head)
    assert size("unfinished_overdue", period(5, as_of=at(5, 20))) == 0
    assert size("unfinished_overdue", period(5)) == 2
