"""先数好: the present's overviews, counted by the worker before anybody asks, and read by every server process.

Whoever opens one reads what was counted less than a minute ago; without a worker it is counted while it is asked for.
"""

import logging
import threading

from django.core.cache import cache
from django.db import Error, connection

from yousu.figures.showing import counting
from yousu.figures.showing.counting import FRESH, Numbers
from yousu.figures.showing.periods import PERIODS, Span, span
from yousu.platform import clock

# Twice within the time for which one is fresh, so that there always is one.
EVERY_S = FRESH.total_seconds() / 2
_AFTER_FAILURE_S = 2.0
# What is kept has this shape; another one has another number.
_SHAPE = 1
_log = logging.getLogger("yousu.worker")


def at_present(asked: Span) -> Numbers:
    """The numbers of a period as they are now, or were less than a minute ago."""
    if counting.fresh(asked) is None:
        found = cache.get(_key(asked.code))
        if isinstance(found, Numbers) and found.span == asked:
            counting.keep(found)
    return counting.at_present(asked)


def count() -> None:
    """Counts each kind of period that ends today and lays it ready for all processes."""
    for code in PERIODS:
        now = clock.now()
        numbers = counting.counted(span(code, now.astimezone(counting.zone()).date()), now)
        cache.set(_key(code), numbers, timeout=FRESH.total_seconds())


class Counter:
    """In a thread of its own, so that nothing else waits for it; begins at once, ends when told to."""

    def __init__(self) -> None:
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._work, name="yousu-counting", daemon=True)
        self._thread.start()

    def end(self) -> None:
        """Lets the count under way end."""
        self._ended.set()
        self._thread.join(timeout=5.0)

    def _work(self) -> None:
        pause_s = 0.0
        try:
            while not self._ended.wait(pause_s):
                try:
                    count()
                    pause_s = EVERY_S
                except Error as error:
                    _log.error("the database does not answer", exc_info=error)
                    connection.close()
                    pause_s = _AFTER_FAILURE_S
        finally:
            connection.close()


def _key(code: str) -> str:
    return f"overview/{_SHAPE}/{code}"
