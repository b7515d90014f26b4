"""文本核验: every stored text against the digest its event holds; what is missing must have been erased."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import sql

from yousu.ledger import texts
from yousu.ledger.events import Row
from yousu.ledger.verify import Findings, Part, Reader, Snapshot, rows
from yousu.platform import keys

# A ref as canonical JSON writes it. Inside a string its quotes would be escaped, so words cannot look like one.
_REF = re.compile(r'\{"digest":"([0-9a-f]{64})","id":"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"\}')

# Words in clear stay in the database unless a look-up of them is to be checked: their digest is what is compared.
_TEXTS = """
SELECT id::text, stream, kind, salt, cipher, plain IS NULL, encode(sha256(salt || convert_to(plain, 'UTF8')), 'hex'),
    lookup, CASE WHEN lookup IS NOT NULL THEN plain END
FROM text WHERE id = ANY(%s::uuid[])
"""
_ANY_ERASURE = "SELECT EXISTS (SELECT FROM event WHERE kind IN ('erased', 'contact_removed'))"
_ERASURES = """
SELECT c.number, max(e.recorded_at) FROM case_now c
JOIN event e ON e.stream = 'person/' || c.person_id AND e.kind = ANY(%s)
WHERE c.number = ANY(%s) GROUP BY c.number
"""
# What is no case and no access to one names in its first event whose it is, as requests about personal data do.
_ERASURES_BESIDE = """
SELECT f.stream, max(e.recorded_at) FROM event f
JOIN event e ON e.stream = 'person/' || (f.data::jsonb ->> 'person_id') AND e.kind = ANY(%s)
WHERE f.stream = ANY(%s) AND f.seq = 1 AND position('"person_id":"' IN f.data) > 0 GROUP BY f.stream
"""
_COUNT = "SELECT count(*) FROM text WHERE {part}"
_UNREFERENCED = """
SELECT t.stream, t.id FROM text t WHERE {part} AND NOT EXISTS (
    SELECT FROM event e WHERE e.stream = t.stream AND position('"id":"' || t.id || '"' IN e.data) > 0
)
"""


@dataclass(frozen=True)
class _Ref:
    """Where an event refers to a text."""

    stream: str
    seq: int
    recorded_at: datetime
    digest: str


class TextCheck:
    """Checks texts page by page and keeps count of those it saw."""

    def __init__(self, reader: Reader, snapshot: Snapshot, findings: Findings) -> None:
        self._reader, self._snapshot, self._findings = reader, snapshot, findings
        self._seen = 0
        self._anything_erased = bool(reader.execute(_ANY_ERASURE).fetchone() == (True,))

    def check(self, page: Sequence[Row]) -> None:
        """Every text that the events of a page refer to."""
        refs = {text_id: ref for row in page for text_id, ref in _refs(row)}
        if not refs:
            return
        with self._reader.cursor(binary=True) as cursor:
            stored = {row[0]: row for row in cursor.execute(_TEXTS, [f"{{{','.join(refs)}}}"]).fetchall()}
        streams = {ref.stream for ref in refs.values()} if self._anything_erased else set()
        erased, gone = erasures(self._reader, streams), erasures(self._reader, streams, "contact_removed")
        for text_id, ref in refs.items():
            removed = max(filter(None, (erased.get(ref.stream), gone.get(ref.stream))), default=None)
            why = self._wrong(ref, stored.get(text_id), erased.get(ref.stream), removed_at=removed)
            if why is not None:
                self._findings.breaks(ref.stream, ref.seq, f"text {text_id}: {why}")

    def check_unreferenced(self, part: Part) -> None:
        """Texts that no event knows. Counted first: looking for them reads every event of the part again."""
        counted = self._reader.execute(sql.SQL(_COUNT).format(part=self._snapshot.within("stream", part))).fetchone()
        if counted == (self._seen,):
            return
        query = sql.SQL(_UNREFERENCED).format(part=self._snapshot.within("t.stream", part))
        for stream, text_id in rows(self._reader, query):
            self._findings.breaks(stream, None, f"text {text_id}: no event refers to it")

    def _wrong(
        self, ref: _Ref, stored: tuple[Any, ...] | None, erased_at: datetime | None, *, removed_at: datetime | None
    ) -> str | None:
        if stored is None:
            was_erased = removed_at is not None and removed_at >= ref.recorded_at
            return None if was_erased else "is missing, and nobody erased it"
        if stored[1] != ref.stream:
            return f"lies with {stored[1]}"
        self._seen += 1
        if erased_at is not None and erased_at > ref.recorded_at:
            return "should have been erased"
        return _wrong_words(ref, stored)


def erasures(reader: Reader, streams: Collection[str], kind: str = "erased") -> dict[str, datetime]:
    """When the person behind each stream was erased (or the contact removed); absent for others."""
    if not streams:
        return {}
    numbers = {stream: stream.partition("/")[2] for stream in streams}
    erased: dict[str, datetime] = dict(reader.execute(_ERASURES, [[kind], list(set(numbers.values()))]).fetchall())
    of_cases = {stream: erased[number] for stream, number in numbers.items() if number in erased}
    beside = [stream for stream in streams if stream not in of_cases]
    return of_cases | dict(reader.execute(_ERASURES_BESIDE, [[kind], beside]).fetchall())


def _refs(row: Row) -> Iterator[tuple[str, _Ref]]:
    if '"digest":"' in row.data:
        for digest, text_id in _REF.findall(row.data):
            yield text_id, _Ref(row.stream, row.seq, row.recorded_at, digest)


def _wrong_words(ref: _Ref, stored: tuple[Any, ...]) -> str | None:
    text_id, _, kind, salt, cipher, is_sealed, digest, lookup, words = stored
    if (cipher is None) == is_sealed:
        return "is neither sealed nor in clear, or both"
    if cipher is not None:
        try:
            words = texts.opened(UUID(text_id), salt, cipher, None)
        except keys.SealBroken:
            return "cannot be opened"
        digest = texts.digest(words, salt)
    if digest != ref.digest:
        return "other words than its event's"
    if lookup is not None and lookup != keys.lookup(kind, words):
        return "another look-up than its words'"
    return None
