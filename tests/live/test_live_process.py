"""The live process: who is told what, who is refused, who else is there; it ends with the server and comes again."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.core.signing import Signer
from django.test import Client
from tests import world
from tests.live.conftest import Served, serving
from tests.live.listening import PATIENCE_S, Stream, listening, refused

from yousu.appeals import commands
from yousu.org import tickets
from yousu.org.models import Account

Ticket = Callable[[str], str]


def told(page: Stream, number: str) -> None:
    """Until the page is told of a case."""
    while number not in str(page.next("changed")["moved"]):
        pass


def test_a_dispatcher_is_told_of_what_was_recorded(served: Served, ticket: Ticket) -> None:
    with listening(served.live_port, ticket("desk1")) as page:
        case = world.recorded()
        news = page.next("changed")
        assert [case.number, case.version, ["inbox"]] in news["moved"]
        assert int(news["counts"]["inbox"]) >= 1
        assert set(news["counts"]) == {"inbox", "enterprise", "mine", "returns", "extensions", "reviews", "urgent"}


def test_a_unit_is_never_told_the_numbers_of_others(served: Served, ticket: Ticket) -> None:
    with listening(served.live_port, ticket("heat1")) as page:
        others = world.forwarded(lead_unit=world.WATER)
        own = world.forwarded(lead_unit=world.HEATING)
        told = ""
        while own.number not in told:
            news = page.next("changed")
            told += str(news)
        assert others.number not in told
        assert [own.number, own.version, ["unit"]] in news["moved"]


def test_a_page_that_comes_again_is_told_what_it_missed(served: Served, ticket: Ticket) -> None:
    with listening(served.live_port, ticket("desk1")) as page, listening(served.live_port, ticket("call1")) as other:
        told(page, world.recorded().number)
        known = page.position
        page.close()
        missed = world.recorded().number
        told(other, missed)
    with listening(served.live_port, ticket("desk1"), after=known) as page:
        assert missed in {number for number, _, _ in page.next("changed")["moved"]}
        assert page.position > known


def test_everybody_who_sees_the_same_is_told_at_once(served: Served, ticket: Ticket) -> None:
    pages = [Stream(served.live_port, ticket("super1")) for _ in range(5)]
    case = world.recorded()
    told = [page.next("changed")["moved"] for page in pages]
    assert all(moved == told[0] and case.number in str(moved) for moved in told)
    for page in pages:
        page.close()


def test_a_forged_or_foreign_or_expired_ticket_is_refused(
    served: Served, ticket: Ticket, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = ticket("heat1")
    head, _, signature = good.rpartition(":")
    other = ticket("desk1").rpartition(":")[0]
    assert refused(served.live_port, f"{other}:{signature}") == 403
    assert refused(served.live_port, head) == 403
    assert refused(served.live_port, "") == 403
    # Signed by us, but for something else.
    assert refused(served.live_port, Signer(salt="another").sign_object({"actor": "account:desk1"})) == 403
    monkeypatch.setattr(tickets, "LASTS_S", -1)
    assert refused(served.live_port, ticket("heat1")) == 403


def test_pages_of_other_origins_are_refused(served: Served, ticket: Ticket) -> None:
    assert refused(served.live_port, ticket("desk1"), Origin="http://elsewhere.example") == 403
    assert refused(served.live_port, ticket("desk1"), Origin=f"http://localhost:{served.port}") == 403


def test_a_stream_ends_when_its_ticket_does(served: Served, ticket: Ticket, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tickets, "LASTS_S", 3)
    with listening(served.live_port, ticket("desk1")) as page:
        began = time.monotonic()
        assert list(page.events()) is not None
        assert time.monotonic() - began < PATIENCE_S / 2


def test_two_at_one_case_see_each_other_and_who_is_gone(served: Served, ticket: Ticket) -> None:
    case = world.recorded().number
    with listening(served.live_port, ticket("desk1"), case=case) as first:
        assert first.present() == [("desk1号", "")]
        with listening(served.live_port, ticket("call1"), case=case) as second:
            assert first.present() == [("desk1号", ""), ("call1号", "")]
            assert second.says(form="forward") == 204
            assert first.present() == [("desk1号", ""), ("call1号", "forward")]
            assert first.says(form="forward") == 204
            # Whoever began first stands first.
            assert first.present() == [("call1号", "forward"), ("desk1号", "forward")]
        assert first.present() == [("desk1号", "forward")]


def test_who_may_not_see_a_case_is_not_told_who_is_there(served: Served, ticket: Ticket) -> None:
    case = world.forwarded(lead_unit=world.WATER).number
    with listening(served.live_port, ticket("desk1"), case=case) as page:
        assert page.present() == [("desk1号", "")]
        with listening(served.live_port, ticket("heat1"), case=case) as stranger:
            assert stranger.says(form="sign") == 204
            with listening(served.live_port, ticket("call1"), case=case):
                assert page.present() == [("desk1号", ""), ("call1号", "")]


def test_nobody_speaks_for_anothers_page(served: Served, ticket: Ticket) -> None:
    case = world.recorded().number
    with listening(served.live_port, ticket("desk1"), case=case) as page:
        assert page.says(form="forward", ticket=ticket("call1")) == 403
        assert page.says(form="forward") == 204


@pytest.mark.parametrize("user", ["desk1", "heat1", "admin1"])
def test_a_page_that_cannot_listen_asks(user: str) -> None:
    own, others = world.forwarded(), world.forwarded(lead_unit=world.WATER)
    client = Client()
    client.force_login(Account.objects.get(user=user), backend=settings.AUTHENTICATION_BACKENDS[0])
    told = client.get("/desk/live/", {"case": own.number}).json()
    assert set(told) == {"ticket", "position", "counts", "case"}
    sees = {"desk1": True, "heat1": True, "admin1": False}[user]
    assert told["case"] == ({"number": own.number, "version": own.version} if sees else None)
    assert client.get("/desk/live/", {"case": others.number}).json()["case"] is None or user == "desk1"
    assert tickets.read(told["ticket"]).actor.code == f"account:{user}"


def test_a_killed_live_process_comes_again_and_goes_on_where_it_was(served: Served, ticket: Ticket) -> None:
    with listening(served.live_port, ticket("desk1")) as page:
        world.recorded()
        page.next("changed")
        known = page.position
        served.kill_live()
        assert list(page.events()) == []
    case = world.recorded().number
    with listening(served.live_port, ticket("desk1"), after=known) as page:
        told(page, case)


def test_the_server_ends_its_live_process_at_once_though_pages_listen(ticket: Ticket) -> None:
    running = serving("--no-worker")
    running.wait_for_live()
    pid = running.live_pid()
    with listening(running.live_port, ticket("desk1")) as page:
        began = time.monotonic()
        running.process.terminate()
        assert list(page.events()) == []
        assert time.monotonic() - began < 3
    _, error = running.process.communicate(timeout=PATIENCE_S)
    assert (running.process.returncode, "Traceback" in error) == (0, False)
    assert not Path(f"/proc/{pid}").exists()


def test_a_server_without_live_updates_starts_no_such_process() -> None:
    running = serving("--no-worker", "--no-live")
    assert not running.has_live()
    running.process.terminate()
    running.process.communicate(timeout=PATIENCE_S)


def test_undoing_moves_a_case_too(served: Served, ticket: Ticket) -> None:
    case = world.forwarded()
    with listening(served.live_port, ticket("desk1")) as page:
        undone = commands.undo(case.number, by=world.DISPATCHER, seen=case.version)
        while [case.number, undone.version, ["inbox"]] not in page.next("changed")["moved"]:
            pass
