"""What takes too long in the database is ended there, and whoever asked hears 503: the page and the API alike."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from tests import scratch, world

from yousu.cases.models import CaseNow
from yousu.org import accounts

pytestmark = pytest.mark.django_db(transaction=True)
Execute = Callable[..., Any]


@pytest.fixture
def limited() -> Iterator[None]:
    """This process's connection with limits as a server's has them, only shorter."""
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 300")
        cursor.execute("SET lock_timeout = 200")
        cursor.execute("SET idle_in_transaction_session_timeout = 200")
    yield
    connection.close()


def api() -> dict[str, Any]:
    """The headers of a call-taker."""
    accounts.create("taker", None, roles=["call_taker"], name_zh="话务", name_en="Taker")
    return {"Authorization": f"Bearer {accounts.create_token('taker')}"}


def asleep(execute: Execute, sql: str, params: Any, many: bool, context: Any) -> Any:
    execute("SELECT pg_sleep(5)", (), many, context)
    return execute(sql, params, many, context)


def test_a_statement_that_hangs_ends_in_503_on_a_page_and_in_the_api(limited: None) -> None:
    headers, client = api(), Client()
    with connection.execute_wrapper(asleep):
        began = time.monotonic()
        page, answer = client.get("/bulletins/"), client.get("/api/v1/appeals", headers=headers)
    assert time.monotonic() - began < 4
    assert (page.status_code, page["Retry-After"]) == (503, "30")
    assert (answer.status_code, answer["Content-Type"]) == (503, "application/problem+json")
    assert client.get("/api/v1/appeals", headers=headers).status_code == 200


def test_waiting_for_a_lock_ends_in_503_and_nothing_is_recorded(limited: None) -> None:
    headers, client = api(), Client()
    form = {"channel": "hotline", "text": "家里暖气不热"}
    with scratch.superuser(str(connection.settings_dict["NAME"])) as other, other.transaction():
        other.execute("LOCK TABLE case_now IN ACCESS EXCLUSIVE MODE")
        answer = client.post(
            "/api/v1/appeals", form, content_type="application/json", headers={**headers, "Idempotency-Key": "one"}
        )
    assert answer.status_code == 503
    assert not CaseNow.objects.exists()


def test_a_transaction_that_does_nothing_is_ended_and_whoever_began_it_hears_503(limited: None) -> None:
    case = world.forwarded()
    client = Client()
    accounts.create("heat1", None, roles=["handler"], unit=world.HEATING, name_zh="供热", name_en="Heating")
    headers = {"Authorization": f"Bearer {accounts.create_token('heat1')}", "If-Match": f'"{case.version}"'}

    def idle(execute: Execute, sql: str, params: Any, many: bool, context: Any) -> Any:
        if connection.in_atomic_block:
            time.sleep(0.5)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(idle):
        answer = client.post(
            f"/api/v1/appeals/{case.number}/sign", {}, content_type="application/json", headers=headers
        )
    assert (answer.status_code, answer["Content-Type"]) == (503, "application/problem+json")
    assert CaseNow.objects.get(number=case.number).stage == "forwarded"
