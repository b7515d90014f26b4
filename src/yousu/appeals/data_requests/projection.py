"""请求投影: states to rows; verification compares them with what the events give."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec
from django.db import connection

from yousu.appeals.data_requests.models import DataRequestNow
from yousu.appeals.data_requests.state import DataRequestState, evolve
from yousu.ledger.events import Row
from yousu.ledger.projections import Change, Unlike

_WITHOUT_EVENTS = """
SELECT number FROM data_request_now r
WHERE NOT EXISTS (SELECT FROM event e WHERE e.stream = 'request/' || r.number) ORDER BY number
"""


class DataRequestProjection:
    """The projection of streams `request/…`."""

    def states(self, streams: Sequence[str]) -> Mapping[str, Any]:
        numbers = [int(stream.partition("/")[2]) for stream in streams]
        found = DataRequestNow.objects.filter(number__in=numbers).values_list("number", "state")
        return {f"request/{number}": msgspec.convert(state, DataRequestState) for number, state in found}

    def evolve(self, state: Any, fact: Any, row: Row) -> Any:
        return evolve(state, fact, row)

    def save(self, changes: Sequence[Change]) -> None:
        for change in changes:
            state: DataRequestState = change.state
            DataRequestNow.objects.update_or_create(
                number=state.number, defaults={**_columns(state), "state": msgspec.to_builtins(state)}
            )

    def unlike(self, stream: str, state: Any) -> Iterator[Unlike]:
        """Columns that differ from a state that was rebuilt."""
        row = DataRequestNow.objects.filter(number=state.number).first()
        if row is None:
            yield Unlike(table="data_request_now", column="*", stored=None, rebuilt="present")
            return
        stored = msgspec.convert(row.state, DataRequestState)
        if stored != state:
            yield Unlike(table="data_request_now", column="state", stored=str(stored), rebuilt=str(state))
        for column, rebuilt in _columns(state).items():
            if (kept := getattr(row, column)) != rebuilt:
                yield Unlike(table="data_request_now", column=column, stored=kept, rebuilt=rebuilt)

    def without_events(self) -> Iterator[tuple[str, str]]:
        """Rows that no event stands behind, as stream and table."""
        with connection.cursor() as cursor:
            cursor.execute(_WITHOUT_EVENTS)
            for (number,) in cursor.fetchall():
                yield f"request/{number}", "data_request_now"


def _columns(state: DataRequestState) -> dict[str, Any]:
    return {
        "version": state.version,
        "sort": state.sort,
        "stage": state.stage,
        "person_id": state.person_id,
        "case_number": state.case,
        "received_at": state.received_at,
        "due_at": state.due.at,
        "decided_at": state.decided_at,
    }
