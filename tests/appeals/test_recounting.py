"""重新推算: provisional deadlines get certain with the calendar of their year; nobody is worse off unseen."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from tests import world
from tests.world import DISPATCHER, HEATING_HANDLER

from yousu.appeals import commands, recounting
from yousu.appeals import mark_commands as marks
from yousu.appeals.dispatching import grades
from yousu.appeals.rules import Grades
from yousu.appeals.state import AppealState
from yousu.cases import queries
from yousu.cases.verification import whole
from yousu.ledger.log import rows_of
from yousu.notices.models import Notice
from yousu.notices.telling import tell
from yousu.org import accounts, capabilities
from yousu.org.actors import cli
from yousu.platform import clock
from yousu.worktime.calendar import Row

pytestmark = pytest.mark.django_db(transaction=True)
ZONE = ZoneInfo("Asia/Shanghai")
CLI = cli("root")
# A Monday of a year that no notice has published: counted by weekdays.
MONDAY = datetime(2030, 3, 4, 9, tzinfo=ZONE)


@pytest.fixture(autouse=True)
def in_2030() -> Iterator[None]:
    with clock.held(MONDAY):
        yield


def published(*rows: tuple[date, str]) -> Grades:
    """The city's grades by a calendar that knows 2030."""
    year = [Row(date(2030, 1, 1), "holiday", "元旦"), *(Row(day, kind, "测试") for day, kind in rows)]
    return replace(grades(), calendar=grades().calendar.with_year(year))


def again(case: AppealState) -> AppealState:
    state: AppealState = queries.state_of(queries.now(case.number))
    return state


def due_day(case: AppealState) -> date:
    assert case.due is not None
    return case.due.at.astimezone(ZONE).date()


def test_a_holiday_that_was_published_since_gives_the_unit_more_time() -> None:
    case = world.forwarded()
    assert case.due is not None and case.due.provisional and due_day(case) == date(2030, 3, 7)
    found = recounting.recount(by=CLI, by_grades=published((date(2030, 3, 6), "holiday")))
    assert (found.provisional, found.later, found.earlier, found.unchanged) == (1, 1, 0, 0)
    after = again(case)
    assert due_day(after) == date(2030, 3, 8) and after.due is not None and not after.due.provisional
    assert [step.why for step in after.due.steps][1] == "holiday"
    assert whole.run().is_clean


def test_a_deadline_that_gets_earlier_is_an_event_and_the_unit_is_told() -> None:
    accounts.create("heat9", None, roles=["handler"], unit=world.HEATING, name_zh="承办人", name_en="Handler")
    with clock.held(datetime(2030, 3, 7, 9, tzinfo=ZONE)):
        # A Thursday; the Saturday after becomes a day of work.
        case = world.forwarded()
    assert due_day(case) == date(2030, 3, 12)
    found = recounting.recount(by=CLI, by_grades=published((date(2030, 3, 9), "makeup")))
    assert (found.earlier, due_day(again(case))) == (1, date(2030, 3, 11))
    last = list(rows_of(f"appeal/{case.number}"))[-1]
    assert (last.kind, last.actor) == ("deadline_recounted", CLI.code)
    tell([(last.stream, last.seq)])
    assert [notice.text for notice in Notice.objects.filter(seq=last.seq, way="desk")] == ["due_earlier"]


def test_the_same_day_is_confirmed_and_what_is_not_published_stays_provisional() -> None:
    case = world.forwarded()
    assert recounting.recount(by=CLI).unchanged == 1
    assert again(case).version == case.version
    assert recounting.recount(by=CLI, by_grades=published()).confirmed == 1
    assert recounting.recount(by=CLI, by_grades=published()).provisional == 0


def test_a_dry_run_counts_and_changes_nothing() -> None:
    case = world.forwarded()
    found = recounting.recount(by=CLI, by_grades=published((date(2030, 3, 6), "holiday")), dry_run=True)
    assert (found.later, again(case).version) == (1, case.version)


def test_pauses_extensions_and_inner_deadlines_are_counted_again_with_it() -> None:
    case = world.forwarded()
    case = marks.request_extension(case.number, working_days=1, reason="complex", by=HEATING_HANDLER, seen=case.version)
    case = marks.judge_extension(case.number, grant=True, by=DISPATCHER, seen=case.version)
    still = world.forwarded()
    still = marks.suspend(still.number, reason="documents", by=HEATING_HANDLER, seen=still.version)
    recounting.recount(by=CLI, by_grades=published((date(2030, 3, 6), "holiday")))
    assert due_day(again(case)) == date(2030, 3, 11)
    paused = again(still).clock.standstill
    assert paused is not None and paused.due.at.astimezone(ZONE).date() == date(2030, 3, 8)
    assert again(still).due is None


def test_deadlines_of_levels_and_parts_inside_a_tree_are_counted_again_too() -> None:
    case = world.forwarded(lead_unit=world.EAST)
    case = commands.forward(
        case.number, lead_unit=world.EAST_STREET, co_units=(world.EAST,), by=world.EAST_DISPATCHER, seen=case.version
    )
    assert case.inner_due is not None and case.inner_due.provisional
    recounting.recount(by=CLI, by_grades=published((date(2030, 3, 5), "holiday")))
    after = again(case)
    assert after.inner_due is not None and not after.inner_due.provisional
    assert [part.due for part in after.parts] == [after.inner_due]
    assert after.inner_due.at.astimezone(ZONE).date() == date(2030, 3, 6)


def test_what_is_over_keeps_its_deadline() -> None:
    case = world.closed()
    assert recounting.recount(by=CLI, by_grades=published((date(2030, 3, 6), "holiday"))).provisional == 0
    assert again(case).version == case.version


def test_only_the_command_line_may() -> None:
    with pytest.raises(capabilities.Forbidden):
        recounting.recount(by=DISPATCHER)
