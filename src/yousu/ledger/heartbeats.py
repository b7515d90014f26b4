"""心跳: background processes leave word that they live; readiness asks how long ago."""

from django.db import connection

WORKER = "worker"


def beat(name: str) -> None:
    """Says that the process of this name is alive. The database's time, which no demonstration shifts."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO heartbeat (name, at) VALUES (%s, now()) ON CONFLICT (name) DO UPDATE SET at = now()", [name]
        )


def silent_s(name: str) -> float | None:
    """Seconds since the last beat; None when there never was one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT extract(epoch FROM now() - at)::float FROM heartbeat WHERE name = %s", [name])
        row = cursor.fetchone()
    return None if row is None else float(row[0])
