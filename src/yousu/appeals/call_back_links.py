"""回访链接: one link for one answer, under which whoever got the message says whether it was solved.

It shows nobody's words and opens no case: it takes three answers, once, as long as this very answer stands.
"""

import base64
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from yousu.appeals.state import AppealState
from yousu.cases import numbers, queries
from yousu.cases.models import CaseNow
from yousu.org.city import city
from yousu.platform import clock, keys

# Sixty bits: at some ten tries a minute nobody guesses one in its month.
_LETTERS = 12
# The events after which a case is closed with an answer.
_ANSWER = """
SELECT seq, recorded_at FROM event
WHERE stream = %s AND kind IN ('answered', 'reviewed', 'followed') ORDER BY seq DESC LIMIT 1
"""


class LinkGone(LookupError):
    """No such link, or its time is over, or another answer came since, or everything was said already."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a link asks about: nothing that only the appellant may read."""

    number: str
    version: int
    category: str | None
    received_at: datetime
    answered_at: datetime


def path(number: str, seq: int) -> str:
    """The link's address for the answer that event number `seq` of a case brought."""
    return f"/solved/{number}/{_token(number, seq)}/"


def opened(number: str, token: str) -> Asked:
    """What is asked under a link. Raises LinkGone."""
    row = CaseNow.objects.filter(number=number).first() if numbers.is_number(number) else None
    if row is None:
        raise LinkGone(number)
    seq, at = _answer(number)
    # Compared before anything else is looked at: whoever guesses learns nothing of the case's stage.
    if not hmac.compare_digest(token.upper(), _token(number, seq)):
        raise LinkGone(number)
    state: AppealState = queries.state_of(row)
    days = timedelta(days=city().settings["call_back"]["link_days"])
    if state.stage != "closed" or state.parking is not None or clock.now() - at > days:
        raise LinkGone(number)
    return Asked(
        number=number, version=row.version, category=row.category, received_at=row.received_at, answered_at=at
    )  # fmt: skip


def _token(number: str, seq: int) -> str:
    return base64.b32encode(keys.lookup("call_back_link", f"{number}/{seq}")).decode()[:_LETTERS]


def _answer(number: str) -> tuple[int, datetime]:
    with connection.cursor() as cursor:
        cursor.execute(_ANSWER, [f"appeal/{number}"])
        found = cursor.fetchone()
    return found or (0, clock.now())
