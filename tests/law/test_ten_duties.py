"""法定义务: ten duties that a city checks first, each by the words in which it is asked for."""

import logging
import random
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.db import DatabaseError, IntegrityError, connection
from django.test import Client
from tests import world
from tests.world import CALL_TAKER, DISPATCHER, EAST, EAST_STREET, HEATING_HANDLER, SUPERVISOR

from yousu.appeals import commands, merge_commands, shield_commands
from yousu.cases import commands as cases
from yousu.cases import queries
from yousu.cases.retention import retain
from yousu.cases.rules import FieldWrong
from yousu.cases.transitions import NotPossible
from yousu.ledger import log, persons
from yousu.ledger.models import Event
from yousu.org import accounts, capabilities
from yousu.org.actors import cli
from yousu.org.models import Account
from yousu.platform import clock

pytestmark = pytest.mark.django_db(transaction=True)
ZONE = ZoneInfo("Asia/Shanghai")
PUBLIC = ("/", "/answers/", "/overview/", "/bulletins/", "/follow/", "/report/", "/privacy/", "/api/v1/openapi.json")
SURNAMES, GIVEN = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨", "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超"


def signed_in(user: str, role: str, unit: str) -> Client:
    accounts.create(user, None, roles=[role], unit=unit, name_zh=user, name_en=user)
    client = Client()
    client.force_login(Account.objects.get(user=user), backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


@pytest.mark.parametrize("unit", [EAST, EAST_STREET])
def test_1_a_tip_off_against_a_unit_reaches_neither_it_nor_its_children(unit: str) -> None:
    case = world.recorded("收红包", type="tip_off")
    case = shield_commands.name_reported(case.number, unit=EAST, by=CALL_TAKER, seen=case.version)
    with pytest.raises(FieldWrong) as refused:
        commands.forward(case.number, lead_unit=unit, by=DISPATCHER, seen=case.version)
    assert refused.value.why == "reported_unit"
    client = signed_in("desk1", "dispatcher", "centre")
    said = client.post(
        f"/desk/cases/{case.number}/forward/", {"lead_unit": unit, "seen": str(case.version)}
    ).content.decode()
    # The error names the rule.
    assert "信访工作条例第三十条" in said
    case = shield_commands.request_lift(case.number, reason="书面同意", by=DISPATCHER, seen=case.version)
    case = shield_commands.judge_lift(case.number, grant=True, by=SUPERVISOR, seen=case.version)
    assert commands.forward(case.number, lead_unit=unit, by=DISPATCHER, seen=case.version).lead_unit == unit
    both = Event.objects.filter(stream=f"appeal/{case.number}", kind__in=("lift_requested", "lift_judged"))
    assert {event.actor for event in both} == {DISPATCHER.code, SUPERVISOR.code}


def test_2_a_unit_sees_neither_name_nor_phone_of_a_confidential_order_anywhere(
    caplog: pytest.LogCaptureFixture,
) -> None:
    case = world.forwarded(text="我叫王建国，电话15400001111，家里暖气不热", name="王建国", confidential=True)
    client = signed_in("heat1", "handler", world.HEATING)
    with caplog.at_level(logging.DEBUG):
        shown = [
            client.get(f"/desk/cases/{case.number}/"),
            client.get("/desk/unit/"),
            client.get(f"/desk/cases/?q={case.number}"),
            client.get(f"/desk/cases/{case.number}/order/?format=docx"),
            client.get("/desk/cases/export/?format=csv"),
        ]
    told = "".join(answer.content.decode("utf-8", "replace") for answer in shown) + caplog.text
    for personal in ("王建国", "王**", "15400001111", "154****1111", "1111"):
        assert personal not in told.replace(case.number, ""), personal
    assert "暖气不热" in told
    for field in ("name", "phone", "words"):
        with pytest.raises(capabilities.Forbidden):
            cases.unmask(case.number, fields=[field], purpose="看", by=HEATING_HANDLER)


def test_3_public_pages_hold_no_value_of_a_personal_field() -> None:
    chance = random.Random(20240131)
    secrets: set[str] = set()
    for _ in range(6):
        name = chance.choice(SURNAMES) + chance.choice(GIVEN) + chance.choice(GIVEN)
        phone = f"154{chance.randrange(10**8):08d}"
        secrets |= {name, phone}
        case = world.recorded(f"我叫{name}，电话{phone}，家里暖气不热", name=name, phone=phone, title=f"{name}家暖气")
        case = commands.answer(case.number, reply=f"{name}您好，已通知检修", by=DISPATCHER, seen=case.version)
        commands.release(case.number, text="您好，已通知检修", by=DISPATCHER, seen=case.version)
    anybody = Client()
    told = "".join(anybody.get(path).content.decode() for path in PUBLIC)
    assert "已通知检修" in told
    assert {secret for secret in secrets if secret in told} == set()


@pytest.mark.parametrize(
    ("said", "field"), [({"reason": "", "reply": "请向法院起诉"}, "reason"), ({"reply": " "}, "reply")]
)
def test_4_declining_without_a_reason_code_or_without_words_to_the_appellant_fails(
    said: dict[str, str], field: str
) -> None:
    case = world.recorded()
    how = {"reason": "litigation", "lawful_channel": "court", **said}
    with pytest.raises(FieldWrong) as refused:
        commands.decline(case.number, **how, by=CALL_TAKER, seen=case.version)
    assert refused.value.field == field


def test_5_returning_a_designated_order_fails() -> None:
    case = world.recorded()
    case = commands.designate(case.number, lead_unit=world.HEATING, by=DISPATCHER, seen=case.version)
    with pytest.raises(NotPossible) as refused:
        commands.send_back(case.number, reason="not_ours", by=HEATING_HANDLER, seen=case.version)
    assert refused.value.why == "designated"


def test_6_a_merged_order_informs_every_appellant_and_each_is_called_back_for_itself() -> None:
    head, other = world.recorded(), world.recorded(phone=world.ZHANG, name="张某某")
    merge_commands.merge(other.number, head=head.number, by=DISPATCHER, seen=other.version)
    head = commands.answer(head.number, reply="阀门已换", by=DISPATCHER, seen=head.version + 1)
    ends = [queries.state_of(queries.now(number)) for number in (head.number, other.number)]
    assert [(end.stage, "reply" in end.texts) for end in ends] == [("closed", True)] * 2
    told = commands.call_back(other.number, reached="reached", solved=False, by=world.CALLER_BACK, seen=ends[1].version)
    assert told.stage == "unsolved" and queries.now(head.number).stage == "closed"


def test_7_an_unmasking_is_in_the_ledger_before_the_value_is_shown() -> None:
    case = world.recorded()
    with connection.cursor() as cursor:
        # A ledger that cannot take the entry.
        cursor.execute(
            """CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''full''; END';
               CREATE TRIGGER full_disk BEFORE INSERT ON event FOR EACH ROW WHEN (NEW.kind = 'unmasked')
               EXECUTE FUNCTION full_disk()"""
        )
    with pytest.raises(DatabaseError, match="full"):
        cases.unmask(case.number, fields=["phone"], purpose="联系", by=DISPATCHER)
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER full_disk ON event")
    assert cases.unmask(case.number, fields=["phone"], purpose="联系", by=DISPATCHER) == {"phone": world.LI}
    (row,) = log.rows_of(f"access/{case.number}")
    assert (row.kind, row.actor) == ("unmasked", DISPATCHER.code)


@pytest.mark.parametrize("table", ["event", "event_position", "seal"])
def test_8_no_entry_of_the_ledger_is_changed_or_deleted_by_anybody(table: str) -> None:
    from yousu.ledger import seals, sequencer

    case = world.recorded()
    cases.unmask(case.number, fields=["phone"], purpose="联系", by=DISPATCHER)
    sequencer.drain()
    seals.seal()
    with pytest.raises(IntegrityError, match="final"), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table}")


def test_9_retention_removes_contact_data_and_keeps_counts_equal() -> None:
    with clock.held(datetime(2024, 3, 5, 10, tzinfo=ZONE)):
        case = world.called_back()
    counted = _counts()
    with clock.held(datetime(2026, 3, 6, 10, tzinfo=ZONE)):
        assert retain(by=cli("root")).persons == 1
    assert persons.by_phone(world.LI) is None
    assert _counts() == counted
    assert case.person_id == queries.now(case.number).person_id


def _counts() -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT stage, category, district, count(*), count(DISTINCT person_id) FROM case_version
               WHERE known_to IS NULL GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"""
        )
        return cursor.fetchall()


@pytest.mark.parametrize(
    "command", ["decline", "exclude", "judge-exclusion", "judge-unsolved", "judge-lift", "approve"]
)
def test_10_no_machine_takes_the_last_step_before_a_refusal_an_exclusion_or_a_mark(command: str) -> None:
    people = {role for role, action in capabilities.table() if action == command}
    assert people and people.isdisjoint({"system", "cli", "channel", "resident"})
