"""个人信息: unmasking and erasure through the API."""

import json
from typing import Any

import pytest
from django.test import Client
from tests.api.callers import Caller, bring

from yousu.cases.models import CaseNow
from yousu.ledger.models import Event, Person
from yousu.platform.logs import JsonLines

Callers = dict[str, Caller]
ASKED = {"fields": ["name", "phone", "words", "place", "caller_number"], "purpose": "核实地址"}


def _case(callers: Callers) -> dict[str, Any]:
    answer = callers["taker"].record(
        text="我叫李四，电话13812345678，暖气不热",
        appellant={"name": "李四", "phone": "15400000077"},
        place={"text": "东关大街5号"},
    )
    return dict(answer.json())


def test_unmasking_shows_the_asked_fields_and_is_logged(callers: Callers) -> None:
    case = _case(callers)
    answer = callers["dispatcher"].post(f"/appeals/{case['number']}/unmask", ASKED)
    shown = answer.json()
    assert answer.status_code == 200
    assert shown["unmasked"]["phone"] == "15400000077"
    assert shown["unmasked"]["name"] == "李四"
    assert shown["unmasked"]["caller_number"] is None
    assert "13812345678" in shown["unmasked"]["words"]
    assert shown["version"] == case["version"]
    logged = Event.objects.get(stream=f"access/{case['number']}")
    assert (logged.kind, logged.actor) == ("unmasked", "account:dispatcher")


def test_nothing_else_shows_them(callers: Callers) -> None:
    number = _case(callers)["number"]
    for path in (f"/appeals/{number}", f"/appeals/{number}/events", "/appeals?q=13812345678"):
        shown = callers["dispatcher"].get(path).content.decode()
        assert "13812345678" not in shown and "15400000077" not in shown and "李四" not in shown.replace("我叫李四", "")


def test_who_does_not_work_on_the_case_cannot_unmask(callers: Callers) -> None:
    number = bring(callers, "recorded")["number"]
    assert callers["other_taker"].post(f"/appeals/{number}/unmask", ASKED).status_code == 403
    assert callers["water"].post(f"/appeals/{number}/unmask", ASKED).status_code == 404


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"fields": [], "purpose": "x"}, "fields"),
        ({"fields": ["password"], "purpose": "x"}, "fields.0"),
        ({"fields": ["name"], "purpose": "  "}, "purpose"),
        ({"fields": ["name"]}, "purpose"),
    ],
)
def test_unmasking_needs_fields_and_a_purpose(callers: Callers, body: dict[str, Any], field: str) -> None:
    answer = callers["dispatcher"].post(f"/appeals/{bring(callers, 'recorded')['number']}/unmask", body)
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [field]


def test_erasure_takes_the_words_and_leaves_the_case(callers: Callers) -> None:
    case = callers["taker"].record(appellant={"phone": "15400000088", "name": "王五"}).json()
    person_id = CaseNow.objects.get(number=case["number"]).person_id
    first = callers["guard"].post(f"/persons/{person_id}/erase", {"reason": "本人申请"})
    again = callers["guard"].post(f"/persons/{person_id}/erase", {"reason": "本人申请"})
    assert (first.status_code, first.json()["person_id"]) == (200, str(person_id))
    assert first.json()["texts"] >= 3 and again.json()["texts"] == 0
    assert Person.objects.get(id=person_id).phone is None
    left = callers["dispatcher"].get(f"/appeals/{case['number']}").json()
    assert (left["matter"], left["counts"]["people"]) == (None, 1)
    asked = {"fields": ["name", "phone", "words"], "purpose": "查看"}
    shown = callers["dispatcher"].post(f"/appeals/{case['number']}/unmask", asked).json()["unmasked"]
    assert shown == {"name": None, "phone": None, "words": None}


@pytest.mark.parametrize(
    ("who", "person", "body", "status"),
    [
        ("dispatcher", "00000000-0000-4000-8000-000000000000", {"reason": "x"}, 403),
        ("guard", "00000000-0000-4000-8000-000000000000", {"reason": "x"}, 404),
        ("guard", "not-an-id", {"reason": "x"}, 422),
        ("guard", "00000000-0000-4000-8000-000000000000", {}, 422),
    ],
    ids=["wrong role", "nobody there", "no id", "no reason"],
)
def test_erasure_refuses(callers: Callers, who: str, person: str, body: dict[str, str], status: int) -> None:
    assert callers[who].post(f"/persons/{person}/erase", body).status_code == status


def test_who_handles_a_confidential_case_does_not_learn_from_its_history_who_raised_it(callers: Callers) -> None:
    appellant = {"name": "李四", "phone": "15400000078", "confidential": True}
    case = callers["taker"].record(appellant=appellant, call={"id": "call-78"}).json()
    case = callers["dispatcher"].do(case, "forward", {"lead_unit": "heating", "co_units": ["east"]}).json()
    person_id = str(CaseNow.objects.get(number=case["number"]).person_id)
    for user in ("heating", "east"):
        answer = callers[user].get(f"/appeals/{case['number']}/events")
        assert (answer.status_code, answer.json()["type"]) == (403, "urn:yousu:problem:forbidden")
        shown = callers[user].get(f"/appeals/{case['number']}")
        assert shown.status_code == 200
        assert person_id not in shown.content.decode() and "call-78" not in shown.content.decode()
    for user in ("taker", "dispatcher", "caller_back"):
        assert person_id in callers[user].get(f"/appeals/{case['number']}/events").content.decode()


def test_of_an_open_case_the_unit_reads_the_history(callers: Callers) -> None:
    number = bring(callers, "forwarded")["number"]
    assert callers["heating"].get(f"/appeals/{number}/events").status_code == 200


@pytest.mark.parametrize("user", ["app", "dispatcher"])
def test_a_requests_line_in_the_log_names_who_asked(
    user: str, callers: Callers, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("INFO", logger="yousu.http"):
        callers[user].get("/appeals")
        Client().get("/api/v1/appeals", headers={"Authorization": "Bearer ys_wrong"})
    lines = [json.loads(JsonLines().format(record)) for record in caplog.records if record.name == "yousu.http"]
    first, second = lines
    assert (first["actor"], first["status"], first["route"]) == (f"account:{user}", 200, "api/v1/appeals")
    assert (second["actor"], second["status"]) == ("-", 401)
