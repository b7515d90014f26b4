"""通报: how soon a weekly bulletin and its PDF are there when the database holds many cases."""

import statistics
import time
from collections.abc import Callable, Iterator
from datetime import timedelta

from django.db import connection

from yousu.bulletins import queries, rendering
from yousu.cli.benches import Asked, Measured
from yousu.ledger.log import local_day_of
from yousu.platform import clock

_SCAN = "SELECT count(*), max(known_from), max(closed_at), max(due_at) FROM case_version"


def measure(asked: Asked) -> Iterator[Measured]:
    """The first time in this process, as at the command line, and the median; beside one pass over the same rows."""
    bulletin_id = f"weekly-{_last_sunday()}"
    first = _took_s(lambda: queries.show(bulletin_id))
    most = _median_s(_scan, asked.seconds / 4)
    value = _median_s(lambda: queries.show(bulletin_id), asked.seconds)
    yield Measured(name="bulletin.ceiling", value=most, unit="s")
    yield Measured(name="bulletin.first", value=first, unit="s")
    yield Measured(name="bulletin", value=value, unit="s", ratio_to="bulletin.ceiling", ratio=value / most)
    shown = queries.show(bulletin_id)
    yield Measured(name="bulletin.pdf_first", value=_took_s(lambda: rendering.as_pdf(shown)), unit="s")
    yield Measured(name="bulletin.pdf", value=_median_s(lambda: rendering.as_pdf(shown), asked.seconds / 2), unit="s")


def _last_sunday() -> str:
    today = local_day_of(clock.now())
    return str(today - timedelta(days=today.isoweekday() % 7 or 7))


def _scan() -> None:
    with connection.cursor() as cursor:
        cursor.execute(_SCAN)
        cursor.fetchone()


def _median_s(act: Callable[[], object], seconds: float) -> float:
    took: list[float] = []
    until = time.perf_counter() + seconds
    while not took or time.perf_counter() < until:
        took.append(_took_s(act))
    return statistics.median(took)


def _took_s(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began
