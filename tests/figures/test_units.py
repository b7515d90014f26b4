"""How units handle what they are given: contacted in time, sent back, repeated, parked and cleared, red and amber."""

from datetime import date, datetime
from typing import Any

import pytest
from tests import world
from tests.figures.counting import as_it_will_be, at, by, period, share, size

from yousu.appeals import commands, merge_commands
from yousu.appeals import mark_commands as marks
from yousu.appeals.state import AppealState
from yousu.figures import members

pytestmark = pytest.mark.django_db


def contacted(case: AppealState, *, reached: bool = True) -> AppealState:
    """The heating company rings up."""
    return commands.contact(case.number, how="phone", reached=reached, by=world.HEATING_HANDLER, seen=case.version)


def sent_back(case: AppealState, **more: Any) -> AppealState:
    """It says the matter is not its own."""
    return commands.send_back(
        case.number, reason="not_ours", **{"by": world.HEATING_HANDLER, "seen": case.version, **more}
    )


def judged(case: AppealState, *, uphold: bool, lead_unit: str | None = None) -> AppealState:
    """The desk says whether it is right."""
    return commands.judge_send_back(
        case.number, uphold=uphold, lead_unit=lead_unit, by=world.DISPATCHER, seen=case.version
    )


def parked(case: AppealState) -> AppealState:
    """The supervisor lets it wait."""
    return marks.park(
        case.number,
        plan="开春更换",
        leader="某某",
        review_on=date(2024, 5, 1),
        by=world.SUPERVISOR,
        seen=case.version,
    )


def cleared(case: AppealState) -> AppealState:
    """… and not any longer."""
    return marks.unpark(case.number, result="已更换", by=world.SUPERVISOR, seen=case.version)


def test_a_contact_within_the_citys_hours_is_in_time_reached_or_not(hands: Any) -> None:
    late, exact, early = world.signed(), world.signed(), world.signed()
    hands.move_to(at(5, 13))
    contacted(early, reached=False)
    hands.move_to(at(6, 12))
    contacted(exact)
    hands.move_to(at(6, 12, 1))
    contacted(late)
    assert share("contacted_in_time", period(5)) == (2, 3, 0)
    assert share("contacted_in_time", period(6)) == (0, 0, 0)


def test_who_still_has_time_is_outside_the_base_until_it_is_over(hands: Any) -> None:
    world.signed()
    assert share("contacted_in_time", period(5, as_of=at(6, 11, 59))) == (0, 0, 0)
    assert share("contacted_in_time", period(5, as_of=at(6, 12))) == (0, 1, 0)


def test_nobody_need_contact_the_nameless_nor_who_took_it_back_in_time(hands: Any) -> None:
    world.signed(phone=None, name=None)
    taken = world.signed()
    hands.move_to(at(5, 20))
    commands.withdraw(taken.number, reason="自行解决", by=world.DISPATCHER, seen=taken.version)
    assert share("contacted_in_time", period(5)) == (0, 0, 0)


def test_given_to_another_unit_the_hours_begin_anew_for_that_one(hands: Any) -> None:
    case = sent_back(world.forwarded())
    hands.move_to(at(7))
    judged(case, uphold=True, lead_unit=world.WATER)
    assert share("contacted_in_time", period(5)) == (0, 0, 0)
    assert share("contacted_in_time", period(7)) == (0, 1, 0)
    assert share("contacted_in_time", period(5, as_of=at(6, 13))) == (0, 1, 0)


def test_a_refused_send_back_gave_no_more_time(hands: Any) -> None:
    case = sent_back(world.signed())
    hands.move_to(at(7))
    contacted(judged(case, uphold=False))
    assert share("contacted_in_time", period(5)) == (0, 1, 0)
    assert share("contacted_in_time", period(7)) == (0, 0, 0)


def test_a_merged_case_is_contacted_with_its_head(hands: Any) -> None:
    head, case = world.forwarded(), world.forwarded()
    merge_commands.merge(case.number, head=head.number, by=world.DISPATCHER, seen=case.version)
    assert share("contacted_in_time", period(5)) == (0, 1, 0)


def test_an_undone_contact_was_none(hands: Any) -> None:
    case = contacted(world.signed())
    hands.move_to(at(5).replace(second=5))
    commands.undo(case.number, by=world.HEATING_HANDLER, seen=case.version)
    assert share("contacted_in_time", period(5)) == (0, 1, 0)


def test_sent_back_stands_with_the_unit_that_did_it_upheld_or_not(hands: Any) -> None:
    judged(sent_back(world.forwarded()), uphold=True, lead_unit=world.WATER)
    judged(sent_back(world.forwarded()), uphold=False)
    world.forwarded()
    world.recorded()
    assert share("sent_back", period(5)) == (2, 3, 0)
    assert by("unit", "sent_back", period(5)) == {world.HEATING: 2}


def test_what_a_street_sends_back_to_its_district_never_came_back_to_the_desk(hands: Any) -> None:
    case = world.forwarded(lead_unit=world.EAST)
    case = commands.forward(case.number, lead_unit=world.EAST_STREET, by=world.EAST_DISPATCHER, seen=case.version)
    case = sent_back(case, by=world.STREET_HANDLER)
    assert share("sent_back", period(5)) == (0, 1, 0)
    case = commands.judge_send_back(case.number, uphold=True, by=world.EAST_DISPATCHER, seen=case.version)
    sent_back(case, by=world.EAST_DISPATCHER)
    assert by("unit", "sent_back", period(5)) == {world.EAST: 1}


def test_a_repeat_is_the_same_person_again_and_a_parallel_is_none(hands: Any) -> None:
    head, again, other = world.forwarded(), world.recorded(), world.recorded(phone=world.ZHANG)
    for case in (again, other):
        merge_commands.merge(case.number, head=head.number, by=world.DISPATCHER, seen=case.version)
    assert share("repeat", period(5)) == (1, 3, 0)
    assert members.page("repeat", period(5), {}, part="counted", after="", size=9) == [again.number]
    alone = merge_commands.unmerge(again.number, by=world.DISPATCHER, seen=2)
    assert alone.stage == "forwarded"
    assert share("repeat", period(5)) == (0, 3, 0)


def test_a_repeat_stays_one_when_its_caller_was_called_back(hands: Any) -> None:
    head, again = world.handled(), world.recorded()
    merge_commands.merge(again.number, head=head.number, by=world.DISPATCHER, seen=1)
    commands.review(head.number, accept=True, by=world.DISPATCHER, seen=head.version + 1)
    commands.call_back(again.number, reached="reached", solved=True, by=world.CALLER_BACK, seen=3)
    assert share("repeat", period(5)) == (1, 2, 0)


def test_what_was_parked_in_the_period_and_what_of_it_is_cleared(hands: Any) -> None:
    gone, stays = parked(world.signed()), parked(world.signed())
    hands.move_to(at(8))
    cleared(gone)
    parked(world.signed())
    assert (size("parked", period(5)), size("parked", period(8))) == (2, 1)
    assert share("cleared", period(5)) == (1, 2, 0)
    assert share("cleared", period(5, as_of=at(7))) == (0, 2, 0)
    assert members.page("cleared", period(5), {}, part="rest", after="", size=9) == [stays.number]


def test_parked_again_it_is_not_cleared(hands: Any) -> None:
    case = cleared(parked(world.signed()))
    hands.move_to(at(8))
    parked(case)
    assert (share("cleared", period(5)), share("cleared", period(8))) == ((0, 0, 0), (0, 1, 0))


def test_red_is_late_amber_is_due_by_the_end_of_the_next_working_day(hands: Any) -> None:
    # Heating has three working days: the end of Friday, the 8th.
    world.forwarded()
    days = period(5)

    def lights(*moment: int) -> tuple[Any, Any, int]:
        asked = period(5, as_of=at(*moment))
        return share("red", asked)[:2], share("amber", asked)[:2], size("due_tomorrow", asked)

    assert lights(6, 23) == ((0, 1), (0, 1), 0)
    assert lights(7, 0) == ((0, 1), (1, 1), 1)
    assert lights(8, 9) == ((0, 1), (1, 1), 0)
    assert lights(9, 0) == ((1, 1), (0, 1), 0)
    assert share("red", days)[1] == 1


def test_what_waits_for_the_desk_or_stands_still_has_no_light(hands: Any) -> None:
    world.handled()
    case = world.signed()
    marks.suspend(case.number, reason="expert_test", by=world.HEATING_HANDLER, seen=case.version)
    assert share("red", period(5)) == (0, 0, 0)


def test_an_older_case_that_is_still_at_its_unit_is_in_the_stock_of_a_later_period(hands: Any) -> None:
    world.forwarded()
    assert share("red", period(20, 21)) == (1, 1, 0)


def test_before_the_calendar_begins_nothing_is_due(hands: Any) -> None:
    world.forwarded()
    assert size("due_tomorrow", period(5, as_of=datetime.fromisoformat("2001-01-01T00:00+08:00"))) == 0


FIGURES = ("contacted_in_time", "sent_back", "repeat", "cleared", "red", "amber", "first_time_solved")


@pytest.mark.parametrize("figure", FIGURES)
def test_excluded_ones_are_outside_and_counted_as_excluded(hands: Any, figure: str) -> None:
    case = parked(sent_back(world.signed()))
    as_it_will_be(case.number, {"excluded": True, "called_back_day": date(2024, 3, 5), "solved": True})
    numerator, base, excluded = share(figure, period(5))
    assert (numerator, base, excluded) == (0, 0, 1)
    assert members.sizes(figure, period(5), {}).excluded == 1


def test_solved_the_first_time_is_without_a_second_handling(hands: Any) -> None:
    world.called_back()
    world.called_back(solved=False)
    as_it_will_be(world.called_back().number, {"second_handling": 1})
    assert share("first_time_solved", period(5)) == (1, 3, 0)
    assert share("solution", period(5)) == (2, 3, 0)
