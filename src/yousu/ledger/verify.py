"""核验: recomputes chains, heads, positions, seals, persons. PostgreSQL computes, in one snapshot; memory stays low."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, LiteralString
from uuid import UUID

import psycopg
from django.db import DatabaseError, connection
from psycopg import sql

from yousu.ledger import chain, log
from yousu.platform import environment, keys

# Where everything is broken the report need not hold everything.
MOST_FINDINGS = 50_000
# What differs by collation is left to the database: ranges are cut and compared by its own order.
Part = tuple[str, str | None]
WHOLE: Part = ("", None)
Reader = psycopg.Connection[tuple[Any, ...]]
_PAGE = 5_000


@dataclass(frozen=True, kw_only=True)
class Broken:
    """Something that cannot have been written by the log. `seq` is None where no single event is meant."""

    stream: str
    seq: int | None
    why: str


@dataclass(frozen=True, kw_only=True)
class Difference:
    """A column that says something else than its events; `*`: the whole row is missing or superfluous."""

    stream: str
    seq: int | None
    table: str
    column: str
    stored: Any
    rebuilt: Any


@dataclass
class Findings:
    """Everything found, up to a limit; what lies beyond it is counted."""

    broken: list[Broken] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)
    left_out: int = 0

    def breaks(self, stream: str, seq: int | None, why: str) -> None:
        """Notes that a stream (or one event of it) is broken."""
        self._add(self.broken, Broken(stream=stream, seq=seq, why=why))

    def differs(self, difference: Difference) -> None:
        """Notes a column that differs."""
        self._add(self.differences, difference)

    def merge(self, other: "Findings") -> None:
        """Takes over what another part found."""
        for broken in other.broken:
            self._add(self.broken, broken)
        for difference in other.differences:
            self.differs(difference)
        self.left_out += other.left_out

    def _add(self, found: list[Any], one: Any) -> None:
        if len(found) < MOST_FINDINGS:
            found.append(one)
        else:
            self.left_out += 1


_NEWER = "{} IN (SELECT stream FROM event_position WHERE position > {} UNION SELECT stream FROM event_pending)"


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """One state of the database that several connections, also of other processes, read together.

    With `since` (a position) only streams are looked at that have events after it.
    """

    address: Mapping[str, Any]
    name: str
    installation: str
    zone: str
    since: int | None = None

    def within(self, column: LiteralString, part: Part) -> sql.Composed:
        """The condition that picks a part's streams."""
        name = sql.SQL(column)
        conditions = [sql.SQL("{} > {}").format(name, part[0])]
        if part[1] is not None:
            conditions.append(sql.SQL("{} <= {}").format(name, part[1]))
        if self.since is not None:
            conditions.append(sql.SQL(_NEWER).format(name, self.since))
        return sql.SQL(" AND ").join(conditions)


@contextmanager
def taken(since: int | None) -> Iterator[Snapshot]:
    """Holds a snapshot open for others to read."""
    address = _address()
    with _connected(address) as holder:
        row = holder.execute("SELECT pg_export_snapshot()").fetchone()
        assert row is not None
        yield Snapshot(
            address=address,
            name=row[0],
            installation=log.installation(),
            zone=environment.text("YOUSU_TIME_ZONE"),
            since=since,
        )


@contextmanager
def reading(snapshot: Snapshot) -> Iterator[Reader]:
    """A connection that sees exactly the snapshot."""
    with _connected(snapshot.address) as reader:
        reader.execute(sql.SQL("SET TRANSACTION SNAPSHOT {}").format(snapshot.name))
        reader.execute("SET LOCAL work_mem = '64MB'")
        # Cursors are read to their end here, so the planner must not prefer plans that start fast.
        reader.execute("SET LOCAL cursor_tuple_fraction = 1.0")
        yield reader


@contextmanager
def reporting_unreadable(findings: Findings, snapshot: Snapshot) -> Iterator[None]:
    """Turns a relation that cannot be read (a damaged page) into a finding."""
    try:
        yield
    except (psycopg.Error, DatabaseError) as error:
        said = " ".join(str(error).split())
        findings.breaks(f"relation/{_relation(said, snapshot)}", None, f"cannot be read: {said}")


_EVENTS = """
WITH e AS (
    SELECT stream, seq, recorded_at, hash,
           coalesce(lag(seq) OVER w, 0) + 1 AS expected_seq,
           lag(recorded_at) OVER w AS earlier,
           local_day IS DISTINCT FROM (occurred_at AT TIME ZONE {zone})::date AS wrong_day,
           undone_seq IS DISTINCT FROM CASE WHEN kind = 'undone'
               THEN substring(data FROM '"undone_seq":([0-9]+)')::numeric END
               OR undone_seq IS DISTINCT FROM CASE WHEN kind = 'undone' THEN seq - 1 END AS wrong_undone,
           sha256(coalesce(lag(hash) OVER w, sha256(convert_to({installation} || stream, 'UTF8'))) || convert_to(
               '{{"actor":' || to_json(actor) || ',"data":' || data || ',"kind":"' || kind
               || '","occurred_at":"' || to_char(occurred_at AT TIME ZONE 'UTC', {moment})
               || '","recorded_at":"' || to_char(recorded_at AT TIME ZONE 'UTC', {moment})
               || '","seq":' || seq || ',"shape":' || shape || ',"stream":' || to_json(stream) || '}}', 'UTF8'
           )) AS recomputed
    FROM event WHERE {part} WINDOW w AS (PARTITION BY stream ORDER BY seq)
)
SELECT stream, seq, expected_seq, hash IS DISTINCT FROM recomputed, recorded_at < earlier, wrong_day, wrong_undone
FROM e WHERE hash IS DISTINCT FROM recomputed OR seq <> expected_seq OR recorded_at < earlier
    OR wrong_day OR wrong_undone
"""
_MOMENT = 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'

_HEADS = """
SELECT s.name, l.seq, s.head_seq IS DISTINCT FROM l.seq, s.head_hash IS DISTINCT FROM l.hash
FROM stream s LEFT JOIN LATERAL (
    SELECT seq, hash, recorded_at FROM event e WHERE e.stream = s.name ORDER BY seq DESC LIMIT 1
) l ON true
WHERE {part} AND (s.head_seq, s.head_hash, s.recorded_at) IS DISTINCT FROM (l.seq, l.hash, l.recorded_at)
"""

_HEADLESS = """
SELECT DISTINCT e.stream FROM event e LEFT JOIN stream s ON s.name = e.stream WHERE s.name IS NULL AND {part}
"""


def check_chains(reader: Reader, snapshot: Snapshot, part: Part, findings: Findings) -> None:
    """Every event's hash, number, order in time, local day; every stream's head."""
    query = sql.SQL(_EVENTS).format(
        zone=snapshot.zone,
        installation=snapshot.installation,
        moment=_MOMENT,
        part=snapshot.within("stream", part),
    )
    for stream, seq, expected, *wrong in rows(reader, query):
        if seq != expected:
            missing = f"event {expected} is missing" if seq == expected + 1 else f"events from {expected} are missing"
            findings.breaks(stream, expected, missing)
        whys = ("its hash does not follow", "recorded before the event before it", "local_day", "undone_seq")
        for is_wrong, why in zip(wrong, whys, strict=True):
            if is_wrong:
                findings.breaks(stream, seq, why)
    _check_heads(reader, snapshot, part, findings)


def _check_heads(reader: Reader, snapshot: Snapshot, part: Part, findings: Findings) -> None:
    heads = sql.SQL(_HEADS).format(part=snapshot.within("s.name", part))
    for stream, seq, wrong_seq, wrong_hash in rows(reader, heads):
        what = "number" if wrong_seq else "hash" if wrong_hash else "moment"
        findings.breaks(stream, seq, f"the stream's head has another {what} than its last event")
    for (stream,) in rows(reader, sql.SQL(_HEADLESS).format(part=snapshot.within("e.stream", part))):
        findings.breaks(stream, None, "events without a stream")


# What each query finds, and what it means. {since}: the position to start after.
_POSITIONS: tuple[tuple[LiteralString, str], ...] = (
    (
        """SELECT stream, seq FROM event e LEFT JOIN event_position p USING (stream, seq)
           LEFT JOIN event_pending d USING (stream, seq) WHERE p.position IS NULL AND d.recorded_at IS NULL""",
        "has no position and waits for none",
    ),
    (
        "SELECT stream, seq FROM event_position JOIN event_pending USING (stream, seq)",
        "has a position and waits for one",
    ),
    (
        """SELECT p.stream, p.seq FROM event_position p LEFT JOIN event e USING (stream, seq)
           WHERE e.hash IS NULL AND p.position > {since}""",
        "has a position but does not exist",
    ),
    (
        """SELECT d.stream, d.seq FROM event_pending d LEFT JOIN event e USING (stream, seq)
           WHERE e.recorded_at IS DISTINCT FROM d.recorded_at""",
        "waits for a position with another moment",
    ),
    (
        """SELECT stream, seq FROM (
               SELECT stream, seq, position, lag(position) OVER (ORDER BY position) AS before
               FROM event_position WHERE position >= {since}
           ) p WHERE position > {since} AND position <> coalesce(before, 0) + 1""",
        "its position does not follow on the one before",
    ),
    (
        """SELECT stream, seq FROM (
               SELECT stream, seq, position, lag(position) OVER (PARTITION BY stream ORDER BY seq) AS before
               FROM event_position
           ) p WHERE before > position AND position > {since}""",
        "has a position before that of its predecessor",
    ),
)


def check_positions(reader: Reader, snapshot: Snapshot, findings: Findings) -> None:
    """Positions are unique (an index), without gaps, in the order of each stream; every event has one or waits."""
    for query, why in _POSITIONS:
        for stream, seq in rows(reader, sql.SQL(query).format(since=snapshot.since or 0)):
            findings.breaks(stream, seq, why)


_SEALS = "SELECT number, position, merkle, root FROM seal ORDER BY number"
_LEAVES = """
SELECT e.hash FROM event_position p JOIN event e USING (stream, seq)
WHERE p.position > {since} AND p.position <= {until} ORDER BY p.position
"""


def check_seals(reader: Reader, snapshot: Snapshot, findings: Findings) -> str | None:
    """Every seal's Merkle tree and root; the last root, recomputed, or None where nothing was sealed."""
    at, number = 0, 0
    previous = recomputed = chain.first_root(snapshot.installation)
    for this, position, merkle, root in reader.execute(_SEALS).fetchall():
        stream = f"seal/{this}"
        if this != number + 1:
            findings.breaks(stream, None, f"seal {number + 1} is missing")
        if position < at:
            findings.breaks(stream, None, "seals fewer events than the one before")
        if snapshot.since is None or position > snapshot.since:
            tree = _merkle(reader, at, position)
            if tree != merkle:
                findings.breaks(stream, None, "its Merkle root is not that of its events")
        # Either: a root that was changed is named once, and not again by the one that followed on it.
        if root not in (chain.next_root(previous, merkle), chain.next_root(recomputed, merkle)):
            findings.breaks(stream, None, "its root does not follow on the one before")
        recomputed = chain.next_root(recomputed, merkle)
        at, number, previous = position, this, root
    return recomputed.hex() if number else None


def _merkle(reader: Reader, since: int, until: int) -> bytes:
    leaves = rows(reader, sql.SQL(_LEAVES).format(since=since, until=until))
    return chain.merkle_root(leaf for (leaf,) in leaves)


_PERSONS = """
SELECT p.id, p.wrapped_key, p.phone, p.phone_lookup, p.last4_lookup,
    coalesce(p.erased_at, p.contact_removed_at) IS NOT NULL, e.seq
FROM person p LEFT JOIN LATERAL (
    SELECT max(seq) AS seq FROM event WHERE stream = 'person/' || p.id AND kind IN ('erased', 'contact_removed')
) e ON true
"""
_PERSONS_GONE = """
SELECT stream, seq FROM event e LEFT JOIN person p ON e.stream = 'person/' || p.id
WHERE e.kind IN ('erased', 'contact_removed') AND p.id IS NULL
"""


def check_persons(reader: Reader, findings: Findings) -> None:
    """Every phone opens and is found by what is stored beside it; erased is who an event says was erased."""
    for person_id, *held, is_marked, erasure in rows(reader, sql.SQL(_PERSONS).format()):
        why = _wrong_person(person_id, held, is_marked=is_marked, is_erased=erasure is not None)
        if why is not None:
            findings.breaks(f"person/{person_id}", erasure, why)
    for stream, seq in rows(reader, sql.SQL(_PERSONS_GONE).format()):
        findings.breaks(stream, seq, "the erased person's row is missing")


def _wrong_person(person_id: UUID, held: list[bytes | None], *, is_marked: bool, is_erased: bool) -> str | None:
    if is_marked and not is_erased:
        return "is marked as erased and no event says so"
    if is_erased:
        return None if is_marked and held == [None] * len(held) else "was erased and is still there"
    wrapped_key, phone, *stored = held
    if wrapped_key is None or phone is None or _lookups(person_id, wrapped_key, phone) != stored:
        return "key, phone and look-ups do not belong together"
    return None


def _lookups(person_id: UUID, wrapped_key: bytes, phone: bytes) -> list[bytes] | None:
    try:
        key = keys.open_sealed(wrapped_key, purpose=person_id.bytes)
        digits = keys.open_under(key, phone, purpose=b"phone").decode()
    except (keys.SealBroken, UnicodeDecodeError):
        return None
    return [keys.lookup("phone", digits), keys.lookup("last4", digits[-4:])]


def rows(reader: Reader, query: sql.Composed) -> Iterator[tuple[Any, ...]]:
    """A result of any size, page by page; query by query, not nested."""
    with reader.cursor(name="verify", binary=True) as cursor:
        cursor.itersize = _PAGE
        yield from cursor.execute(query)


def _connected(address: Mapping[str, Any]) -> Reader:
    reader = psycopg.connect(**address)
    reader.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
    reader.read_only = True
    return reader


def _address() -> dict[str, Any]:
    known = connection.get_connection_params()
    for not_libpqs in ("context", "cursor_factory", "prepare_threshold"):
        known.pop(not_libpqs, None)
    return known


def _relation(said: str, snapshot: Snapshot) -> str:
    """The table or index behind the file an error names; the error's own words if it names none."""
    file = re.search(r'relation "?base/\d+/(\d+)', said)
    if file is None:
        named = re.search(r'(?:relation|index|table) "([^"]+)"', said)
        return named[1] if named else "unknown"
    with _connected(snapshot.address) as asking:
        found = asking.execute("SELECT pg_filenode_relation(0, %s)::regclass::text", [int(file[1])]).fetchone()
    return str(found[0]) if found and found[0] else file[1]
