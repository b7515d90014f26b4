"""上限: a WSGI application that inserts one row through Django's pool: the least a durable answer can cost here."""

from collections.abc import Callable, Iterable
from typing import Any

import django
from django.db import connection

TABLE = "CREATE TABLE bench_row (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, body text NOT NULL)"
GRANT = "GRANT INSERT ON bench_row TO yousu_web"
_INSERT = "INSERT INTO bench_row (body) VALUES (%s)"
_HEAD = [("Content-Type", "text/plain"), ("Content-Length", "3")]

django.setup()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """201 once the row is on the disk."""
    length = int(environ.get("CONTENT_LENGTH") or 0)
    body = environ["wsgi.input"].read(length).decode()
    insert(body)
    # Back into the pool, as at the end of every request.
    connection.close()
    start_response("201 Created", _HEAD)
    return [b"ok\n"]


def insert(words: str) -> None:
    """One row."""
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [words])


def make_table() -> None:
    """The table, by the database's owner."""
    with connection.cursor() as cursor:
        cursor.execute(TABLE)
        cursor.execute(GRANT)
