"""附件核验: every stored file against the digest its event holds, a piece at a time; what is missing was erased."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from psycopg import sql

from yousu.cases.verification.texts import erasures
from yousu.ledger import attachments
from yousu.ledger.events import Row
from yousu.ledger.verify import Findings, Part, Reader, Snapshot, rows
from yousu.platform import keys

# A ref as canonical JSON writes it; inside a string its quotes would be escaped.
_REF = re.compile(
    r'\{"digest":"([0-9a-f]{64})","id":"([0-9a-f-]{36})","media_type":"[a-z0-9/+.-]+","size":([0-9]{1,12})\}'
)
_FILES = """
SELECT id, stream, salt, lookup, (SELECT count(*) FROM attachment_piece p WHERE p.attachment_id = a.id)
FROM attachment a WHERE id = ANY(%s)
"""
_PIECE = "SELECT cipher FROM attachment_piece WHERE attachment_id = %s AND number = %s"
_COUNT = "SELECT count(*) FROM attachment WHERE {part}"
_UNREFERENCED = """
SELECT a.stream, a.id FROM attachment a WHERE {part} AND NOT EXISTS (
    SELECT FROM event e WHERE e.stream = a.stream AND position('"id":"' || a.id || '"' IN e.data) > 0
)
"""


@dataclass(frozen=True)
class _Ref:
    """Where an event refers to a file."""

    stream: str
    seq: int
    recorded_at: datetime
    digest: str
    size: int


class AttachmentCheck:
    """Checks files page by page and keeps count of those it saw."""

    def __init__(self, reader: Reader, snapshot: Snapshot, findings: Findings) -> None:
        self._reader, self._snapshot, self._findings = reader, snapshot, findings
        self._seen = 0

    def check(self, page: Sequence[Row]) -> None:
        """Every file that the events of a page refer to."""
        refs = {UUID(file_id): ref for row in page for file_id, ref in _refs(row)}
        if not refs:
            return
        with self._reader.cursor(binary=True) as cursor:
            stored = {row[0]: row for row in cursor.execute(_FILES, [list(refs)]).fetchall()}
        erased = erasures(self._reader, {ref.stream for ref in refs.values()})
        for file_id, ref in refs.items():
            why = self._wrong(ref, stored.get(file_id), erased.get(ref.stream))
            if why is not None:
                self._findings.breaks(ref.stream, ref.seq, f"attachment {file_id}: {why}")

    def check_unreferenced(self, part: Part) -> None:
        """Files that no event knows."""
        counted = self._reader.execute(sql.SQL(_COUNT).format(part=self._snapshot.within("stream", part))).fetchone()
        if counted == (self._seen,):
            return
        query = sql.SQL(_UNREFERENCED).format(part=self._snapshot.within("a.stream", part))
        for stream, file_id in rows(self._reader, query):
            self._findings.breaks(stream, None, f"attachment {file_id}: no event refers to it")

    def _wrong(self, ref: _Ref, stored: tuple[Any, ...] | None, erased_at: datetime | None) -> str | None:
        if stored is None:
            was_erased = erased_at is not None and erased_at >= ref.recorded_at
            return None if was_erased else "is missing, and nobody erased it"
        file_id, stream, salt, lookup, pieces = stored
        if stream != ref.stream:
            return f"lies with {stream}"
        self._seen += 1
        if erased_at is not None and erased_at > ref.recorded_at:
            return "should have been erased"
        if pieces != -(-ref.size // attachments.PIECE_BYTES):
            return "has pieces too many or too few"
        try:
            return self._wrong_content(ref, file_id, salt, lookup)
        except keys.SealBroken:
            return "cannot be opened"

    def _wrong_content(self, ref: _Ref, file_id: UUID, salt: bytes, lookup: bytes) -> str | None:
        salted, plain, size = sha256(salt), sha256(), 0
        for number in range(-(-ref.size // attachments.PIECE_BYTES)):
            with self._reader.cursor(binary=True) as cursor:
                row = cursor.execute(_PIECE, [file_id, number]).fetchone()
            if row is None:
                return "has pieces too many or too few"
            piece = keys.open_sealed(row[0], purpose=attachments.purpose(file_id, salt, number))
            salted.update(piece)
            plain.update(piece)
            size += len(piece)
        if salted.hexdigest() != ref.digest or size != ref.size:
            return "another content than its event's"
        return None if attachments.lookup(plain.hexdigest()) == lookup else "another look-up than its content's"


def _refs(row: Row) -> Iterator[tuple[str, _Ref]]:
    if '"media_type":"' in row.data:
        for digest, file_id, size in _REF.findall(row.data):
            yield file_id, _Ref(row.stream, row.seq, row.recorded_at, digest, int(size))
