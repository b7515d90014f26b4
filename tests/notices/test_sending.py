"""What happens to a queued notice: sent once, tried again with growing pauses, given up, and cut short by a kill."""

import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection
from tests import world
from tests.notices import staff
from tests.notices.listening import Mailbox, free_port, gateway, mail_server

from yousu.cases import commands as cases
from yousu.ledger import persons
from yousu.notices import outside, sending
from yousu.notices.models import Notice
from yousu.notices.postmen import Postmen
from yousu.org.models import Account
from yousu.platform import clock

pytestmark = pytest.mark.django_db(transaction=True)
MANY = [1_000, pytest.param(10_000, marks=pytest.mark.long)]
# A child process takes one notice out of the queue and sends it.
_SEND_ONE = """
import django; django.setup()
from datetime import timedelta
from yousu.notices import sending
from yousu.platform import clock
with clock.held(clock.now() + timedelta(seconds=12)):
    sending.send_next("sms", sending.sender("sms"))
"""


@pytest.fixture
def ways(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., None]:
    def opened(**where: object) -> None:
        staff.open_ways(monkeypatch, tmp_path, **where)  # type: ignore[arg-type]  # mail's port or the gateway's URL

    return opened


def queued(*, phone: str = world.LI) -> Notice:
    """A short message to the appellant that waits to be sent."""
    world.forwarded(phone=phone)
    staff.told()
    return Notice.objects.get(way="sms", state="queued")


def send(way: str, *, after: timedelta = timedelta(seconds=12)) -> str:
    """One attempt at that time; what came of it, or nothing if none was due."""
    by = sending.sender(way)
    assert by is not None
    with clock.held(clock.now() + after):
        reply = sending.send_next(way, by)
    by.close()
    return "" if reply is None else reply.outcome


def test_a_message_goes_to_the_appellants_number_once(ways: Callable[..., None]) -> None:
    with gateway() as told:
        ways(sms=told.url)
        notice = queued()
        assert send("sms") == "accepted"
        assert send("sms", after=timedelta(hours=1)) == ""
    assert [each["to"] for each in told.asked] == [world.LI]
    assert told.ids == [str(notice.id)]
    notice.refresh_from_db()
    assert (notice.state, notice.tries, notice.last_error) == ("sent", 1, "")
    assert notice.done_at is not None


def test_a_mail_goes_to_the_address_the_account_has_now(ways: Callable[..., None]) -> None:
    staff.make("heat1", "handler", "heating", email="old@units.example")
    mailbox = Mailbox()
    with mail_server(mailbox) as port:
        ways(mail=port)
        case = world.forwarded()
        staff.told()
        Account.objects.update(email="new@units.example")
        assert send("email") == "accepted"
    (message,) = mailbox.taken
    assert message["To"] == "new@units.example"
    assert case.number in message["Subject"] and "请签收" in message.get_content()


def test_pauses_grow_and_after_eight_attempts_it_is_given_up(ways: Callable[..., None]) -> None:
    with gateway(answers=[(500, b"")] * 20) as told:
        ways(sms=told.url)
        notice = queued()
        due = []
        at = clock.now() + timedelta(seconds=12)
        while notice.state == "queued":
            with clock.held(at):
                by = sending.sender("sms")
                assert by is not None
                assert sending.send_next("sms", by) is not None
                assert sending.send_next("sms", by) is None
                by.close()
            notice.refresh_from_db()
            due.append(int((notice.next_at - at).total_seconds() / 60))
            at = max(at, notice.next_at)
    assert due[:7] == [1, 2, 4, 8, 16, 32, 64]
    assert len(told.asked) == 8
    assert set(told.ids) == {str(notice.id)}
    assert (notice.state, notice.last_error) == ("given_up", "http_500")


def test_what_a_gateway_refuses_is_given_up_at_once(ways: Callable[..., None]) -> None:
    with gateway(answers=[(422, b'{"reason":"unknown_number"}')]) as told:
        ways(sms=told.url)
        notice = queued()
        assert send("sms") == "refused"
        assert send("sms", after=timedelta(hours=1)) == ""
    notice.refresh_from_db()
    assert (notice.state, notice.last_error) == ("given_up", "http_422 unknown_number")


def test_a_number_that_takes_no_messages_is_not_tried(ways: Callable[..., None]) -> None:
    with gateway() as told:
        ways(sms=told.url)
        notice = queued(phone="09716123456")
        assert send("sms") == "refused"
    notice.refresh_from_db()
    assert (notice.last_error, told.asked) == ("not_mobile", [])


def test_a_person_who_was_erased_meanwhile_is_sent_nothing(ways: Callable[..., None]) -> None:
    with gateway() as told:
        ways(sms=told.url)
        notice = queued()
        assert notice.person_id is not None
        cases.erase(notice.person_id, reason="本人要求", by=world.SECURITY)
        assert send("sms") == "refused"
    notice.refresh_from_db()
    assert (notice.state, notice.last_error, told.asked) == ("given_up", "erased", [])


def test_what_waited_for_a_day_is_not_sent_any_more(ways: Callable[..., None]) -> None:
    with gateway() as told:
        ways(sms=told.url)
        notice = queued()
        assert send("sms", after=timedelta(days=1, minutes=1)) == "refused"
    notice.refresh_from_db()
    assert (notice.last_error, told.asked) == ("too_late", [])


def test_no_number_stands_in_a_log(ways: Callable[..., None], caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG), gateway(answers=[(500, world.LI.encode())]) as told:
        ways(sms=told.url)
        queued()
        send("sms")
    assert caplog.records
    assert world.LI not in caplog.text


def test_killed_between_sending_and_writing_down_it_is_sent_once_more_under_the_same_id(
    ways: Callable[..., None],
) -> None:
    with gateway(pause_s=30) as told:
        ways(sms=told.url)
        os.environ["YOUSU_NOTICE_TIMEOUT_S"] = "60"
        notice = queued()
        child = subprocess.Popen([sys.executable, "-c", _SEND_ONE])
        until = time.monotonic() + 60
        while not told.asked and time.monotonic() < until:
            time.sleep(0.05)
        # The gateway has it, and nobody has written that down.
        child.send_signal(signal.SIGKILL)
        child.wait()
        told.pause_s = 0
        notice.refresh_from_db()
        assert (notice.state, notice.tries) == ("queued", 1)
        # Another worker leaves it alone until the first one's time is over …
        assert send("sms", after=timedelta(minutes=1)) == ""
        told.answers = [(409, b"")]
        assert send("sms", after=timedelta(minutes=11)) == "accepted"
    # … and the gateway knows the second one by its id.
    assert told.ids == [str(notice.id)] * 2
    notice.refresh_from_db()
    assert (notice.state, notice.tries) == ("sent", 2)


def test_two_workers_never_take_the_same_one(ways: Callable[..., None]) -> None:
    with gateway(pause_s=0.01) as told:
        ways(sms=told.url)
        for number in range(30):
            world.forwarded(phone=f"154000{number:05d}")
        staff.told()
        Notice.objects.update(next_at=clock.now())
        threads = [threading.Thread(target=_all) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(told.ids) == len(set(told.ids)) == 30


def _all() -> None:
    by = sending.sender("sms")
    assert by is not None
    while sending.send_next("sms", by):
        pass
    by.close()
    connection.close()


def test_a_way_that_hangs_does_not_hold_up_the_other(ways: Callable[..., None]) -> None:
    staff.make("heat1", "handler", "heating", email="heat@units.example")
    mailbox = Mailbox()
    with mail_server(mailbox) as port, gateway(pause_s=3) as told:
        ways(mail=port, sms=told.url)
        queued()
        Notice.objects.update(next_at=clock.now())
        postmen = Postmen()
        _wait(lambda: bool(mailbox.taken))
        postmen.end()
        _wait(lambda: Notice.objects.get(way="email").state == "sent")


def test_a_gateway_that_comes_back_gets_what_waited(ways: Callable[..., None]) -> None:
    port = free_port()
    ways(sms=f"http://127.0.0.1:{port}/")
    notice = queued()
    assert send("sms") == "again"
    notice.refresh_from_db()
    assert (notice.state, notice.last_error) == ("queued", "unreachable")
    with gateway() as told:
        ways(sms=told.url)
        assert send("sms", after=timedelta(minutes=2)) == "accepted"


def test_no_thread_is_started_where_nothing_is_configured() -> None:
    before = threading.active_count()
    Postmen().end()
    assert (outside.open_ways(), threading.active_count()) == ([], before)


@pytest.mark.parametrize("many", MANY)
def test_thousands_are_sent_and_each_once(ways: Callable[..., None], many: int) -> None:
    now = clock.now()
    people = list(persons.find_or_make([f"154{number:08d}" for number in range(1000)]).values())
    Notice.objects.bulk_create(
        Notice(
            id=uuid4(),
            stream=f"appeal/{number:010d}",
            seq=2,
            kind="forwarded",
            way="sms",
            person_id=people[number % len(people)],
            text="forwarded",
            facts={"unit": "heating"},
            state="queued",
            happened_at=now,
            queued_at=now,
            next_at=now,
        )
        for number in range(many)
    )
    with gateway() as told:
        ways(sms=told.url)
        began = time.monotonic()
        _all()
        took_s = time.monotonic() - began
    assert len(told.ids) == len(set(told.ids)) == many
    assert Notice.objects.filter(state="sent").count() == many
    # Fifty a second would do for a city; this one also shares its machine with the gateway.
    assert many / took_s > 50, f"{many / took_s:.0f} a second"


def _wait(done: Callable[[], bool], *, patience_s: float = 20.0) -> None:
    until = time.monotonic() + patience_s
    while not done():
        assert time.monotonic() < until, "it never came"
        time.sleep(0.05)


def test_the_gateways_own_clock_and_ours_need_not_agree_on_a_demonstrations_time() -> None:
    """The signature's time is the world's: a shifted clock would make every request an old one."""
    from yousu.platform.notices import sms

    with clock.held(clock.now() - timedelta(days=900)):
        headers = sms.signed(b"0123456789abcdef", path="/", body=b"")
    assert abs(int(headers["Yousu-Timestamp"]) - time.time()) < 60
