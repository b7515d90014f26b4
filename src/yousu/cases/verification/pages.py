"""Reads the events of a part of all streams in pages, each with the stored rows and texts that belong to it."""

from collections.abc import Iterator, Sequence
from typing import Any

from psycopg import sql

from yousu.cases.projection import VERSION_COLUMNS
from yousu.cases.verification.attachments import AttachmentCheck
from yousu.cases.verification.texts import TextCheck
from yousu.ledger.events import Row
from yousu.ledger.verify import Findings, Part, Reader, Snapshot

_PAGE = 5_000

# Of other streams only events that refer to texts are needed here; their chains were recomputed in the database.
_EVENTS = """
SELECT stream, seq, kind, shape, occurred_at, recorded_at, actor, data FROM event
WHERE (stream, seq) > ({stream}, {seq}) AND {part}
    AND (split_part(stream, '/', 1) = ANY({kinds}) OR data LIKE '%"digest":"%')
ORDER BY stream, seq LIMIT {page}
"""
_VERSIONS = sql.SQL("""
SELECT {columns} FROM unnest(%s::text[], %s::int[], %s::int[]) AS k (number, first, last)
JOIN case_version v USING (number) WHERE v.seq BETWEEN k.first AND k.last
""").format(columns=sql.SQL(", ").join(map(sql.Identifier, VERSION_COLUMNS)))


class Pages:
    """The rows of a part, with the stored versions of the page that is being read."""

    def __init__(
        self, reader: Reader, snapshot: Snapshot, part: Part, *, kinds: Sequence[str], findings: Findings
    ) -> None:
        self._reader, self._snapshot, self._part, self._kinds = reader, snapshot, part, list(kinds)
        self._texts = TextCheck(reader, snapshot, findings)
        self._attachments = AttachmentCheck(reader, snapshot, findings)
        self.versions: dict[tuple[str, int], tuple[Any, ...]] = {}

    def rows(self) -> Iterator[Row]:
        """Every row, in the order of streams and numbers; texts and files of each page are checked on the way."""
        after = (self._part[0], 2**31 - 1)
        while page := self._page(after):
            self._texts.check(page)
            self._attachments.check(page)
            self._read_versions(page)
            yield from page
            after = (page[-1].stream, page[-1].seq)
        self._texts.check_unreferenced(self._part)
        self._attachments.check_unreferenced(self._part)

    def _page(self, after: tuple[str, int]) -> list[Row]:
        query = sql.SQL(_EVENTS).format(
            stream=after[0],
            seq=after[1],
            part=self._snapshot.within("stream", self._part),
            kinds=self._kinds,
            page=_PAGE,
        )
        with self._reader.cursor(binary=True) as cursor:
            return [
                Row(
                    stream=stream,
                    seq=seq,
                    kind=kind,
                    shape=shape,
                    occurred_at=occurred_at,
                    recorded_at=recorded_at,
                    actor=actor,
                    data=data,
                )
                for stream, seq, kind, shape, occurred_at, recorded_at, actor, data in cursor.execute(query).fetchall()
            ]

    def _read_versions(self, page: Sequence[Row]) -> None:
        spans: dict[str, tuple[int, int]] = {}
        for row in page:
            kind, _, number = row.stream.partition("/")
            if kind in self._kinds:
                first, last = spans.get(number, (row.seq, row.seq))
                spans[number] = (min(first, row.seq), max(last, row.seq))
        ends = [list(spans), [first for first, _ in spans.values()], [last for _, last in spans.values()]]
        with self._reader.cursor(binary=True) as cursor:
            self.versions = {(row[0], row[1]): row for row in cursor.execute(_VERSIONS, ends).fetchall()}
