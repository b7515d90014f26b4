"""A database for each module, and people who sign in as people do."""

import os
from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker
from tests import scratch

FACTOR_ROLES = "administrator,security_administrator,dispatcher,auditor"


@pytest.fixture(scope="module", autouse=True)
def database(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Pages commit as they do in life; every test makes accounts of its own."""
    from django.db import connection

    worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    with django_db_blocker.unblock():
        shared = connection.settings_dict["NAME"]
        scratch.use(scratch.copy(f"yousu_signin_{worker}"))
        yield
        scratch.use(shared)
        scratch.drop(f"yousu_signin_{worker}")


@pytest.fixture
def factors_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Second factors are asked for as they are by default."""
    monkeypatch.setenv("YOUSU_SECOND_FACTOR_ROLES", FACTOR_ROLES)
