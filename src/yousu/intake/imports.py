"""导入: appeals from a file, each recorded exactly once; a wrong row is rejected alone, nothing is half-recorded."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from zoneinfo import ZoneInfo

from django.db import connection

from yousu.appeals.recording import check
from yousu.cases.rules import FieldWrong
from yousu.intake.arrivals import ContentDiffers, Delivery, accept_many
from yousu.intake.files import reading, saying
from yousu.intake.files.fields import Columns, TwoColumns
from yousu.intake.files.rows import BrokenRow, FileUnusable, Row, Source
from yousu.intake.models import Arrival
from yousu.org import capabilities
from yousu.org.actors import Actor
from yousu.org.city import city
from yousu.platform import clock, environment

# Rows and characters of one transaction: large enough to be quick, small enough that nobody waits for it.
_ROWS, _CHARACTERS = 500, 2_000_000
# While one batch waits for the database, another is being prepared.
_LANES = 2


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that was not recorded: its number as a person counts, the field if it is one field's fault, a code."""

    row: int
    field: str | None
    why: str


@dataclass
class Outcome:
    """What became of the rows; `notes` are for people."""

    rows: int = 0
    recorded: int = 0
    repeated: int = 0
    rejected: list[Rejected] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Item:
    """A row found to be in order."""

    row: int
    external_id: str
    delivery: Delivery


_Batch = Sequence[_Item]
# Takes a batch; what became of it is known at the latest when its context is left.
_Write = Callable[[_Batch], None]


def run(path: Path, *, channel: str, columns: Columns, by: Actor, dry_run: bool = False) -> Outcome:
    """Imports a file of CSV, XLSX or JSON Lines; `dry_run` checks everything, repeats included, and writes nothing.

    Raises FileUnusable before anything was recorded, Forbidden, FieldWrong for an unknown channel.
    """
    capabilities.require(by, "import")
    if channel not in city().channels:
        raise FieldWrong("channel", "unknown_channel")
    source = reading.read(path, columns.known)
    _check_columns(source, columns)
    outcome = Outcome()
    lanes = _rehearsed(channel, outcome) if dry_run else _recorded(channel, by, outcome)
    with lanes as write:
        for batch in _batches(_items(source, columns, outcome, channel=channel)):
            write(batch)
    outcome.rejected.sort(key=lambda rejected: rejected.row)
    outcome.notes += _notes(source, columns, outcome)
    return outcome


def _check_columns(source: Source, columns: Columns) -> None:
    if source.columns is None:
        return
    try:
        taken = columns.taken(source.columns)
    except TwoColumns as error:
        raise FileUnusable(f"row 1: {error}") from error
    if "text" not in taken:
        raise FileUnusable(f"row 1: no column is `text`; the columns are {', '.join(source.columns)[:300]}")


def _items(source: Source, columns: Columns, outcome: Outcome, *, channel: str) -> Iterator[_Item]:
    zone = ZoneInfo(environment.text("YOUSU_TIME_ZONE"))
    for row in source.rows():
        outcome.rows += 1
        if isinstance(row, BrokenRow):
            outcome.rejected.append(Rejected(row.number, None, row.why))
            continue
        try:
            yield _item(row, columns, channel=channel, digest=source.digest, zone=zone)
        except FieldWrong as error:
            outcome.rejected.append(Rejected(row.number, error.field, error.why))
        except TwoColumns as error:
            outcome.rejected.append(Rejected(row.number, error.field, "two_columns"))


def _item(row: Row, columns: Columns, *, channel: str, digest: str, zone: ZoneInfo) -> _Item:
    values = columns.picked(row)
    # Without an id of its own a row is known again by its place in the very same file.
    external_id = saying.external_id(values) or f"file:{digest[:32]}:{row.number}"
    said = saying.said(values, channel=channel, zone=zone)
    check(said, now=clock.now())
    if said.closed_at is not None and said.occurred_at is None:
        raise FieldWrong("occurred_at", "required")
    return _Item(row.number, external_id, Delivery(said=said, external_id=external_id))


def _batches(items: Iterable[_Item]) -> Iterator[_Batch]:
    batch: list[_Item] = []
    characters = 0
    for item in items:
        batch.append(item)
        characters += len(item.delivery.said.text)
        if len(batch) == _ROWS or characters > _CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch


@contextmanager
def _recorded(channel: str, by: Actor, outcome: Outcome) -> Iterator[_Write]:
    lanes = [ThreadPoolExecutor(1) for _ in range(_LANES)]
    turns = cycle(lanes)
    running: deque[tuple[Future[Outcome], frozenset[str]]] = deque()

    def write(batch: _Batch) -> None:
        ids = frozenset(item.external_id for item in batch)
        # The first of two rows with one id is the one that counts, so a batch waits for the others of its ids.
        while len(running) >= _LANES or any(not ids.isdisjoint(others) for _, others in running):
            _add(outcome, running.popleft()[0].result())
        running.append((next(turns).submit(_record, batch, channel=channel, by=by), ids))

    try:
        yield write
        while running:
            _add(outcome, running.popleft()[0].result())
    finally:
        for lane in lanes:
            # Every thread has a connection of its own.
            lane.submit(_close)
            lane.shutdown()


def _close() -> None:
    connection.close()


def _record(batch: _Batch, *, channel: str, by: Actor) -> Outcome:
    fresh, outcome = _sorted_out(batch, _known(batch, channel))
    try:
        accepted = accept_many([item.delivery for item in fresh], by=by) if fresh else []
    except ContentDiffers:
        # Somebody else recorded one of these since they were looked up; now it can be seen.
        return _record(batch, channel=channel, by=by)
    outcome.repeated += sum(one.repeated for one in accepted)
    outcome.recorded += sum(not one.repeated for one in accepted)
    return outcome


@contextmanager
def _rehearsed(channel: str, outcome: Outcome) -> Iterator[_Write]:
    # Ids of rows that would be recorded are kept by the session's own temporary table: memory stays constant.
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE rehearsed (external_id text PRIMARY KEY, content bytea NOT NULL)")

    def write(batch: _Batch) -> None:
        fresh, found = _sorted_out(batch, _known(batch, channel) | _rehearsed_before(batch))
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO rehearsed SELECT * FROM unnest(%s::text[], %s::bytea[])",
                [[item.external_id for item in fresh], [item.delivery.content for item in fresh]],
            )
        found.recorded = len(fresh)
        _add(outcome, found)

    try:
        yield write
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE rehearsed")


def _sorted_out(batch: _Batch, known: dict[str, bytes]) -> tuple[list[_Item], Outcome]:
    """The items not recorded before, neither in an earlier run nor above in the file; and what became of the others."""
    fresh: list[_Item] = []
    outcome = Outcome()
    for item in batch:
        content = item.delivery.content
        before = known.setdefault(item.external_id, content)
        if before is content:
            fresh.append(item)
        elif before == content:
            outcome.repeated += 1
        else:
            outcome.rejected.append(Rejected(item.row, "external_id", "content_differs"))
    return fresh, outcome


def _known(batch: _Batch, channel: str) -> dict[str, bytes]:
    ids = [item.external_id for item in batch]
    found = Arrival.objects.filter(channel=channel, external_id__in=ids, number__isnull=False)
    return {str(known): bytes(content) for known, content in found.values_list("external_id", "content")}


def _rehearsed_before(batch: _Batch) -> dict[str, bytes]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT external_id, content FROM rehearsed WHERE external_id = ANY(%s)",
            [[item.external_id for item in batch]],
        )
        return {known: bytes(content) for known, content in cursor.fetchall()}


def _add(outcome: Outcome, more: Outcome) -> None:
    outcome.recorded += more.recorded
    outcome.repeated += more.repeated
    outcome.rejected += more.rejected


def _notes(source: Source, columns: Columns, outcome: Outcome) -> list[str]:
    notes = list(source.notes)
    if columns.unknown:
        notes.append(f"columns not read: {', '.join(name[:40] for name in columns.unknown)}")
    has_ids = source.columns is None or "external_id" in columns.taken(source.columns)
    if outcome.rejected and not has_ids:
        notes.append(
            "no column is `external_id`: bring corrected rows in a file of their own, or the others are recorded again"
        )
    return notes
