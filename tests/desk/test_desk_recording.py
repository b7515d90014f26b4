"""Recording a call: once, with its receipt, answered at once if wanted, and beside what the caller said before."""

import itertools
import re

import pytest
from tests import world
from tests.desk.conftest import Page

from yousu.cases.models import CaseNow
from yousu.intake.arrivals import number_by_receipt

FORM = {
    "form": "0" * 32,
    "channel": "hotline",
    "appellant_kind": "person",
    "type": "complaint",
    "category": "供热保障",
    "caller_number": "154 0000 7777",
    "text": "家里暖气不热",
    "place": "城东区某小区",
}


KEYS = itertools.count(1)


def form(**more: str) -> dict[str, str]:
    """A filled form with a key of its own."""
    return {**FORM, "form": f"{next(KEYS):032x}", **more}


def count() -> int:
    """How many cases there are."""
    return CaseNow.objects.count()


def test_a_call_is_recorded_and_its_receipt_shown_once(signed_in: Page) -> None:
    client, before = signed_in("call1"), count()
    answer = client.post("/desk/new/", form())
    assert (answer.status_code, answer["Location"]) == (302, "/desk/new/")
    assert count() == before + 1
    html = client.get("/desk/new/").content.decode()
    found = re.search(r'(\d{10})</a>\s*·\s*查询码 <strong class="number">(\w+)<', html)
    assert found is not None
    assert number_by_receipt(found[1], found[2])
    assert found[2] not in client.get("/desk/new/").content.decode()
    row = CaseNow.objects.get(number=found[1])
    assert (row.stage, row.category, row.district, row.recorded_by) == ("recorded", world.COLD, "east", "account:call1")


def test_a_form_sent_twice_is_one_case(signed_in: Page) -> None:
    client, data, before = signed_in("call1"), form(), count()
    for _ in range(2):
        assert client.post("/desk/new/", data).status_code == 302
    assert count() == before + 1


def test_a_form_sent_again_with_other_words_is_refused(signed_in: Page) -> None:
    client, data, before = signed_in("call1"), form(), count()
    client.post("/desk/new/", data)
    answer = client.post("/desk/new/", {**data, "text": "另一件事"})
    assert answer.status_code == 409
    assert "另一件事" in answer.content.decode()
    assert count() == before + 1


def test_recorded_and_answered_in_one_go(signed_in: Page) -> None:
    client = signed_in("call1")
    client.post("/desk/new/", form(then="answer", reply="已告知供热时间"))
    html = client.get("/desk/new/").content.decode()
    assert "已受理并直接办理" in html
    assert "/undo/" in html
    row = CaseNow.objects.latest("recorded_at")
    assert (row.stage, row.version) == ("closed", 2)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"text": " "}, "text"),
        ({"text": "有\x00字"}, "text"),
        ({"text": "长" * 20_001}, "text"),
        ({"category": "没有这个分类"}, "category"),
        ({"channel": "no_such"}, "channel"),
        ({"channel": ""}, "channel"),
        ({"type": "no_such"}, "type"),
        ({"caller_number": "12"}, "caller_number"),
        ({"phone": "abc"}, "phone"),
        ({"then": "answer", "reply": ""}, "reply"),
    ],
)
def test_a_wrong_field_is_marked_and_nothing_is_recorded(wrong: dict[str, str], field: str, signed_in: Page) -> None:
    before = count()
    answer = signed_in("call1").post("/desk/new/", form(place="写好的地点", **wrong))
    html = answer.content.decode()
    assert answer.status_code == 422
    assert f'href="#new-{field}"' in html
    assert "写好的地点" in html
    assert count() == before


def test_a_role_that_may_not_record_is_refused(signed_in: Page) -> None:
    assert signed_in("back1").post("/desk/new/", form()).status_code == 403


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_the_callers_earlier_cases_are_shown_without_personal_data(headers: dict[str, str], signed_in: Page) -> None:
    case = world.recorded("以前说过的事", phone="15400008888", name="王某某")
    data = form(caller_number="+86 154-0000-8888", text="正在打的字")
    answer = signed_in("call1").post("/desk/new/caller/", data, headers=headers)
    html = answer.content.decode()
    assert case.number in html and "以前说过的事" in html
    assert "王" not in html and "15400008888" not in html.replace("+86", "")
    # Without JavaScript the whole form comes back with what was typed.
    assert ("正在打的字" in html) is (headers == {})


@pytest.mark.parametrize(
    ("number", "said"),
    [("15400009999", "第一次来电"), ("", "填写来电号码后显示"), ("12", "电话号码应为"), ("\x00", "无法识别的字符")],
)
def test_a_caller_nobody_knows_is_said_to_be_new(number: str, said: str, signed_in: Page) -> None:
    answer = signed_in("call1").post("/desk/new/caller/", form(caller_number=number), headers={"HX-Request": "true"})
    assert said in answer.content.decode()
