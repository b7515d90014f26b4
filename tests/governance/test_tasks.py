"""A task: reported by its unit, accepted or given back by somebody else; what accuses a unit is no task of it."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from tests import world
from tests.governance.test_governing import opened

from yousu.appeals import shield_commands as shields
from yousu.cases.rules import FieldWrong
from yousu.governance.refusals import NotReady
from yousu.governance.streams import GovernedMissing
from yousu.governance.tasks import commands, queries
from yousu.governance.tasks.commands import Wanted
from yousu.governance.tasks.state import TaskState
from yousu.governance.topics import commands as topics
from yousu.ledger.log import StreamMoved, rows_of
from yousu.org.capabilities import Forbidden
from yousu.platform import clock

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def hands() -> Iterator[Any]:
    with clock.held(datetime(2024, 4, 1, 4, tzinfo=UTC)) as held:
        yield held


def wanted(**more: Any) -> Wanted:
    usual: dict[str, Any] = {"unit": world.HEATING, "due": date(2024, 4, 15), "words": "更换循环泵"}
    return Wanted(**{**usual, **more})


def task(**more: Any) -> TaskState:
    return topics.add_measure(opened().number, wanted(**more), by=world.SUPERVISOR)


def refused(act: Callable[[], Any]) -> str:
    with pytest.raises(NotReady) as caught:
        act()
    return caught.value.why


def test_the_unit_reports_and_the_supervisor_accepts() -> None:
    one = task()
    assert commands.report(one.number, words="已更换", by=world.HEATING_HANDLER, seen=1).stage == "reported"
    assert refused(lambda: commands.report(one.number, words="又换", by=world.HEATING_HANDLER)) == "already_reported"
    assert commands.judge(one.number, accept=True, by=world.SUPERVISOR, seen=2).stage == "accepted"
    assert [row.kind for row in rows_of(f"task/{one.number}")] == ["task_set", "task_reported", "task_judged"]
    assert refused(lambda: commands.cancel(one.number, why="不必了", by=world.SUPERVISOR)) == "task_is_over"


def test_what_is_given_back_says_why_and_is_owed_again() -> None:
    one = task()
    assert refused(lambda: commands.judge(one.number, accept=True, by=world.SUPERVISOR)) == "not_reported"
    commands.report(one.number, words="已更换", by=world.HEATING_HANDLER)
    with pytest.raises(FieldWrong):
        commands.judge(one.number, accept=False, by=world.SUPERVISOR)
    assert commands.judge(one.number, accept=False, note="还有一台", by=world.SUPERVISOR).stage == "open"


def test_nobody_accepts_what_they_reported() -> None:
    both = world.actor("both1", "supervisor", "handler", unit=world.HEATING)
    one = task()
    commands.report(one.number, words="已更换", by=both)
    assert refused(lambda: commands.judge(one.number, accept=True, by=both)) == "same_person"


def test_another_unit_neither_sees_nor_reports_it() -> None:
    one = task()
    with pytest.raises(GovernedMissing):
        queries.seen_by(world.WATER_HANDLER, one.number)
    with pytest.raises(Forbidden):
        commands.report(one.number, words="已更换", by=world.WATER_HANDLER)
    for who in (world.HEATING_HANDLER, world.LEADER):
        with pytest.raises(Forbidden):
            commands.judge(one.number, accept=True, by=who)
        with pytest.raises(Forbidden):
            commands.cancel(one.number, why="不必了", by=who)


def test_it_is_overdue_when_its_day_is_over_and_nothing_was_reported() -> None:
    one = task()
    assert not one.is_overdue(date(2024, 4, 15))
    assert one.is_overdue(date(2024, 4, 16))
    reported = commands.report(one.number, words="已更换", by=world.HEATING_HANDLER)
    assert not reported.is_overdue(date(2024, 4, 16))


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"unit": "nobody"}, "unit"),
        ({"due": date(2024, 3, 31)}, "due"),
        ({"words": ""}, "words"),
        ({"case": "2400000000"}, "case"),
    ],
)
def test_what_cannot_be_set_is_refused_by_field(more: Any, field: str) -> None:
    with pytest.raises(FieldWrong) as caught:
        task(**more)
    assert caught.value.field == field


def test_a_case_that_accuses_a_unit_is_no_task_of_that_unit() -> None:
    case = world.recorded("热力公司的人收钱", type="tip_off")
    shields.name_reported(case.number, unit=world.HEATING, by=world.DISPATCHER, seen=case.version)
    origin = opened().number
    with pytest.raises(FieldWrong) as caught:
        topics.add_measure(origin, wanted(case=case.number), by=world.SUPERVISOR)
    assert (caught.value.field, caught.value.why) == ("case", "reported_unit")
    assert topics.add_measure(origin, wanted(unit=world.WATER, case=case.number), by=world.SUPERVISOR).case


def test_an_older_page_changes_nothing() -> None:
    one = task()
    with pytest.raises(StreamMoved):
        commands.report(one.number, words="已更换", by=world.HEATING_HANDLER, seen=4)
    assert commands.cancel(one.number, why="方案改变", by=world.SUPERVISOR, seen=1).stage == "cancelled"
