"""Effects: what is due becomes a job once, what was undone never does, and jobs run."""

import threading
import time
from datetime import timedelta

import pytest
from django.db import connection
from tests import world

from yousu.appeals import commands
from yousu.cli.worker import _Jobs
from yousu.ledger import effects, outbox
from yousu.ledger.models import Outbox
from yousu.platform import clock

pytestmark = pytest.mark.django_db(transaction=True)
RING = "ring"


@pytest.fixture(autouse=True)
def every_signing_rings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "_EFFECTS", {})
    monkeypatch.setattr(outbox, "_ASKED", [])
    outbox.on("signed", RING)


@pytest.fixture
def deferred() -> list[tuple[str, str, int]]:
    return []


def passed(deferred: list[tuple[str, str, int]], *, known: tuple[str, ...] = (RING,)) -> dict[str, int]:
    def defer(effect: str, *, stream: str, seq: int) -> None:
        deferred.append((effect, stream, seq))

    return dict(effects.pass_on(defer, known=known))


def signed() -> str:
    number = world.recorded().number
    commands.forward(number, lead_unit=world.HEATING, by=world.DISPATCHER, seen=1)
    commands.sign(number, by=world.HEATING_HANDLER, seen=2)
    return number


def test_an_effect_waits_until_nobody_can_undo_and_is_deferred_once(deferred: list[tuple[str, str, int]]) -> None:
    number = signed()
    assert passed(deferred) == {"deferred": 0, "dropped": 0}
    with clock.held(clock.now() + timedelta(seconds=11)):
        assert passed(deferred) == {"deferred": 1, "dropped": 0}
        assert passed(deferred) == {"deferred": 0, "dropped": 0}
    assert deferred == [(RING, f"appeal/{number}", 3)]


def test_the_effect_of_an_undone_act_is_dropped(deferred: list[tuple[str, str, int]]) -> None:
    number = signed()
    commands.undo(number, by=world.HEATING_HANDLER, seen=3)
    with clock.held(clock.now() + timedelta(seconds=11)):
        assert passed(deferred) == {"deferred": 0, "dropped": 1}
    assert (deferred, Outbox.objects.count()) == ([], 0)


def test_an_effect_nobody_knows_waits(deferred: list[tuple[str, str, int]]) -> None:
    signed()
    with clock.held(clock.now() + timedelta(seconds=11)):
        assert passed(deferred, known=("another",)) == {"deferred": 0, "dropped": 0}
        assert passed(deferred) == {"deferred": 1, "dropped": 0}


def test_an_act_being_undone_is_waited_for(deferred: list[tuple[str, str, int]]) -> None:
    from django.db import transaction

    number = signed()
    begun, go_on = threading.Event(), threading.Event()

    def undo() -> None:
        with transaction.atomic():
            commands.undo(number, by=world.HEATING_HANDLER, seen=3)
            begun.set()
            go_on.wait(10)
        connection.close()

    undoing = threading.Thread(target=undo)
    undoing.start()
    begun.wait(10)
    threading.Timer(0.5, go_on.set).start()
    with clock.held(clock.now() + timedelta(seconds=11)):
        assert passed(deferred) == {"deferred": 0, "dropped": 1}
    undoing.join()


def test_jobs_run_in_the_workers_thread() -> None:
    from procrastinate.contrib.django import app

    rung: list[tuple[str, int]] = []

    @app.task(name=RING)
    def ring(stream: str, seq: int) -> None:
        rung.append((stream, seq))

    number = signed()
    jobs = _Jobs()
    try:
        assert jobs.names == [RING]
        with clock.held(clock.now() + timedelta(seconds=11)):
            effects.pass_on(jobs.defer, known=jobs.names)
        until = time.monotonic() + 30
        while not rung and time.monotonic() < until:
            time.sleep(0.05)
    finally:
        jobs.end()
        del app.tasks[RING]
    assert rung == [(f"appeal/{number}", 3)]
