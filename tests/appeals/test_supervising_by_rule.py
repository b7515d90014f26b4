"""督办规则: what the city's table does by itself, once a case and rule, and what it only proposes."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, transaction
from tests import world

from yousu.appeals import commands, shield_commands, supervising, supervision
from yousu.appeals import mark_commands as marks
from yousu.appeals.state import AppealState
from yousu.cases import queries
from yousu.cases.models import CaseNow
from yousu.cases.rules import FieldWrong
from yousu.cases.transitions import NotPossible
from yousu.cases.verification import whole
from yousu.ledger.log import rows_of
from yousu.org.actors import SYSTEM
from yousu.org.capabilities import Forbidden
from yousu.org.city import CityWrong, city
from yousu.platform import clock

pytestmark = pytest.mark.django_db(transaction=True)

ZONE = ZoneInfo("Asia/Shanghai")
# A Monday; no holiday in the two weeks after it.
MONDAY = datetime(2024, 3, 4, 9, tzinfo=ZONE)


def days(n: int) -> datetime:
    return MONDAY + timedelta(days=n)


def given(*, signed: bool = False) -> AppealState:
    """Forwarded on Monday with one working day: due on Tuesday."""
    with clock.held(MONDAY):
        case = world.recorded()
        case = commands.forward(case.number, lead_unit=world.HEATING, grade="g1", by=world.DISPATCHER, seen=1)
        if signed:
            case = commands.sign(case.number, by=world.HEATING_HANDLER, seen=case.version)
            case = commands.contact(case.number, how="phone", reached=True, by=world.HEATING_HANDLER, seen=case.version)
        return case


def state(number: str) -> AppealState:
    found: AppealState = queries.state_of(queries.now(number))
    return found


def run(day: int) -> dict[str, int]:
    with clock.held(days(day)):
        return {rule: n for rule, n in supervising.supervise(by=SYSTEM).applied.items() if n}


def test_a_late_case_is_urged_by_the_rule_and_the_event_names_it() -> None:
    number = given(signed=True).number
    assert run(1) == {}
    assert run(2) == {"late_1": 1}
    [*_, row] = rows_of(f"appeal/{number}")
    assert (row.kind, row.shape, row.actor) == ("urged", 2, "system")
    assert '"rule":"late_1"' in row.data
    assert state(number).urged == 1


def test_a_rule_is_applied_once_to_a_case_however_often_it_runs() -> None:
    number = given(signed=True).number
    assert run(2) == {"late_1": 1}
    assert run(2) == {} == run(3)
    # Three working days after Tuesday begin on Friday.
    assert run(4) == {"late_3": 1}
    found = state(number)
    assert (found.supervision.supervised, found.supervision.rules) == (1, ("late_1", "late_3"))
    # Two working days for the order: Monday and Tuesday.
    assert found.supervision.until is not None
    assert found.supervision.until.astimezone(ZONE).date() == days(8).date()
    assert found.due is not None and found.due.at.astimezone(ZONE).date() == days(1).date()
    assert whole.run().is_clean


def test_who_neither_signs_nor_contacts_is_urged_for_each() -> None:
    number = given().number
    assert run(1) == {}
    assert run(2) == {"unsigned_1": 1, "late_1": 1}
    assert run(3) == {"no_contact_2": 1}
    assert state(number).urged == 3


def test_a_clock_that_stands_still_is_not_urged() -> None:
    case = given(signed=True)
    with clock.held(MONDAY):
        marks.suspend(case.number, reason="documents", by=world.HEATING_HANDLER, seen=case.version)
    assert run(9) == {}


def test_escalating_and_summoning_are_proposed_and_done_by_nobody_but_a_supervisor() -> None:
    number = given(signed=True).number
    run(11)
    with clock.held(days(11)):
        found = state(number)
        assert found.supervision.escalated_to is None and found.supervision.summoned == 0
        assert [rule.code for rule in supervising.proposals(found)] == ["late_5"]
        assert supervising.supervise(by=SYSTEM, dry_run=True).proposed["late_5"] == 1
        with pytest.raises(Forbidden):
            supervising.take(number, rule="late_5", by=SYSTEM, seen=found.version)
        with pytest.raises(Forbidden):
            supervising.take(number, rule="late_5", by=world.DISPATCHER, seen=found.version)
        case = supervising.take(number, rule="late_5", by=world.SUPERVISOR, seen=found.version)
        assert case.supervision.escalated_to == "centre"
        assert supervising.proposals(case) == []
        with pytest.raises(NotPossible, match="proposal_gone"):
            supervising.take(number, rule="late_5", by=world.SUPERVISOR, seen=case.version)


def test_a_declined_proposal_is_not_proposed_again_and_undone_it_is() -> None:
    number = given(signed=True).number
    run(11)
    with clock.held(days(11)):
        case = supervising.decline(number, rule="late_5", by=world.SUPERVISOR, seen=state(number).version)
        assert supervising.proposals(case) == []
        case = commands.undo(number, by=world.SUPERVISOR, seen=case.version)
        assert [rule.code for rule in supervising.proposals(case)] == ["late_5"]


def test_the_second_time_unsolved_proposes_a_summons_to_the_units_leader() -> None:
    with clock.held(MONDAY):
        case = world.called_back(solved=False)
        assert supervising.proposals(case) == []
        case = commands.judge_unsolved(case.number, decision="reopen", by=world.SUPERVISOR, seen=case.version)
        case = commands.sign(case.number, by=world.HEATING_HANDLER, seen=case.version)
        case = commands.contact(case.number, how="phone", reached=True, by=world.HEATING_HANDLER, seen=case.version)
        case = commands.handle(case.number, reply="已办", outcome="solved", by=world.HEATING_HANDLER, seen=case.version)
        case = commands.review(case.number, accept=True, by=world.DISPATCHER, seen=case.version)
        case = commands.call_back(
            case.number, reached="reached", responded=True, solved=False, by=world.CALLER_BACK, seen=case.version
        )
        assert [rule.code for rule in supervising.proposals(case)] == ["unsolved_2"]
        assert case.number in [row.number for row in supervising.with_proposals(CaseNow.objects.all())]
        case = supervising.take(case.number, rule="unsolved_2", by=world.SUPERVISOR, seen=case.version)
    assert case.supervision.summoned == 1


def test_a_case_that_would_be_escalated_to_whom_it_accuses_is_not_listed_as_a_proposal() -> None:
    with clock.held(MONDAY):
        accused, other = (world.recorded("街道收红包", type="tip_off") for _ in range(2))
        accused = shield_commands.name_reported(
            accused.number, unit=world.HEATING, by=world.CALL_TAKER, seen=accused.version
        )
        numbers = [
            commands.forward(
                each.number, lead_unit=world.WATER, grade="g1", by=world.DISPATCHER, seen=each.version
            ).number
            for each in (accused, other)
        ]
    rule = replace(supervision.rules()["late_5"], act=supervision.ESCALATE, unit=world.HEATING)
    with clock.held(days(21)):
        found = set(supervising._of(rule, CaseNow.objects.filter(number__in=numbers)).values_list("number", flat=True))
        assert found == {other.number}
        assert [supervising.holds(rule, state(number)) for number in numbers] == [False, True]


def test_tables_and_rules_agree_on_every_case_and_day() -> None:
    numbers = [given().number, given(signed=True).number]
    with clock.held(MONDAY):
        numbers += [world.called_back(solved=False).number, world.recorded().number, world.handled().number]
    for day in range(0, 22):
        with clock.held(days(day)):
            for rule in supervision.rules().values():
                found = set(supervising._of(rule, CaseNow.objects.all()).values_list("number", flat=True))
                assert found == {number for number in numbers if supervising.holds(rule, state(number))}, (rule, day)


def test_the_worker_does_so_many_in_a_round_and_the_rest_in_the_next() -> None:
    for _ in range(3):
        given(signed=True)
    with clock.held(days(2)):
        assert sum(supervising.supervise(by=SYSTEM, limit=2).applied.values()) == 2
        assert sum(supervising.supervise(by=SYSTEM, limit=2).applied.values()) == 1


def test_an_unknown_rule_and_one_that_acts_by_itself_are_no_proposals() -> None:
    case = given()
    for rule in ("no_such", "late_1"):
        with pytest.raises(FieldWrong, match="unknown_code"):
            supervising.take(case.number, rule=rule, by=world.SUPERVISOR, seen=case.version)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("a,late,5,escalate,act,,centre,甲,A", "never done by a machine alone"),
        ("a,late,0,urge,act,,,甲,A", "at least 1"),
        ("a,late,1,supervise,act,,,甲,A", "at least 1"),
        ("a,tired,1,urge,act,,,甲,A", "unknown trigger"),
        ("a,late,x,urge,act,,,甲,A", "row 2"),
        ("a,late,5,escalate,propose,,mars,甲,A", "unknown unit"),
        ("a,late,1,urge,act,,,甲,A\na,late,2,urge,act,,,甲,A", "twice"),
    ],
)
def test_a_table_that_is_wrong_is_refused_with_its_row(row: str, why: str) -> None:
    from dataclasses import replace

    head = "code,trigger,at_least,act,how,working_days,unit,name_zh,name_en\n"
    with pytest.raises(CityWrong, match=why):
        supervision.load(replace(city(), texts={"supervision.csv": f"{head}{row}\n"}))


def test_late_cases_are_found_by_an_index() -> None:
    given()
    rule = supervision.rules()["no_contact_2"]
    with clock.held(days(9)), transaction.atomic(), connection.cursor() as cursor:
        sql, parameters = supervising._numbers(rule).query.sql_with_params()
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {sql}", parameters)
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "case_waits_for_contact" in plan or "case_stage_due" in plan
