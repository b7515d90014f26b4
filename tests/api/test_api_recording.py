"""受理: what `POST /appeals` takes, answers, and repeats."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from tests.api.callers import WORDS, Caller, fresh_key

from yousu.cases.models import CaseNow
from yousu.ledger import persons
from yousu.platform import clock

Callers = dict[str, Caller]
WHOLE = {
    "channel": "hotline",
    "text": "五四大街12号3单元暖气不热，我的电话是13812345678",
    "title": "暖气不热",
    "type": "complaint",
    "category": "城乡建设/供热保障",
    "place": {"text": "五四大街", "lon": 101.745, "lat": 36.626},
    "appellant": {"kind": "person", "name": "张三", "phone": "+86 154-0000-0002", "confidential": True},
    "call": {"id": "call-1", "caller_number": "15400000002", "started_at": "2026-01-05T09:30:00+08:00"},
    "occurred_at": "2026-01-05T09:31:00+08:00",
}


def test_recording_answers_with_the_case_its_version_and_the_receipts_secret(callers: Callers) -> None:
    answer = callers["taker"].post("/appeals", WHOLE, **{"Idempotency-Key": fresh_key()})
    case = answer.json()
    assert answer.status_code == 201
    assert answer["ETag"] == '"1"'
    assert answer["Location"] == f"/api/v1/appeals/{case['number']}"
    assert len(case.pop("receipt_secret")) == 10
    number, matter = case.pop("number"), case.pop("matter")
    assert len(number) == 10
    assert "13812345678" not in matter and "暖气不热" in matter
    assert case == {
        "version": 1,
        "kind": "appeal",
        "stage": "recorded",
        "type": "complaint",
        "category": "城乡建设/供热保障",
        "channel": "hotline",
        "place": {"text": "五四大街", "district": "west", "lon": 101.745, "lat": 36.626, "outside_city": False},
        "received_at": "2026-01-05T09:31:00+08:00",
        "due": None,
        "lead_unit": None,
        "co_units": [],
        "head": None,
        "counts": {"calls": 1, "people": 1, "sent_back": 0, "second_handling": 0},
        "allowed": [
            *("answer", "decline", "transfer", "name-reported", "recuse", "report-urgent"),
            *("withdraw", "support", "classify", "correct"),
        ],
    }


def test_the_same_recording_again_answers_200_without_the_secret(callers: Callers) -> None:
    key = {"Idempotency-Key": fresh_key()}
    first = callers["taker"].post("/appeals", WHOLE, **key).json()
    again = callers["taker"].post("/appeals", WHOLE, **key)
    assert again.status_code == 200
    assert again["ETag"] == '"1"'
    assert again.json() == {name: value for name, value in first.items() if name != "receipt_secret"}


def test_an_external_id_makes_it_safe_to_repeat_too(callers: Callers) -> None:
    body = {"channel": "wechat", "external_id": fresh_key(), "text": WORDS}
    first, again = (callers["app"].post("/appeals", body) for _ in range(2))
    assert [first.status_code, again.status_code] == [201, 200]
    assert first.json()["number"] == again.json()["number"]


def test_other_content_under_the_same_key_is_refused(callers: Callers) -> None:
    key = {"Idempotency-Key": fresh_key()}
    callers["taker"].post("/appeals", WHOLE, **key)
    answer = callers["taker"].post("/appeals", {**WHOLE, "text": "另一件事"}, **key)
    assert answer.status_code == 409
    assert answer.json()["type"] == "urn:yousu:problem:content_differs"


def test_the_same_key_with_another_external_id_is_refused(callers: Callers) -> None:
    key, first = {"Idempotency-Key": fresh_key()}, fresh_key()
    assert callers["taker"].post("/appeals", {**WHOLE, "external_id": first}, **key).status_code == 201
    answer = callers["taker"].post("/appeals", {**WHOLE, "external_id": fresh_key()}, **key)
    assert (answer.status_code, answer.json()["type"]) == (409, "urn:yousu:problem:content_differs")
    for external_id in (None, first):
        body = {**WHOLE, "external_id": external_id}
        assert callers["taker"].post("/appeals", body, **key).status_code == 200


def test_the_number_that_called_stands_for_the_appellants_where_none_is_given(callers: Callers) -> None:
    call = {"id": "call-7", "caller_number": "+86 154-0000-0061"}
    body = {"channel": "hotline", "text": WORDS, "external_id": fresh_key()}
    number = callers["taker"].post("/appeals", {**body, "call": call}).json()["number"]
    person_id = CaseNow.objects.get(number=number).person_id
    assert person_id is not None and person_id == persons.by_phone("15400000061")
    unmasked = callers["dispatcher"].post(
        f"/appeals/{number}/unmask", {"fields": ["phone", "caller_number"], "purpose": "回电"}
    )
    assert unmasked.json()["unmasked"] == {"phone": "15400000061", "caller_number": "15400000061"}
    assert callers["guard"].post(f"/persons/{person_id}/erase", {"reason": "本人要求"}).json()["texts"] > 0
    other = {**body, "external_id": fresh_key(), "call": call, "appellant": {"phone": "15400000062"}}
    number = callers["taker"].post("/appeals", other).json()["number"]
    assert CaseNow.objects.get(number=number).person_id == persons.by_phone("15400000062")


def test_the_same_key_of_another_account_is_another_key(callers: Callers) -> None:
    key = {"Idempotency-Key": fresh_key()}
    numbers = {callers[who].post("/appeals", WHOLE, **key).json()["number"] for who in ("taker", "other_taker")}
    assert len(numbers) == 2


def test_a_machine_cannot_read_by_external_id_what_another_recorded(callers: Callers) -> None:
    body = {"channel": "wechat", "external_id": fresh_key(), "text": WORDS}
    callers["app"].post("/appeals", body)
    answer = callers["other_app"].post("/appeals", body)
    assert answer.status_code == 409
    assert "number" not in answer.json()


def test_two_equal_posts_at_once_record_one_appeal(callers: Callers) -> None:
    key = {"Idempotency-Key": fresh_key()}

    def post(_: int) -> Any:
        try:
            return callers["taker"].post("/appeals", WHOLE, **key)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(post, range(4)))
    assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 201]
    assert len({answer.json()["number"] for answer in answers}) == 1


def test_who_may_not_record_is_told_so(callers: Callers) -> None:
    answer = callers["heating"].post("/appeals", WHOLE, **{"Idempotency-Key": fresh_key()})
    assert answer.status_code == 403
    assert answer.json()["type"] == "urn:yousu:problem:forbidden"


def test_a_pin_outside_the_city_is_kept_and_flagged(callers: Callers) -> None:
    case = callers["taker"].record(place={"text": "", "lon": -0.1276, "lat": 51.5072}).json()
    assert case["place"]["outside_city"] is True
    events = callers["taker"].get(f"/appeals/{case['number']}/events").json()["events"]
    assert '"flags":["outside_city"]' in events[0]["data"]


def test_emoji_and_right_to_left_marks_are_kept(callers: Callers) -> None:
    answer = callers["taker"].record(text="暖气不热😡\u200f，急")
    assert answer.status_code == 201
    assert answer.json()["matter"] == "暖气不热😡\u200f，急"


@pytest.mark.parametrize("fields", [{}, {"place": None, "title": "标题", "type": "tip_off"}], ids=["least", "nulls"])
def test_optional_fields_may_be_absent_or_null(callers: Callers, fields: dict[str, Any]) -> None:
    assert callers["taker"].record(**fields).status_code == 201


def test_recording_takes_at_most_seven_statements(callers: Callers, statements: list[str]) -> None:
    callers["taker"].post("/appeals", WHOLE, **{"Idempotency-Key": fresh_key()})
    statements.clear()
    with clock.held(clock.now()):
        answer = callers["taker"].post("/appeals", WHOLE, **{"Idempotency-Key": fresh_key()})
    assert answer.status_code == 201
    assert len(statements) <= 7, statements
