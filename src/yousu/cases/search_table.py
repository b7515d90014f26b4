"""检索表: a row beside each case, with its words and keys; written when words or codes change, not with every step."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from yousu.cases import search_keys

COLUMNS: Mapping[str, str] = {
    "number": "text",
    "kind": "text",
    "received_at": "timestamptz",
    "words": "text",
    "keys": "bigint[]",
}
# What decides how a case is found: columns of its row in `case_now`.
FACTS = ("number", "kind", "received_at", "title", "matter", "place", *search_keys.CODES)
_CASES = f"SELECT {', '.join(FACTS)} FROM case_now WHERE number = ANY(%s)"
_WRITE = """
INSERT INTO case_search (number, kind, received_at, words, keys)
SELECT t.number, t.kind, t.received_at, t.words, t.keys::bigint[]
FROM unnest(%s::text[], %s::text[], %s::timestamptz[], %s::text[], %s::text[])
    AS t (number, kind, received_at, words, keys)
ON CONFLICT (number) DO UPDATE SET kind = excluded.kind, received_at = excluded.received_at, words = excluded.words,
    keys = excluded.keys
"""


def row(facts: Mapping[str, Any]) -> tuple[str, str, datetime, str, list[int]]:
    """What a case is found by, in the order of COLUMNS; `facts` are columns of its row in `case_now`."""
    words, received_at = search_keys.words(facts), facts["received_at"]
    codes = [(name, facts[name]) for name in search_keys.CODES]
    keys = search_keys.keys(words, codes, week=search_keys.week(received_at))
    return facts["number"], facts["kind"], received_at, words, keys


def write_again(numbers: Sequence[str]) -> None:
    """Brings the rows of these cases to what their rows in `case_now` say."""
    with connection.cursor() as cursor:
        cursor.execute(_CASES, [list(numbers)])
        rows = [row(dict(zip(FACTS, facts, strict=True))) for facts in cursor.fetchall()]
        if rows:
            *columns, keys = map(list, zip(*rows, strict=True))
            cursor.execute(_WRITE, [*columns, [search_keys.written(each) for each in keys]])


def forget(person_id: UUID) -> None:
    """Takes the words of a person's cases out; their codes stay."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM case_now WHERE person_id = %s", [person_id])
        write_again([number for (number,) in cursor.fetchall()])
