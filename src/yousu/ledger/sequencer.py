"""定序: numbers committed events. The one order in which feeds, exports, effects and seals see them."""

import time
from datetime import datetime
from typing import Any

from django.db import connection, transaction

# One sequencer at a time in a database, whichever process it runs in.
_LOCK = 0x59_6F_75_73
CHANNEL = "yousu_positions"

_NUMBER = """
WITH taken AS (
    -- By place in the heap: a join on the key is planned badly on a table that is empty most of the time.
    DELETE FROM event_pending WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM event_pending ORDER BY recorded_at, stream, seq LIMIT %s
    )) RETURNING stream, seq, recorded_at
), last AS (SELECT coalesce(max(position), 0) AS position FROM event_position)
INSERT INTO event_position (position, stream, seq)
SELECT last.position + row_number() OVER (ORDER BY recorded_at, stream, seq), stream, seq FROM taken, last
"""


class TransactionsOpen(TimeoutError):
    """A transaction that was open at the moment to freeze is still open."""


def number_committed(limit: int = 10_000, *, waits: bool = False) -> int:
    """Gives positions to committed events; returns how many. A row is visible here only once it has committed,
    so a slow transaction is numbered later, never skipped. Where another process numbers just now nothing is done,
    or with `waits` afterwards."""
    with transaction.atomic(), connection.cursor() as cursor:
        if not _locked(cursor, waits=waits):
            return 0
        cursor.execute(_NUMBER, [limit])
        numbered = int(cursor.rowcount)
        if numbered:
            # Once a batch and here alone: NOTIFY in a command's transaction would serialise all commits.
            cursor.execute(f"NOTIFY {CHANNEL}")
    return numbered


def drain(*, waits: bool = True) -> int:
    """Numbers until nothing that had committed before is left without a position. Whoever comes again soon need not
    wait for another process that numbers just now."""
    total = 0
    while numbered := number_committed(waits=waits):
        total += numbered
    return total


def settle(moment: datetime, *, patience_s: float = 30.0) -> None:
    """Waits until no transaction is open that may still commit events recorded before `moment` (which has passed).

    Raises TransactionsOpen after `patience_s`.
    """
    deadline = time.monotonic() + patience_s
    with connection.cursor() as cursor:
        # An id of our own is above all that are open; a snapshot's xmax may be the id of the youngest open one.
        cursor.execute("SELECT pg_current_xact_id()::text")
        horizon = int(cursor.fetchone()[0])
        while True:
            cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text")
            if int(cursor.fetchone()[0]) >= horizon:
                return
            if time.monotonic() > deadline:
                raise TransactionsOpen(f"transactions from before {moment.isoformat()} are still open")
            time.sleep(0.02)


def _locked(cursor: Any, *, waits: bool) -> bool:
    if waits:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        return True
    cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
    return bool(cursor.fetchone()[0])
