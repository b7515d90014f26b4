"""效果: outbox rows whose time has come become jobs; what was undone by then never leaves the house."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Protocol

from django.db import connection, transaction

from yousu.platform import clock


class Defer(Protocol):
    """Puts a job of this name into the queue, in the transaction of whoever calls."""

    def __call__(self, effect: str, *, stream: str, seq: int) -> None: ...


# Does an effect that only writes rows, for many events at once, in the transaction in which the outbox lets them go.
AtOnce = Callable[[Sequence[tuple[str, int]]], object]

# Rows that another worker holds are left to it.
_DUE = """
SELECT id, stream, seq, effect FROM outbox
WHERE deferred_at IS NULL AND not_before <= %s AND effect = ANY(%s)
ORDER BY not_before, id LIMIT %s FOR UPDATE SKIP LOCKED
"""
# Undoing locks its stream. Whoever holds the lock now is waited for; whoever asks later comes too late to undo.
_SETTLED = "SELECT FROM stream WHERE name = ANY(%s) ORDER BY name FOR SHARE"
_UNDONE = """
SELECT o.id FROM outbox o JOIN event e ON e.stream = o.stream AND e.undone_seq = o.seq WHERE o.id = ANY(%s)
"""


def pass_on(
    defer: Defer, *, known: Collection[str], at_once: Mapping[str, AtOnce] | None = None, limit: int = 500
) -> Mapping[str, int]:
    """Defers due effects of known names and drops those of undone events, in one transaction; returns counts.

    Effects named in `at_once` become no jobs: they are done here, and so exactly once.
    A name nobody knows yet waits for a worker that does.
    """
    doing = at_once or {}
    now = clock.now()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_DUE, [now, sorted({*known, *doing}), limit])
        due = cursor.fetchall()
        if not due:
            return {"deferred": 0, "dropped": 0}
        cursor.execute(_SETTLED, [[stream for _, stream, _, _ in due]])
        cursor.execute(_UNDONE, [[row_id for row_id, *_ in due]])
        undone = {row_id for (row_id,) in cursor.fetchall()}
        passed = [row for row in due if row[0] not in undone]
        for _, stream, seq, effect in passed:
            if effect not in doing:
                defer(effect, stream=stream, seq=seq)
        for name, do in doing.items():
            if events := [(stream, seq) for _, stream, seq, effect in passed if effect == name]:
                do(events)
        cursor.execute("DELETE FROM outbox WHERE id = ANY(%s)", [list(undone)])
        cursor.execute(
            "UPDATE outbox SET deferred_at = %s WHERE id = ANY(%s)", [now, [row_id for row_id, *_ in passed]]
        )
    return {"deferred": len(passed), "dropped": len(undone)}
