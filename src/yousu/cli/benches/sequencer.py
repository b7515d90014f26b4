"""定序: positions a second, beside one INSERT … SELECT of as many rows in the same order."""

import time
from collections.abc import Iterator

from django.db import connection

from yousu.cli.benches import Asked, Measured
from yousu.ledger import sequencer

_PLAIN = """
INSERT INTO bench_position SELECT row_number() OVER (ORDER BY recorded_at, stream, seq), stream, seq FROM event_pending
"""


def measure(asked: Asked) -> Iterator[Measured]:
    """Numbers all events of a filled home."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_position (position bigint PRIMARY KEY, stream text, seq int)")
        cursor.execute("ALTER TABLE bench_position ADD UNIQUE (stream, seq)")
        began = time.perf_counter()
        cursor.execute(_PLAIN)
        most = cursor.rowcount / (time.perf_counter() - began)
    began = time.perf_counter()
    numbered = sequencer.drain() / (time.perf_counter() - began)
    yield Measured(name="sequencer.ceiling", value=most, unit="positions/s")
    yield Measured(
        name="sequencer", value=numbered, unit="positions/s", ratio_to="sequencer.ceiling", ratio=numbered / most
    )
