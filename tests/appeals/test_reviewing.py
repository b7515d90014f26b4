"""审核提示: a reply held against its case and against earlier ones; and what a rejection does to the deadline."""

from datetime import timedelta

import pytest
from tests import world

from yousu.appeals import commands, reviewing
from yousu.appeals.models import ReplyPrint
from yousu.appeals.state import AppealState
from yousu.cases import commands as cases
from yousu.cases import queries
from yousu.cases.verification import whole
from yousu.ledger.events import decode
from yousu.org.city import city
from yousu.platform import clock

pytestmark = pytest.mark.django_db(transaction=True)

GOOD = "1月12日上午，热力公司到您家测温，暖气管道放气后室温二十度，有问题请拨打0971-8230000。"


def codes(case: AppealState, reply: str, **more: str) -> list[str]:
    return [one.code for one in reviewing.findings(queries.now(case.number), reply, **more)]


def handled(reply: str) -> AppealState:
    case = world.signed()
    case = commands.contact(case.number, how="phone", reached=True, by=world.HEATING_HANDLER, seen=case.version)
    return commands.handle(
        case.number, reply=reply, outcome="explained", by=world.HEATING_HANDLER, seen=case.version
    )  # fmt: skip


def test_a_good_reply_has_nothing_missing_and_a_thin_one_is_told_so() -> None:
    case = world.signed()
    assert codes(case, GOOD, outcome="solved") == []
    assert {"no_action", "no_time", "no_who"} <= set(codes(case, "您好，您反映的问题已收悉。", outcome="solved"))


def test_the_outcome_it_was_handled_with_asks_for_a_basis() -> None:
    case = handled(GOOD)
    own = case.texts["reply"].id
    found = reviewing.findings(queries.now(case.number), GOOD, own=own)
    assert [one.code for one in found] == ["no_basis"]


def test_the_same_words_with_another_day_are_known_again_whatever_unit_wrote_them() -> None:
    handled(GOOD)
    other = world.forwarded(lead_unit=world.WATER)
    assert "used_before" in codes(other, GOOD.replace("1月12日", "3月8日"), outcome="solved")
    assert "used_before" not in codes(other, "3月9日供水公司更换了水表。", outcome="solved")


def test_almost_the_same_words_are_known_again_among_the_units_latest() -> None:
    handled(GOOD)
    case = world.signed()
    assert "used_before" in codes(case, GOOD.replace("上午", "下午").replace("测温", "量温"), outcome="solved")


def test_own_words_handed_in_once_more_after_a_rejection_are_copied_from_nobody() -> None:
    case = handled(GOOD)
    case = commands.review(case.number, accept=False, note="请补充依据", by=world.DISPATCHER, seen=case.version)
    assert "used_before" not in codes(case, GOOD, outcome="explained")


def test_a_reply_is_not_its_own_repetition() -> None:
    case = handled(GOOD)
    found = reviewing.findings(queries.now(case.number), GOOD, own=case.texts["reply"].id)
    assert "used_before" not in [one.code for one in found]


def test_an_erased_reply_leaves_no_fingerprint() -> None:
    case = handled(GOOD)
    assert ReplyPrint.objects.filter(text_id=case.texts["reply"].id).exists()
    assert case.person_id is not None
    cases.erase(case.person_id, reason="本人要求", by=world.SECURITY)
    assert not ReplyPrint.objects.filter(text_id=case.texts["reply"].id).exists()


def test_a_rejected_reply_leaves_the_deadline_as_it_was() -> None:
    case = handled(GOOD)
    back = commands.review(case.number, accept=False, note="差时间", by=world.DISPATCHER, seen=case.version)
    assert (back.stage, back.due) == ("signed", case.due)


def test_where_the_city_says_so_a_rejection_counts_the_deadline_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(city().settings, "review", {"rejected": "counted_anew"})  # type: ignore[arg-type]  # a dict
    case = handled(GOOD)
    with clock.held(clock.now() + timedelta(days=20)):
        back = commands.review(case.number, accept=False, by=world.DISPATCHER, seen=case.version)
    assert back.due is not None and case.due is not None
    assert back.due.at > case.due.at + timedelta(days=10)
    assert queries.now(case.number).due_at == back.due.at
    assert not whole.run().findings.differences


def test_a_review_recorded_before_deadlines_could_change_is_read_as_one_that_changed_none() -> None:
    fact = decode("reviewed", 1, '{"accepted":false,"note":null}')
    assert (fact.accepted, fact.due, fact.shape) == (False, None, 2)
