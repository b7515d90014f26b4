"""A topic is governed through its commands: opened, cause and measures, closed by its numbers; what verify says."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from tests import world

from yousu.cases.rules import FieldWrong
from yousu.cases.verification import whole
from yousu.figures.kept import ListBroken
from yousu.governance.refusals import NotReady
from yousu.governance.streams import GovernedMissing
from yousu.governance.tasks import commands as tasks
from yousu.governance.tasks import queries as task_queries
from yousu.governance.tasks.commands import Wanted
from yousu.governance.topics import commands, queries
from yousu.governance.topics.commands import Plan
from yousu.governance.topics.events import Subject, Target
from yousu.governance.topics.state import GovernanceState
from yousu.ledger.log import StreamMoved, rows_of
from yousu.org.actors import Actor
from yousu.org.capabilities import Forbidden
from yousu.platform import clock

pytestmark = pytest.mark.django_db(transaction=True)
MARCH, APRIL = datetime(2024, 3, 5, 4, tzinfo=UTC), datetime(2024, 4, 1, 4, tzinfo=UTC)
HEATING_LEADER = world.actor("heat9", "unit_leader", unit=world.HEATING)
TOPIC = Subject(dimension="topic", code="heating")
DUE = date(2024, 4, 28)


@pytest.fixture
def hands() -> Iterator[Any]:
    """Four calls about heating in March, one about water; then April begins."""
    with clock.held(MARCH) as held:
        for _ in range(4):
            world.forwarded()
        world.recorded("停水", category=world.DRY)
        held.move_to(APRIL)
        yield held


def plan(**more: Any) -> Plan:
    usual: dict[str, Any] = {
        "title": "一单元供暖反复不热",
        "subject": TOPIC,
        "lead_unit": world.HEATING,
        "leader": "王经理",
        "target": Target(kind="percent_less", number=50),
        "due": DUE,
    }
    return Plan(**{**usual, **more})


def opened(**more: Any) -> GovernanceState:
    return commands.open_task(plan(**more), by=world.SUPERVISOR)


def measure(state: GovernanceState, *, by: Actor = world.SUPERVISOR, **more: Any) -> int:
    usual: dict[str, Any] = {"unit": world.HEATING, "due": date(2024, 4, 15), "words": "更换换热站循环泵"}
    return commands.add_measure(state.number, Wanted(**{**usual, **more}), by=by).number


def done(number: int) -> None:
    tasks.report(number, words="已更换", by=world.HEATING_HANDLER)
    tasks.judge(number, accept=True, by=world.SUPERVISOR)


def with_cause(state: GovernanceState) -> GovernanceState:
    return commands.find_cause(state.number, words="循环泵老化", by=world.HEATING_HANDLER)


def refused(act: Callable[[], Any]) -> str:
    with pytest.raises(NotReady) as caught:
        act()
    return caught.value.why


def wrong(act: Callable[[], Any]) -> str:
    with pytest.raises(FieldWrong) as caught:
        act()
    return caught.value.field


def test_what_is_opened_counts_the_days_before_and_keeps_their_list(hands: Any) -> None:
    state = opened()
    assert (state.first, state.last, state.before) == (date(2024, 3, 4), date(2024, 3, 31), 4)
    assert len(queries.numbers_behind(state, "before")) == 4
    assert (state.after_first, state.days) == (date(2024, 4, 1), 28)
    assert [row.kind for row in rows_of(f"governance/{state.number}")] == ["governance_opened"]
    assert whole.run().is_clean


def test_the_set_may_be_a_category_of_a_district_or_of_a_unit(hands: Any) -> None:
    assert opened(subject=Subject(dimension="category", code="城乡建设")).before == 5
    assert opened(subject=Subject(dimension="topic", code="heating", unit=world.WATER)).before == 0
    assert opened(subject=Subject(dimension="topic", code="heating", district="east")).before == 0


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"subject": Subject(dimension="topic", code="nothing")}, "topic"),
        ({"subject": Subject(dimension="topic", code="heating", district="heating")}, "district"),
        ({"subject": Subject(dimension="topic", code="heating", unit="nobody")}, "within"),
        ({"lead_unit": "nobody"}, "lead_unit"),
        ({"title": " "}, "title"),
        ({"leader": ""}, "leader"),
        ({"target": Target(kind="percent_less", number=101)}, "target_number"),
        ({"target": Target(kind="somewhat", number=1)}, "target"),
        ({"due": date(2024, 4, 27)}, "due"),
        ({"days": 0}, "days"),
    ],
)
def test_what_cannot_be_governed_is_refused_by_field(more: Any, field: str, hands: Any) -> None:
    assert wrong(lambda: opened(**more)) == field


def test_a_subject_is_governed_once_at_a_time(hands: Any) -> None:
    opened()
    assert refused(opened) == "already_governed"


@pytest.mark.parametrize("who", [world.HEATING_HANDLER, HEATING_LEADER, world.DISPATCHER, world.ANALYST])
def test_only_supervisors_and_leaders_open(who: Actor, hands: Any) -> None:
    with pytest.raises(Forbidden):
        commands.open_task(plan(), by=who)
    assert commands.open_task(plan(), by=world.LEADER).stage == "open"


def test_the_lead_unit_alone_finds_the_cause_and_reports(hands: Any) -> None:
    state = opened()
    for who in (world.WATER_HANDLER, world.SUPERVISOR, world.LEADER):
        with pytest.raises(Forbidden):
            commands.find_cause(state.number, words="不知道", by=who)
    assert with_cause(state).cause is not None
    assert commands.report(state.number, words="已更换两台", by=HEATING_LEADER).version == 3


def test_other_units_know_nothing_of_it(hands: Any) -> None:
    state = opened()
    assert queries.seen_by(world.HEATING_HANDLER, state.number) == state
    with pytest.raises(GovernedMissing):
        queries.seen_by(world.WATER_HANDLER, state.number)


def test_the_lead_units_leader_sets_measures_in_the_own_tree_alone(hands: Any) -> None:
    state = opened()
    measure(state, by=HEATING_LEADER)
    with pytest.raises(Forbidden):
        measure(state, by=HEATING_LEADER, unit=world.WATER)
    with pytest.raises(Forbidden):
        measure(state, by=world.HEATING_HANDLER)
    number = measure(state, unit=world.WATER)
    assert [task.number for task in task_queries.running(world.WATER_HANDLER, size=9)] == [number]
    assert len(task_queries.of(f"governance/{state.number}")) == 2


def test_a_measure_sent_twice_is_set_once(hands: Any) -> None:
    state = opened()
    wanted = Wanted(unit=world.HEATING, due=date(2024, 4, 15), words="换泵")
    commands.add_measure(state.number, wanted, by=world.SUPERVISOR, seen=1)
    with pytest.raises(StreamMoved):
        commands.add_measure(state.number, wanted, by=world.SUPERVISOR, seen=1)
    assert len(task_queries.of(f"governance/{state.number}")) == 1


def test_it_is_closed_by_its_numbers_after_the_days_compared(hands: Any) -> None:
    state = opened()
    number = measure(state)
    close = lambda by=world.SUPERVISOR: commands.close(state.number, words="成效明显", by=by)  # noqa: E731
    assert refused(close) == "no_cause"
    with_cause(state)
    assert refused(close) == "days_not_over"
    world.forwarded()
    hands.move_to(APRIL + timedelta(days=28))
    assert refused(close) == "measures_open"
    done(number)
    with pytest.raises(Forbidden):
        close(by=world.HEATING_HANDLER)
    closed = close()
    assert closed.result is not None
    assert (closed.result.after, closed.result.limit, closed.result.met) == (1, 2, True)
    assert (closed.result.first, closed.result.last) == (date(2024, 4, 1), date(2024, 4, 28))
    assert len(queries.numbers_behind(closed, "after")) == 1
    assert refused(close) == "closed_already"
    assert refused(lambda: with_cause(state)) == "closed_already"
    assert whole.run().is_clean


def test_a_target_that_is_missed_is_said_to_be_missed(hands: Any) -> None:
    state = with_cause(opened(target=Target(kind="at_most", number=1)))
    for _ in range(2):
        world.forwarded()
    hands.move_to(APRIL + timedelta(days=28))
    closed = commands.close(state.number, words="未达标", by=world.SUPERVISOR)
    assert closed.result is not None and not closed.result.met


def test_nobody_closes_what_they_reported_on_or_their_unit_leads(hands: Any) -> None:
    both = world.actor("both1", "supervisor", "handler", unit=world.HEATING)
    state = commands.find_cause(opened().number, words="泵老化", by=both)
    hands.move_to(APRIL + timedelta(days=28))
    assert refused(lambda: commands.close(state.number, words="好", by=both)) == "own_task"


def test_what_was_closed_may_be_reopened_with_another_day(hands: Any) -> None:
    state = with_cause(opened())
    reopen = lambda due: commands.reopen(state.number, due=due, why="又有反弹", by=world.SUPERVISOR)  # noqa: E731
    assert refused(lambda: reopen(date(2024, 6, 1))) == "still_open"
    hands.move_to(APRIL + timedelta(days=28))
    commands.close(state.number, words="好", by=world.SUPERVISOR)
    assert wrong(lambda: reopen(date(2024, 5, 1))) == "due"
    again = reopen(date(2024, 5, 31))
    assert (again.stage, again.result, again.after_first) == ("open", None, date(2024, 5, 4))
    assert whole.run().is_clean


def test_nothing_is_reopened_beside_another_open_task_on_the_same_subject(hands: Any) -> None:
    state = with_cause(opened())
    hands.move_to(APRIL + timedelta(days=28))
    commands.close(state.number, words="好", by=world.SUPERVISOR)
    opened(due=date(2024, 6, 30))
    again = lambda: commands.reopen(state.number, due=date(2024, 6, 30), why="反弹", by=world.SUPERVISOR)  # noqa: E731
    assert refused(again) == "already_governed"


def test_a_page_that_is_older_than_the_task_changes_nothing(hands: Any) -> None:
    state = opened()
    for act in (commands.find_cause, commands.report):
        with pytest.raises(StreamMoved):
            act(state.number, words="好", by=world.HEATING_HANDLER, seen=7)


def test_what_is_not_there_is_missing(hands: Any) -> None:
    with pytest.raises(GovernedMissing):
        commands.report(999, words="好", by=world.HEATING_HANDLER)


def test_a_list_that_is_another_one_now_is_not_given_out_and_verify_finds_it(hands: Any) -> None:
    state = opened()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE governed_set SET numbers = '[]' WHERE path = 'before'")
    with pytest.raises(ListBroken):
        queries.numbers_behind(state, "before")
    found = [(one.table, one.column) for one in whole.run().findings.differences]
    assert found == [("governed_set", "before")]
