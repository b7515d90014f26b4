"""A database with the test city in force, and one caller for each role."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker
from tests.api.callers import PEOPLE, Caller, caller

from yousu.ledger.models import Installation
from yousu.org.city import city
from yousu.org.install import put_in_force
from yousu.platform import keys


@pytest.fixture(scope="package", autouse=True)
def database(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Open for the whole package: doors commit as they do in life, and every test makes cases of its own."""
    with django_db_blocker.unblock():
        keys.ensure_key_file()
        if not Installation.objects.exists():
            Installation.objects.create(id=uuid4())
        put_in_force(city())
        yield


@pytest.fixture(scope="package")
def callers(database: None) -> dict[str, Caller]:
    """A caller by each name of PEOPLE."""
    return {user: caller(user) for user in PEOPLE}


@pytest.fixture(autouse=True)
def addresses(settings: Any) -> None:
    """The API alone: its tests need no page."""
    settings.ROOT_URLCONF = "tests.api.urls"


@pytest.fixture
def statements() -> Iterator[list[str]]:
    """The SQL statements that were run since the list was last cleared; BEGIN and COMMIT are none."""
    seen: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        seen.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield seen
