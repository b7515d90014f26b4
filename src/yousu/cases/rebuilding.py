"""重建: projections of cases written anew from their events, batch by batch, while the city goes on working."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from django.db import connection, transaction

from yousu.cases.kinds import registered
from yousu.cases.models import CaseNow
from yousu.cases.projection import CaseProjection
from yousu.ledger import history, log, projections
from yousu.ledger.projections import Change

_A_BATCH = 500


def rebuild() -> int:
    """Writes state and versions of every case as its events tell them; returns how many cases.

    A batch's streams are locked while it is written: whoever acts on one of them waits for milliseconds.
    """
    return sum(_rebuilt(kind, numbers) for kind in registered() for numbers in _batches(kind))


def _batches(kind: str) -> Iterator[list[str]]:
    last = ""
    while numbers := list(
        CaseNow.objects.filter(kind=kind, number__gt=last)
        .order_by("number")
        .values_list("number", flat=True)[:_A_BATCH]
    ):
        yield numbers
        last = numbers[-1]


def _rebuilt(kind: str, numbers: Sequence[str]) -> int:
    streams = [f"{kind}/{number}" for number in numbers]
    projection = projections.responsible(streams[0])
    assert isinstance(projection, CaseProjection)
    with transaction.atomic():
        log.hold(streams)
        changes = [
            Change(row=row, fact=fact, state=state, texts=())
            for _stream, rows in groupby(history.rows_of_many(streams), key=lambda row: row.stream)
            for row, fact, state in projections.history(projection, rows)
        ]
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM case_version WHERE number = ANY(%s)", [list(numbers)])
        projection.write(changes, begins=False)
    return len(numbers)
