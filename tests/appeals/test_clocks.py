"""时限: extensions, pauses and parking; a deadline never changes silently, and nobody judges the own request."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

import pytest
from tests import world

from yousu.appeals import commands as appeals
from yousu.appeals import mark_commands as marks
from yousu.appeals.state import AppealState
from yousu.cases import queries
from yousu.cases.models import CaseNow
from yousu.cases.rules import FieldWrong
from yousu.cases.transitions import NotPossible
from yousu.cases.verification import whole
from yousu.ledger.log import rows_of
from yousu.org.actors import Actor
from yousu.org.capabilities import Forbidden
from yousu.platform import clock

pytestmark = pytest.mark.django_db(transaction=True)

ZONE = ZoneInfo("Asia/Shanghai")
# A Monday; the heating company has three working days: until the end of Thursday, 7 March.
MONDAY = datetime(2024, 3, 4, 9, tzinfo=ZONE)
JUDGE = world.actor("desk2", "dispatcher", unit="centre")
BOTH = world.actor("both", "handler", "dispatcher", unit=world.HEATING)


class Hands(Protocol):
    """A clock's hands."""

    def move_to(self, moment: datetime) -> None: ...


@pytest.fixture
def hands() -> Iterator[Hands]:
    """A clock that stands on Monday morning."""
    with clock.held(MONDAY) as held:
        yield held


def at(day: int, hour: int = 9, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2024, 3, day, hour, minute, second, tzinfo=ZONE)


def due(case: AppealState) -> datetime | None:
    return case.due.at.astimezone(ZONE) if case.due else None


def end_of(day: int) -> datetime:
    return at(day, 23, 59, 59)


def asked(case: AppealState, *, working_days: int = 2, by: Actor = world.HEATING_HANDLER) -> AppealState:
    return marks.request_extension(case.number, working_days=working_days, reason="complex", by=by, seen=case.version)


def refused(act: Callable[[], object]) -> NotPossible:
    with pytest.raises(NotPossible) as caught:
        act()
    return caught.value


def test_an_extension_moves_the_deadline_only_when_it_is_granted(hands: Hands) -> None:
    case = asked(world.signed())
    assert due(case) == end_of(7)
    case = marks.judge_extension(case.number, grant=True, by=JUDGE, seen=case.version)
    assert due(case) == end_of(11)
    assert case.due is not None
    assert [step.date for step in case.due.steps if step.counted] == [date(2024, 3, day) for day in (5, 6, 7, 8, 11)]
    assert [row.kind for row in rows_of(f"appeal/{case.number}")][-2:] == ["extension_requested", "extension_judged"]


def test_a_refused_extension_leaves_the_deadline_as_it_was(hands: Hands) -> None:
    case = asked(world.signed())
    case = marks.judge_extension(case.number, grant=False, by=JUDGE, seen=case.version)
    assert due(case) == end_of(7)
    assert case.clock.asked is None
    # A refusal is no extension: the unit may ask once more.
    assert asked(case).clock.asked is not None


def test_an_undecided_request_does_not_stop_the_clock(hands: Hands) -> None:
    case = asked(world.signed())
    hands.move_to(at(8))
    assert CaseNow.objects.filter(queries.overdue("appeal", clock.now()), number=case.number).exists()


def test_nobody_judges_the_own_request(hands: Hands) -> None:
    case = asked(world.signed(), by=BOTH)
    wrong = refused(lambda: marks.judge_extension(case.number, grant=True, by=BOTH, seen=case.version))
    assert wrong.why == "own_request"


def test_seventeen_sharp_on_the_due_day_is_in_time_and_a_second_later_is_not(hands: Hands) -> None:
    case = world.signed()
    hands.move_to(at(7, 17, 0, 1))
    assert refused(lambda: asked(case)).why == "too_late_to_extend"
    hands.move_to(at(7, 17))
    assert asked(case).clock.asked is not None


@pytest.mark.parametrize("days", [0, 4])
def test_an_extension_is_at_least_a_day_and_at_most_as_long_as_the_grade(hands: Hands, days: int) -> None:
    case = world.signed()
    with pytest.raises(FieldWrong) as caught:
        asked(case, working_days=days)
    assert (caught.value.field, caught.value.why) == ("working_days", "out_of_range")


def test_a_second_extension_is_refused(hands: Hands) -> None:
    case = asked(world.signed())
    case = marks.judge_extension(case.number, grant=True, by=JUDGE, seen=case.version)
    assert refused(lambda: asked(case)).why == "extended_often_enough"


def test_two_requests_do_not_wait_at_once(hands: Hands) -> None:
    case = asked(world.signed())
    wrong = refused(lambda: asked(case))
    assert wrong.why == "extension_asked"
    assert "request-extension" not in wrong.possible


def test_a_case_without_limit_has_nothing_to_extend_or_suspend(hands: Hands) -> None:
    case = world.recorded()
    case = appeals.forward(case.number, lead_unit=world.HEATING, grade="none", by=world.DISPATCHER, seen=case.version)
    assert refused(lambda: asked(case)).why == "no_limit"
    stop = refused(lambda: marks.suspend(case.number, reason="documents", by=world.HEATING_HANDLER, seen=case.version))
    assert stop.why == "no_limit"


def stopped(case: AppealState, *, until: date | None = None) -> AppealState:
    return marks.suspend(case.number, reason="documents", until=until, by=world.HEATING_HANDLER, seen=case.version)


def test_days_at_whose_end_the_clock_stood_still_are_not_counted(hands: Hands) -> None:
    case = world.signed()
    hands.move_to(at(5, 10))
    case = stopped(case)
    assert case.due is None
    hands.move_to(at(7, 9))
    case = marks.resume(case.number, by=world.HEATING_HANDLER, seen=case.version)
    # Paused at the end of the 5th and the 6th: the 7th, 8th and 11th count.
    assert due(case) == end_of(11)
    assert case.due is not None
    assert [step.why for step in case.due.steps][:2] == ["paused", "paused"]


def test_a_pause_within_one_day_changes_nothing(hands: Hands) -> None:
    case = world.signed()
    hands.move_to(at(5, 10))
    case = stopped(case)
    hands.move_to(at(5, 16))
    assert due(marks.resume(case.number, by=world.HEATING_HANDLER, seen=case.version)) == end_of(7)


def test_two_pauses_and_an_extension_add_up(hands: Hands) -> None:
    case = world.signed()
    for begin, end in ((at(5, 10), at(6, 9)), (at(6, 15), at(7, 9))):
        hands.move_to(begin)
        case = stopped(case)
        hands.move_to(end)
        case = marks.resume(case.number, by=world.HEATING_HANDLER, seen=case.version)
    assert due(case) == end_of(11)
    case = asked(case, working_days=1)
    case = marks.judge_extension(case.number, grant=True, by=JUDGE, seen=case.version)
    assert due(case) == end_of(12)


def test_an_extension_granted_while_the_clock_stands_still_holds_after_it(hands: Hands) -> None:
    case = asked(world.signed(), working_days=1)
    case = stopped(case)
    case = marks.judge_extension(case.number, grant=True, by=JUDGE, seen=case.version)
    assert case.due is None
    case = marks.resume(case.number, by=world.HEATING_HANDLER, seen=case.version)
    assert due(case) == end_of(8)


def test_after_the_due_moment_the_clock_is_not_stopped(hands: Hands) -> None:
    case = world.signed()
    hands.move_to(end_of(7) + timedelta(seconds=1))
    assert refused(lambda: stopped(case)).why == "overdue_already"


def test_while_the_clock_stands_still_nothing_is_late_and_nothing_is_handled(hands: Hands) -> None:
    case = world.signed()
    case = appeals.contact(case.number, how="phone", reached=True, by=world.HEATING_HANDLER, seen=case.version)
    case = stopped(case, until=date(2024, 3, 20))
    hands.move_to(at(15))
    assert not CaseNow.objects.filter(queries.overdue("appeal", clock.now()), number=case.number).exists()
    wrong = refused(
        lambda: appeals.handle(
            case.number, reply="办好了", outcome="solved", by=world.HEATING_HANDLER, seen=case.version
        )
    )
    assert wrong.why == "suspended"
    assert "resume" in wrong.possible
    row = queries.now(case.number)
    allowed = queries.allowed(row, case, world.HEATING_HANDLER)
    assert "resume" in allowed
    assert {"suspend", "handle", "send-back"}.isdisjoint(allowed)


def test_a_pause_is_not_thought_to_end_before_tomorrow(hands: Hands) -> None:
    case = world.signed()
    with pytest.raises(FieldWrong) as caught:
        stopped(case, until=date(2024, 3, 4))
    assert caught.value.field == "until"


def test_a_unit_of_its_own_accord_stops_no_others_clock(hands: Hands) -> None:
    case = world.signed()
    with pytest.raises(Forbidden):
        marks.suspend(case.number, reason="documents", by=world.WATER_HANDLER, seen=case.version)


def test_a_reopened_case_begins_with_a_clock_of_its_own(hands: Hands) -> None:
    case = asked(world.signed())
    case = marks.judge_extension(case.number, grant=True, by=JUDGE, seen=case.version)
    case = appeals.contact(case.number, how="phone", reached=True, by=world.HEATING_HANDLER, seen=case.version)
    case = appeals.handle(case.number, reply="办好了", outcome="solved", by=world.HEATING_HANDLER, seen=case.version)
    case = appeals.review(case.number, accept=True, by=world.DISPATCHER, seen=case.version)
    case = appeals.reopen(case.number, reason="又坏了", by=world.SUPERVISOR, seen=case.version)
    assert case.clock.extensions == 0
    assert due(case) == end_of(7)


def test_a_deadline_keeps_the_moment_it_was_counted_from(hands: Hands) -> None:
    case = world.signed()
    assert case.due is not None
    assert case.due.start == MONDAY.astimezone(UTC)


def parked(case: AppealState) -> AppealState:
    return marks.park(
        case.number,
        plan="开春后更换管道",
        leader="热力公司副经理",
        review_on=date(2024, 4, 1),
        by=world.SUPERVISOR,
        seen=case.version,
    )


def test_parking_keeps_stage_and_deadline_and_has_a_day_to_look_again(hands: Hands) -> None:
    before = world.signed()
    case = parked(before)
    assert (case.stage, case.due) == (before.stage, before.due)
    assert case.parking is not None
    assert case.parking.review_on == date(2024, 4, 1)
    assert queries.now(case.number).marks == ["parked"]
    case = marks.unpark(case.number, result="管道已更换", by=world.SUPERVISOR, seen=case.version)
    assert case.parking is None
    assert case.cleared_at is not None


def test_a_day_to_look_again_lies_ahead(hands: Hands) -> None:
    case = world.signed()
    with pytest.raises(FieldWrong) as caught:
        marks.park(
            case.number,
            plan="等",
            leader="某某",
            review_on=date(2024, 3, 4),
            by=world.SUPERVISOR,
            seen=case.version,
        )
    assert caught.value.field == "review_on"


def test_who_is_judged_to_wait_is_parked_and_gets_plan_and_leader_next(hands: Hands) -> None:
    case = world.called_back(solved=False)
    case = appeals.judge_unsolved(case.number, decision="park", by=world.SUPERVISOR, seen=case.version)
    assert case.stage == "closed"
    assert case.solved is False
    assert case.parking is not None
    assert case.parking.plan is None
    case = parked(case)
    assert case.parking is not None
    assert case.parking.plan is not None
    assert refused(lambda: parked(case)).why == "parked"


def test_a_parked_case_waits_for_no_call_back_until_it_is_cleared(hands: Hands) -> None:
    case = parked(world.closed())
    wrong = refused(lambda: call_back(case))
    assert wrong.why == "parked"
    case = marks.unpark(case.number, result="好了", by=world.SUPERVISOR, seen=case.version)
    assert call_back(case).stage == "settled"


def call_back(case: AppealState) -> AppealState:
    return appeals.call_back(
        case.number, reached="reached", responded=True, solved=True, by=world.CALLER_BACK, seen=case.version
    )


def test_everything_folds_to_what_is_stored(hands: Hands) -> None:
    case = stopped(asked(world.signed()))
    marks.resume(case.number, by=world.HEATING_HANDLER, seen=case.version)
    parked(world.closed())
    assert whole.run().is_clean


def test_taken_back_extensions_and_pauses_were_never_there(hands: Hands) -> None:
    case = world.signed()
    suspended = stopped(case)
    back = appeals.undo(suspended.number, by=world.HEATING_HANDLER, seen=suspended.version)
    assert (back.due, back.clock) == (case.due, case.clock)
    assert whole.run().is_clean
