"""What goes wrong is said on a page of its own; health is answered before everything else."""

import json
import logging

import pytest
from django.db import OperationalError
from django.test import Client, override_settings
from tests import world
from tests.desk.conftest import Page

from yousu.appeals import commands
from yousu.ledger import heartbeats
from yousu.platform import health


@pytest.mark.parametrize(("language", "said"), [("zh-hans", "没有这一页"), ("en", "There is no such page")])
def test_a_page_that_does_not_exist_says_so_in_the_readers_language(language: str, said: str) -> None:
    client = Client()
    client.cookies["django_language"] = language
    answer = client.get("/no/such/page/")
    assert answer.status_code == 404
    assert said in answer.content.decode()
    assert "script-src 'self'" in answer["Content-Security-Policy"]


def test_a_form_without_its_protection_is_refused_on_a_page_that_says_what_to_do() -> None:
    answer = Client(enforce_csrf_checks=True).post("/follow/", {"number": "1"})
    assert answer.status_code == 403
    assert "这一页放得太久了" in answer.content.decode()


def test_more_than_a_form_may_hold_is_413(signed_in: Page) -> None:
    answer = signed_in("call1").post("/desk/new/", {"text": "长" * 500_000})
    assert answer.status_code == 413
    assert "内容太多" in answer.content.decode()


@override_settings(ALLOWED_HOSTS=["127.0.0.1"])
def test_an_unknown_host_is_400() -> None:
    answer = Client().get("/", headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert "无法理解这次请求" in answer.content.decode()


def test_a_fault_of_ours_is_a_page_without_its_cause(signed_in: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    client = signed_in("desk1")
    client.raise_request_exception = False
    monkeypatch.setattr("yousu.desk.lists.paging.page_of", _broken(RuntimeError("secret cause")))
    answer = client.get("/desk/inbox/")
    assert answer.status_code == 500
    assert "系统出错了" in answer.content.decode()
    assert "secret cause" not in answer.content.decode()


def test_a_database_that_is_gone_is_503(signed_in: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    client = signed_in("desk1")
    monkeypatch.setattr("yousu.desk.lists.paging.page_of", _broken(OperationalError("gone")))
    answer = client.get("/desk/inbox/")
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert "暂时无法服务" in answer.content.decode()


def test_a_living_process_answers_whatever_its_host() -> None:
    answer = Client().get("/healthz", headers={"Host": "10.0.0.7"})
    assert (answer.status_code, answer.json()) == (200, {"status": "alive"})


def test_a_process_that_can_serve_is_ready() -> None:
    heartbeats.beat(heartbeats.WORKER)
    assert Client().get("/readyz").json() == {"status": "ready"}


def test_what_is_missing_is_named_in_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    heartbeats.beat(heartbeats.WORKER)
    monkeypatch.setattr(health, "LEAST_FREE_BYTES", 2**62)
    answer = Client().get("/readyz")
    assert answer.status_code == 503
    assert answer["Content-Type"] == "application/problem+json"
    assert set(json.loads(answer.content)["missing"]) == {"disk"}


def test_metrics_count_requests_by_pattern_and_cases_by_stage(signed_in: Page) -> None:
    case = world.recorded()
    commands.answer(case.number, reply="好", by=world.DISPATCHER, seen=1)
    signed_in("desk1").get(f"/desk/cases/{case.number}/")
    text = Client().get("/metrics").content.decode()
    assert 'method="GET",route="desk/cases/<case_number:number>/",status="200"' in text
    assert 'yousu_cases{kind="appeal",stage="closed"}' in text
    assert "yousu_events_without_position" in text and "yousu_outbox_waiting" in text
    assert case.number not in text


def test_the_log_names_the_pattern_and_the_actor_but_neither_number_nor_words(
    signed_in: Page, caplog: pytest.LogCaptureFixture
) -> None:
    case = world.recorded()
    with caplog.at_level(logging.INFO, logger="yousu.http"):
        answer = signed_in("desk1").get(f"/desk/cases/{case.number}/?q=秘密")
    [record] = [record for record in caplog.records if record.name == "yousu.http"]
    line = {name: getattr(record, name) for name in ("route", "status", "actor", "method", "request_id")}
    assert line == {
        "route": "desk/cases/<case_number:number>/",
        "status": 200,
        "actor": "account:desk1",
        "method": "GET",
        "request_id": answer["X-Request-Id"],
    }
    assert case.number not in record.getMessage() and "秘密" not in str(record.__dict__)


def _broken(error: Exception) -> "object":
    def fail(*_args: object, **_more: object) -> None:
        raise error

    return fail
