"""日志: the only writer of events. Lock, check the version seen, decide, append, project: one transaction."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache, partial
from typing import Any, Protocol
from zoneinfo import ZoneInfo

import msgspec
from django.db import connection, transaction

from yousu.ledger import chain, outbox, projections
from yousu.ledger.events import Row, Undone, encode
from yousu.ledger.history import rows_at as rows_at
from yousu.ledger.history import rows_of as rows_of
from yousu.ledger.history import rows_of_many
from yousu.ledger.models import Installation
from yousu.ledger.texts import NewText
from yousu.platform import clock, environment


class Author(Protocol):
    """Whoever acts; the code goes into the event."""

    @property
    def code(self) -> str: ...


class StreamMissing(LookupError):
    """There is no such stream."""


class StreamMoved(RuntimeError):
    """The stream has events newer than the version the author saw."""

    def __init__(self, stream: str, *, seen: int, version: int) -> None:
        super().__init__(f"{stream} is at version {version}, version {seen} was seen")
        self.stream, self.seen, self.version = stream, seen, version


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One decision to record. `decide` maps the state (None for a new stream) to a fact, or refuses by raising."""

    stream: str
    decide: Callable[[Any], Any]
    by: Author
    at: datetime
    seen: int | None = None
    texts: Sequence[NewText] = ()
    new: bool = False


@dataclass
class _Head:
    """Where a stream stands while a batch is being decided."""

    seq: int
    hash: bytes
    recorded_at: datetime | None
    state: Any


class Batch:
    """Decisions of one transaction: streams locked once, states carried in memory, everything written at the end."""

    def __init__(self) -> None:
        self._heads: dict[str, _Head] = {}
        self._rows: list[tuple[Row, bytes]] = []
        self._changes: list[projections.Change] = []
        self._recalled: dict[str, list[Row]] = {}

    def load(self, streams: Iterable[str]) -> None:
        """Locks streams in the order of their names and reads their states, those not yet loaded."""
        missing = sorted(set(streams) - self._heads.keys())
        self._heads |= _lock(missing)

    def state(self, stream: str) -> Any:
        """The state of a loaded stream, with what was decided in this batch. Raises StreamMissing."""
        if stream not in self._heads:
            raise StreamMissing(stream)
        return self._heads[stream].state

    def recall(self, streams: Sequence[str]) -> None:
        """Reads the events of streams that are about to lose their last one, in one statement."""
        self.write()
        for stream in streams:
            self._recalled[stream] = []
        for row in rows_of_many(streams):
            self._recalled[row.stream].append(row)

    def decide(self, entry: Entry) -> Any:
        """The new state; nothing is written yet. Raises StreamMissing, StreamMoved, refusals."""
        if entry.new:
            self._heads[entry.stream] = _Head(0, chain.first_previous(installation(), entry.stream), None, None)
        head = self._heads.get(entry.stream)
        if head is None:
            raise StreamMissing(entry.stream)
        if entry.seen is not None and entry.seen != head.seq:
            raise StreamMoved(entry.stream, seen=entry.seen, version=head.seq)
        fact = entry.decide(head.state)
        row = _row(entry, fact, head)
        projection = projections.responsible(entry.stream)
        before = self._before_last(projection, row, head) if isinstance(fact, Undone) else head.state
        state = projection.evolve(before, fact, row)
        self._heads[entry.stream] = _Head(row.seq, _hash(head.hash, row), row.recorded_at, state)
        self._rows.append((row, self._heads[entry.stream].hash))
        self._changes.append(projections.Change(row=row, fact=fact, state=state, texts=entry.texts))
        return state

    def write(self) -> None:
        """Appends and projects what was decided."""
        if self._rows:
            _append(self._rows, self._changes, self._heads)
        for kind, changes in _by_kind(self._changes):
            projections.responsible(kind).save(changes)
        self._rows, self._changes = [], []

    def _before_last(self, projection: projections.Projection, row: Row, head: _Head) -> Any:
        known = self._recalled.pop(row.stream, None)
        if known is not None:
            return projections.fold(projection, (each for each in known if each.seq < head.seq))
        self.write()
        return projections.fold(projection, rows_of(row.stream, before=head.seq))


_active: ContextVar[Batch | None] = ContextVar("batch", default=None)


@contextmanager
def batch() -> Iterator[Batch]:
    """Many commands in one transaction: each decides as ever, all are written together at the end.

    All or nothing. Commands that read rows (not states) do not see what the batch has not written yet.
    Inside another batch it is part of that one.
    """
    outer = _active.get()
    if outer is not None:
        yield outer
        return
    with transaction.atomic():
        own = Batch()
        token = _active.set(own)
        try:
            yield own
        finally:
            _active.reset(token)
        own.write()


def record(
    stream: str,
    decide: Callable[[Any], Any],
    *,
    by: Author,
    at: datetime,
    seen: int | None = None,
    texts: Sequence[NewText] = (),
) -> Any:
    """Records one fact on one existing stream; returns the new state. Raises StreamMissing, StreamMoved, refusals."""
    return record_many([Entry(stream=stream, decide=decide, by=by, at=at, seen=seen, texts=texts)])[0]


def begin(stream: str, fact: Any, *, by: Author, at: datetime, texts: Sequence[NewText] = ()) -> Any:
    """Records the first fact of a new stream. IntegrityError when the stream exists."""
    return record_many([Entry(stream=stream, decide=lambda _: fact, by=by, at=at, texts=texts, new=True)])[0]


def append(stream: str, fact: Any, *, by: Author, at: datetime, texts: Sequence[NewText] = ()) -> None:
    """Records a fact on a stream that may or may not exist yet (accesses, configuration)."""
    with batch(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO stream (name, head_seq, head_hash, recorded_at) VALUES (%s, 0, %s, %s) ON CONFLICT DO NOTHING",
            [stream, chain.first_previous(installation(), stream), clock.now()],
        )
        record(stream, lambda _: fact, by=by, at=at, texts=texts)


def record_many(entries: Sequence[Entry]) -> list[Any]:
    """Records several facts in one transaction, streams locked in the order of their names.

    All or nothing: one refusal refuses all. The same stream may come several times.
    A recording whose figures matter must have written before (its arrival), so that whoever freezes a moment
    sees the transaction open before the moment is taken from the clock.
    """
    with batch() as own:
        own.load(entry.stream for entry in entries if not entry.new)
        return [own.decide(entry) for entry in entries]


def undo(
    stream: str,
    check: Callable[[Row, datetime], None],
    *,
    by: Author,
    seen: int,
    note: NewText | None = None,
    along: Mapping[str, int] | None = None,
) -> Any:
    """撤销: takes back the stream's last fact after `check(last row, now)` agreed; returns the state before it.

    `along`: what the same act left on other streams, the last fact of each by its number; it goes, too.
    """
    others = dict(along or {})
    with batch() as own:
        own.write()
        last = next(rows_of(stream, newest_first=True), None)
        if last is None:
            raise StreamMissing(stream)
        if last.seq != seen:
            # Read before the lock: whatever is recorded meanwhile must not be taken for the last fact.
            raise StreamMoved(stream, seen=seen, version=last.seq)

        def decide(_: Any) -> Undone:
            check(last, clock.now())
            return Undone(undone_seq=last.seq, note=note.ref if note else None)

        own.load([stream, *others])
        if others:
            own.recall([stream, *others])
        at = clock.now()
        entries = [Entry(stream=stream, decide=decide, by=by, at=at, seen=seen, texts=[note] if note else [])]
        entries += [
            Entry(stream=other, decide=partial(_undone, seq), by=by, at=at, seen=seq) for other, seq in others.items()
        ]
        return record_many(entries)[0]


def hold(streams: Sequence[str]) -> None:
    """Locks streams for the rest of the transaction, in the order of their names, without reading their states."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT FROM stream WHERE name = ANY(%s) ORDER BY name FOR UPDATE", [list(streams)])


@cache
def installation() -> str:
    """The id of this installation, 36 characters."""
    return str(Installation.objects.values_list("id", flat=True).get())


@lru_cache(maxsize=4096)
def local_day_of(at: datetime) -> date:
    """The local day of a moment."""
    return at.astimezone(_zone()).date()


@cache
def _zone() -> ZoneInfo:
    return ZoneInfo(environment.text("YOUSU_TIME_ZONE"))


def _undone(seq: int, _: Any) -> Undone:
    return Undone(undone_seq=seq)


def _lock(streams: list[str]) -> dict[str, _Head]:
    if not streams:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, head_seq, head_hash, recorded_at FROM stream WHERE name = ANY(%s) ORDER BY name FOR UPDATE",
            [streams],
        )
        heads = {name: _Head(seq, bytes(head), at, None) for name, seq, head, at in cursor.fetchall()}
    for kind in {name.partition("/")[0] for name in heads}:
        names = [name for name in heads if name.partition("/")[0] == kind]
        for name, state in projections.responsible(kind).states(names).items():
            heads[name].state = state
    return heads


def _row(entry: Entry, fact: Any, head: _Head) -> Row:
    now = clock.now()
    return Row(
        stream=entry.stream,
        seq=head.seq + 1,
        kind=fact.kind,
        shape=fact.shape,
        occurred_at=entry.at,
        recorded_at=max(now, head.recorded_at or now),
        actor=entry.by.code,
        data=encode(fact),
    )


def _hash(previous: bytes, row: Row) -> bytes:
    return chain.event_hash(
        previous,
        stream=row.stream,
        seq=row.seq,
        kind=row.kind,
        shape=row.shape,
        occurred_at=row.occurred_at,
        recorded_at=row.recorded_at,
        actor=row.actor,
        data=row.data,
    )


# The batch travels as one JSON parameter: one statement to plan and prepare, whatever the number of rows.
_APPEND = """
WITH batch AS (SELECT %s::json AS b), heads AS (
    INSERT INTO stream (name, head_seq, head_hash, recorded_at)
    SELECT t.* FROM batch, json_to_recordset(b->'heads')
        AS t (name text, head_seq int, head_hash bytea, recorded_at timestamptz)
    ON CONFLICT (name) DO UPDATE
    SET head_seq = excluded.head_seq, head_hash = excluded.head_hash, recorded_at = excluded.recorded_at
), pending AS (
    INSERT INTO event_pending (stream, seq, recorded_at)
    SELECT t.* FROM batch, json_to_recordset(b->'events') AS t (stream text, seq int, recorded_at timestamptz)
), texts AS (
    INSERT INTO text (id, stream, kind, salt, cipher, plain, lookup, person_id)
    SELECT t.* FROM batch, json_to_recordset(b->'texts')
        AS t (id uuid, stream text, kind text, salt bytea, cipher bytea, plain text, lookup bytea, person_id uuid)
), effects AS (
    INSERT INTO outbox (stream, seq, effect, not_before)
    SELECT t.* FROM batch, json_to_recordset(b->'effects')
        AS t (stream text, seq int, effect text, not_before timestamptz)
)
INSERT INTO event (stream, seq, kind, shape, occurred_at, recorded_at, actor, data, hash, local_day, undone_seq)
SELECT t.* FROM batch, json_to_recordset(b->'events')
    AS t (stream text, seq int, kind text, shape int, occurred_at timestamptz, recorded_at timestamptz, actor text,
          data text, hash bytea, local_day date, undone_seq int)
"""


def _append(
    rows: Sequence[tuple[Row, bytes]], changes: Sequence[projections.Change], heads: Mapping[str, _Head]
) -> None:
    moved = {row.stream: heads[row.stream] for row, _ in rows}
    written = {
        "heads": [
            {"name": name, "head_seq": head.seq, "head_hash": bytea(head.hash), "recorded_at": head.recorded_at}
            for name, head in moved.items()
        ],
        "events": [
            _event_row(row, row_hash, change.fact) for (row, row_hash), change in zip(rows, changes, strict=True)
        ],
        "texts": [_text_row(text, change.row.stream) for change in changes for text in change.texts],
        "effects": [
            {"stream": row.stream, "seq": row.seq, "effect": effect.name, "not_before": row.recorded_at + effect.delay}
            for row, _ in rows
            for effect in outbox.effects_of(row.kind)
        ],
    }
    with connection.cursor() as cursor:
        cursor.execute(_APPEND, [msgspec.json.encode(written).decode()])


def _event_row(row: Row, row_hash: bytes, fact: Any) -> dict[str, Any]:
    return {
        "stream": row.stream,
        "seq": row.seq,
        "kind": row.kind,
        "shape": row.shape,
        "occurred_at": row.occurred_at,
        "recorded_at": row.recorded_at,
        "actor": row.actor,
        "data": row.data,
        "hash": bytea(row_hash),
        "local_day": local_day_of(row.occurred_at),
        "undone_seq": fact.undone_seq if isinstance(fact, Undone) else None,
    }


def _text_row(text: NewText, stream: str) -> dict[str, Any]:
    return {
        "id": text.ref.id,
        "stream": stream,
        "kind": text.kind,
        "salt": bytea(text.salt),
        "cipher": bytea(text.cipher),
        "plain": text.plain,
        "lookup": bytea(text.lookup),
        "person_id": text.person_id,
    }


def bytea(value: bytes | None) -> str | None:
    """Bytes as PostgreSQL reads them from text."""
    return None if value is None else "\\x" + value.hex()


def _by_kind(changes: list[projections.Change]) -> list[tuple[str, list[projections.Change]]]:
    grouped: dict[str, list[projections.Change]] = {}
    for change in changes:
        grouped.setdefault(change.row.stream.partition("/")[0], []).append(change)
    return list(grouped.items())
