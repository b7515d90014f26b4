"""One scratch server for the whole session; every worker tests on a copy of one migrated template."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from tests import scratch

scratch.prepare()


def pytest_configure(config: pytest.Config) -> None:
    """The scratch server never waits for the disk, and Yousu rightly warns of such servers."""
    config.addinivalue_line("filterwarnings", "ignore:fsync is off")


def pytest_unconfigure() -> None:
    """The process that made the home removes it."""
    scratch.remove()


@pytest.fixture(autouse=True)
def folder_in_force() -> Iterator[None]:
    """What a test changes in the city's data is in force for that test alone."""
    yield
    from yousu.org import city

    if city.laid():
        city.forget()


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: Any) -> Iterator[None]:
    """This worker's copy of the template. A test that commits gives it back as new, instead of emptying every table."""
    from django.test import TransactionTestCase

    worker = "yousu_" + os.environ.get("PYTEST_XDIST_WORKER", "alone")

    def restore(_: object = None) -> None:
        scratch.use(scratch.copy(worker))

    with django_db_blocker.unblock():
        scratch.template()
        restore()
    patch = pytest.MonkeyPatch()
    patch.setattr(TransactionTestCase, "_fixture_teardown", restore)
    yield
    patch.undo()
    with django_db_blocker.unblock():
        from django.db import connections

        connections.close_all()
        scratch.drop(worker)
