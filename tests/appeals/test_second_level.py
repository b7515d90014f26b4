"""二级平台与协办: forwarding inside a tree, inner deadlines, approval, climbing send-backs; helping units' parts."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tests import world
from tests.world import DISPATCHER, EAST, EAST_DISPATCHER, EAST_LEADER, EAST_STREET, STREET_HANDLER, WATER_HANDLER

from yousu.appeals import commands, merge_commands, waiting
from yousu.appeals import mark_commands as marks
from yousu.appeals.state import AppealState
from yousu.cases import commands as cases
from yousu.cases import queries
from yousu.cases.rules import FieldWrong
from yousu.cases.transitions import NotPossible
from yousu.cases.verification import whole
from yousu.org.actors import Actor
from yousu.org.capabilities import Forbidden
from yousu.platform import clock

pytestmark = pytest.mark.django_db(transaction=True)
# A Tuesday, noon in the city.
TUESDAY = datetime(2024, 3, 5, 4, tzinfo=UTC)


def inside(*, signed_by_platform: bool = False, **more: Any) -> AppealState:
    """转交城东区 → (签收) → 转交东关街道."""
    case = world.forwarded(lead_unit=EAST, **more)
    if signed_by_platform:
        case = commands.sign(case.number, by=EAST_DISPATCHER, seen=case.version)
    return commands.forward(case.number, lead_unit=EAST_STREET, by=EAST_DISPATCHER, seen=case.version)


def answered(case: AppealState) -> AppealState:
    case = commands.sign(case.number, by=STREET_HANDLER, seen=case.version)
    case = commands.contact(case.number, how="phone", reached=True, by=STREET_HANDLER, seen=case.version)
    return commands.handle(case.number, reply="已修好", outcome="solved", by=STREET_HANDLER, seen=case.version)


def on(queue: str, by: Actor) -> list[str]:
    return [row.number for row in waiting.on(queue, by)]


def helped(*units: str) -> AppealState:
    case = world.recorded()
    return commands.forward(case.number, lead_unit=world.HEATING, co_units=units, by=DISPATCHER, seen=case.version)


def why(refused: pytest.ExceptionInfo[NotPossible]) -> str:
    return refused.value.why


def test_a_platform_forwards_inside_its_tree_by_an_inner_deadline() -> None:
    with clock.held(TUESDAY):
        case = inside()
    assert (case.stage, case.lead_unit) == ("forwarded", EAST_STREET)
    assert [level.unit for level in case.above] == [EAST]
    assert case.due is not None and case.inner_due is not None
    # 供热保障 has three working days; inside it is one.
    assert (case.due.grade, case.inner_due.grade) == ("g3", "g1")
    assert case.inner_due.at < case.due.at


def test_an_inner_deadline_is_never_after_the_cases_own() -> None:
    case = world.forwarded(lead_unit=EAST)
    with pytest.raises(FieldWrong) as refused:
        commands.forward(case.number, lead_unit=EAST_STREET, grade="g11", by=EAST_DISPATCHER, seen=case.version)
    assert (refused.value.field, refused.value.why) == ("grade", "later_than_outer")


def test_a_late_inner_forward_ends_with_the_cases_deadline() -> None:
    with clock.held(TUESDAY):
        case = world.forwarded(lead_unit=EAST)
    with clock.held(datetime(2024, 3, 8, 4, tzinfo=UTC)):
        case = commands.forward(case.number, lead_unit=EAST_STREET, by=EAST_DISPATCHER, seen=case.version)
    assert case.inner_due is not None and case.due is not None and case.inner_due.at == case.due.at


def test_a_platform_gives_nothing_to_units_outside_its_tree() -> None:
    case = world.forwarded(lead_unit=EAST)
    with pytest.raises(FieldWrong, match="outside_own_tree"):
        commands.forward(case.number, lead_unit=world.WATER, by=EAST_DISPATCHER, seen=case.version)


def test_the_desk_has_no_hand_in_what_a_unit_has_already() -> None:
    case = world.forwarded(lead_unit=EAST)
    with pytest.raises(NotPossible) as refused:
        commands.forward(case.number, lead_unit=EAST_STREET, by=DISPATCHER, seen=case.version)
    assert why(refused) == "with_a_unit"


def test_nothing_goes_round_in_circles_inside_a_tree() -> None:
    case = inside()
    with pytest.raises(FieldWrong, match="same_unit_again"):
        commands.forward(case.number, lead_unit=EAST_STREET, by=EAST_DISPATCHER, seen=case.version)
    back = commands.forward(case.number, lead_unit=EAST, by=EAST_DISPATCHER, seen=case.version)
    assert (back.lead_unit, back.above, back.inner_due) == (EAST, (), None)


def test_the_leader_of_the_platform_approves_before_the_desk_reviews() -> None:
    case = answered(inside())
    with pytest.raises(NotPossible) as refused:
        commands.review(case.number, accept=True, by=DISPATCHER, seen=case.version)
    assert why(refused) == "not_approved"
    assert (on("reviews", DISPATCHER), on("approvals", EAST_LEADER)) == ([], [case.number])
    with pytest.raises(Forbidden):
        commands.approve(case.number, approve=True, by=EAST_DISPATCHER, seen=case.version)
    case = commands.approve(case.number, approve=True, by=EAST_LEADER, seen=case.version)
    assert (on("reviews", DISPATCHER), on("approvals", EAST_LEADER)) == ([case.number], [])
    assert commands.review(case.number, accept=True, by=DISPATCHER, seen=case.version).stage == "closed"


def test_what_the_leader_does_not_approve_goes_back_to_the_unit_and_needs_approval_again() -> None:
    case = answered(inside())
    case = commands.approve(case.number, approve=False, note="没有写明时间", by=EAST_LEADER, seen=case.version)
    assert (case.stage, case.lead_unit) == ("signed", EAST_STREET)
    case = commands.handle(case.number, reply="3月6日修好", outcome="solved", by=STREET_HANDLER, seen=case.version)
    case = commands.approve(case.number, approve=True, by=EAST_LEADER, seen=case.version)
    case = commands.review(case.number, accept=False, by=DISPATCHER, seen=case.version)
    case = commands.handle(case.number, reply="又修了", outcome="solved", by=STREET_HANDLER, seen=case.version)
    with pytest.raises(NotPossible):
        commands.review(case.number, accept=True, by=DISPATCHER, seen=case.version)


def test_what_never_went_down_needs_no_approval() -> None:
    case = world.handled()
    with pytest.raises(Forbidden):
        commands.approve(case.number, approve=True, by=EAST_LEADER, seen=case.version)
    heating_leader = world.actor("heatlead", "unit_leader", unit=world.HEATING)
    with pytest.raises(NotPossible) as refused:
        commands.approve(case.number, approve=True, by=heating_leader, seen=case.version)
    assert why(refused) == "no_approval_needed"
    assert commands.review(case.number, accept=True, by=DISPATCHER, seen=case.version).stage == "closed"


@pytest.mark.parametrize(("was_signed", "stage"), [(False, "forwarded"), (True, "signed")])
def test_what_is_sent_back_inside_climbs_one_level(was_signed: bool, stage: str) -> None:
    case = inside(signed_by_platform=was_signed)
    case = commands.send_back(case.number, reason="not_ours", by=STREET_HANDLER, seen=case.version)
    assert (on("returns", DISPATCHER), on("returns", EAST_DISPATCHER)) == ([], [case.number])
    with pytest.raises(NotPossible) as refused:
        commands.judge_send_back(case.number, uphold=True, by=DISPATCHER, seen=case.version)
    assert why(refused) == "judged_inside"
    case = commands.judge_send_back(case.number, uphold=True, by=EAST_DISPATCHER, seen=case.version)
    assert (case.stage, case.lead_unit, case.above, case.inner_due) == (stage, EAST, (), None)
    # From there the platform may send it back itself, and then it is the desk's.
    case = commands.send_back(case.number, reason="not_ours", by=EAST_DISPATCHER, seen=case.version)
    assert on("returns", DISPATCHER) == [case.number]


def test_a_refused_inner_send_back_leaves_everything_as_it_was() -> None:
    before = inside()
    case = commands.send_back(before.number, reason="not_ours", by=STREET_HANDLER, seen=before.version)
    case = commands.judge_send_back(case.number, uphold=False, by=EAST_DISPATCHER, seen=case.version)
    assert (case.stage, case.lead_unit, case.inner_due) == ("forwarded", EAST_STREET, before.inner_due)


def test_nobody_judges_a_send_back_of_the_own_hand() -> None:
    case = inside()
    case = commands.send_back(case.number, reason="not_ours", by=EAST_DISPATCHER, seen=case.version)
    with pytest.raises(NotPossible) as refused:
        commands.judge_send_back(case.number, uphold=True, by=EAST_DISPATCHER, seen=case.version)
    assert why(refused) == "own_request"


def test_a_designated_platform_may_still_sort_out_its_own_tree() -> None:
    case = world.recorded()
    case = commands.designate(case.number, lead_unit=EAST, by=DISPATCHER, seen=case.version)
    with pytest.raises(NotPossible):
        commands.send_back(case.number, reason="not_ours", by=EAST_DISPATCHER, seen=case.version)
    case = commands.forward(case.number, lead_unit=EAST_STREET, by=EAST_DISPATCHER, seen=case.version)
    assert commands.send_back(case.number, reason="not_ours", by=STREET_HANDLER, seen=case.version).stage == "sent_back"


def test_who_signed_first_leads_until_another_has_signed() -> None:
    case = inside(signed_by_platform=True)
    assert case.first_receiver == EAST
    case = commands.sign(case.number, by=STREET_HANDLER, seen=case.version)
    assert case.first_receiver == EAST_STREET
    sent_away = world.signed()
    sent_away = commands.send_back(
        sent_away.number, reason="not_ours", by=world.HEATING_HANDLER, seen=sent_away.version
    )
    sent_away = commands.judge_send_back(
        sent_away.number, uphold=True, lead_unit=world.WATER, by=DISPATCHER, seen=sent_away.version
    )
    assert sent_away.first_receiver == world.HEATING
    assert queries.get(sent_away.number, world.HEATING_HANDLER).number == sent_away.number
    commands.sign(sent_away.number, by=WATER_HANDLER, seen=sent_away.version)
    with pytest.raises(queries.CaseMissing):
        queries.get(sent_away.number, world.HEATING_HANDLER)


def test_a_reopened_case_goes_back_to_the_platform() -> None:
    case = answered(inside())
    case = commands.approve(case.number, approve=True, by=EAST_LEADER, seen=case.version)
    case = commands.review(case.number, accept=True, by=DISPATCHER, seen=case.version)
    case = commands.reopen(case.number, reason="没修好", by=world.SUPERVISOR, seen=case.version)
    assert (case.lead_unit, case.above) == (EAST, ())


def test_one_that_leaves_its_group_goes_to_the_platform_of_its_head() -> None:
    head, follower = inside(), world.recorded()
    follower = merge_commands.merge(follower.number, head=head.number, by=DISPATCHER, seen=follower.version)
    follower = merge_commands.unmerge(follower.number, by=DISPATCHER, seen=follower.version)
    assert (follower.lead_unit, follower.above) == (EAST, ())


def test_a_granted_extension_takes_the_place_of_the_inner_deadline() -> None:
    case = inside()
    case = marks.request_extension(case.number, working_days=1, reason="complex", by=STREET_HANDLER, seen=case.version)
    case = marks.judge_extension(case.number, grant=True, by=DISPATCHER, seen=case.version)
    assert case.inner_due is None and case.due is not None


def test_a_helping_unit_has_a_part_with_stage_clock_and_reply_of_its_own() -> None:
    case = helped(world.WATER)
    (part,) = case.parts
    assert (part.unit, part.stage, part.due) == (world.WATER, "forwarded", case.due)
    assert on("unit", WATER_HANDLER) == [case.number]
    case = commands.sign(case.number, by=WATER_HANDLER, seen=case.version)
    case = commands.contact(case.number, how="phone", reached=False, by=WATER_HANDLER, seen=case.version)
    case = commands.handle(case.number, reply="水压正常", outcome="explained", by=WATER_HANDLER, seen=case.version)
    (part,) = case.parts
    assert (case.stage, part.stage, part.outcome, part.contacts) == ("forwarded", "handled", "explained", 1)
    assert part.reply is not None and "reply" not in case.texts
    assert on("unit", WATER_HANDLER) == []
    # The lead unit still has everything before it.
    assert (case.signed_at, case.contacts, on("unit", world.HEATING_HANDLER)) == (None, 0, [case.number])


def test_a_helping_unit_answers_even_after_the_lead_unit_has() -> None:
    case = helped(world.WATER)
    case = commands.sign(case.number, by=world.HEATING_HANDLER, seen=case.version)
    case = commands.contact(case.number, how="phone", reached=True, by=world.HEATING_HANDLER, seen=case.version)
    case = commands.handle(case.number, reply="已修", outcome="solved", by=world.HEATING_HANDLER, seen=case.version)
    case = commands.sign(case.number, by=WATER_HANDLER, seen=case.version)
    assert (case.stage, case.parts[0].stage) == ("handled", "signed")
    case = commands.review(case.number, accept=True, by=DISPATCHER, seen=case.version)
    with pytest.raises(NotPossible):
        commands.handle(case.number, reply="迟了", outcome="solved", by=WATER_HANDLER, seen=case.version)
    assert on("unit", WATER_HANDLER) == []


def test_a_part_that_is_sent_back_is_judged_at_the_desk_and_stops_nothing() -> None:
    case = helped(world.WATER)
    case = commands.send_back(case.number, reason="not_ours", by=WATER_HANDLER, seen=case.version)
    assert (case.stage, case.sent_back, on("returns", DISPATCHER)) == ("forwarded", 0, [case.number])
    case = commands.sign(case.number, by=world.HEATING_HANDLER, seen=case.version)
    case = commands.judge_send_back(case.number, uphold=False, by=DISPATCHER, seen=case.version)
    assert [(part.unit, part.stage) for part in case.parts] == [(world.WATER, "forwarded")]


def test_a_part_may_go_to_another_helping_unit_or_fall_away() -> None:
    case = helped(world.WATER)
    case = commands.send_back(case.number, reason="not_ours", by=WATER_HANDLER, seen=case.version)
    with pytest.raises(FieldWrong, match="same_unit_again"):
        commands.judge_send_back(case.number, uphold=True, lead_unit=world.HEATING, by=DISPATCHER, seen=case.version)
    case = commands.judge_send_back(case.number, uphold=True, lead_unit=EAST_STREET, by=DISPATCHER, seen=case.version)
    assert case.co_units == (EAST_STREET,)
    with pytest.raises(queries.CaseMissing):
        queries.get(case.number, WATER_HANDLER)
    case = commands.send_back(case.number, reason="not_ours", by=STREET_HANDLER, seen=case.version)
    case = commands.judge_send_back(case.number, uphold=True, by=DISPATCHER, seen=case.version)
    assert (case.parts, case.co_units) == ((), ())


def test_who_takes_a_part_over_has_the_time_that_is_left_and_not_the_whole_grade_again() -> None:
    case = helped(world.WATER)
    (before,) = case.parts
    with clock.held(clock.now() + timedelta(days=1)):
        case = commands.send_back(case.number, reason="not_ours", by=WATER_HANDLER, seen=case.version)
        case = commands.judge_send_back(
            case.number, uphold=True, lead_unit=EAST_STREET, by=DISPATCHER, seen=case.version
        )
    (part,) = case.parts
    assert (part.unit, part.due) == (EAST_STREET, before.due)


def test_a_platform_asks_units_of_its_tree_for_help_and_judges_their_send_backs() -> None:
    case = world.forwarded(lead_unit=EAST)
    case = commands.forward(case.number, lead_unit=EAST_STREET, co_units=(EAST,), by=EAST_DISPATCHER, seen=case.version)
    (part,) = case.parts
    assert (part.unit, part.given_by) == (EAST, EAST)


def test_a_pause_and_an_extension_reach_the_parts_that_are_not_done() -> None:
    case = helped(world.WATER)
    case = marks.suspend(case.number, reason="documents", by=world.HEATING_HANDLER, seen=case.version)
    case = commands.sign(case.number, by=WATER_HANDLER, seen=case.version)
    with pytest.raises(NotPossible) as refused:
        commands.handle(case.number, reply="水压正常", outcome="solved", by=WATER_HANDLER, seen=case.version)
    assert why(refused) == "suspended"
    case = marks.resume(case.number, by=world.HEATING_HANDLER, seen=case.version)
    assert case.parts[0].due == case.due


def test_a_helping_units_words_are_erased_with_the_case() -> None:
    case = helped(world.WATER)
    case = commands.sign(case.number, by=WATER_HANDLER, seen=case.version)
    case = commands.handle(case.number, reply="王某某家水压正常", outcome="solved", by=WATER_HANDLER, seen=case.version)
    assert case.person_id is not None
    assert cases.erase(case.person_id, reason="本人申请", by=world.SECURITY) > 0
    assert whole.run().is_clean


def test_enterprises_wait_in_a_queue_of_their_own() -> None:
    person, firm = world.recorded(), world.recorded(appellant_kind="enterprise")
    assert (on("inbox", DISPATCHER), on("enterprise", DISPATCHER)) == ([person.number], [firm.number])
