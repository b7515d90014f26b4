"""审核提示: what is found in a reply, held against its case and against what the same unit replied before."""

from collections.abc import Sequence
from uuid import UUID

from django.db import connection

from yousu.cases.models import CaseNow
from yousu.cases.queries import stream_of
from yousu.ledger import texts
from yousu.platform import keys
from yousu.understanding import replies
from yousu.understanding.replies import Asked, Finding

# Who copies copies from what was written lately; older ones are found by their fingerprint if they are the same.
_LATEST = 30

_EARLIER = """
WITH latest AS (
    SELECT (c.state #>> '{texts,reply,id}')::uuid AS id FROM case_now c
    WHERE c.lead_unit = %(unit)s AND c.number <> %(number)s AND c.state #> '{texts,reply}' IS NOT NULL
    ORDER BY c.received_at DESC, c.number DESC LIMIT %(limit)s
)
SELECT t.id, t.salt, t.cipher, t.plain, NULL, false FROM text t JOIN latest USING (id)
UNION ALL
SELECT NULL, NULL, NULL, NULL, (
    SELECT e.data::jsonb ->> 'outcome' FROM event e
    WHERE e.stream = %(stream)s AND e.kind = 'handled' ORDER BY e.seq DESC LIMIT 1
), EXISTS (
    -- A case's own words, handed in once more after they were taken back or rejected, are copied from nobody.
    SELECT FROM reply_print p JOIN text t ON t.id = p.text_id
    WHERE p.fingerprint = %(fingerprint)s AND t.stream <> %(stream)s
)
"""
_KEEP = "INSERT INTO reply_print (text_id, fingerprint) VALUES (%s, %s) ON CONFLICT DO NOTHING"


def keep(text_id: UUID, reply: str) -> None:
    """Notes by what a reply is found again; the transaction must be the one that writes it."""
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, [text_id, _fingerprint(reply)])


def findings(row: CaseNow, reply: str, *, outcome: str | None = None, own: UUID | None = None) -> Sequence[Finding]:
    """What is found in a reply to a case. `outcome`: as it is being given; else as it was handled. One statement.

    `own`: the reply's own text, if it is kept already.
    """
    asked = {
        "unit": row.lead_unit,
        "number": row.number,
        "stream": stream_of(row),
        "fingerprint": _fingerprint(reply),
        "own": own,
        "limit": _LATEST,
    }
    with connection.cursor() as cursor:
        cursor.execute(_EARLIER, asked)
        found = cursor.fetchall()
    *earlier, (*_, handled_as, is_repeated) = sorted(found, key=lambda one: one[0] is None)
    return replies.findings(
        reply,
        Asked(
            matter=row.matter or "",
            place=row.place or "",
            outcome=(handled_as if outcome is None else outcome) or "",
            earlier=[texts.opened(*one[:4]) for one in earlier],
            is_repeated=is_repeated,
        ),
    )


def _fingerprint(reply: str) -> bytes:
    return keys.lookup("reply_print", replies.normalised(reply))
