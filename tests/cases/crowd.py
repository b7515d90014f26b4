"""人群: one appeal that was really played, copied many times with numbers, texts and hashes of its own."""

import re
from collections.abc import Iterator
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid5

from django.db import connection
from psycopg import sql

from yousu.ledger import chain, log, texts
from yousu.platform import keys

_EVENT = ("stream", "seq", "kind", "shape", "occurred_at", "recorded_at", "actor", "data", "hash", "local_day")
_TEXT = ("id", "stream", "kind", "salt", "cipher", "plain")
_REF = re.compile(r'\{"digest":"[0-9a-f]{64}","id":"([0-9a-f-]{36})"\}')


def multiply(number: str, count: int) -> None:
    """Adds `count` copies of an appeal, each event with a position."""
    model = _Model(number)
    serials = range(1, count + 1)
    _copy("stream", ("name", "head_seq", "head_hash", "recorded_at"), (model.head(serial) for serial in serials))
    _copy("event", _EVENT, (row for serial in serials for row in model.events(serial)))
    _copy("text", _TEXT, (row for serial in serials for row in model.texts(serial)))
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO event_position (position, stream, seq)
               SELECT p.last + row_number() OVER (ORDER BY e.seq, e.stream), e.stream, e.seq
               FROM event e, (SELECT max(position) AS last FROM event_position) p
               WHERE NOT EXISTS (SELECT FROM event_position q WHERE (q.stream, q.seq) = (e.stream, e.seq))"""
        )
    _copy_rows("case_version", number, model, count)
    _copy_rows("case_now", number, model, count)
    _copy_rows("case_search", number, model, count)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def numbered(serial: int) -> str:
    """The number of a copy."""
    return f"98{serial:08d}"


class _Model:
    """The appeal to be copied. Refs to texts are made once for each copy, from its serial."""

    def __init__(self, number: str) -> None:
        self.number = number
        self.rows = list(log.rows_of(f"appeal/{number}"))
        self.originals = [match for row in self.rows for match in _REF.findall(row.data)]
        self._words = {str(text_id): words for text_id, words in texts.read(self.originals).items()}
        self._kinds = self._kinds_of()

    def events(self, serial: int) -> Iterator[tuple[Any, ...]]:
        previous = chain.first_previous(log.installation(), f"appeal/{numbered(serial)}")
        for row in self.rows:
            data = self.renamed(row.data, serial)
            previous = self._hash(previous, row, f"appeal/{numbered(serial)}", data)
            day = log.local_day_of(row.occurred_at)
            yield (
                *(f"appeal/{numbered(serial)}", row.seq, row.kind, row.shape, row.occurred_at, row.recorded_at),
                *(row.actor, data, previous, day),
            )

    def head(self, serial: int) -> tuple[Any, ...]:
        *_, last = self.events(serial)
        return last[0], last[1], last[8], last[5]

    def texts(self, serial: int) -> Iterator[tuple[Any, ...]]:
        for text_id in self.originals:
            copied, salt, _ = self._salted(text_id, serial)
            kind, is_clear = self._kinds[text_id]
            words = self._words[text_id]
            cipher = None if is_clear else keys.seal(words.encode(), purpose=copied.bytes + salt)
            yield copied, f"appeal/{numbered(serial)}", kind, salt, cipher, words if is_clear else None

    def renamed(self, data: str, serial: int) -> str:
        def replaced(match: re.Match[str]) -> str:
            copied, _, digest = self._salted(match[1], serial)
            return f'{{"digest":"{digest}","id":"{copied}"}}'

        return _REF.sub(replaced, data).replace(self.number, numbered(serial))

    def _salted(self, text_id: str, serial: int) -> tuple[UUID, bytes, str]:
        """Id, salt and digest of a copy's text: the same whenever they are asked for, so that none need be kept."""
        copied = uuid5(UUID(text_id), str(serial))
        salt = sha256(copied.bytes).digest()[:16]
        return copied, salt, texts.digest(self._words[text_id], salt)

    def _kinds_of(self) -> dict[str, tuple[str, bool]]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT id::text, kind, cipher IS NULL FROM text WHERE id = ANY(%s)", [self.originals])
            return {text_id: (kind, is_clear) for text_id, kind, is_clear in cursor.fetchall()}

    @staticmethod
    def _hash(previous: bytes, row: Any, stream: str, data: str) -> bytes:
        return chain.event_hash(
            previous,
            stream=stream,
            seq=row.seq,
            kind=row.kind,
            shape=row.shape,
            occurred_at=row.occurred_at,
            recorded_at=row.recorded_at,
            actor=row.actor,
            data=data,
        )


def _copy(table: str, columns: tuple[str, ...], rows: Iterator[tuple[Any, ...]]) -> None:
    query = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with connection.cursor() as cursor, cursor.copy(query) as copying:
        for row in rows:
            copying.write_row(row)


def _copy_rows(table: str, number: str, model: _Model, count: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} WHERE number = %s", [number])
        columns = tuple(column.name for column in cursor.description)
        cursor.execute(f"SELECT {', '.join(map(_as_text, columns))} FROM {table} WHERE number = %s", [number])
        stored = cursor.fetchall()
    _copy(table, columns, (_copied(row, columns, model, serial) for serial in range(1, count + 1) for row in stored))


def _as_text(column: str) -> str:
    return "state::text" if column == "state" else column


def _copied(row: tuple[Any, ...], columns: tuple[str, ...], model: _Model, serial: int) -> tuple[Any, ...]:
    values = dict(zip(columns, row, strict=True)) | {"number": numbered(serial)}
    if "state" in values:
        # jsonb writes a space after each colon and comma.
        compact = re.sub(
            r'\{"id": "([0-9a-f-]{36})", "digest": "([0-9a-f]{64})"\}', r'{"digest":"\2","id":"\1"}', row[2]
        )
        values["state"] = model.renamed(compact, serial)
    return tuple(values[column] for column in columns)
