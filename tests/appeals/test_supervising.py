"""督办与剔除: orders, summons and instructions beside a case; an exclusion needs a second person."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from tests import world

from yousu.appeals import mark_commands as marks
from yousu.appeals.state import AppealState
from yousu.cases import queries
from yousu.cases.models import CaseVersion
from yousu.cases.rules import FieldWrong
from yousu.cases.transitions import NotPossible
from yousu.cases.verification import whole
from yousu.ledger.log import rows_of
from yousu.org.capabilities import Forbidden
from yousu.platform import clock

pytestmark = pytest.mark.django_db(transaction=True)

OTHER = world.actor("super2", "supervisor", unit="centre")


def today() -> date:
    return clock.now().astimezone(ZoneInfo("Asia/Shanghai")).date()


def excluded(case: AppealState) -> AppealState:
    return marks.exclude(case.number, reason="recorded_by_mistake", by=world.SUPERVISOR, seen=case.version)


def test_an_exclusion_counts_once_another_person_has_granted_it() -> None:
    case = excluded(world.closed())
    assert not CaseVersion.objects.filter(number=case.number, excluded=True).exists()
    case = marks.judge_exclusion(case.number, grant=True, by=OTHER, seen=case.version)
    assert CaseVersion.objects.get(number=case.number, known_to=None).excluded
    assert queries.now(case.number).marks == ["excluded"]


def test_nobody_grants_the_own_exclusion() -> None:
    case = excluded(world.closed())
    with pytest.raises(NotPossible, match="own_request"):
        marks.judge_exclusion(case.number, grant=True, by=world.SUPERVISOR, seen=case.version)


def test_a_judgement_is_not_offered_to_whoever_asked_for_it() -> None:
    case = excluded(world.closed())
    row = queries.now(case.number)
    assert "judge-exclusion" not in queries.allowed(row, case, world.SUPERVISOR)
    assert "judge-exclusion" in queries.allowed(row, case, OTHER)


def test_a_refused_exclusion_can_be_asked_again_and_a_granted_one_cannot() -> None:
    case = excluded(world.closed())
    case = marks.judge_exclusion(case.number, grant=False, by=OTHER, seen=case.version)
    case = excluded(case)
    case = marks.judge_exclusion(case.number, grant=True, by=OTHER, seen=case.version)
    with pytest.raises(NotPossible, match="excluded"):
        excluded(case)


def test_an_order_has_a_moment_of_its_own_and_leaves_the_deadline_alone() -> None:
    before = world.signed()
    moment: datetime = clock.now() + timedelta(days=1)
    case = marks.supervise(before.number, due=moment, by=world.SUPERVISOR, seen=before.version)
    assert (case.stage, case.due) == (before.stage, before.due)
    assert case.supervision.until == moment
    assert "supervised" in queries.now(case.number).marks


def test_an_order_for_yesterday_is_none() -> None:
    case = world.signed()
    with pytest.raises(FieldWrong) as caught:
        marks.supervise(case.number, due=clock.now() - timedelta(minutes=1), by=world.SUPERVISOR, seen=case.version)
    assert (caught.value.field, caught.value.why) == ("due", "in_the_past")


def test_a_case_is_not_raised_to_the_unit_that_has_it() -> None:
    case = world.signed()
    with pytest.raises(FieldWrong) as caught:
        marks.escalate(case.number, unit=world.HEATING, by=world.SUPERVISOR, seen=case.version)
    assert caught.value.field == "unit"
    case = marks.escalate(case.number, unit="centre", by=world.SUPERVISOR, seen=case.version)
    assert case.supervision.escalated_to == "centre"


def test_a_unit_is_summoned_for_a_day_that_comes() -> None:
    case = world.signed()
    with pytest.raises(FieldWrong):
        marks.summon(
            case.number, unit=world.HEATING, on=today() - timedelta(days=1), by=world.SUPERVISOR, seen=case.version
        )
    case = marks.summon(case.number, unit=world.HEATING, on=today(), by=world.SUPERVISOR, seen=case.version)
    assert case.supervision.summoned == 1


def test_a_leaders_words_lie_sealed_and_need_no_version() -> None:
    case = world.signed()
    case = marks.instruct(case.number, text="请热力公司尽快解决", leader="某副市长", on=today(), by=world.LEADER)
    assert case.supervision.instructions == 1
    [*_, row] = rows_of(f"appeal/{case.number}")
    assert row.kind == "instructed"
    assert "热力" not in row.data
    assert "副市长" not in row.data


def test_only_leaders_instruct() -> None:
    case = world.signed()
    with pytest.raises(Forbidden):
        marks.instruct(case.number, text="快", leader="某副市长", on=today(), by=world.SUPERVISOR)


def test_a_named_leader_answers_for_a_case_in_any_stage() -> None:
    case = marks.lead(world.closed().number, leader="某区长", by=world.SUPERVISOR)
    assert case.supervision.leader is not None
    assert whole.run().is_clean
