"""经过: reads the rows of streams as they were recorded."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from yousu.ledger.events import Row

_COLUMNS = "e.stream, e.seq, e.kind, e.shape, e.occurred_at, e.recorded_at, e.actor, e.data"


def rows_at(streams: Sequence[str], at: datetime, actor: str) -> Iterator[tuple[Row, int]]:
    """The rows of these streams that one author recorded as of one moment, each with its stream's last number."""
    sql = f"""SELECT {_COLUMNS}, s.head_seq FROM event e JOIN stream s ON s.name = e.stream
              WHERE e.stream = ANY(%s) AND e.occurred_at = %s AND e.actor = %s ORDER BY e.stream, e.seq"""
    with connection.cursor() as cursor:
        cursor.execute(sql, [list(streams), at, actor])
        for *row, head_seq in cursor:
            yield _recorded(tuple(row)), head_seq


def rows_of(
    stream: str, *, before: int | None = None, newest_first: bool = False, limit: int | None = None
) -> Iterator[Row]:
    """A stream's rows, oldest first; `before` stops below a sequence number, `limit` after so many."""
    sql = f"""SELECT stream, seq, kind, shape, occurred_at, recorded_at, actor, data FROM event
              WHERE stream = %s AND seq < %s ORDER BY seq {"DESC" if newest_first else "ASC"} LIMIT %s"""
    with connection.cursor() as cursor:
        cursor.execute(sql, [stream, before or 2**31 - 1, limit])
        for row in cursor:
            yield _recorded(row)


def rows_of_many(streams: Sequence[str]) -> Iterator[Row]:
    """The rows of many streams, stream by stream, oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_COLUMNS} FROM event e WHERE stream = ANY(%s) ORDER BY stream, seq", [list(streams)])
        for row in cursor:
            yield _recorded(row)


def _recorded(row: tuple[Any, ...]) -> Row:
    names = ("stream", "seq", "kind", "shape", "occurred_at", "recorded_at", "actor", "data")
    return Row(**dict(zip(names, row, strict=True)))
