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

from yousu.appeals import shield_commands
from yousu.cases import queries
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


def accused(number: str) -> None:
    """The case turns out to accuse the heating company."""
    version = queries.now(number).version
    shield_commands.name_reported(number, unit=world.HEATING, by=world.DISPATCHER, seen=version)


def withdrawn_from(number: str) -> None:
    """It is found that heat1 has an interest in the case."""
    version = queries.now(number).version
    shield_commands.recuse(number, reason="亲属", who="heat1", by=world.SUPERVISOR, seen=version)


@pytest.mark.parametrize("shut_out", [accused, withdrawn_from])
def test_who_is_shut_out_of_an_open_case_is_gone_there_and_told_of_nobody(
    shut_out: Callable[[str], None], served: Served, ticket: Callable[[str], str]
) -> None:
    number = world.forwarded().number
    asking = Asking("call1", "d" * 12)
    with (
        listening(served.live_port, ticket("desk1"), case=number) as desk,
        listening(served.live_port, ticket("heat1"), case=number) as reader,
    ):
        while ("heat1号", "") not in desk.present():
            pass
        asking.asks(number)
        while ("call1号", "") not in reader.present():
            pass
        shut_out(number)
        assert reader.present() == []
        while ("heat1号", "") in desk.present():
            pass
        assert ("heat1号", "") not in asking.asks(number)
        # Saying again that it shows the case changes nothing, and nobody who comes is told to it.
        assert reader.says(form="sign") == 204
        asking.asks(number, form="forward")
        assert ("call1号", "forward") in desk.present()
        assert reader.is_quiet(1.5)


def test_who_is_shut_out_asks_in_vain_and_is_gone() -> None:
    number = world.forwarded().number
    desk, reader = Asking("desk1", "e" * 12), Asking("heat1", "f" * 12)
    assert reader.asks(number) == [("heat1号", "")]
    accused(number)
    assert reader.asks(number) == []
    assert desk.asks(number) == [("desk1号", "")]
