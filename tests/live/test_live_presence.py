"""Who else has a case open, told to pages that cannot listen and ask instead, and to both kinds where they meet."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from tests import world
from tests.live.conftest import Served
from tests.live.listening import listening

from yousu.org import presence
from yousu.org.models import Account, Presence

People = list[tuple[str, str]]


class Asking:
    """A page that asks."""

    def __init__(self, user: str, page: str) -> None:
        self.client, self.page = Client(), page
        self.client.force_login(Account.objects.get(user=user), backend=settings.AUTHENTICATION_BACKENDS[0])

    def asks(self, case: str, *, form: str = "", page: str | None = None) -> People:
        said = {"case": case, "form": form, "page": self.page if page is None else page}
        told: list[dict[str, Any]] = self.client.post("/desk/live/", said).json()["people"]
        return [(each["zh"], each["form"]) for each in told]


@pytest.fixture(autouse=True)
def nobody_there() -> None:
    Presence.objects.all().delete()


def test_two_that_ask_see_each_other_and_who_began_to_write_first() -> None:
    case = world.recorded().number
    first, second = Asking("desk1", "a" * 12), Asking("call1", "b" * 12)
    assert first.asks(case) == [("desk1号", "")]
    assert second.asks(case) == [("desk1号", ""), ("call1号", "")]
    assert second.asks(case, form="forward") == [("desk1号", ""), ("call1号", "forward")]
    assert first.asks(case, form="forward") == [("call1号", "forward"), ("desk1号", "forward")]
    # Asking again changes nobody's place.
    assert second.asks(case, form="forward") == [("call1号", "forward"), ("desk1号", "forward")]
    assert second.asks("") == []
    assert first.asks(case, form="forward") == [("desk1号", "forward")]


def test_a_page_that_fell_silent_has_left() -> None:
    case = world.recorded().number
    first, second = Asking("desk1", "a" * 12), Asking("call1", "b" * 12)
    second.asks(case)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE presence SET heard_at = now() - interval '41 seconds'")
    assert first.asks(case) == [("desk1号", "")]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE presence SET heard_at = now() - interval '2 hours' WHERE actor = 'account:call1'")
    presence.forget_silent()
    assert [row.actor for row in Presence.objects.all()] == ["account:desk1"]


def test_who_may_not_see_a_case_is_neither_seen_at_it_nor_told_who_is() -> None:
    case = world.forwarded(lead_unit=world.WATER).number
    desk, stranger = Asking("desk1", "a" * 12), Asking("heat1", "b" * 12)
    assert desk.asks(case) == [("desk1号", "")]
    assert stranger.asks(case) == []
    assert desk.asks(case) == [("desk1号", "")]


def test_nobody_moves_anothers_page_and_a_wrong_name_is_not_kept() -> None:
    case = world.recorded().number
    desk, call = Asking("desk1", "a" * 12), Asking("call1", "a" * 12)
    assert desk.asks(case, form="forward") == [("desk1号", "forward")]
    assert call.asks(case) == [("desk1号", "forward")]
    assert call.asks("") == []
    assert Presence.objects.count() == 1
    answer = desk.client.post("/desk/live/", {"case": case, "page": "x' OR 1=1"}).json()
    assert "people" not in answer
    assert desk.asks(case, form="<b>") == [("desk1号", "")]


def test_a_page_that_listens_and_one_that_asks_see_each_other(served: Served, ticket: Callable[[str], str]) -> None:
    case = world.recorded().number
    asking = Asking("call1", "c" * 12)
    with listening(served.live_port, ticket("desk1"), case=case) as page:
        assert page.present() == [("desk1号", "")]
        asking.asks(case)
        assert page.present() == [("desk1号", ""), ("call1号", "")]
        assert asking.asks(case) == [("desk1号", ""), ("call1号", "")]
        asking.asks("")
        assert page.present() == [("desk1号", "")]
