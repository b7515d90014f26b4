"""并单, several cases in one act: undone whole, two at once, five hundred in the statements of one."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import world

from yousu.appeals import commands, merge_commands
from yousu.appeals.state import AppealState
from yousu.cases import queries
from yousu.cases.models import CaseNow
from yousu.cases.rules import FieldWrong
from yousu.cases.transitions import NotPossible
from yousu.cases.verification import whole
from yousu.ledger import log
from yousu.ledger.log import StreamMoved
from yousu.platform import clock

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 500


def now(number: str) -> AppealState:
    state: AppealState = queries.state_of(queries.now(number))
    return state


def merged(case: AppealState, head: AppealState) -> AppealState:
    return merge_commands.merge(case.number, head=head.number, by=world.DISPATCHER, seen=now(case.number).version)


def standing(*numbers: str) -> list[dict[str, Any]]:
    """Everything that is known of these cases, but how many events they had."""
    rows = CaseNow.objects.filter(number__in=numbers).order_by("number")
    return [{**row.state, "version": None, "columns": (row.stage, row.head, row.units, row.due_at)} for row in rows]


def undone(number: str, **more: Any) -> AppealState:
    return commands.undo(number, **{"by": world.DISPATCHER, "seen": now(number).version, **more})


def merging() -> tuple[Callable[[], Any], str, list[str]]:
    """A head with a follower into another: what does it, of which case, and whom it concerns."""
    small, big = world.forwarded(), world.forwarded(phone=world.ZHANG)
    follower = merged(world.recorded(phone=world.WANG), small)
    return lambda: merged(small, big), small.number, [small.number, big.number, follower.number]


def unmerging() -> tuple[Callable[[], Any], str, list[str]]:
    head = world.forwarded()
    case = merged(world.recorded(phone=world.WANG), head)
    act = lambda: merge_commands.unmerge(case.number, by=world.DISPATCHER, seen=case.version)  # noqa: E731 - one act of several
    return act, case.number, [head.number, case.number]


def withdrawing() -> tuple[Callable[[], Any], str, list[str]]:
    head = world.forwarded()
    others = [merged(world.recorded(phone=phone), head).number for phone in (world.ZHANG, world.WANG)]
    act = lambda: commands.withdraw(  # noqa: E731 - one act of several
        head.number, reason="不要了", by=world.DISPATCHER, seen=now(head.number).version
    )
    return act, head.number, [head.number, *others]


def reviewing() -> tuple[Callable[[], Any], str, list[str]]:
    head = world.handled()
    others = [merged(world.recorded(phone=phone), head).number for phone in (world.ZHANG, world.WANG)]
    act = lambda: commands.review(  # noqa: E731 - one act of several
        head.number, accept=True, by=world.DISPATCHER, seen=now(head.number).version
    )
    return act, head.number, [head.number, *others]


def linking() -> tuple[Callable[[], Any], str, list[str]]:
    one, two = world.recorded(), world.recorded()
    act = lambda: merge_commands.link(one.number, other=two.number, how="same_matter", by=world.DISPATCHER)  # noqa: E731
    return act, one.number, [one.number, two.number]


@pytest.mark.parametrize("acting", [merging, unmerging, withdrawing, reviewing, linking])
def test_an_undone_act_is_undone_on_every_case_it_moved(acting: Any) -> None:
    act, number, concerned = acting()
    before = standing(*concerned)
    act()
    assert standing(*concerned) != before
    undone(number)
    assert standing(*concerned) == before
    with pytest.raises(NotPossible) as refusal:
        undone(number)
    assert refusal.value.why == "already_undone"
    act() if acting is not unmerging else None
    assert whole.run().is_clean


def test_acts_of_one_moment_are_undone_one_by_one() -> None:
    with clock.held(datetime(2024, 3, 5, 4, 0, tzinfo=UTC)):
        head = world.forwarded()
        first = merged(world.recorded(phone=world.ZHANG), head)
        second = merged(world.recorded(phone=world.WANG), head)
        # The head has moved on since.
        with pytest.raises(NotPossible) as refusal:
            undone(first.number)
        assert refusal.value.why == "overtaken"
        undone(second.number)
        assert [each.number for each in now(head.number).followers] == [first.number]


def test_what_came_from_another_case_is_undone_there() -> None:
    head = world.forwarded()
    case = merged(world.recorded(phone=world.ZHANG), head)
    with pytest.raises(NotPossible) as refusal:
        undone(head.number)
    assert refusal.value.why == "done_elsewhere"
    with clock.held(clock.now() + timedelta(seconds=11)), pytest.raises(NotPossible) as late:
        undone(case.number)
    assert late.value.why == "too_late"


def test_a_step_of_the_head_after_which_a_follower_was_corrected_is_not_undone() -> None:
    act, number, (_, first, _) = reviewing()
    act()
    commands.classify(first, category=world.COLD, by=world.DISPATCHER, seen=now(first).version)
    with pytest.raises(NotPossible) as refusal:
        undone(number)
    assert (refusal.value.why, now(number).stage) == ("overtaken", "closed")


def test_two_dispatchers_who_merge_two_cases_into_each_other_leave_one_head() -> None:
    for _ in range(5):
        one, two = world.recorded(), world.recorded(phone=world.ZHANG)
        outcomes: list[Any] = []
        ready = threading.Barrier(2)

        def put(case: AppealState, head: AppealState, ready: Any = ready, outcomes: list[Any] = outcomes) -> None:
            try:
                ready.wait()
                merge_commands.merge(case.number, head=head.number, by=world.DISPATCHER, seen=case.version)
                outcomes.append("done")
            except (StreamMoved, NotPossible, FieldWrong) as refusal:
                outcomes.append(refusal)
            finally:
                connection.close()

        threads = [threading.Thread(target=put, args=pair) for pair in ((one, two), (two, one))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=30)
        assert sorted(outcome == "done" for outcome in outcomes) == [False, True], outcomes
        assert sorted(now(each.number).stage for each in (one, two)) == ["merged", "recorded"]
    assert whole.run().is_clean


def test_a_head_that_closes_while_another_case_comes_in_leaves_nobody_behind() -> None:
    head = world.handled()
    first, late = merged(world.recorded(phone=world.ZHANG), head), world.recorded(phone=world.WANG)
    seen, ready, errors = now(head.number).version, threading.Barrier(2), list[Exception]()

    def tried(act: Callable[[], Any]) -> None:
        try:
            ready.wait()
            act()
        except (StreamMoved, NotPossible) as refusal:
            errors.append(refusal)
        finally:
            connection.close()

    acts = [
        lambda: commands.review(head.number, accept=True, by=world.DISPATCHER, seen=seen),
        lambda: merge_commands.merge(late.number, head=head.number, by=world.DISPATCHER, seen=late.version),
    ]
    threads = [threading.Thread(target=tried, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert len(errors) == 1
    stages = [now(each.number).stage for each in (head, first, late)]
    assert stages in (["closed", "closed", "recorded"], ["handled", "merged", "merged"])
    assert whole.run().is_clean


def test_five_hundred_followers_close_with_their_head_in_as_many_statements_as_two() -> None:
    counted = [_statements_of_closing(followers) for followers in (2, MANY)]
    assert counted[0] == counted[1] <= 14


def _statements_of_closing(followers: int) -> int:
    head = world.handled()
    said = [world.said(f"家里暖气不热 {n}", phone=None) for n in range(followers)]
    cases = commands.record_many(said, new_numbers=commands.next_numbers(followers), by=world.CALL_TAKER)
    with log.batch():
        for case in cases:
            merge_commands.merge(case.number, head=head.number, by=world.DISPATCHER, seen=case.version)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        commands.review(head.number, accept=True, by=world.DISPATCHER, seen=now(head.number).version)
    assert CaseNow.objects.filter(head=head.number, stage="closed").count() == followers
    return len(asked)


def test_an_act_of_the_same_moment_is_not_taken_for_the_merge_before_it() -> None:
    with clock.held(datetime(2024, 3, 5, 4, tzinfo=UTC)):
        head, follower = world.recorded(), world.recorded()
        merge_commands.merge(follower.number, head=head.number, by=world.DISPATCHER, seen=follower.version)
        commands.answer(head.number, reply="已通知检修", by=world.DISPATCHER, seen=head.version + 1)
        case = queries.state_of(queries.now(follower.number))
        case = commands.classify(case.number, category=world.DRY, by=world.DISPATCHER, seen=case.version)
        assert commands.undo(case.number, by=world.DISPATCHER, seen=case.version).category == world.COLD
