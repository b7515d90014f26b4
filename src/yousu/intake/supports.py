"""附议的到件: a support that arrives twice (a second press, the way back) is one; its code opens what it joined."""

from dataclasses import dataclass
from typing import Any

import msgspec
from django.db import connection

from yousu.appeals import commands
from yousu.appeals.state import AppealState
from yousu.cases import queries
from yousu.intake.arrivals import receipt_digest, receipt_secret_of
from yousu.intake.models import Arrival
from yousu.ledger import log
from yousu.org.actors import Actor
from yousu.platform import clock, keys

_INSERT = """
INSERT INTO arrival (channel, author, idempotency_key, content, supports, receipt, arrived_at)
VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING
"""


@dataclass(frozen=True, kw_only=True)
class Support:
    """附议: the case as it stands with it, and the code by which the supporter follows it."""

    case: AppealState
    secret: str


def support(number: str, *, phone: str | None, channel: str, key: str, by: Actor) -> Support:
    """附议, once for each key; come again it tells the same code. Raises what the command raises."""
    content = keys.lookup("content", msgspec.json.encode([number, phone]).decode())
    # The same form may have reported something: that has the key alone.
    own_key = f"support/{number}/{key}"
    secret = receipt_secret_of(own_key)
    values: list[Any] = [channel, by.code, own_key, content, number, receipt_digest(secret), clock.now()]
    with log.batch():
        with connection.cursor() as cursor:
            cursor.execute(_INSERT, values)
            is_new = cursor.rowcount == 1
        case = commands.support(number, phone=phone, by=by) if is_new else queries.state_of(queries.now(number))
    return Support(case=case, secret=secret)


def number_by_code(secret: str) -> str | None:
    """The case that was supported under this code."""
    found = Arrival.objects.filter(supports__isnull=False, receipt=receipt_digest(secret))
    return found.values_list("supports", flat=True).first()
