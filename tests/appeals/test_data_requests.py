"""个人信息请求: asked by who has case and phone, decided by another within its days, done as granted, logged."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from tests import world

from yousu.appeals import commands as appeals
from yousu.appeals.data_requests import commands, queries
from yousu.appeals.data_requests.commands import Ask
from yousu.appeals.data_requests.queries import Timeliness
from yousu.appeals.data_requests.state import SORTS, DataRequestState
from yousu.cases import commands as cases
from yousu.cases.models import CaseNow
from yousu.cases.retention import retain
from yousu.cases.rules import FieldWrong
from yousu.cases.transitions import NotPossible
from yousu.cases.verification import whole
from yousu.ledger import persons, texts
from yousu.ledger.log import StreamMoved, rows_of
from yousu.ledger.models import Event, Text
from yousu.org.actors import cli, resident
from yousu.org.capabilities import Forbidden
from yousu.platform import clock

pytestmark = pytest.mark.django_db(transaction=True)
ZONE = ZoneInfo("Asia/Shanghai")
MONDAY = datetime(2024, 3, 4, 9, tzinfo=ZONE)


def asked(sort: str = "see", *, case: str | None = None, **more: Any) -> DataRequestState:
    """李某, with the receipt of a case and the phone left there."""
    number = case or world.recorded().number
    return commands.ask(Ask(sort=sort, case=number, **{"phone": world.LI, **more}), by=resident(number))


def granted(sort: str = "see", **more: Any) -> DataRequestState:
    request = asked(sort, **more)
    return commands.grant(request.number, by=world.SECURITY, seen=request.version)


def refused(request: DataRequestState, **more: Any) -> DataRequestState:
    usual: dict[str, Any] = {"reason": "keeping_required", "explanation": "按档案规定还要保存"}
    return commands.refuse(request.number, by=world.SECURITY, seen=request.version, **{**usual, **more})


def test_a_request_has_its_own_number_and_a_clock_of_fifteen_working_days() -> None:
    with clock.held(MONDAY):
        request = asked("see", words="想知道谁看过我的电话")
    assert (request.stage, request.sort, request.received_by) == ("open", "see", "resident")
    # Three weeks of five days; nothing falls off in between.
    assert request.due.at.astimezone(ZONE).date() == datetime(2024, 3, 25).date()
    assert [row.kind for row in rows_of(f"request/{request.number}")] == ["data_requested"]
    assert whole.run().is_clean


@pytest.mark.parametrize("phone", ["", "1234567", world.ZHANG, "not a phone"])
def test_who_cannot_name_the_phone_of_the_case_asks_for_nothing(phone: str) -> None:
    number = world.recorded().number
    world.recorded(phone=world.ZHANG)
    with pytest.raises(FieldWrong) as wrong:
        asked(case=number, phone=phone)
    assert wrong.value.field == "phone"
    assert not Event.objects.filter(stream__startswith="request/").exists()


def test_a_receipt_opens_its_own_case_alone() -> None:
    mine, other = world.recorded().number, world.recorded().number
    with pytest.raises(Forbidden):
        commands.ask(Ask(sort="see", case=mine, phone=world.LI), by=resident(other))


def test_a_call_taker_takes_it_down_for_a_caller_and_does_not_decide() -> None:
    number = world.recorded().number
    request = commands.ask(Ask(sort="delete", case=number, phone=world.LI), by=world.CALL_TAKER)
    with pytest.raises(Forbidden):
        commands.grant(request.number, by=world.CALL_TAKER, seen=request.version)
    both = world.actor("call1", "call_taker", "security_administrator")
    with pytest.raises(NotPossible, match="own_request"):
        commands.grant(request.number, by=both, seen=request.version)
    assert persons.by_phone(world.LI) is not None


@pytest.mark.parametrize("by", [each for each in world.EVERYBODY if each not in (world.SECURITY,)])
def test_nobody_else_decides_or_fetches(by: Any) -> None:
    request = asked()
    with pytest.raises(Forbidden):
        commands.grant(request.number, by=by, seen=request.version)
    with pytest.raises(Forbidden):
        commands.refuse(request.number, reason="legal_duty", explanation="x", by=by, seen=request.version)
    commands.grant(request.number, by=world.SECURITY, seen=request.version)
    with pytest.raises(Forbidden):
        commands.hand_over(request.number, by=by)


def test_the_same_is_not_asked_twice_while_it_is_open() -> None:
    number = world.recorded().number
    first = asked(case=number)
    with pytest.raises(FieldWrong, match="asked_already"):
        asked(case=number)
    asked("copy", case=number)
    refused(first)
    assert asked(case=number).number > first.number


@pytest.mark.parametrize(
    ("field", "more"),
    [
        ("sort", {"sort": "everything"}),
        ("sort", {"sort": ""}),
        ("corrected", {"sort": "correct", "value": "王某"}),
        ("corrected", {"sort": "correct", "corrected": "category", "value": "王某"}),
        ("value", {"sort": "correct", "corrected": "name", "value": " "}),
        ("words", {"words": "长" * 2001}),
    ],
)
def test_what_cannot_be_asked_is_refused_by_its_field(field: str, more: dict[str, str]) -> None:
    with pytest.raises(FieldWrong) as wrong:
        asked(**more)
    assert wrong.value.field == field


def test_a_granted_correction_is_a_correction_of_the_case() -> None:
    number = world.signed().number
    request = granted("correct", case=number, corrected="name", value="王某某")
    shown = cases.unmask(number, fields=["name"], purpose="核对", by=world.DISPATCHER)
    assert shown == {"name": "王某某"}
    *_, last = rows_of(f"appeal/{number}")
    assert (last.kind, last.actor) == ("corrected", world.SECURITY.code)
    assert (request.stage, request.decided_by) == ("granted", world.SECURITY.code)
    assert whole.run().is_clean


def test_a_granted_erasure_takes_the_request_s_own_words_too() -> None:
    request = asked("delete", words="我是李某某，请全部删除")
    open_one = asked("copy", case=request.case, words="我的手机 15400001111")
    commands.grant(request.number, note="已核实", by=world.SECURITY, seen=request.version)
    assert persons.by_phone(world.LI) is None
    assert not Text.objects.filter(stream__in=[f"request/{request.number}", f"request/{open_one.number}"]).exists()
    assert CaseNow.objects.get(number=request.case).matter is None
    assert whole.run().is_clean
    with pytest.raises(FieldWrong, match="not_the_persons"):
        asked("see", case=request.case)


def test_who_withdraws_consent_is_not_called_any_more_and_the_matter_stays() -> None:
    request = granted("withdraw-consent")
    assert persons.by_phone(world.LI) is None
    assert CaseNow.objects.get(number=request.case).matter == "家里暖气不热"
    kinds = [row.kind for row in rows_of(f"person/{request.person_id}")]
    assert kinds == ["contact_removed"]
    assert whole.run().is_clean


def test_a_refusal_says_why_and_changes_nothing() -> None:
    request = refused(asked("delete"))
    assert (request.stage, request.reason) == ("refused", "keeping_required")
    assert request.explanation is not None and texts.read_one(request.explanation) == "按档案规定还要保存"
    assert persons.by_phone(world.LI) is not None
    with pytest.raises(NotPossible, match="request_decided"):
        commands.grant(request.number, by=world.SECURITY, seen=request.version)


@pytest.mark.parametrize(("field", "more"), [("reason", {"reason": "no"}), ("explanation", {"explanation": " "})])
def test_no_refusal_without_reason_and_words(field: str, more: dict[str, str]) -> None:
    with pytest.raises(FieldWrong) as wrong:
        refused(asked(), **more)
    assert wrong.value.field == field


def test_who_decides_on_an_older_version_is_told() -> None:
    request = asked()
    with pytest.raises(StreamMoved):
        commands.grant(request.number, by=world.SECURITY, seen=request.version + 1)


def test_the_file_holds_every_case_of_the_person_and_is_an_access_to_each() -> None:
    case = world.called_back(place="五四大街3号")
    other = world.recorded("楼道灯不亮")
    supported = world.recorded("路灯不亮", phone=world.ZHANG).number
    appeals.support(supported, phone=world.LI, by=world.CALL_TAKER)
    cases.unmask(case.number, fields=["phone"], purpose="回电", by=world.DISPATCHER)
    request = granted("copy", case=case.number)
    rows = commands.hand_over(request.number, by=resident(case.number), phone=world.LI)
    kept = {(row.case, row.what): row.words for row in rows}
    assert kept["", "phone"] == world.LI
    assert kept[case.number, "words"] == "家里暖气不热" and kept[case.number, "reply"] == "已上门维修"
    assert kept[case.number, "place"] == "五四大街3号" and kept[other.number, "words"] == "楼道灯不亮"
    assert (supported, "supported") in kept and "路灯不亮" not in kept.values()
    assert kept[case.number, "looked_at"].endswith("phone")
    for number in (case.number, other.number):
        *_, last = rows_of(f"access/{number}")
        assert (last.kind, last.actor) == ("unmasked", "resident")
    assert [row.kind for row in rows_of(f"request/{request.number}")][-1] == "data_handed_over"
    assert whole.run().is_clean


def test_what_is_kept_is_given_to_nobody_before_it_is_granted_nor_without_the_phone() -> None:
    request = asked("copy")
    with pytest.raises(NotPossible, match="nothing_to_fetch"):
        commands.hand_over(request.number, by=resident(request.case), phone=world.LI)
    commands.grant(request.number, by=world.SECURITY, seen=request.version)
    with pytest.raises(FieldWrong, match="not_the_persons"):
        commands.hand_over(request.number, by=resident(request.case), phone=world.ZHANG)
    with pytest.raises(Forbidden):
        commands.hand_over(request.number, by=resident(world.recorded().number), phone=world.LI)


def test_what_came_after_the_decision_is_not_in_the_file_and_its_time_ends() -> None:
    request = granted("copy")
    with clock.held(clock.now() + timedelta(days=1)):
        later = world.recorded("换了主人以后的事")
        rows = commands.hand_over(request.number, by=resident(request.case), phone=world.LI)
        assert later.number not in {row.case for row in rows}
    with clock.held(clock.now() + timedelta(days=31)), pytest.raises(NotPossible, match="fetched_too_late"):
        commands.hand_over(request.number, by=resident(request.case), phone=world.LI)


def test_what_a_resident_asked_for_alone_is_fetched_by_nobody_at_the_desk() -> None:
    request = granted("copy")
    with pytest.raises(NotPossible, match="fetched_on_the_portal"):
        commands.hand_over(request.number, by=world.SECURITY)
    taken_down = commands.ask(Ask(sort="copy", case=request.case, phone=world.LI), by=world.CALL_TAKER)
    taken_down = commands.grant(taken_down.number, by=world.SECURITY, seen=taken_down.version)
    assert commands.hand_over(taken_down.number, by=world.SECURITY)


def test_what_was_to_be_put_right_and_went_with_an_erasure_is_refused_and_breaks_nothing() -> None:
    correction = asked("correct", corrected="name", value="王某某")
    granted("delete", case=correction.case)
    with pytest.raises(NotPossible, match="value_gone"):
        commands.grant(correction.number, by=world.SECURITY, seen=correction.version)
    assert queries.state(correction.number).stage == "open"
    assert refused(correction).stage == "refused"
    assert whole.run().is_clean


def test_a_name_in_a_correction_goes_with_the_contact() -> None:
    number = world.closed().number
    granted("correct", case=number, corrected="name", value="王某某")
    granted("withdraw-consent", case=number)
    assert not Text.objects.filter(kind="value", person_id__isnull=False).exists()


def test_a_granted_erasure_is_nothing_to_fetch() -> None:
    request = granted("delete")
    with pytest.raises(NotPossible, match="nothing_to_fetch"):
        commands.hand_over(request.number, by=world.SECURITY)


def test_events_hold_nothing_that_the_person_wrote() -> None:
    for sort in SORTS:
        asked(sort, case=world.recorded().number, words="李某某在五四大街", corrected="name", value="王某某")
    request = queries.listed("open").first()
    assert request is not None
    refused(queries.state(request.number), explanation="李某某：不能")
    written = "".join(Event.objects.filter(stream__startswith="request/").values_list("data", flat=True))
    assert not [word for word in ("李某", "王某", world.LI, "五四", "不能") if word in written]


def test_answers_in_time_are_counted_with_their_base() -> None:
    with clock.held(MONDAY):
        early, late = asked("see"), asked("copy")
        asked("delete")
    with clock.held(MONDAY + timedelta(days=3)):
        refused(early)
    with clock.held(MONDAY + timedelta(days=40)):
        refused(late)
        assert queries.timeliness() == Timeliness(on_time=1, decided=2)
        sizes = {shown: queries.listed(shown).count() for shown in queries.SHOWN}
        assert sizes == {"open": 1, "decided": 2, "on-time": 1, "late": 1}


def test_who_waits_for_an_answer_keeps_the_phone_however_old_the_case_is() -> None:
    with clock.held(MONDAY):
        number = world.called_back().number
    with clock.held(MONDAY + timedelta(days=800)):
        request = asked(case=number)
        assert retain(by=cli("root")).persons == 0
        refused(request)
        assert retain(by=cli("root")).persons == 1
