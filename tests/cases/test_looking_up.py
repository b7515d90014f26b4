"""查人: found by whole phone, last four digits or whole name; each look is an access without what was typed."""

import pytest
from django.db import connection
from tests import world

from yousu.appeals import commands as appeals
from yousu.cases import commands as cases
from yousu.cases import lookups
from yousu.cases.rules import FieldWrong
from yousu.cases.verification import whole
from yousu.ledger.events import decode
from yousu.ledger.log import rows_of
from yousu.ledger.models import Event
from yousu.org.actors import Actor
from yousu.org.capabilities import Forbidden
from yousu.platform import keys

pytestmark = pytest.mark.django_db(transaction=True)


def found(by: str, value: str, *, actor: Actor = world.DISPATCHER) -> list[str]:
    """The numbers of whoever was looked for."""
    return [row.number for row in lookups.look_up(by, value, actor=actor)]


def test_a_person_is_found_by_phone_by_its_last_digits_and_by_name() -> None:
    first, second = world.recorded("甲"), world.recorded("乙")
    other = world.recorded("丙", phone=world.ZHANG, name="张某某")
    both = [second.number, first.number]
    assert found("phone", world.LI) == found("phone", f"+86 {world.LI[:3]} {world.LI[3:]}") == both
    assert found("last4", world.LI[-4:]) == both
    assert found("name", "李某某") == found("name", " 李某某 ") == both
    assert found("name", "张某某") == [other.number]
    assert found("name", "张某") == found("phone", world.WANG) == found("last4", "0000") == []


def test_each_look_is_an_access_of_its_account_and_says_who_was_found_but_not_what_was_typed() -> None:
    case = world.recorded()
    found("phone", world.LI)
    found("name", "王某某")
    rows = list(rows_of(f"access/{world.DISPATCHER.code}"))
    looks = [decode(row.kind, row.shape, row.data) for row in rows]
    assert [(look.by, look.persons, look.cases, look.purpose) for look in looks] == [
        ("phone", (case.person_id,), 1, "search"),
        ("name", (), 0, "search"),
    ]
    assert {row.actor for row in rows} == {world.DISPATCHER.code}
    typed = (world.LI, "王某某", keys.lookup("phone", world.LI).hex(), keys.lookup("name", "王某某").hex())
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(e::text, ' ') FROM event e WHERE stream LIKE 'access/%'")
        (everything,) = cursor.fetchone() or ("",)
    assert not [words for words in typed if words in everything]
    assert whole.run().is_clean


def test_a_name_that_was_put_right_no_longer_leads_to_the_case() -> None:
    case = world.recorded(name="李莫莫")
    appeals.correct(case.number, field="name", value="李漠漠", why="写错", by=world.DISPATCHER, seen=1)
    assert (found("name", "李莫莫"), found("name", "李漠漠")) == ([], [case.number])


def test_who_was_erased_is_found_by_nothing() -> None:
    case = world.recorded()
    assert case.person_id is not None
    cases.erase(case.person_id, reason="本人申请", by=world.SECURITY)
    assert found("phone", world.LI) == found("last4", world.LI[-4:]) == found("name", "李某某") == []


@pytest.mark.parametrize(
    "actor", [world.CALL_TAKER, world.HEATING_HANDLER, world.EAST_DISPATCHER, world.LEADER, world.ANALYST]
)
def test_who_may_not_open_personal_data_everywhere_looks_for_nobody(actor: Actor) -> None:
    world.forwarded()
    for by, value in (("phone", world.LI), ("last4", world.LI[-4:]), ("name", "李某某")):
        with pytest.raises(Forbidden):
            found(by, value, actor=actor)
    assert not Event.objects.filter(kind="searched").exists()


@pytest.mark.parametrize(
    ("by", "value", "field"),
    [
        ("phone", "12", "value"),
        ("phone", "不是电话", "value"),
        ("last4", "123", "value"),
        ("last4", "１２３４", "value"),
        ("last4", "12345", "value"),
        ("name", "  ", "value"),
        ("address", "五四大街", "by"),
        ("", "", "by"),
    ],
)
def test_what_cannot_be_looked_for_is_refused_by_field_and_leaves_no_access(by: str, value: str, field: str) -> None:
    with pytest.raises(FieldWrong) as wrong:
        found(by, value)
    assert wrong.value.field == field
    assert not Event.objects.filter(kind="searched").exists()
