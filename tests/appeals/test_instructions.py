"""批示: an instruction opens a task with a deadline of its own, and what came of it goes back to the leader."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from tests import world

from yousu.appeals import commands, instructed
from yousu.appeals import mark_commands as marks
from yousu.appeals.mark_events import Instructed, InstructedOnly
from yousu.appeals.state import AppealState
from yousu.cases import queries
from yousu.cases.transitions import NotPossible
from yousu.cases.verification import whole
from yousu.ledger.events import TextRef, decode, encode
from yousu.ledger.log import rows_of
from yousu.org.capabilities import Forbidden
from yousu.platform import clock

pytestmark = pytest.mark.django_db(transaction=True)

ZONE = ZoneInfo("Asia/Shanghai")
# The Wednesday before a spring festival: the holidays are no working days, the Sunday after it is one.
WEDNESDAY = datetime(2024, 2, 7, 9, tzinfo=ZONE)


def instruct(case: AppealState, text: str = "请尽快解决") -> AppealState:
    return marks.instruct(case.number, text=text, leader="某副市长", on=date(2024, 2, 7), by=world.LEADER)


def report(case: AppealState, text: str = "已现场督促", by: object = world.HEATING_HANDLER) -> AppealState:
    return marks.report_instruction(case.number, text=text, by=by, seen=case.version)  # type: ignore[arg-type]  # an actor


def test_an_instruction_has_a_deadline_in_working_days_and_leaves_the_cases_own_alone() -> None:
    with clock.held(WEDNESDAY):
        before = world.signed()
        case = instruct(before)
    assert case.due == before.due
    [task] = case.instructed
    # 8 and 9 February, then Sunday 18 (a make-up day), 19, 20.
    assert task.due.astimezone(ZONE).date() == date(2024, 2, 20)
    assert "instruction_open" in queries.now(case.number).marks


def test_feedback_closes_the_oldest_open_instruction_and_keeps_who_and_when() -> None:
    case = instruct(instruct(world.signed(), "第一条"), "第二条")
    case = report(case)
    first, second = case.instructed
    assert (first.is_open, first.reported_by, second.is_open) == (False, "account:heat1", True)
    assert "instruction_open" in queries.now(case.number).marks
    case = report(case, by=world.SUPERVISOR)
    assert "instruction_open" not in queries.now(case.number).marks
    assert case.stage == "signed"
    with pytest.raises(NotPossible, match="no_open_instruction"):
        report(case)
    assert whole.run().is_clean


def test_feedback_is_given_by_the_lead_unit_its_platform_or_a_supervisor() -> None:
    case = instruct(world.signed())
    for stranger in (world.WATER_HANDLER, world.DISPATCHER, world.LEADER):
        with pytest.raises((Forbidden, queries.CaseMissing)):
            report(case, by=stranger)
    case = instruct(world.forwarded(lead_unit=world.EAST_STREET))
    assert not report(case, by=world.EAST_DISPATCHER).instructed[0].is_open


def test_a_closed_case_still_owes_its_feedback_and_its_words_lie_sealed() -> None:
    case = report(instruct(world.closed()), "已回访，问题没有反弹")
    assert case.stage == "closed"
    [*_, row] = rows_of(f"appeal/{case.number}")
    assert row.kind == "instruction_reported" and "回访" not in row.data


def test_feedback_that_is_undone_is_owed_again() -> None:
    case = report(instruct(world.signed()))
    case = commands.undo(case.number, by=world.HEATING_HANDLER, seen=case.version)
    assert case.instructed[0].is_open
    assert whole.run().is_clean


def test_an_instruction_of_before_there_were_tasks_opens_none() -> None:
    ref = TextRef(id="00000000-0000-4000-8000-000000000001", digest="ab")  # type: ignore[arg-type]  # as it is stored
    stored = encode(InstructedOnly(text=ref, leader=ref, on=date(2024, 1, 31)))
    fact = decode("instructed", 1, stored)
    assert isinstance(fact, Instructed) and fact.due is None and fact.on == date(2024, 1, 31)


def test_the_list_begins_with_the_open_ones_by_deadline_and_goes_on_page_by_page() -> None:
    numbers = []
    for day in (3, 1, 2):
        with clock.held(datetime(2024, 3, 4 + day, 9, tzinfo=ZONE)):
            numbers.append(instruct(world.signed()).number)
    with clock.held(datetime(2024, 3, 20, 9, tzinfo=ZONE)):
        report(instruct(world.signed()))
        report(queries.state_of(queries.now(numbers[1])))
    found, after = [], ""
    while True:
        page = instructed.page(world.SUPERVISOR, after=after, size=2)
        found += [(each.row.number, each.instruction.is_open) for each in page.given]
        after = page.after
        if not after:
            break
    assert found[:2] == [(numbers[2], True), (numbers[0], True)]
    assert [is_open for _, is_open in found[2:]] == [False, False]


def test_a_unit_sees_the_instructions_on_its_own_cases_alone() -> None:
    number = instruct(world.signed()).number
    assert number in [each.row.number for each in instructed.page(world.HEATING_HANDLER, after="", size=50).given]
    assert instructed.page(world.WATER_HANDLER, after="", size=50).given == []
    assert instructed.page(world.LEADER, after="bro-ken", size=50).given[0].row.number
