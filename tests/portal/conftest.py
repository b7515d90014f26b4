"""A database for each module, and a limit that begins anew with each test."""

import os
from collections.abc import Iterator

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker
from tests import scratch

from yousu.portal import limits


@pytest.fixture(scope="module", autouse=True)
def database(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Pages commit as they do in life; every test makes cases of its own."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    with django_db_blocker.unblock():
        shared = connection.settings_dict["NAME"]
        scratch.use(scratch.copy(f"yousu_portal_{worker}"))
        yield
        scratch.use(shared)
        scratch.drop(f"yousu_portal_{worker}")


@pytest.fixture(autouse=True)
def limit(monkeypatch: pytest.MonkeyPatch) -> limits.Limit:
    """The limit of this process, unused."""
    fresh = limits.of_this_process()
    monkeypatch.setattr(limits, "LIMIT", fresh)
    return fresh
