"""Bulletins by the API: each step works, and is refused to the wrong role, in the wrong stage, on a stale version."""

import threading
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection, transaction
from tests.api.callers import Caller
from tests.bulletins.press import NOON

from yousu.ledger import sequencer
from yousu.platform import clock

Callers = Mapping[str, Caller]
STEPS = {
    "compose": ("publisher", "composed"),
    "review": ("reviewer", "reviewed"),
    "sign": ("signer", "signed"),
    "freeze": ("publisher", "frozen"),
    "publish": ("publisher", "published"),
}
_days = count()


@pytest.fixture(autouse=True)
def hands() -> Iterator[Any]:
    with clock.held(NOON + timedelta(days=40)) as hands:
        yield hands


@pytest.fixture
def day() -> str:
    """A day of the test's own, long over."""
    return f"daily-{date(2023, 1, 1) + timedelta(days=next(_days))}"


def do(callers: Callers, bulletin_id: str, word: str, **more: Any) -> Any:
    body = {} if word == "compose" else None
    return callers[STEPS[word][0]].post(f"/bulletins/{bulletin_id}/{word}", body, **more)


def bring(callers: Callers, bulletin_id: str, *, before: str) -> None:
    for word in list(STEPS)[: list(STEPS).index(before)]:
        assert do(callers, bulletin_id, word).status_code == 200


@pytest.mark.parametrize("word", STEPS)
def test_a_step_works_and_tells_the_version(callers: Callers, day: str, word: str) -> None:
    bring(callers, day, before=word)
    answer = do(callers, day, word)
    assert answer.status_code == 200, answer.content.decode()
    body = answer.json()
    assert body["stage"] == STEPS[word][1]
    assert answer["ETag"] == f'"{body["version"]}"'
    assert (body["seal"] is not None) == (word in ("freeze", "publish"))
    assert callers["publisher"].get(f"/bulletins/{day}")["ETag"] == answer["ETag"]


@pytest.mark.parametrize("word", STEPS)
def test_a_step_is_refused_to_the_wrong_role(callers: Callers, day: str, word: str) -> None:
    bring(callers, day, before=word)
    for user in ("dispatcher", "nobody", "signer" if word != "sign" else "reviewer"):
        assert callers[user].post(f"/bulletins/{day}/{word}", {} if word == "compose" else None).status_code == 403


@pytest.mark.parametrize(
    ("word", "why", "stage", "possible"),
    [
        ("review", "steps_missing", "not_composed", ["compose"]),
        ("sign", "steps_missing", "composed", ["review", "compose"]),
        # Whoever composed it cannot review it.
        ("freeze", "steps_missing", "composed", ["compose"]),
        ("publish", "steps_missing", "signed", ["freeze", "compose"]),
        ("review", "already_done", "signed", ["freeze", "compose"]),
        ("compose", "already_frozen", "frozen", ["publish"]),
    ],
)
def test_in_the_wrong_stage_a_step_names_the_stage_and_what_is_possible(
    callers: Callers, day: str, word: str, why: str, stage: str, possible: list[str]
) -> None:
    reached = {"not_composed": "compose", "composed": "review", "signed": "freeze", "frozen": "publish"}[stage]
    bring(callers, day, before=reached)
    answer = do(callers, day, word)
    assert answer.status_code == 409, answer.content.decode()
    told = answer.json()
    assert (told["why"], told["stage"], told["possible"]) == (why, stage, possible)


@pytest.mark.parametrize("word", STEPS)
def test_a_step_on_a_stale_version_is_refused(callers: Callers, day: str, word: str) -> None:
    bring(callers, day, before=word)
    answer = do(callers, day, word, seen=9)
    assert (answer.status_code, answer.json()["type"]) == (412, "urn:yousu:problem:version_moved")
    version = answer.json()["version"]
    assert do(callers, day, word, seen=version).status_code == 200
    assert do(callers, day, word, seen=version).status_code == 412


@pytest.mark.parametrize("word", STEPS)
def test_a_version_that_is_none_is_refused(callers: Callers, day: str, word: str) -> None:
    bring(callers, day, before=word)
    assert do(callers, day, word, seen="latest").status_code == 400


@pytest.mark.parametrize("word", STEPS)
@pytest.mark.parametrize(
    "wrong",
    [
        "daily-20240131",
        "daily-2024-W05-3",
        "weekly-0001-01-01",
        "daily-9999-12-31",
        "weekly-2024-01-27",
        "daily-2024-01-31%00",
        "x",
    ],
)
def test_an_id_that_is_none_is_no_bulletin(callers: Callers, word: str, wrong: str) -> None:
    assert do(callers, wrong, word).status_code == 404
    for path in (wrong, f"{wrong}/numbers?figure=calls"):
        assert callers["publisher"].get(f"/bulletins/{path}").status_code == 404


@pytest.mark.parametrize(
    ("as_of", "why"),
    [
        ("0001-01-01T00:00:00+14:00", "out_of_range"),
        ("9999-12-31T23:59:59-14:00", "out_of_range"),
        ("2024-03-05T10:00:00", "offset_missing"),
        ("1700000000", "not_a_moment"),
    ],
)
def test_an_as_of_that_cannot_be_is_named(callers: Callers, day: str, as_of: str, why: str) -> None:
    for answer in (
        callers["publisher"].get(f"/bulletins/{day}?as_of={quote(as_of)}"),
        callers["publisher"].post(f"/bulletins/{day}/compose", {"as_of": as_of}),
    ):
        assert answer.status_code == 422, answer.content.decode()
        assert answer.json()["errors"] == [{"field": "as_of", "why": why}]


def test_a_day_that_is_not_over_is_not_frozen(callers: Callers, day: str, hands: Any) -> None:
    hands.move_to(datetime.fromisoformat(day.removeprefix("daily-")).replace(tzinfo=UTC))
    bring(callers, day, before="freeze")
    answer = do(callers, day, "freeze")
    assert (answer.status_code, answer.json()["why"]) == (409, "period_not_over")
    assert answer.json()["possible"] == ["compose"]


def test_while_something_is_being_recorded_freezing_can_be_tried_again(
    callers: Callers, day: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring(callers, day, before="freeze")
    settle = sequencer.settle
    monkeypatch.setattr(sequencer, "settle", lambda moment: settle(moment, patience_s=0.2))
    open_, go_on = threading.Event(), threading.Event()

    def record() -> None:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SELECT pg_current_xact_id()")
                open_.set()
                go_on.wait(20)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as thread:
        done = thread.submit(record)
        assert open_.wait(10)
        answer = do(callers, day, "freeze")
        go_on.set()
        done.result(20)
    assert (answer.status_code, answer.json()["why"]) == (409, "transactions_open")
    assert answer.json()["possible"] == ["freeze", "compose"]
    assert do(callers, day, "freeze").status_code == 200


def test_numbers_open_and_a_changed_list_is_said_to_be_changed(callers: Callers) -> None:
    day = "daily-2024-04-01"
    number = callers["taker"].record(occurred_at="2024-04-01T10:00:00+08:00").json()["number"]
    body = {"as_of": "2024-04-14T12:00:00+08:00"}
    assert callers["publisher"].post(f"/bulletins/{day}/compose", body).status_code == 200
    for word in ("review", "sign", "freeze"):
        assert do(callers, day, word).status_code == 200
    at = f"/bulletins/{day}/numbers?figure="
    assert callers["publisher"].get(f"{at}calls").json()["numbers"] == [number]
    assert callers["publisher"].get(f"{at}completion.excluded").json()["numbers"] == []
    for path in ("moons", "%00", "x" * 121):
        assert callers["publisher"].get(f"{at}{path}").status_code in (404, 422)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE bulletin_figure SET numbers = '[]' WHERE path = 'calls'")
    broken = callers["publisher"].get(f"{at}calls")
    assert (broken.status_code, broken.json()["figure"]) == (409, "calls")
