"""A review meeting: what lies before it stays, its decisions are tasks that units report on."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from tests import world
from tests.governance.test_governing import opened

from yousu.appeals import mark_commands as marks
from yousu.cases.rules import FieldWrong
from yousu.cases.verification import whole
from yousu.governance.meetings import commands, queries
from yousu.governance.meetings.state import MeetingState
from yousu.governance.refusals import NotReady
from yousu.governance.tasks import commands as tasks
from yousu.governance.tasks import queries as task_queries
from yousu.governance.tasks.commands import Wanted
from yousu.ledger.log import StreamMoved
from yousu.org.capabilities import Forbidden
from yousu.platform import clock

pytestmark = pytest.mark.django_db(transaction=True)
ON = date(2024, 4, 3)


@pytest.fixture(autouse=True)
def hands() -> Iterator[Any]:
    with clock.held(datetime(2024, 4, 1, 4, tzinfo=UTC)) as held:
        yield held


def called(**more: Any) -> MeetingState:
    usual: dict[str, Any] = {"on": ON, "first": date(2024, 3, 1)}
    return commands.call("四月研判会", by=world.SUPERVISOR, **{**usual, **more})


def wanted(**more: Any) -> Wanted:
    usual: dict[str, Any] = {"unit": world.HEATING, "due": date(2024, 4, 10), "words": "三日内入户检修"}
    return Wanted(**{**usual, **more})


def refused(act: Callable[[], Any]) -> str:
    with pytest.raises(NotReady) as caught:
        act()
    return caught.value.why


def test_what_lies_before_it_is_what_there_was_and_stays() -> None:
    case = world.signed()
    marks.supervise(case.number, due=datetime(2024, 4, 9, 4, tzinfo=UTC), by=world.SUPERVISOR, seen=case.version)
    number = opened().number
    state = called()
    assert dict(state.counts) == {"supervised": 1, "escalated": 0, "parked": 0, "sent_back": 0}
    assert queries.numbers_behind(state, "supervised") == [case.number]
    assert (state.governance, state.specials, state.last) == ((number,), (), date(2024, 4, 1))
    later = world.signed()
    marks.supervise(later.number, due=datetime(2024, 4, 9, 4, tzinfo=UTC), by=world.SUPERVISOR, seen=later.version)
    assert queries.numbers_behind(queries.get(state.number), "supervised") == [case.number]
    assert whole.run().is_clean


def test_a_decision_is_a_task_that_its_unit_reports_and_another_accepts() -> None:
    state = called()
    case = world.forwarded()
    task = commands.decide(state.number, wanted(case=case.number), by=world.SUPERVISOR, seen=1)
    assert (task.origin, task.case) == (f"meeting/{state.number}", case.number)
    with pytest.raises(StreamMoved):
        commands.decide(state.number, wanted(), by=world.SUPERVISOR, seen=1)
    assert [one.number for one in task_queries.running(world.HEATING_HANDLER, size=9)] == [task.number]
    tasks.report(task.number, words="已入户", by=world.HEATING_HANDLER)
    assert tasks.judge(task.number, accept=True, by=world.SUPERVISOR).stage == "accepted"


def test_what_is_still_owed_lies_before_the_next_meeting() -> None:
    task = commands.decide(called().number, wanted(), by=world.SUPERVISOR)
    assert called(on=date(2024, 4, 20)).owed == (task.number,)


def test_it_is_closed_on_its_day_and_then_decides_no_more(hands: Any) -> None:
    state = called()
    close = lambda: commands.close(state.number, words="逐项研判", by=world.SUPERVISOR)  # noqa: E731 - tried twice
    assert refused(close) == "meeting_to_come"
    hands.move_to(datetime(2024, 4, 3, 4, tzinfo=UTC))
    assert close().stage == "closed"
    assert refused(close) == "meeting_over"
    assert refused(lambda: commands.decide(state.number, wanted(), by=world.SUPERVISOR)) == "meeting_over"


def test_a_meeting_of_a_day_is_called_once() -> None:
    called()
    assert refused(called) == "called_already"


@pytest.mark.parametrize(("more", "field"), [({"on": date(2024, 3, 31)}, "on"), ({"first": date(2024, 4, 2)}, "first")])
def test_days_that_cannot_be_are_refused(more: Any, field: str) -> None:
    with pytest.raises(FieldWrong) as caught:
        called(**more)
    assert caught.value.field == field


@pytest.mark.parametrize("who", [world.LEADER, world.HEATING_HANDLER, world.DISPATCHER])
def test_only_supervisors_call_decide_and_close(who: Any) -> None:
    state = called()
    with pytest.raises(Forbidden):
        commands.call("会", on=ON, first=ON, by=who)
    with pytest.raises(Forbidden):
        commands.decide(state.number, wanted(), by=who)
    with pytest.raises(Forbidden):
        commands.close(state.number, words="散会", by=who)
