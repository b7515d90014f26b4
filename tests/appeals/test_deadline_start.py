"""起算: from which moment a deadline is counted, and what its steps say of that."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from yousu.appeals import rules
from yousu.appeals.rules import Dispatch, Grades
from yousu.appeals.state import AppealState
from yousu.ledger.events import TextRef
from yousu.worktime import calendar

GIVEN = datetime(2024, 3, 5, 2, 0, tzinfo=UTC)
REASON = TextRef(id=UUID(int=1), digest="0" * 64)


def grades(*, from_receipt: bool) -> Grades:
    return Grades(
        working_days={"g1": 1, "none": None},
        usual="g1",
        from_receipt=from_receipt,
        calendar=calendar.load(),
        zone=ZoneInfo("Asia/Shanghai"),
    )


def case(received_at: datetime, stage: str = "recorded") -> AppealState:
    return AppealState(
        number="2400000011",
        version=1,
        stage=stage,
        received_at=received_at,
        recorded_at=GIVEN,
        recorded_by="account:call1",
        lead_unit="heating",
    )


def dispatch(*, from_receipt: bool, grade: str = "g1") -> Dispatch:
    return Dispatch(lead_unit="heating", grade=grade, grades=grades(from_receipt=from_receipt), at=GIVEN)


@pytest.mark.parametrize(("from_receipt", "due"), [(False, date(2024, 3, 6)), (True, date(2024, 3, 4))])
def test_the_city_says_from_when(from_receipt: bool, due: date) -> None:
    fact = rules.forward(case(datetime(2024, 3, 1, 2, 0, tzinfo=UTC)), dispatch=dispatch(from_receipt=from_receipt))
    assert fact.due is not None
    assert fact.due.at.date() == due


def test_what_was_received_before_the_calendar_is_counted_from_the_giving_and_says_so() -> None:
    fact = rules.forward(case(datetime(2001, 6, 1, tzinfo=UTC)), dispatch=dispatch(from_receipt=True))
    assert fact.due is not None
    first, *counted = fact.due.steps
    assert (first.date, first.counted, first.why) == (date(2001, 6, 1), False, "before_calendar")
    assert [(step.date, step.counted) for step in counted] == [(date(2024, 3, 6), True)]
    assert fact.due.at.date() == date(2024, 3, 6)


def test_a_grade_without_limit_needs_no_calendar() -> None:
    given = dispatch(from_receipt=True, grade="none")
    assert rules.designate(case(datetime(2001, 6, 1, tzinfo=UTC)), dispatch=given).due is None


def test_a_second_handling_is_counted_from_its_own_beginning() -> None:
    received = GIVEN - timedelta(days=60)
    reopened = rules.reopen(case(received, "settled"), reason=REASON, dispatch=dispatch(from_receipt=True))
    judged = rules.judge_unsolved(
        case(received, "unsolved"), decision="reopen", dispatch=dispatch(from_receipt=True), limit=2
    )
    for fact in (reopened, judged):
        assert fact.due is not None and fact.due.at.date() == date(2024, 3, 6)
