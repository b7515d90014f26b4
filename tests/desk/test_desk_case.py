"""The case's page: what is shown to whom, what is opened for a purpose, what people wrote, and the way back."""

import re
from datetime import timedelta
from typing import Any

import pytest
from tests import world
from tests.desk.conftest import Page

from yousu.appeals import commands
from yousu.cases.models import CaseNow
from yousu.ledger import log
from yousu.platform import clock

EVIL = '</textarea><script>alert("1")</script><img src=x onerror=alert(2)>\'"&'


def test_names_and_phones_are_masked_and_words_without_personal_data_for_those_without_the_right(
    signed_in: Page,
) -> None:
    case = world.recorded("我叫李某某，电话15400001111，家里不热")
    leader = signed_in("leader1").get(f"/desk/cases/{case.number}/").content.decode()
    desk = signed_in("desk1").get(f"/desk/cases/{case.number}/").content.decode()
    for html in (leader, desk):
        assert "154****1111" in html
        assert "李**" in html
    assert "15400001111" not in leader
    assert "15400001111" in desk


def test_replies_and_notes_are_for_those_who_may_read_the_words(signed_in: Page) -> None:
    case = world.handled()
    assert "约好上门" not in signed_in("leader1").get(f"/desk/cases/{case.number}/").content.decode()
    assert "约好上门" in signed_in("desk1").get(f"/desk/cases/{case.number}/").content.decode()


def test_what_is_opened_for_a_purpose_is_shown_once_and_logged(signed_in: Page) -> None:
    case, client = world.recorded(), signed_in("desk1")
    data = {"fields": ["name", "phone"], "purpose": "核实地址"}
    answer = client.post(f"/desk/cases/{case.number}/unmask/", data)
    html = answer.content.decode()
    assert answer.status_code == 200
    assert world.LI in html and "李某某" in html
    assert answer["Cache-Control"] == "no-store"
    assert world.LI not in client.get(f"/desk/cases/{case.number}/").content.decode()
    row = next(log.rows_of(f"access/{case.number}"))
    assert (row.kind, row.actor) == ("unmasked", "account:desk1")


@pytest.mark.parametrize(
    "data",
    [
        {"fields": ["phone"], "purpose": "  "},
        {"fields": ["phone"], "purpose": "\x00"},
        {"fields": [], "purpose": "核实"},
        {"fields": ["password"], "purpose": "核实"},
    ],
)
def test_nothing_is_opened_without_a_purpose_or_for_unknown_fields(data: dict[str, object], signed_in: Page) -> None:
    case = world.recorded()
    answer = signed_in("desk1").post(f"/desk/cases/{case.number}/unmask/", data)
    assert answer.status_code == 422
    assert not list(log.rows_of(f"access/{case.number}"))


@pytest.mark.parametrize(
    ("data", "wrong"),
    [
        ({"fields": [], "purpose": "核实门牌"}, {"fields"}),
        ({"fields": ["words"], "purpose": " "}, {"purpose"}),
        ({"fields": [], "purpose": ""}, {"fields", "purpose"}),
    ],
)
def test_a_refused_access_keeps_what_was_ticked_and_typed_and_says_what_is_wrong_where(
    data: dict[str, Any], wrong: set[str], signed_in: Page
) -> None:
    case = world.recorded()
    html = signed_in("desk1").post(f"/desk/cases/{case.number}/unmask/", data).content.decode()
    person = html[html.index('id="person"') : html.index("</section>", html.index('id="person"'))]
    assert set(re.findall(r'class="error" id="(\w+)-error"', person)) == wrong
    assert re.findall(r'name="fields" value="(\w+)" checked', person) == data["fields"]
    assert f'value="{data["purpose"]}"' in person
    assert "<details open>" in person
    assert set(re.findall(r'<li><a href="#(\w+)">', html)) == wrong
    assert all(f'id="{name}"' in person for name in wrong)


def test_nothing_is_opened_for_a_role_without_the_right(signed_in: Page) -> None:
    case = world.recorded()
    data = {"fields": ["phone"], "purpose": "看看"}
    assert signed_in("leader1").post(f"/desk/cases/{case.number}/unmask/", data).status_code == 403


def test_what_people_write_is_never_markup(signed_in: Page) -> None:
    case = world.recorded(EVIL, title=EVIL, name=EVIL, place=EVIL)
    commands.answer(case.number, reply=EVIL, by=world.DISPATCHER, seen=1)
    client = signed_in("desk1")
    for path in (f"/desk/cases/{case.number}/", "/desk/cases/", "/desk/mine/", f"/desk/inbox/?case={case.number}"):
        html = client.get(path).content.decode()
        assert "<script>alert" not in html and "<img src=x" not in html
    data = {"reason": EVIL, "seen": "1"}
    html = client.post(f"/desk/cases/{case.number}/reopen/", data).content.decode()
    assert "<script>alert" not in html


# Turns whatever follows it on the same line to the left, and never ends by itself.
TURNED = "\u202e" + "长江路"
# What stands for itself: a cell, a line, a field, a tooltip; or what is isolated from its neighbours.
_APART = re.compile(
    r'(?:<(bdi|td[^>]*|h3|p|textarea[^>]*|option[^>]*|div class="matter"[^>]*|span class="matter")>|="|\u2068)$'
)


def test_words_that_turn_the_line_turn_nothing_but_themselves(signed_in: Page) -> None:
    case = world.recorded(TURNED, title=TURNED, name=TURNED, place=TURNED)
    said = {"text": TURNED, "place": TURNED, "caller_number": world.LI}
    pages = [signed_in("call1").post("/desk/new/", said), signed_in("call1").post("/desk/new/beside/", said)]
    for path in (f"/desk/cases/{case.number}/", "/desk/cases/", "/desk/mine/", f"/desk/inbox/?case={case.number}"):
        pages.append(signed_in("desk1").get(path))
    commands.answer(case.number, reply="好", by=world.DISPATCHER, seen=1)
    pages.append(signed_in("back1").get(f"/desk/calls/?case={case.number}"))
    turned = 0
    for page in pages:
        html = page.content.decode()
        before = [html[: found.start()][-200:] for found in re.finditer("\u202e", html)]
        assert [part for part in before if not _APART.search(part)] == []
        turned += len(before)
    assert turned > len(pages)


def test_an_act_can_be_taken_back_for_ten_seconds(signed_in: Page) -> None:
    case, client = world.recorded(), signed_in("desk1")
    client.post(f"/desk/cases/{case.number}/forward/", {"lead_unit": "heating", "seen": "1"})
    html = client.get("/desk/inbox/").content.decode()
    assert f'action="/desk/cases/{case.number}/undo/"' in html
    assert client.post(f"/desk/cases/{case.number}/undo/", {"seen": "2"}).status_code == 302
    assert CaseNow.objects.get(number=case.number).stage == "recorded"
    assert "/undo/" not in client.get("/desk/inbox/").content.decode()
    assert "已撤销" in client.get(f"/desk/cases/{case.number}/").content.decode()


def test_after_ten_seconds_the_page_no_longer_offers_it_and_refuses_it(signed_in: Page) -> None:
    case, client = world.recorded(), signed_in("desk1")
    client.post(f"/desk/cases/{case.number}/forward/", {"lead_unit": "heating", "seen": "1"})
    with clock.held(clock.now() + timedelta(seconds=11)):
        assert "/undo/" not in client.get("/desk/inbox/").content.decode()
        answer = client.post(f"/desk/cases/{case.number}/undo/", {"seen": "2"})
    assert answer.status_code == 409
    assert "已过十秒" in answer.content.decode()


def test_nobody_takes_back_what_another_did(signed_in: Page) -> None:
    case = world.forwarded()
    answer = signed_in("super1").post(f"/desk/cases/{case.number}/undo/", {"seen": "2"})
    assert answer.status_code == 409
    assert CaseNow.objects.get(number=case.number).stage == "forwarded"


def test_the_deadline_opens_the_days_by_which_it_was_reached(signed_in: Page) -> None:
    case = world.forwarded()
    html = signed_in("desk1").get(f"/desk/cases/{case.number}/").content.decode()
    assert '<details class="due">' in html
    assert "工作日" in html and "还剩" in html


def test_the_history_says_who_did_what(signed_in: Page) -> None:
    case = world.called_back(solved=False)
    html = signed_in("desk1").get(f"/desk/cases/{case.number}/").content.decode()
    for sentence in (
        "经12345热线受理",
        "转交青陵热力公司",
        "青陵热力公司签收",
        "审核通过，办结",
        "问题未解决",
        "desk1号",
    ):
        assert sentence in html


@pytest.mark.parametrize("number", ["2600000000", "9999999999"])
def test_a_case_that_does_not_exist_is_not_found(number: str, signed_in: Page) -> None:
    assert signed_in("desk1").get(f"/desk/cases/{number}/").status_code == 404
