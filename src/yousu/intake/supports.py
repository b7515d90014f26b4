"""附议的到件: a support that arrives twice (a second press, the way back) is one."""

import msgspec
from django.db import connection

from yousu.appeals import commands
from yousu.appeals.state import AppealState
from yousu.ledger import log
from yousu.org.actors import Actor
from yousu.platform import clock, keys

_INSERT = """
INSERT INTO arrival (channel, author, idempotency_key, content, arrived_at) VALUES (%s, %s, %s, %s, %s)
ON CONFLICT DO NOTHING
"""


def support(number: str, *, phone: str | None, channel: str, key: str, by: Actor) -> AppealState | None:
    """附议, once for each key; None when it came before. Raises what the command raises."""
    content = keys.lookup("content", msgspec.json.encode([number, phone]).decode())
    with log.batch():
        with connection.cursor() as cursor:
            cursor.execute(_INSERT, [channel, by.code, f"support/{number}/{key}", content, clock.now()])
            # The same form may have reported something: that has the key alone.
            if cursor.rowcount == 0:
                return None
        return commands.support(number, phone=phone, by=by)
