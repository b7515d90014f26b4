"""附议人: whoever calls back sees that others wait for the answer, and opens their numbers for a purpose."""

from tests import world
from tests.desk.conftest import Page

from yousu.appeals import commands
from yousu.cases import commands as cases
from yousu.cases import queries
from yousu.ledger import log

OTHERS = ("15400005551", "15400005552")


def closed_with_supporters() -> str:
    """A case to call back whose answer two more people wait for."""
    number = world.recorded().number
    for phone in (*OTHERS, None):
        commands.support(number, phone=phone, by=world.DISPATCHER)
    commands.answer(number, reply="已修好", by=world.DISPATCHER, seen=4)
    return number


def test_the_call_backs_script_says_how_many_others_left_a_phone(signed_in: Page) -> None:
    number = closed_with_supporters()
    html = signed_in("back1").get(f"/desk/calls/?case={number}").content.decode()
    assert "另有 2 人附议并留了电话：回访后请把结果也告诉他们" in html
    assert not [phone for phone in OTHERS if phone in html]


def test_their_numbers_are_opened_for_a_purpose_and_the_look_is_recorded(signed_in: Page) -> None:
    number = closed_with_supporters()
    data = {"fields": ["supporters"], "purpose": "回访"}
    html = signed_in("back1").post(f"/desk/cases/{number}/unmask/", data).content.decode()
    assert all(phone in html for phone in OTHERS) and world.LI not in html
    assert [(row.kind, row.actor) for row in log.rows_of(f"access/{number}")] == [("unmasked", "account:back1")]


def test_a_unit_learns_nothing_of_them(signed_in: Page) -> None:
    case = world.forwarded()
    commands.support(case.number, phone=OTHERS[0], by=world.DISPATCHER)
    client = signed_in("heat1")
    assert "留了电话" not in client.get(f"/desk/cases/{case.number}/").content.decode()
    data = {"fields": ["supporters"], "purpose": "联系"}
    assert client.post(f"/desk/cases/{case.number}/unmask/", data).status_code == 403
    assert not list(log.rows_of(f"access/{case.number}"))


def test_an_erased_supporter_is_no_longer_found() -> None:
    number = closed_with_supporters()
    erased = queries.state_of(queries.now(number)).supporters[0]
    cases.erase(erased, reason="申请删除", by=world.SECURITY)
    opened = cases.unmask(number, fields=["supporters"], purpose="回访", by=world.CALLER_BACK)
    assert opened == {"supporters": OTHERS[1]}
