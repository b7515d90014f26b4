"""A database with the test city in force, and one caller for each role."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import override_settings
from pytest_django import DjangoDbBlocker
from tests import scratch
from tests.api.callers import PEOPLE, Caller, caller


@pytest.fixture(scope="module", autouse=True)
def database(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A database of the module's own: doors commit as they do in life, and every test makes cases of its own."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    with django_db_blocker.unblock():
        shared = connection.settings_dict["NAME"]
        scratch.use(scratch.copy(f"yousu_api_{worker}"))
        yield
        scratch.use(shared)
        scratch.drop(f"yousu_api_{worker}")


@pytest.fixture(scope="module")
def callers(database: None) -> dict[str, Caller]:
    """A caller by each name of PEOPLE."""
    return {user: caller(user) for user in PEOPLE}


@pytest.fixture(autouse=True)
def addresses() -> Iterator[None]:
    """The API alone: its tests need no page."""
    with override_settings(ROOT_URLCONF="tests.api.urls"):
        yield


@pytest.fixture
def statements() -> Iterator[list[str]]:
    """The SQL statements that were run since the list was last cleared; BEGIN and COMMIT are none."""
    seen: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        seen.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield seen
