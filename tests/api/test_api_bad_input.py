"""Bad input, one by one: never a 5xx, always a problem that names the field."""

import json
from typing import Any

import pytest
from django.test import Client
from tests.api.callers import WORDS, Caller, fresh_key

Callers = dict[str, Caller]
MIB = 1024 * 1024


def _body(**fields: Any) -> bytes:
    return json.dumps({"channel": "hotline", "text": WORDS, "external_id": fresh_key(), **fields}).encode()


def _problem(answer: Any, status: int, kind: str) -> dict[str, Any]:
    problem = answer.json()
    assert answer.status_code == status, problem
    assert answer["Content-Type"] == "application/problem+json"
    assert problem["type"] == f"urn:yousu:problem:{kind}"
    assert problem["status"] == status
    assert problem["title"] and problem["detail"]
    return dict(problem)


FIELDS: list[tuple[dict[str, Any], str, str]] = [
    ({"channel": "telepathy"}, "channel", "unknown_channel"),
    ({"channel": "x" * 201}, "channel", "too_long"),
    ({"channel": None}, "channel", "not_text"),
    ({"text": ""}, "text", "required"),
    ({"text": " \n "}, "text", "required"),
    ({"text": 5}, "text", "not_text"),
    ({"text": ["a"]}, "text", "not_text"),
    ({"text": "a\x00b"}, "text", "nul_character"),
    ({"text": "a\ud800b"}, "text", "lone_surrogate"),
    ({"place": {"text": "a\x00"}}, "place.text", "nul_character"),
    ({"appellant": {"name": "\udfff"}}, "appellant.name", "lone_surrogate"),
    ({"a\x00b": 1}, "body", "nul_character"),
    ({"colour": "red"}, "colour", "unknown_field"),
    ({"appellant": {"age": 5}}, "appellant.age", "unknown_field"),
    ({"appellant": "张三"}, "appellant", "not_an_object"),
    ({"appellant": {"kind": "robot"}}, "appellant.kind", "unknown_code"),
    ({"appellant": {"phone": "12"}}, "appellant.phone", "not_a_phone"),
    ({"appellant": {"phone": "abcdefg"}}, "appellant.phone", "not_a_phone"),
    ({"appellant": {"phone": 13812345678}}, "appellant.phone", "not_text"),
    ({"appellant": {"phone": "1" * 41}}, "appellant.phone", "too_long"),
    ({"appellant": {"confidential": "yes"}}, "appellant.confidential", "not_boolean"),
    ({"appellant": {"confidential": 1}}, "appellant.confidential", "not_boolean"),
    ({"type": "rant"}, "type", "unknown_type"),
    ({"category": "天气"}, "category", "unknown_category"),
    ({"external_id": "x" * 201}, "external_id", "too_long"),
    ({"external_id": ""}, "external_id", "required"),
    ({"title": "长" * 201}, "title", "too_long"),
    ({"call": {}}, "call.id", "required"),
    ({"call": {"id": "1", "started_at": "yesterday"}}, "call.started_at", "not_a_moment"),
    ({"call": {"id": "1", "started_at": "2199-01-01T00:00:00+08:00"}}, "call.started_at", "in_the_future"),
    ({"call": {"id": "1", "started_at": "1999-12-31T00:00:00+08:00"}}, "call.started_at", "before_2000"),
    ({"call": {"id": "1", "caller_number": "unknown"}}, "call.caller_number", "not_a_phone"),
    ({"call": {"id": "1", "caller_number": "12"}}, "call.caller_number", "not_a_phone"),
    ({"place": {"lon": 101.7}}, "place", "pair_missing"),
    ({"place": {"lon": 181, "lat": 36}}, "place.lon", "out_of_range"),
    ({"place": {"lon": 101, "lat": -90.1}}, "place.lat", "out_of_range"),
    ({"place": {"lon": "101.7", "lat": 36}}, "place.lon", "not_a_number"),
    ({"place": {"lon": True, "lat": 36}}, "place.lon", "not_a_number"),
    ({"place": {"lon": float("nan"), "lat": 36}}, "place.lon", "not_finite"),
    ({"place": {"lon": float("inf"), "lat": 36}}, "place.lon", "not_finite"),
    ({"place": {"lon": 10**400, "lat": 36}}, "place.lon", "not_a_number"),
    ({"occurred_at": "2026-01-05"}, "occurred_at", "offset_missing"),
    ({"occurred_at": "2026-01-05T09:00:00"}, "occurred_at", "offset_missing"),
    ({"occurred_at": 1767600000}, "occurred_at", "not_a_moment"),
    ({"occurred_at": "1767600000"}, "occurred_at", "not_a_moment"),
    ({"occurred_at": "2026-02-30T09:00:00+08:00"}, "occurred_at", "not_a_moment"),
    ({"occurred_at": "2199-01-01T00:00:00+08:00"}, "occurred_at", "in_the_future"),
    ({"occurred_at": "1999-12-31T00:00:00+08:00"}, "occurred_at", "before_2000"),
    ({"occurred_at": "0001-01-01T00:00:00+14:00"}, "occurred_at", "before_2000"),
    ({"occurred_at": "9999-12-31T23:59:59-14:00"}, "occurred_at", "in_the_future"),
]


@pytest.mark.parametrize(("fields", "field", "why"), FIELDS, ids=[f"{field} {why}" for _, field, why in FIELDS])
def test_a_wrong_field_is_named_with_a_reason(callers: Callers, fields: dict[str, Any], field: str, why: str) -> None:
    problem = _problem(callers["taker"].post("/appeals", _body(**fields)), 422, "fields_wrong")
    assert problem["errors"] == [{"field": field, "why": why}]


@pytest.mark.parametrize(
    "body",
    [b"{", b"hello", b"\xff\xfe{}", b'{"text": "\xff"}', b"[" * 100_000, b'{"a":' * 50_000, b"9" * 5000],
    ids=["open", "no json", "utf-16 mark", "no utf-8", "deep list", "deep object", "long number"],
)
def test_broken_json_gets_400(callers: Callers, body: bytes) -> None:
    _problem(callers["taker"].post("/appeals", body), 400, "json_broken")


@pytest.mark.parametrize("body", [b"[]", b"null", b"5", b'"text"'])
def test_json_that_is_no_object_gets_422(callers: Callers, body: bytes) -> None:
    _problem(callers["taker"].post("/appeals", body), 422, "fields_wrong")


def test_no_body_gets_422(callers: Callers) -> None:
    _problem(callers["taker"].post("/appeals"), 422, "fields_wrong")


def test_deeply_nested_json_that_can_be_read_gets_422(callers: Callers) -> None:
    nested = b'{"a":' * 400 + b'"\\u0000"' + b"}" * 400
    _problem(callers["taker"].post("/appeals", nested), 422, "fields_wrong")


def test_a_body_over_one_mebibyte_gets_413(callers: Callers) -> None:
    _problem(callers["taker"].post("/appeals", _body(text="长" * MIB)), 413, "too_large")


def test_a_body_of_almost_one_mebibyte_is_taken(callers: Callers) -> None:
    body = _body(text="")
    whole = body.replace(b'"text": ""', b'"text": "' + b"a b " * ((MIB - len(body)) // 4) + b'"')
    assert callers["taker"].post("/appeals", whole).status_code == 201


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_another_content_type_gets_415(callers: Callers, kind: str) -> None:
    _problem(callers["taker"].post("/appeals", _body(), content_type=kind), 415, "wrong_media_type")


def test_a_hundred_wrong_fields_are_not_all_listed(callers: Callers) -> None:
    problem = _problem(
        callers["taker"].post("/appeals", _body(**{f"f{n}": n for n in range(100)})), 422, "fields_wrong"
    )
    assert len(problem["errors"]) == 50


def test_neither_key_nor_external_id_gets_422(callers: Callers) -> None:
    problem = _problem(callers["taker"].post("/appeals", {"channel": "hotline", "text": WORDS}), 422, "fields_wrong")
    assert problem["errors"] == [{"field": "external_id", "why": "this_or_idempotency_key"}]


@pytest.mark.parametrize("key", ["", "two words", "x" * 201, "é"])
def test_a_malformed_idempotency_key_gets_422(callers: Callers, key: str) -> None:
    problem = _problem(callers["taker"].post("/appeals", _body(), **{"Idempotency-Key": key}), 422, "fields_wrong")
    assert problem["errors"] == [{"field": "Idempotency-Key", "why": "malformed"}]


@pytest.mark.parametrize("number", ["0000000001", "123", "%00", "١٢٣٤٥٦٧٨٩٠", "%0A", "a" * 500])
def test_a_number_that_is_none_gets_404(callers: Callers, number: str) -> None:
    _problem(callers["taker"].get(f"/appeals/{number}"), 404, "case_missing")


@pytest.mark.parametrize("path", ["/nothing", "/appeals/", "/appeals/1/2/3", "", "/", "/../v2/appeals"])
def test_an_unknown_path_gets_a_problem(callers: Callers, path: str) -> None:
    _problem(callers["taker"].get(path or "/"), 404, "path_missing")


@pytest.mark.parametrize("path", ["/api/", "/api/v2/appeals"])
def test_so_does_one_beside_this_version(path: str) -> None:
    _problem(Client().get(path), 404, "path_missing")


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "OPTIONS"])
def test_a_wrong_method_gets_405_with_those_allowed(callers: Callers, method: str) -> None:
    headers = {"Authorization": f"Bearer {callers['taker'].token}"}
    answer = Client().generic(method, "/api/v1/appeals", headers=headers)
    _problem(answer, 405, "method_not_allowed")
    assert "POST" in answer["Allow"]


@pytest.mark.parametrize(
    "header", [None, "Bearer", "Bearer ys_wrong", "Basic YTpi", "Bearer " + "x" * 9999, "Bearer é"]
)
def test_without_a_valid_token_the_answer_is_401(header: str | None) -> None:
    answer = Client().get("/api/v1/appeals", headers={"Authorization": header} if header else {})
    _problem(answer, 401, "unauthorized")
    assert answer["WWW-Authenticate"] == 'Bearer realm="yousu"'
