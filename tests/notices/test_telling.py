"""Who is told of what: once, after nobody can undo, and nobody who should not be."""

from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from tests import world
from tests.notices import staff

from yousu.appeals import commands
from yousu.appeals import mark_commands as marks
from yousu.appeals import merge_commands as merging
from yousu.appeals import shield_commands as shields
from yousu.appeals.data_requests import commands as data_requests
from yousu.cases import commands as cases
from yousu.cases import queries
from yousu.ledger import persons
from yousu.notices import telling, wording
from yousu.notices.models import Notice
from yousu.platform import clock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def people(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    staff.make("heat1", "handler", "heating", email="heat@units.example")
    staff.make("heat2", "handler", "heating")
    staff.make("water1", "handler", "water", email="water@units.example")
    staff.make("east1", "second_level", "east")
    staff.make("super1", "supervisor", "centre")
    staff.make("leader1", "leader", "")
    staff.make("desk1", "dispatcher", "centre")
    staff.open_ways(monkeypatch, tmp_path)


def test_a_forwarded_case_tells_the_appellant_and_the_units_people() -> None:
    world.forwarded()
    assert staff.told()["deferred"] == 1
    assert staff.notices() == [
        ("desk", "heat1", "received", "sent"),
        ("desk", "heat2", "received", "sent"),
        ("email", "heat1", "received", "queued"),
        ("sms", "appellant", "forwarded", "queued"),
    ]


def test_the_words_name_case_unit_and_deadline_and_nobody() -> None:
    case = world.forwarded(text="我是李某某，电话15400001111，家里不热")
    staff.told()
    message = Notice.objects.get(way="sms")
    said = wording.sentence(message, "zh")
    assert case.number in said and "热力公司" in said and f"/follow/{case.number}/" in said and "12345" in said
    assert "李" not in said and "1540000" not in said
    assert case.due is not None
    until = case.due.at.astimezone(ZoneInfo("Asia/Shanghai"))
    assert f"{until.month}月{until.day}日 {until:%H:%M}前" in said
    assert wording.parameters(message, "zh").keys() == {"number", "unit", "until", "link", "hotline"}
    subject, text = wording.mail(Notice.objects.get(way="email"), "en")
    assert case.number in subject
    assert f"/desk/cases/{case.number}/" in text


def test_what_is_told_twice_is_there_once() -> None:
    case = world.forwarded()
    assert telling.tell([(f"appeal/{case.number}", 2)]) == 4
    assert telling.tell([(f"appeal/{case.number}", 2)] * 2) == 0
    staff.told()
    assert len(staff.notices()) == 4


def test_an_act_undone_within_ten_seconds_tells_nobody() -> None:
    case = world.forwarded()
    commands.undo(case.number, by=world.DISPATCHER, seen=2)
    assert staff.told() == {"deferred": 0, "dropped": 1}
    assert staff.notices() == []


def test_nobody_is_told_before_the_ten_seconds_are_over() -> None:
    world.forwarded()
    assert staff.told(after_s=9)["deferred"] == 0
    assert staff.notices() == []


def test_an_anonymous_a_confidential_and_an_old_appellant_get_no_message() -> None:
    world.forwarded(phone=None)
    world.forwarded(confidential=True)
    world.forwarded(occurred_at=clock.now() - timedelta(days=31))
    staff.told()
    assert Notice.objects.filter(way="sms").count() == 0
    assert Notice.objects.filter(way="desk").count() == 6


def test_a_closed_case_tells_the_appellant_that_there_is_an_answer() -> None:
    world.closed()
    staff.told()
    assert ("sms", "appellant", "answered", "queued") in staff.notices()


def test_the_message_of_an_answer_carries_a_link_of_its_own_that_no_page_of_the_desk_shows() -> None:
    case = world.handled()
    commands.review(case.number, accept=True, by=world.DISPATCHER, seen=case.version)
    staff.told()
    notice = Notice.objects.get(way="sms", text="answered")
    ask = wording.parameters(notice, "zh")["ask"]
    assert f"/solved/{case.number}/" in ask and ask in wording.message(notice, "zh")
    assert ask.rstrip("/").rpartition("/")[2] not in wording.sentence(notice, "zh")


def test_who_was_answered_with_a_head_is_told_of_it_too() -> None:
    head = world.handled(phone=world.LI)
    case = world.recorded(phone=world.ZHANG)
    case = merging.merge(case.number, head=head.number, by=world.DISPATCHER, seen=case.version)
    head = queries.state_of(queries.now(head.number))
    commands.review(head.number, accept=True, by=world.DISPATCHER, seen=head.version)
    staff.told()
    told = Notice.objects.filter(way="sms", text="answered").values_list("stream", flat=True)
    assert {f"appeal/{head.number}", f"appeal/{case.number}"} == set(told)


def test_a_reply_that_was_not_accepted_tells_the_unit_alone() -> None:
    case = world.handled()
    commands.review(case.number, accept=False, by=world.DISPATCHER, seen=case.version)
    staff.told()
    assert staff.notices(kind="reviewed") == [
        ("desk", "heat1", "reply_rejected", "sent"),
        ("desk", "heat2", "reply_rejected", "sent"),
    ]


def test_what_was_answered_on_the_telephone_needs_no_message() -> None:
    by_phone = world.recorded()
    commands.answer(by_phone.number, reply="已答复", by=world.DISPATCHER, seen=1)
    by_web = world.recorded(channel="wechat")
    commands.answer(by_web.number, reply="已答复", by=world.DISPATCHER, seen=1)
    staff.told()
    assert [row.stream for row in Notice.objects.all()] == [f"appeal/{by_web.number}"]


def test_urging_supervising_and_instructing_tell_the_unit_and_not_whoever_did_it() -> None:
    case = world.signed()
    commands.urge(case.number, by=world.SUPERVISOR)
    marks.instruct(case.number, text="尽快", leader="某副市长", on=clock.now().date(), by=world.LEADER)
    staff.told()
    assert staff.notices(kind="urged", way="desk") == [
        ("desk", "heat1", "urged", "sent"),
        ("desk", "heat2", "urged", "sent"),
    ]
    assert staff.notices(kind="instructed") == [
        ("desk", "heat1", "instructed", "sent"),
        ("desk", "heat2", "instructed", "sent"),
        ("desk", "super1", "instructed", "sent"),
        ("email", "heat1", "instructed", "queued"),
    ]


def test_what_came_of_an_instruction_goes_back_to_the_leaders() -> None:
    case = world.signed()
    case = marks.instruct(case.number, text="尽快", leader="某副市长", on=clock.now().date(), by=world.LEADER)
    marks.report_instruction(case.number, text="已督促热力公司", by=world.HEATING_HANDLER, seen=case.version)
    staff.told()
    assert staff.notices(kind="instruction_reported") == [
        ("desk", "leader1", "instruction_reported", "sent"),
        ("desk", "super1", "instruction_reported", "sent"),
    ]
    assert "热力" not in wording.sentence(Notice.objects.filter(kind="instruction_reported")[0], "zh")
    assert "反馈时限" in wording.sentence(Notice.objects.filter(kind="instructed")[0], "zh")


def test_who_asked_for_an_extension_hears_how_it_was_judged() -> None:
    case = world.signed()
    case = marks.request_extension(
        case.number, working_days=1, reason="complex", by=world.HEATING_HANDLER, seen=case.version
    )
    marks.judge_extension(case.number, grant=False, by=world.DISPATCHER, seen=case.version)
    staff.told()
    assert staff.notices(kind="extension_judged") == [("desk", "heat1", "extension_refused", "sent")]
    assert "尽快" not in wording.sentence(Notice.objects.get(kind="extension_judged"), "zh")


def test_what_was_sent_back_and_goes_elsewhere_tells_the_new_unit_and_who_sent_it_back() -> None:
    case = world.forwarded()
    case = commands.send_back(case.number, reason="not_ours", by=world.HEATING_HANDLER, seen=case.version)
    commands.judge_send_back(case.number, uphold=True, lead_unit="water", by=world.DISPATCHER, seen=case.version)
    staff.told()
    assert staff.notices(kind="send_back_judged") == [
        ("desk", "water1", "received", "sent"),
        ("desk", "heat1", "send_back_upheld", "sent"),
        ("email", "water1", "received", "queued"),
    ]


def test_whom_a_case_accuses_and_who_stays_out_of_it_is_told_nothing() -> None:
    case = world.recorded(type="complaint")
    case = commands.forward(case.number, lead_unit="heating", by=world.DISPATCHER, seen=case.version)
    case = shields.recuse(case.number, reason="亲属", who="heat1", by=world.SUPERVISOR, seen=case.version)
    staff.told()
    assert {who for _, who, *_ in staff.notices()} & {"heat1", "heat2"} == {"heat2"}
    Notice.objects.all().delete()
    case = shields.name_reported(case.number, unit="heating", by=world.DISPATCHER, seen=case.version)
    marks.instruct(case.number, text="尽快", leader="某副市长", on=clock.now().date(), by=world.LEADER)
    staff.told()
    assert {who for _, who, *_ in staff.notices()} & {"heat1", "heat2"} == set()


def test_who_takes_over_what_was_sent_back_inside_a_tree_is_told() -> None:
    staff.make("street1", "handler", world.EAST_STREET)
    case = world.forwarded(lead_unit="east")
    case = commands.forward(case.number, lead_unit=world.EAST_STREET, by=world.EAST_DISPATCHER, seen=case.version)
    case = commands.send_back(case.number, reason="not_ours", by=world.STREET_HANDLER, seen=case.version)
    staff.told()
    Notice.objects.all().delete()
    commands.judge_send_back(case.number, uphold=True, by=world.EAST_DISPATCHER, seen=case.version)
    staff.told()
    assert ("desk", "street1", "send_back_upheld", "sent") in staff.notices()


def test_a_blocked_account_is_not_told(django_user_model: type) -> None:
    django_user_model.objects.filter(user="heat1").update(is_active=False)  # type: ignore[attr-defined]  # the model
    world.forwarded()
    staff.told()
    assert {recipient for _, recipient, *_ in staff.notices()} == {"heat2", "appellant"}


def test_nothing_goes_outside_where_no_way_is_configured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("YOUSU_SMS_URL")
    monkeypatch.delenv("YOUSU_SMTP_URL")
    world.forwarded()
    staff.told()
    found = Notice.objects.exclude(way="desk").values_list("way", "state", "last_error").order_by("way")
    assert list(found) == [("email", "off", "not_configured"), ("sms", "off", "not_configured")]


def test_a_demonstration_sends_nothing_outside_whatever_is_configured(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    world.forwarded()
    monkeypatch.setenv("YOUSU_HOME", str(tmp_path / "demo-days"))
    staff.told()
    assert set(Notice.objects.exclude(way="desk").values_list("state", "last_error")) == {("off", "demo")}


def test_what_is_told_a_day_late_goes_to_nobody_outside_and_rings_no_bell() -> None:
    world.forwarded()
    staff.told(after_s=2 * 24 * 3600)
    assert set(Notice.objects.exclude(way="desk").values_list("state", "last_error")) == {("off", "too_late")}
    assert not Notice.objects.filter(way="desk", read_at=None).exists()


def test_five_hundred_events_take_as_many_statements_as_one(django_assert_max_num_queries: object) -> None:
    first = world.forwarded()
    more = [world.forwarded() for _ in range(20)]
    with django_assert_max_num_queries(8):  # type: ignore[operator]  # a context manager
        telling.tell([(f"appeal/{first.number}", 2)])
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        telling.tell([(f"appeal/{case.number}", 2) for case in more])


def test_the_number_is_kept_with_no_notice_and_an_erased_person_leaves_none_to_call() -> None:
    case = world.forwarded()
    staff.told()
    row = Notice.objects.get(way="sms")
    assert world.LI not in str(vars(row))
    assert case.person_id is not None
    cases.erase(case.person_id, reason="本人要求", by=world.SECURITY)
    from yousu.ledger import persons

    assert row.person_id is not None
    assert persons.phones_of([row.person_id]) == {}


@pytest.mark.parametrize("sort", ["copy", "delete"])
def test_who_asked_about_their_data_is_told_that_there_is_an_answer_as_long_as_they_can_be(sort: str) -> None:
    number = world.recorded().number
    asked = data_requests.ask(data_requests.Ask(sort=sort, case=number, phone=world.LI), by=world.CALL_TAKER)
    data_requests.grant(asked.number, by=world.SECURITY, seen=asked.version)
    staff.told()
    message = Notice.objects.get(way="sms", text="data_answered")
    said = wording.sentence(message, "zh")
    assert number in said and f"/follow/{number}/" in said and message.stream == f"request/{asked.number}"
    assert persons.phones_of([asked.person_id]) == ({asked.person_id: world.LI} if sort == "copy" else {})
