"""A database for each module, with the desk's people signed in."""

import os
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import translation
from pytest_django import DjangoDbBlocker
from tests import scratch
from tests.desk.staff import STAFF, make

from yousu.org.models import Account

Page = Callable[[str], Client]


@pytest.fixture(scope="module", autouse=True)
def database(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Pages commit as they do in life; every test makes cases of its own."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    with django_db_blocker.unblock():
        shared = connection.settings_dict["NAME"]
        scratch.use(scratch.copy(f"yousu_desk_{worker}"))
        for user in STAFF:
            make(user)
        yield
        scratch.use(shared)
        scratch.drop(f"yousu_desk_{worker}")


@pytest.fixture(autouse=True)
def _language() -> Iterator[None]:
    """A page asked for in English leaves its language behind."""
    yield
    translation.deactivate()


@pytest.fixture
def signed_in() -> Page:
    """A browser in which somebody of STAFF is signed in."""

    def open_as(user: str) -> Client:
        client = Client()
        client.force_login(Account.objects.get(user=user), backend=settings.AUTHENTICATION_BACKENDS[0])
        return client

    return open_as
