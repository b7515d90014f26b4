"""并单: cases put together, what a step of the head does to those that follow it, taken apart again."""

from datetime import timedelta
from typing import Any

import pytest
from tests import world

from yousu.appeals import commands, merge_commands
from yousu.appeals.state import AppealState
from yousu.cases import commands as cases
from yousu.cases import queries
from yousu.cases.rules import FieldWrong
from yousu.cases.transitions import NotPossible
from yousu.ledger import log, texts
from yousu.ledger.events import decode
from yousu.ledger.log import StreamMoved
from yousu.org.capabilities import Forbidden
from yousu.platform import clock

pytestmark = pytest.mark.django_db


def now(number: str) -> AppealState:
    state: AppealState = queries.state_of(queries.now(number))
    return state


def merged(case: AppealState, head: AppealState, **more: Any) -> AppealState:
    seen = now(case.number).version
    return merge_commands.merge(case.number, head=head.number, **{"by": world.DISPATCHER, "seen": seen, **more})


def kinds(number: str) -> list[str]:
    return [row.kind for row in log.rows_of(f"appeal/{number}")]


def closed(head: AppealState, reply: str = "已上门维修") -> AppealState:
    """The head from where it is (转交) to 办结."""
    case = commands.sign(head.number, by=world.HEATING_HANDLER, seen=now(head.number).version)
    case = commands.contact(case.number, how="phone", reached=True, by=world.HEATING_HANDLER, seen=case.version)
    case = commands.handle(case.number, reply=reply, outcome="solved", by=world.HEATING_HANDLER, seen=case.version)
    return commands.review(case.number, accept=True, by=world.DISPATCHER, seen=case.version)


def reply_of(number: str) -> str | None:
    ref = now(number).texts.get("reply")
    return None if ref is None else texts.read([ref.id]).get(ref.id)


def test_a_repeat_and_a_parallel_are_told_apart_by_the_person() -> None:
    head = world.forwarded()
    again = merged(world.recorded(phone=world.LI), head)
    other = merged(world.recorded(phone=world.ZHANG), head)
    nameless = merged(world.recorded(phone=None), head)
    assert [each.joined for each in (again, other, nameless)] == ["repeat", "parallel", "parallel"]
    assert {each.stage for each in (again, other, nameless)} == {"merged"}
    assert {each.head for each in (again, other, nameless)} == {head.number}
    assert [(each.number, each.how) for each in now(head.number).followers] == [
        (again.number, "repeat"),
        (other.number, "parallel"),
        (nameless.number, "parallel"),
    ]


def test_a_merged_case_keeps_its_number_and_caller_and_goes_by_its_heads_unit_and_clock() -> None:
    head = world.forwarded()
    case = merged(world.recorded(phone=world.ZHANG), head)
    assert (case.lead_unit, case.due, case.decision) == (world.HEATING, None, "merged")
    assert case.person_id is not None and case.person_id != head.person_id


def test_nobody_but_a_dispatcher_merges() -> None:
    head, case = world.recorded(), world.recorded()
    for who in world.EVERYBODY:
        if who is not world.DISPATCHER:
            with pytest.raises(Forbidden):
                merged(case, head, by=who)


def test_a_page_older_than_the_case_merges_nothing() -> None:
    head, case = world.recorded(), world.recorded()
    with pytest.raises(StreamMoved):
        merged(case, head, seen=case.version + 1)
    assert now(head.number).followers == ()


@pytest.mark.parametrize("number", ["00000000000000", "", "乱写"])
def test_a_head_that_is_not_there_is_a_wrong_field(number: str) -> None:
    case = world.recorded()
    with pytest.raises(FieldWrong) as wrong:
        merge_commands.merge(case.number, head=number, by=world.DISPATCHER, seen=case.version)
    assert (wrong.value.field, wrong.value.why) == ("head", "no_such_case")


def test_no_case_is_merged_into_itself_nor_into_what_follows_it() -> None:
    head = world.recorded()
    follower = merged(world.recorded(), head)
    for target in (head, follower):
        with pytest.raises(FieldWrong) as wrong:
            merged(head, target)
        assert (wrong.value.field, wrong.value.why) == ("head", "itself")


def test_named_a_follower_its_head_is_meant() -> None:
    head = world.recorded()
    follower = merged(world.recorded(), head)
    case = merged(world.recorded(), follower)
    assert case.head == head.number


def test_nothing_is_merged_into_a_case_that_is_over() -> None:
    head = world.closed()
    with pytest.raises(NotPossible) as refusal:
        merged(world.recorded(), head)
    assert refusal.value.why == "head_not_open"


def test_nothing_is_merged_into_a_case_whose_words_were_erased() -> None:
    head = world.recorded(phone=world.ZHANG)
    assert head.person_id is not None
    cases.erase(head.person_id, reason="本人申请", by=world.SECURITY)
    with pytest.raises(NotPossible) as refusal:
        merged(world.recorded(), head)
    assert refusal.value.why == "head_erased"


def test_a_merged_case_is_handled_no_more_on_its_own() -> None:
    head = world.forwarded()
    case = merged(world.forwarded(), head)
    with pytest.raises(NotPossible):
        commands.sign(case.number, by=world.HEATING_HANDLER, seen=case.version)
    with pytest.raises(NotPossible):
        merged(case, world.recorded())


def test_merging_a_head_moves_its_followers() -> None:
    small, big = world.recorded(), world.forwarded(phone=world.ZHANG)
    follower = merged(world.recorded(phone=world.ZHANG), small)
    merged(small, big)
    moved = now(follower.number)
    # Somebody else's for the one, the same person's for the other.
    assert (moved.head, moved.joined, moved.lead_unit) == (big.number, "repeat", world.HEATING)
    assert {each.number for each in now(big.number).followers} == {small.number, follower.number}
    assert now(small.number).followers == ()
    assert kinds(follower.number) == ["recorded", "merged", "merged"]


def test_each_step_of_the_head_is_an_event_of_its_followers() -> None:
    head = world.recorded()
    case = merged(world.recorded(phone=world.ZHANG), head)
    forwarded = commands.forward(
        head.number, lead_unit=world.HEATING, by=world.DISPATCHER, seen=now(head.number).version
    )
    assert now(case.number).lead_unit == world.HEATING
    closed(forwarded)
    rows = [row for row in log.rows_of(f"appeal/{case.number}") if row.kind == "followed"]
    told = [decode(row.kind, row.shape, row.data) for row in rows]
    # A contact with the head's own caller is nobody else's.
    assert [fact.step for fact in told] == ["forwarded", "signed", "handled", "reviewed"]
    assert [fact.stage for fact in told] == ["merged", "merged", "merged", "closed"]
    heads = {row.seq: row.kind for row in log.rows_of(f"appeal/{head.number}")}
    assert [heads[fact.seq] for fact in told] == [fact.step for fact in told]


def test_a_merged_case_closes_with_its_head_and_every_caller_gets_the_answer_and_a_call_back() -> None:
    head = world.forwarded()
    again, other = merged(world.recorded(), head), merged(world.recorded(phone=world.ZHANG), head)
    closed(head, reply="已到海晏路5号3单元上门维修，李某某电话15400001111")
    assert reply_of(again.number) == "已到海晏路5号3单元上门维修，李某某电话15400001111"
    told = reply_of(other.number)
    assert told is not None and "上门维修" in told and "15400001111" not in told
    for each in (again, other):
        case = now(each.number)
        assert (case.stage, case.head) == ("closed", head.number) and case.closed_at is not None
    called = commands.call_back(
        other.number, reached="reached", solved=True, by=world.CALLER_BACK, seen=now(other.number).version
    )
    assert (called.stage, now(head.number).stage, now(again.number).stage) == ("settled", "closed", "closed")


def test_an_answer_at_the_desk_answers_all() -> None:
    head = world.recorded()
    case = merged(world.recorded(phone=world.ZHANG), head)
    commands.answer(head.number, reply="今晚恢复供热", by=world.DISPATCHER, seen=now(head.number).version)
    assert (now(case.number).stage, reply_of(case.number)) == ("closed", "今晚恢复供热")


def test_declining_and_transferring_a_head_do_so_for_all() -> None:
    declined, transferred = world.recorded(), world.recorded()
    one, two = merged(world.recorded(), declined), merged(world.recorded(), transferred)
    commands.decline(
        declined.number,
        reason="litigation",
        lawful_channel="court",
        reply="请向法院起诉",
        by=world.DISPATCHER,
        seen=now(declined.number).version,
    )
    commands.transfer(transferred.number, to="119", by=world.DISPATCHER, seen=now(transferred.number).version)
    assert (now(one.number).stage, reply_of(one.number)) == ("declined", "请向法院起诉")
    assert now(two.number).stage == "transferred"


def test_the_answer_outlives_the_erasure_of_the_heads_person() -> None:
    head = world.forwarded()
    case = merged(world.recorded(phone=world.ZHANG), head)
    closed(head)
    assert head.person_id is not None and case.person_id is not None
    cases.erase(head.person_id, reason="本人申请", by=world.SECURITY)
    assert reply_of(case.number) == "已上门维修"
    cases.erase(case.person_id, reason="本人申请", by=world.SECURITY)
    assert reply_of(case.number) is None


def test_a_head_whose_answer_was_erased_is_not_closed_over_the_heads_of_others() -> None:
    head = world.handled()
    case = merged(world.recorded(phone=world.ZHANG), head)
    assert head.person_id is not None
    cases.erase(head.person_id, reason="本人申请", by=world.SECURITY)
    with pytest.raises(NotPossible) as refusal:
        commands.review(head.number, accept=True, by=world.DISPATCHER, seen=now(head.number).version)
    assert (refusal.value.why, now(case.number).stage) == ("erased", "merged")


def test_unmerging_forwards_to_the_heads_unit_with_the_deadline_counted_anew() -> None:
    with clock.held(clock.now() - timedelta(days=60)) as held:
        head = world.forwarded()
        case = merged(world.recorded(phone=world.ZHANG), head)
        held.move_to(clock.now() + timedelta(days=30))
        alone = merge_commands.unmerge(case.number, by=world.DISPATCHER, seen=case.version)
    assert (alone.stage, alone.lead_unit, alone.head, alone.joined) == ("forwarded", world.HEATING, None, None)
    assert head.due is not None and alone.due is not None and alone.due.at > head.due.at
    assert now(head.number).followers == ()


def test_unmerged_from_a_head_without_a_unit_a_case_is_the_desks_again() -> None:
    head = world.recorded()
    case = merged(world.recorded(), head)
    assert merge_commands.unmerge(case.number, by=world.DISPATCHER, seen=case.version).stage == "recorded"


def test_after_the_head_is_over_nothing_is_unmerged() -> None:
    head = world.forwarded()
    case = merged(world.recorded(), head)
    closed(head)
    with pytest.raises(NotPossible) as refusal:
        merge_commands.unmerge(case.number, by=world.DISPATCHER, seen=now(case.number).version)
    assert refusal.value.why == "head_closed"


def test_what_was_never_merged_is_not_unmerged() -> None:
    case = world.recorded()
    with pytest.raises(NotPossible) as refusal:
        merge_commands.unmerge(case.number, by=world.DISPATCHER, seen=case.version)
    assert refusal.value.why == "not_merged"


def test_a_reopened_head_takes_those_along_who_still_wait_for_their_call_back() -> None:
    head = world.forwarded()
    waiting, called = merged(world.recorded(phone=world.ZHANG), head), merged(world.recorded(phone=world.WANG), head)
    closed(head)
    commands.call_back(
        called.number, reached="reached", solved=True, by=world.CALLER_BACK, seen=now(called.number).version
    )
    commands.reopen(head.number, reason="又不热了", by=world.SUPERVISOR, seen=now(head.number).version)
    assert (now(waiting.number).stage, now(waiting.number).closed_at) == ("merged", None)
    assert now(called.number).stage == "settled"
    closed(head, reply="换了阀门")
    assert (reply_of(waiting.number), reply_of(called.number)) == ("换了阀门", "已上门维修")


def test_whoever_is_called_back_has_a_life_apart_from_the_head() -> None:
    head = world.forwarded()
    case = merged(world.recorded(phone=world.ZHANG), head)
    closed(head)
    said = commands.call_back(
        case.number, reached="reached", solved=False, by=world.CALLER_BACK, seen=now(case.number).version
    )
    again = commands.judge_unsolved(case.number, decision="reopen", by=world.SUPERVISOR, seen=said.version)
    assert (again.stage, again.head, again.lead_unit) == ("forwarded", None, world.HEATING)


def test_a_withdrawn_head_takes_nobody_with_it_the_oldest_follower_goes_on() -> None:
    head = world.forwarded()
    first, second = merged(world.recorded(phone=world.ZHANG), head), merged(world.recorded(phone=world.WANG), head)
    commands.withdraw(head.number, reason="不要了", by=world.DISPATCHER, seen=now(head.number).version)
    assert (now(first.number).stage, now(first.number).lead_unit) == ("forwarded", world.HEATING)
    assert (now(second.number).stage, now(second.number).head) == ("merged", first.number)
    assert [each.number for each in now(first.number).followers] == [second.number]


def test_a_follower_may_be_withdrawn_and_leaves_the_group() -> None:
    head = world.forwarded()
    case = merged(world.recorded(phone=world.ZHANG), head)
    commands.withdraw(case.number, reason="不要了", by=world.DISPATCHER, seen=case.version)
    assert now(case.number).stage == "withdrawn"
    assert (now(head.number).followers, now(head.number).calls) == ((), 1)


def test_calls_add_up_and_a_person_counts_once() -> None:
    head = world.forwarded()
    commands.support(head.number, phone=world.WANG, by=world.CALL_TAKER)
    merged(world.recorded(), head)
    merged(world.recorded(phone=world.ZHANG), head)
    merged(world.recorded(phone=world.WANG), head)
    merged(world.recorded(phone=None), head)
    state = now(head.number)
    assert (state.calls, state.people) == (6, 4)
    # Who raised a merged case supports nothing anew.
    assert commands.support(head.number, phone=world.ZHANG, by=world.CALL_TAKER).calls == 6


def test_a_confidential_caller_is_not_told_apart_by_the_unit() -> None:
    known = world.forwarded()
    with pytest.raises(NotPossible) as refusal:
        merged(world.recorded(confidential=True), known)
    assert refusal.value.why == "would_tell_who"
    with pytest.raises(NotPossible):
        merge_commands.link(
            known.number, other=world.recorded(confidential=True).number, how="same_matter", by=world.DISPATCHER
        )
    other = merged(world.recorded(confidential=True, phone=world.ZHANG), known)
    assert other.joined == "parallel"
    [follower] = now(known.number).followers
    assert follower.person_id is None


def test_the_answer_to_a_confidential_case_goes_to_nobody_else() -> None:
    head = world.forwarded(confidential=True)
    with pytest.raises(NotPossible) as refusal:
        merged(world.recorded(phone=world.ZHANG), head)
    assert refusal.value.why == "not_for_others"
    assert merged(world.recorded(confidential=True), head).joined == "repeat"


def test_a_tip_off_is_merged_into_nobody_elses_case() -> None:
    with pytest.raises(NotPossible) as refusal:
        merged(world.recorded(type="tip_off", phone=world.ZHANG), world.forwarded())
    assert refusal.value.why == "not_for_others"


def test_linked_cases_know_each_other_and_are_handled_apart() -> None:
    one, two = world.forwarded(), world.closed()
    linked = merge_commands.link(one.number, other=two.number, how="follow_up", by=world.DISPATCHER)
    assert [(each.other, each.how) for each in linked.links] == [(two.number, "follow_up")]
    assert [(each.other, each.how) for each in now(two.number).links] == [(one.number, "follow_up")]
    assert (linked.stage, now(two.number).stage) == ("forwarded", "closed")
    with pytest.raises(NotPossible) as refusal:
        merge_commands.link(two.number, other=one.number, how="follow_up", by=world.DISPATCHER)
    assert refusal.value.why == "linked_already"
    for other, how, field in ((one.number, "follow_up", "other"), (two.number, "enemy", "how")):
        with pytest.raises(FieldWrong) as wrong:
            merge_commands.link(one.number, other=other, how=how, by=world.DISPATCHER)
        assert wrong.value.field == field
