"""抽取: which calls or orders a seed draws. The same seed over the same cases gives the same sample, on any machine."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import connection

from yousu.appeals.inspections.events import Drawn
from yousu.org.city import city

# 通话: whoever recorded the call. A machine's recordings are nobody's work.
_CALLS = """
SELECT c.number, c.recorded_by AS person FROM event e JOIN case_now c ON c.number = split_part(e.stream, '/', 2)
WHERE e.kind = 'recorded' AND e.local_day BETWEEN %(first)s AND %(last)s
    AND c.kind = 'appeal' AND c.channel = ANY(%(channels)s) AND c.recorded_by LIKE 'account:%%'
"""
# 工单: whoever forwarded it first in the period.
_ORDERS = """
SELECT DISTINCT ON (e.stream) split_part(e.stream, '/', 2) AS number, e.actor AS person FROM event e
WHERE e.kind IN ('forwarded', 'designated') AND e.local_day BETWEEN %(first)s AND %(last)s
    AND e.stream LIKE 'appeal/%%' AND e.actor LIKE 'account:%%'
    AND NOT EXISTS (SELECT FROM event u WHERE u.stream = e.stream AND u.undone_seq = e.seq)
ORDER BY e.stream, e.seq
"""
_COUNT = "SELECT count(*) FROM ({eligible}) AS eligible"
_DRAW = """
SELECT number, person FROM ({eligible}) AS eligible
ORDER BY sha256(convert_to(%(seed)s || ':' || number, 'UTF8')), number LIMIT %(size)s
"""
_ELIGIBLE = {"call": _CALLS, "order": _ORDERS}


def eligible(sort: str, first: date, last: date) -> int:
    """From how many is drawn."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT.format(eligible=_ELIGIBLE[sort]), _asked(first, last))
        return int(cursor.fetchone()[0])


def draw(sort: str, first: date, last: date, *, seed: str, size: int) -> Sequence[Drawn]:
    """The cases that a seed draws, in the order of their numbers."""
    with connection.cursor() as cursor:
        cursor.execute(_DRAW.format(eligible=_ELIGIBLE[sort]), {**_asked(first, last), "seed": seed, "size": size})
        return sorted((Drawn(number=number, person=person) for number, person in cursor.fetchall()), key=_number)


def _asked(first: date, last: date) -> dict[str, Any]:
    channels = [code for code, channel in city().channels.items() if channel.kind == "call"]
    return {"channels": channels, "first": first, "last": last}


def _number(one: Drawn) -> str:
    return one.number
