"""`yousu worker`: 后台, numbers committed events, seals them, passes their effects on; ends cleanly on SIGTERM."""

import logging
import signal
import threading
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from yousu.cli import Answer
from yousu.cli.opening import opened

_BUSY_S, _IDLE_S = 0.2, 1.0
# Idle for so many rounds, it looks less often.
_IDLE_ROUNDS = 25
_BEAT_S = 10.0
_LOOK_FOR_SEALING_S = 60.0
_TIDY_S = 600.0
_SUPERVISE_S = 300.0
_DRAW_S = 600.0
_SEAL_EVERY = timedelta(hours=1)
_AFTER_FAILURE_S = 2.0
# Tasks that procrastinate brings itself keep its own tables; they alone need no worker.
_ITS_OWN = ("builtin:", "procrastinate.")
_log = logging.getLogger("yousu.worker")


def arguments(parser: ArgumentParser) -> None:
    """None of its own."""


def run(options: Namespace) -> Answer:
    """Works until SIGTERM or SIGINT."""
    stop = threading.Event()
    for ending in (signal.SIGTERM, signal.SIGINT):
        signal.signal(ending, lambda *_: stop.set())
    opened()
    work(stop)
    return Answer(lines=())


@dataclass
class _Every:
    """Something to do, and how often."""

    seconds: float
    act: Callable[[], None]
    _next: float = field(default=0.0)

    def maybe(self) -> None:
        if time.monotonic() >= self._next:
            self.act()
            self._next = time.monotonic() + self.seconds


def work(stop: threading.Event) -> None:
    """Rounds of numbering, sealing, passing on, until told to stop. A database that is away is waited for."""
    from django.db import InterfaceError, OperationalError, connection

    from yousu.figures.showing.ahead import Counter
    from yousu.ledger import heartbeats
    from yousu.notices.postmen import Postmen
    from yousu.org.configuration import laying

    jobs, postmen, counter = _Jobs(), Postmen(), Counter()
    regular = [
        _Every(laying.LOOK_EVERY_S, laying.look),
        _Every(_BEAT_S, lambda: heartbeats.beat(heartbeats.WORKER)),
        _Every(_LOOK_FOR_SEALING_S, _seal),
        _Every(_TIDY_S, _tidy),
        # Not at once: whoever starts a copy to look at it finds it as it was.
        _Every(_SUPERVISE_S, _supervise, time.monotonic() + _SUPERVISE_S),
        _Every(_DRAW_S, _draw_call_backs),
    ]
    _log.info("the worker works")
    idle, pause_s = 0, _BUSY_S
    try:
        while not stop.wait(pause_s):
            try:
                idle = 0 if _round(regular, jobs) else idle + 1
                pause_s = _BUSY_S if idle < _IDLE_ROUNDS else _IDLE_S
            except (OperationalError, InterfaceError) as error:
                _log.error("the database does not answer", exc_info=error)
                connection.close()
                pause_s = _AFTER_FAILURE_S
    finally:
        postmen.end()
        counter.end()
        jobs.end()
        connection.close()


def _round(regular: list[_Every], jobs: "_Jobs") -> int:
    from yousu.ledger import effects, sequencer
    from yousu.notices import catalogue, telling

    numbered = sequencer.drain(waits=False)
    for thing in regular:
        thing.maybe()
    passed = effects.pass_on(jobs.defer, known=jobs.names, at_once={catalogue.EFFECT: telling.tell})["deferred"]
    return numbered + passed


def _seal() -> None:
    """Once an hour, if anything came since."""
    from yousu.ledger import seals
    from yousu.ledger.models import EventPosition, Seal
    from yousu.platform import clock

    last = Seal.objects.order_by("-number").first()
    if last is not None and clock.now() - last.sealed_at < _SEAL_EVERY:
        return
    if EventPosition.objects.filter(position__gt=last.position if last else 0).exists():
        seals.seal()


def _supervise() -> None:
    """督办规则, so many cases a round: what has waited for a day waits for the next round."""
    from yousu.appeals import supervising
    from yousu.org.actors import SYSTEM

    found = supervising.supervise(by=SYSTEM, limit=supervising.A_ROUND)
    if done := sum(found.applied.values()):
        _log.info("%s cases were supervised by rule", done)


def _draw_call_backs() -> None:
    """回访抽样 of the days that are over."""
    from yousu.appeals import call_back_draws
    from yousu.org.actors import SYSTEM

    if drawn := call_back_draws.draw_due(by=SYSTEM):
        _log.info("%s cases were chosen to be called back", drawn)


def _tidy() -> None:
    """What nobody can use any more: lapsed sessions, old counts of failed attempts, pages that are gone."""
    from yousu.org import lockout, presence, sessions

    sessions.remove_lapsed()
    lockout.forget_old()
    presence.forget_silent()


class _Jobs:
    """procrastinate's worker in a thread of its own, if any task is registered."""

    def __init__(self) -> None:
        from procrastinate.contrib.django import app

        self._app: Any = app
        self.names = [name for name in app.tasks if not name.startswith(_ITS_OWN)]
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="yousu-jobs", daemon=True)
        if self.names:
            self._thread.start()

    def defer(self, effect: str, *, stream: str, seq: int) -> None:
        """Within Django's transaction: the queue is in the same database."""
        self._app.configure_task(effect, allow_unknown=False).defer(stream=stream, seq=seq)

    def end(self) -> None:
        """Lets running jobs finish."""
        self._ended.set()
        if self._thread.is_alive():
            self._thread.join(timeout=30)

    def _run(self) -> None:
        import asyncio

        asyncio.run(self._serve())

    async def _serve(self) -> None:
        import asyncio

        own = self._app.with_connector(self._app.connector.get_worker_connector())
        async with own.open_async():
            worker = asyncio.create_task(own.run_worker_async(install_signal_handlers=False))
            while not (self._ended.is_set() or worker.done()):
                await asyncio.sleep(0.2)
            worker.cancel()
            await asyncio.gather(worker, return_exceptions=True)
