"""以前的审定: how send-backs of the same kind of matter were judged, for whoever judges the next."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from uuid import UUID

from django.db import connection

from yousu.appeals import waiting
from yousu.appeals.events import SendBackJudged, SentBack
from yousu.appeals.part_events import InnerSendBackJudged
from yousu.cases import queries
from yousu.ledger import texts
from yousu.ledger.events import decode
from yousu.org.actors import Actor

MOST = 5
# 退单 of a category, the latest first; of each the send-back and its judgement, in the order of the log.
_SQL = """
WITH several AS (
    SELECT number, max(known_from) AS at FROM (
        SELECT number, known_from FROM case_version
        WHERE kind = 'appeal' AND stage = 'sent_back' AND category = %s AND number <> %s
            AND (%s::text[] IS NULL OR lead_unit = ANY(%s))
        ORDER BY known_from DESC LIMIT 100
    ) v WHERE number IN ({visible}) GROUP BY number ORDER BY max(known_from) DESC LIMIT %s
)
SELECT s.number, e.kind, e.shape, e.recorded_at, e.data FROM several s JOIN event e ON e.stream = 'appeal/' || s.number
WHERE e.kind IN ('sent_back', 'send_back_judged', 'inner_send_back_judged')
    AND NOT EXISTS (SELECT FROM event u WHERE u.stream = e.stream AND u.undone_seq = e.seq)
ORDER BY s.at DESC, e.stream, e.seq
"""


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """One: which unit had sent the case back, why, what was decided, and in which words."""

    number: str
    unit: str
    reason: str
    upheld: bool
    to: str | None
    at: datetime
    note: str


def of_same_matter(category: str | None, *, but: str, by: Actor) -> list[Judgement]:
    """The latest judgements in a category, other than of this very case, of what the actor may see.

    A platform's are those of its tree.
    """
    if category is None:
        return []
    with connection.cursor() as cursor:
        units = None if queries.sees_all(by) else sorted(by.tree)
        visible = waiting.statement(queries.visible_to(by))
        sql = _SQL.format(visible=visible.sql)
        cursor.execute(sql, [category, but, units, units, *visible.arguments(), MOST])
        rows = cursor.fetchall()
    found = list(_pairs([(number, at, decode(kind, shape, data)) for number, kind, shape, at, data in rows]))[:MOST]
    words = texts.read([note for *_, note in found if note is not None])
    return [
        Judgement(
            number=number,
            unit=asked.unit,
            reason=asked.reason,
            upheld=judged.upheld,
            to=judged.lead_unit,
            at=at,
            note=words.get(note, "") if note else "",
        )
        for number, at, asked, judged, note in found
    ]


_Pair = tuple[str, datetime, SentBack, SendBackJudged | InnerSendBackJudged, UUID | None]


def _pairs(facts: list[tuple[str, datetime, object]]) -> Iterator[_Pair]:
    for (number, _at, asked), (same, at, judged) in pairwise(facts):
        if not isinstance(asked, SentBack) or not isinstance(judged, SendBackJudged | InnerSendBackJudged):
            continue
        if number == same:
            yield number, at, asked, judged, judged.note.id if judged.note else None
