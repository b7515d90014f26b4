"""核验全库: the whole ledger (or what came after a seal) in one snapshot, by two processes where it is large."""

from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from itertools import pairwise
from multiprocessing import get_context
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from psycopg import sql

from yousu.cases.projection import CaseProjection
from yousu.cases.verification import process
from yousu.cases.verification.folding import UNFOLDABLE, check_cases, check_superfluous
from yousu.ledger import log, projections, verify
from yousu.ledger.models import Seal
from yousu.ledger.verify import Difference, Findings, Part, Snapshot

_PROCESSES = 2
# Below this a second process costs more than it gains.
_WORTH_PROCESSES = 30_000
_STREAMS_A_PART = 10_000


class SealUnknown(LookupError):
    """There is no seal of this number or root."""


@dataclass(frozen=True, kw_only=True)
class Report:
    """What was looked at and what was found."""

    streams: int
    events: int
    root: str | None
    findings: Findings = field(default_factory=Findings)

    @property
    def is_clean(self) -> bool:
        """Whether nothing was found."""
        return not (self.findings.broken or self.findings.differences or self.findings.left_out)

    def as_json(self) -> dict[str, Any]:
        """The answer of `yousu verify`."""
        broken = [{"stream": b.stream, "seq": b.seq, "why": b.why} for b in self.findings.broken]
        if self.findings.left_out:
            broken.append({"stream": "*", "seq": None, "why": f"{self.findings.left_out} more findings"})
        return {
            "streams": self.streams,
            "events": self.events,
            "broken": broken,
            "projection_differences": [_shown(difference) for difference in self.findings.differences],
            "root": self.root,
        }


@dataclass(frozen=True)
class _Found:
    findings: Findings
    root: str | None = None


Task = Callable[[Snapshot], _Found]


def run(since: str | None = None) -> Report:
    """Verifies everything, or the streams that have events after a seal (its number or root). Raises SealUnknown."""
    position = None if since is None else _position_of(since)
    with verify.taken(position) as snapshot:
        findings = Findings()
        streams, events, parts = 0, 0, [verify.WHOLE]
        with verify.reporting_unreadable(findings, snapshot):
            streams, events, parts = _sizes(snapshot)
        tasks: list[Task] = [*_tables(snapshot), *(partial(_check_part, part=part) for part in parts)]
        with _runner(events) as each:
            found = [*each(snapshot, tasks)]
    for one in found:
        findings.merge(one.findings)
    _check_others(findings, snapshot)
    return Report(
        streams=streams, events=events, root=next(filter(None, (one.root for one in found)), None), findings=findings
    )


def _tables(snapshot: Snapshot) -> list[Task]:
    return [_check_positions, _check_seals, *([] if snapshot.since is not None else [_check_persons]), _check_rows]


def _check_part(snapshot: Snapshot, part: Part) -> _Found:
    found = Findings()
    with verify.reporting_unreadable(found, snapshot), verify.reading(snapshot) as reader:
        verify.check_chains(reader, snapshot, part, found)
    with verify.reporting_unreadable(found, snapshot), verify.reading(snapshot) as reader:
        check_cases(reader, snapshot, part, found)
    return _Found(found)


def _check_positions(snapshot: Snapshot) -> _Found:
    found = Findings()
    with verify.reporting_unreadable(found, snapshot), verify.reading(snapshot) as reader:
        verify.check_positions(reader, snapshot, found)
    return _Found(found)


def _check_seals(snapshot: Snapshot) -> _Found:
    found, root = Findings(), None
    with verify.reporting_unreadable(found, snapshot), verify.reading(snapshot) as reader:
        root = verify.check_seals(reader, snapshot, found)
    return _Found(found, root)


def _check_persons(snapshot: Snapshot) -> _Found:
    found = Findings()
    with verify.reporting_unreadable(found, snapshot), verify.reading(snapshot) as reader:
        verify.check_persons(reader, found)
    return _Found(found)


def _check_rows(snapshot: Snapshot) -> _Found:
    found = Findings()
    with verify.reporting_unreadable(found, snapshot), verify.reading(snapshot) as reader:
        check_superfluous(reader, found)
    return _Found(found)


@contextmanager
def _runner(events: int) -> Iterator[Callable[[Snapshot, list[Task]], Iterator[_Found]]]:
    if events < _WORTH_PROCESSES:
        yield lambda snapshot, tasks: (task(snapshot) for task in tasks)
        return
    # Not forked: a child must not share this process's connections.
    with ProcessPoolExecutor(_PROCESSES, mp_context=get_context("spawn"), initializer=process.ready) as pool:
        yield lambda snapshot, tasks: pool.map(partial(_call, snapshot=snapshot), tasks)


def _call(task: Task, *, snapshot: Snapshot) -> _Found:
    return task(snapshot)


_SIZES = "SELECT (SELECT count(*) FROM stream WHERE {streams}), (SELECT count(*) FROM event WHERE {events})"
_BOUNDS = """
SELECT name FROM (SELECT name, row_number() OVER (ORDER BY name) AS n FROM stream WHERE {part}) s
WHERE n % {size} = 0 ORDER BY name
"""


def _sizes(snapshot: Snapshot) -> tuple[int, int, list[Part]]:
    whole = {"streams": snapshot.within("name", verify.WHOLE), "events": snapshot.within("stream", verify.WHOLE)}
    with verify.reading(snapshot) as reader:
        row = reader.execute(sql.SQL(_SIZES).format(**whole)).fetchone()
        assert row is not None
        bounds = reader.execute(sql.SQL(_BOUNDS).format(part=whole["streams"], size=_STREAMS_A_PART)).fetchall()
    edges: list[Any] = ["", *(name for (name,) in bounds), None]
    return row[0], row[1], list(pairwise(edges))


def _check_others(findings: Findings, snapshot: Snapshot) -> None:
    """Streams whose projection is not a case's: their whole states, and what is kept beside them."""
    for kind, projection in projections.registered().items():
        if not isinstance(projection, CaseProjection):
            with verify.reporting_unreadable(findings, snapshot):
                _check_kind(kind, projection, findings)


def _check_kind(kind: str, projection: projections.Projection, findings: Findings) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT name FROM stream WHERE name LIKE %s ORDER BY name", [f"{kind}/%"])
        for (stream,) in cursor.fetchall():
            _check_other(stream, projection, findings)
        if isinstance(projection, projections.Checkable):
            for stream, table in projection.without_events():
                _differ(findings, stream, projections.Unlike(table, "*", "present", None))


def _check_other(stream: str, projection: projections.Projection, findings: Findings) -> None:
    try:
        rebuilt = projections.fold(projection, log.rows_of(stream))
        stored = projection.states([stream]).get(stream)
    except UNFOLDABLE as error:
        findings.breaks(stream, None, f"cannot be folded: {' '.join(str(error).split())}")
        return
    if stored != rebuilt:
        table = f"{stream.partition('/')[0]}_now"
        _differ(findings, stream, projections.Unlike(table, "state", str(stored), str(rebuilt)))
    if rebuilt is not None and isinstance(projection, projections.Checkable):
        for unlike in projection.unlike(stream, rebuilt):
            _differ(findings, stream, unlike)


def _differ(findings: Findings, stream: str, unlike: projections.Unlike) -> None:
    findings.differs(Difference(stream=stream, seq=None, **unlike._asdict()))


def _position_of(seal: str) -> int:
    by = {"number": int(seal)} if seal.isdecimal() and len(seal) < 10 else {"root": _bytes(seal)}
    position = Seal.objects.filter(**by).values_list("position", flat=True).first()
    if position is None:
        raise SealUnknown(f"there is no seal {seal}")
    return position


def _bytes(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError as error:
        raise SealUnknown(f"{text} is neither the number of a seal nor a root in hex") from error


def _shown(difference: Difference) -> dict[str, Any]:
    return {
        "stream": difference.stream,
        "seq": difference.seq,
        "table": difference.table,
        "column": difference.column,
        "stored": _plain(difference.stored),
        "rebuilt": _plain(difference.rebuilt),
    }


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value
