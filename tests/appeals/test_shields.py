"""回避与保护 (信访工作条例 art. 28, 30): a report never reaches whom it accuses; who has a stake stays out."""

from dataclasses import replace
from datetime import date

import pytest
from tests import world
from tests.world import CALL_TAKER, DISPATCHER, EAST, EAST_DISPATCHER, EAST_STREET, STREET_HANDLER, SUPERVISOR

from yousu.appeals import (
    commands,
    judgements,
    mark_commands,
    merge_commands,
    shield_commands,
    similar,
    supervising,
    supervision,
)
from yousu.appeals.state import AppealState
from yousu.appeals.supervision import rules
from yousu.cases import commands as cases
from yousu.cases import exporting, queries, searching
from yousu.cases.models import CaseNow
from yousu.cases.queries import CaseMissing
from yousu.cases.rules import FieldWrong
from yousu.cases.searching import Wanted
from yousu.cases.transitions import NotPossible
from yousu.cases.verification import whole
from yousu.ledger.log import rows_of
from yousu.org import accounts
from yousu.org.actors import Actor
from yousu.org.capabilities import Forbidden

pytestmark = pytest.mark.django_db(transaction=True)


def accusing(unit: str = EAST, **more: object) -> AppealState:
    """举报 about a unit."""
    case = world.recorded("城东区有人收红包", type="tip_off", **more)
    return shield_commands.name_reported(case.number, unit=unit, by=CALL_TAKER, seen=case.version)


def forward(case: AppealState, unit: str, *helping: str) -> AppealState:
    return commands.forward(case.number, lead_unit=unit, co_units=helping, by=DISPATCHER, seen=case.version)


def sees(by: Actor, case: AppealState) -> bool:
    try:
        queries.get(case.number, by)
    except CaseMissing:
        assert not queries.visible_to(by).filter(number=case.number).exists()
        return False
    return True


@pytest.mark.parametrize("unit", [EAST, EAST_STREET])
def test_a_report_goes_neither_to_the_unit_it_accuses_nor_below_it(unit: str) -> None:
    case = accusing()
    with pytest.raises(FieldWrong) as refused:
        forward(case, unit)
    assert (refused.value.field, refused.value.why) == ("lead_unit", "reported_unit")
    with pytest.raises(FieldWrong) as refused:
        forward(case, world.WEST, unit)
    assert (refused.value.field, refused.value.why) == ("co_units", "reported_unit")
    with pytest.raises(FieldWrong):
        commands.designate(case.number, lead_unit=unit, by=DISPATCHER, seen=case.version)


def test_the_superior_of_the_accused_unit_gets_it_and_cannot_pass_it_down() -> None:
    case = forward(accusing(EAST_STREET), EAST)
    assert sees(EAST_DISPATCHER, case) and not sees(STREET_HANDLER, case)
    with pytest.raises(FieldWrong, match="reported_unit"):
        commands.forward(case.number, lead_unit=EAST_STREET, by=EAST_DISPATCHER, seen=case.version)


def test_a_send_back_is_not_judged_towards_the_accused_unit() -> None:
    case = forward(accusing(), world.WEST)
    west = world.actor("west1", "second_level", unit=world.WEST)
    case = commands.send_back(case.number, reason="not_ours", by=west, seen=case.version)
    with pytest.raises(FieldWrong, match="reported_unit"):
        commands.judge_send_back(case.number, uphold=True, lead_unit=EAST, by=DISPATCHER, seen=case.version)


def test_what_lies_with_the_accused_unit_is_taken_away_and_seen_there_no_more() -> None:
    case = world.recorded("街道有人吃拿卡要", type="complaint")
    case = forward(case, EAST)
    case = commands.sign(case.number, by=EAST_DISPATCHER, seen=case.version)
    assert sees(EAST_DISPATCHER, case)
    case = shield_commands.name_reported(case.number, unit=EAST, by=DISPATCHER, seen=case.version)
    assert (case.stage, case.lead_unit, case.due, case.first_receiver) == ("recorded", None, None, None)
    assert case.handling.given_at is None
    assert not sees(EAST_DISPATCHER, case)
    with pytest.raises((Forbidden, CaseMissing)):
        cases.unmask(case.number, fields=["words"], purpose="看看", by=EAST_DISPATCHER)
    assert whole.run().is_clean


def test_a_unit_that_signed_first_loses_sight_of_what_accuses_it() -> None:
    case = world.recorded("有人吃拿卡要", type="tip_off")
    case = forward(case, EAST_STREET)
    case = commands.sign(case.number, by=STREET_HANDLER, seen=case.version)
    case = commands.send_back(case.number, reason="not_ours", by=STREET_HANDLER, seen=case.version)
    case = commands.judge_send_back(case.number, uphold=True, lead_unit=world.WEST, by=DISPATCHER, seen=case.version)
    assert sees(STREET_HANDLER, case)
    case = shield_commands.name_reported(case.number, unit=EAST_STREET, by=DISPATCHER, seen=case.version)
    assert not sees(STREET_HANDLER, case)


def test_only_two_people_lift_the_block_and_the_ledger_has_both() -> None:
    case = accusing()
    case = shield_commands.request_lift(
        case.number, reason="市纪委书面同意由区里核查", by=DISPATCHER, seen=case.version
    )
    both = world.actor("desk1", "supervisor", unit="centre")
    with pytest.raises(NotPossible) as refused:
        shield_commands.judge_lift(case.number, grant=True, by=both, seen=case.version)
    assert refused.value.why == "own_request"
    with pytest.raises(FieldWrong):
        forward(case, EAST)
    case = shield_commands.judge_lift(case.number, grant=True, by=SUPERVISOR, seen=case.version)
    case = forward(case, EAST)
    assert sees(EAST_DISPATCHER, case)
    acts = [(row.kind, row.actor) for row in rows_of(f"appeal/{case.number}")][2:4]
    assert acts == [("lift_requested", DISPATCHER.code), ("lift_judged", SUPERVISOR.code)]


def test_a_refused_lift_leaves_the_block_and_may_be_asked_again() -> None:
    case = accusing()
    case = shield_commands.request_lift(case.number, reason="方便", by=DISPATCHER, seen=case.version)
    case = shield_commands.judge_lift(case.number, grant=False, by=SUPERVISOR, seen=case.version)
    with pytest.raises(FieldWrong):
        forward(case, EAST)
    assert "lift_asked" not in CaseNow.objects.get(number=case.number).marks
    shield_commands.request_lift(case.number, reason="书面同意", by=DISPATCHER, seen=case.version)


def test_who_reports_nobody_accuses_nobody() -> None:
    case = world.recorded(type="consultation")
    with pytest.raises(NotPossible) as refused:
        shield_commands.name_reported(case.number, unit=EAST, by=DISPATCHER, seen=case.version)
    assert refused.value.why == "accuses_nobody"


@pytest.mark.parametrize("unit", [EAST, world.HEATING], ids=["the-same", "another"])
def test_nobody_names_another_unit_in_place_of_one_that_stands(unit: str) -> None:
    case = accusing()
    with pytest.raises(NotPossible) as refused:
        shield_commands.name_reported(case.number, unit=unit, by=DISPATCHER, seen=case.version)
    assert refused.value.why == "names_a_unit"


def test_a_unit_named_by_mistake_is_lifted_by_two_people_and_then_another_one_is_named() -> None:
    case = accusing()
    case = shield_commands.request_lift(case.number, reason="写错了单位", by=DISPATCHER, seen=case.version)
    case = shield_commands.judge_lift(case.number, grant=True, by=SUPERVISOR, seen=case.version)
    case = shield_commands.name_reported(case.number, unit=world.HEATING, by=DISPATCHER, seen=case.version)
    with pytest.raises(FieldWrong, match="reported_unit"):
        forward(case, world.HEATING)
    assert forward(case, EAST).lead_unit == EAST


def test_a_head_goes_to_no_unit_that_one_merged_with_it_accuses() -> None:
    head = world.recorded(phone=world.LI)
    case = world.recorded("街道有人吃拿卡要", type="complaint", phone=world.LI)
    case = shield_commands.name_reported(case.number, unit=EAST, by=DISPATCHER, seen=case.version)
    case = merge_commands.merge(case.number, head=head.number, by=DISPATCHER, seen=case.version)
    head = queries.state_of(queries.now(head.number))
    with pytest.raises(FieldWrong, match="reported_by_follower"):
        forward(head, EAST)
    with pytest.raises(FieldWrong, match="reported_by_follower"):
        commands.forward(head.number, lead_unit=world.WEST, co_units=(EAST,), by=DISPATCHER, seen=head.version)
    assert forward(head, world.WEST).lead_unit == world.WEST


def test_the_accused_unit_is_not_named_when_a_case_is_raised_or_summoned() -> None:
    case = forward(accusing(), world.WEST)
    with pytest.raises(FieldWrong, match="reported_unit"):
        mark_commands.escalate(case.number, unit=EAST_STREET, by=SUPERVISOR, seen=case.version)
    with pytest.raises(FieldWrong, match="reported_unit"):
        mark_commands.summon(case.number, unit=EAST, on=date(2999, 1, 1), by=SUPERVISOR, seen=case.version)


def test_no_rule_raises_a_case_to_the_unit_it_accuses() -> None:
    case = forward(accusing(EAST), world.HEATING)
    rule = replace(rules()["late_5"], trigger=supervision.SENT_BACK, at_least=0)
    assert supervising.holds(replace(rule, unit="centre"), case)
    assert not supervising.holds(replace(rule, unit=EAST), case)


def test_who_stays_out_of_a_case_neither_finds_nor_exports_it() -> None:
    words = "家里暖气不热，供热站东侧的井盖也坏了"
    case = world.recorded(words, place="五四大街", category=world.COLD)

    def found() -> list[list[str]]:
        listed = searching.newest(Wanted(words="井盖"), by=SUPERVISOR, limit=5)
        exported = [row for piece in exporting.export(Wanted(words="井盖"), file="csv", by=SUPERVISOR) for row in piece]
        alike = similar.similar_open(words, "五四大街", world.COLD, reader=SUPERVISOR)
        return [[row.number for row in rows] for rows in (listed, exported, alike)]

    assert found() == [[case.number]] * 3
    shield_commands.recuse(case.number, reason="当事人是我亲属", by=SUPERVISOR, seen=case.version)
    assert found() == [[]] * 3


def test_a_past_judgement_about_what_accuses_a_unit_is_not_told_there() -> None:
    def told() -> list[str]:
        return [each.number for each in judgements.of_same_matter(world.COLD, but="", by=EAST_DISPATCHER)]

    case = forward(world.recorded("街道有人吃拿卡要", type="complaint", category=world.COLD), EAST)
    case = commands.send_back(case.number, reason="not_ours", by=EAST_DISPATCHER, seen=case.version)
    case = commands.judge_send_back(case.number, uphold=False, by=DISPATCHER, seen=case.version)
    assert told() == [case.number]
    shield_commands.name_reported(case.number, unit=EAST, by=DISPATCHER, seen=case.version)
    assert told() == []


def test_who_has_a_stake_neither_sees_nor_acts() -> None:
    case = world.recorded()
    case = shield_commands.recuse(case.number, reason="当事人是我亲属", by=DISPATCHER, seen=case.version)
    assert not sees(DISPATCHER, case)
    with pytest.raises(Forbidden):
        forward(case, EAST)
    other = world.actor("desk2", "dispatcher", unit="centre")
    assert sees(other, case)
    assert commands.forward(case.number, lead_unit=EAST, by=other, seen=case.version).lead_unit == EAST


def test_a_supervisor_asks_somebody_else_to_stay_out() -> None:
    accounts.create("heat1", None, roles=["handler"], unit=world.HEATING, name_zh="承办人", name_en="Handler")
    case = world.forwarded()
    with pytest.raises(Forbidden):
        shield_commands.recuse(case.number, reason="亲属", who="heat1", by=DISPATCHER, seen=case.version)
    with pytest.raises(FieldWrong):
        shield_commands.recuse(case.number, reason="亲属", who="nobody", by=SUPERVISOR, seen=case.version)
    case = shield_commands.recuse(case.number, reason="亲属", who="heat1", by=SUPERVISOR, seen=case.version)
    assert not sees(world.HEATING_HANDLER, case)
    with pytest.raises(Forbidden):
        commands.sign(case.number, by=world.HEATING_HANDLER, seen=case.version)


def test_the_reasons_of_blocks_and_recusals_are_sealed_and_erased() -> None:
    case = accusing()
    case = shield_commands.request_lift(case.number, reason="李某某的书面同意", by=DISPATCHER, seen=case.version)
    case = shield_commands.recuse(case.number, reason="我认识李某某", by=DISPATCHER, seen=case.version)
    assert all("李某某" not in row.data for row in rows_of(f"appeal/{case.number}"))
    assert case.person_id is not None
    assert cases.erase(case.person_id, reason="本人申请", by=world.SECURITY) >= 2


def test_a_report_is_merged_into_nothing_that_its_unit_answers() -> None:
    head = forward(world.recorded(phone=world.LI), EAST)
    case = world.recorded("街道有人吃拿卡要", type="complaint", phone=world.LI)
    case = shield_commands.name_reported(case.number, unit=EAST, by=DISPATCHER, seen=case.version)
    with pytest.raises(FieldWrong, match="reported_unit"):
        merge_commands.merge(case.number, head=head.number, by=DISPATCHER, seen=case.version)


def test_what_goes_with_a_head_of_the_unit_it_turns_out_to_accuse_leaves_the_group() -> None:
    head = forward(world.recorded(phone=world.LI), EAST)
    case = world.recorded("街道有人吃拿卡要", type="complaint", phone=world.LI)
    case = merge_commands.merge(case.number, head=head.number, by=DISPATCHER, seen=case.version)
    case = shield_commands.name_reported(case.number, unit=EAST, by=DISPATCHER, seen=case.version)
    assert (case.stage, case.lead_unit, case.joined) == ("recorded", None, None)
    left = queries.state_of(queries.now(head.number))
    assert left.followers == () and not sees(EAST_DISPATCHER, case)
    assert whole.run().is_clean


def test_taking_back_whom_it_accuses_brings_it_back_into_its_group() -> None:
    head = forward(world.recorded(phone=world.LI), EAST)
    case = world.recorded("街道有人吃拿卡要", type="complaint", phone=world.LI)
    case = merge_commands.merge(case.number, head=head.number, by=DISPATCHER, seen=case.version)
    case = shield_commands.name_reported(case.number, unit=EAST, by=DISPATCHER, seen=case.version)
    case = commands.undo(case.number, by=DISPATCHER, seen=case.version)
    whole_again = queries.state_of(queries.now(head.number))
    assert (case.stage, case.head) == ("merged", head.number)
    assert [each.number for each in whole_again.followers] == [case.number]
    assert whole.run().is_clean
