"""案件投影: states to rows, for every kind alike. One statement saves a batch."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

import msgspec
from django.db import connection

from yousu.cases import search_keys, search_table
from yousu.cases.events import Classified, Corrected
from yousu.cases.kinds import Kind
from yousu.cases.state import CaseState
from yousu.ledger.events import Row, Undone
from yousu.ledger.log import local_day_of
from yousu.ledger.projections import Change

# The clear texts that a case's row shows; an erased one is NULL.
SHOWN_TEXTS = ("matter", "title", "place")

VERSION_COLUMNS: Mapping[str, str] = {
    "number": "text",
    "seq": "int",
    "kind": "text",
    "known_from": "timestamptz",
    "known_to": "timestamptz",
    "stage": "text",
    "channel": "text",
    "type": "text",
    "category": "text",
    "district": "text",
    "place_key": "text",
    "lead_unit": "text",
    "head": "text",
    "person_id": "uuid",
    "received_at": "timestamptz",
    "local_day": "date",
    "due_at": "timestamptz",
    "due_day": "date",
    "closed_at": "timestamptz",
    "appellant_kind": "text",
    "decision": "text",
    "decided_day": "date",
    "second_handling": "int",
    "called_back_day": "date",
    "responded": "boolean",
    "solved": "boolean",
    "satisfied": "text",
    "excluded": "boolean",
    "given_at": "timestamptz",
    "given_day": "date",
    "contacted_at": "timestamptz",
    "sent_back_by": "text",
    "repeats": "boolean",
    "parked_day": "date",
    "cleared_day": "date",
}
NOW_COLUMNS: Mapping[str, str] = {
    "number": "text",
    "kind": "text",
    "state": "jsonb",
    "version": "int",
    "stage": "text",
    "channel": "text",
    "type": "text",
    "category": "text",
    "district": "text",
    "place_key": "text",
    "lead_unit": "text",
    "units": "text[]",
    "marks": "text[]",
    "head": "text",
    "person_id": "uuid",
    "received_at": "timestamptz",
    "recorded_at": "timestamptz",
    "recorded_by": "text",
    "due_at": "timestamptz",
    "closed_at": "timestamptz",
    "released_at": "timestamptz",
    "matter": "text",
    "title": "text",
    "place": "text",
}
# Facts after which a case is found by other words or codes than before.
_REWORDING = (Classified, Corrected, Undone)
_ENCODER = msgspec.json.Encoder(order="sorted")


class CaseProjection:
    """The projection of one kind of case."""

    def __init__(self, kind: Kind) -> None:
        self.kind = kind
        self._decode = msgspec.json.Decoder(kind.state).decode

    def states(self, streams: Sequence[str]) -> Mapping[str, Any]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT kind || '/' || number, state::text FROM case_now WHERE number = ANY(%s)",
                [[stream.partition("/")[2] for stream in streams]],
            )
            return {stream: self._decode(state) for stream, state in cursor.fetchall()}

    def evolve(self, state: Any, fact: Any, row: Row) -> Any:
        return self.kind.evolve(state, fact, row)

    def save(self, changes: Sequence[Change]) -> None:
        self.write(changes, begins=any(change.row.seq == 1 for change in changes))
        latest = {change.state.number: change for change in changes}
        for number in {change.state.number for change in changes if isinstance(change.fact, Undone)}:
            _show_again(latest[number].state)
        if reworded := {change.state.number for change in changes if isinstance(change.fact, _REWORDING)}:
            search_table.write_again(sorted(reworded))

    def write(self, changes: Sequence[Change], *, begins: bool) -> None:
        """Writes versions and what each case is now; `begins`: some of them are new, and are to be found."""
        versions = self.version_rows(changes)
        latest = {change.state.number: change for change in changes}
        shown = _shown_texts(changes)
        now_rows = [self.now_row(change.state, shown.get(change.state.number, {})) for change in latest.values()]
        written = {"versions": _named(VERSION_COLUMNS, versions), "now": _named(NOW_COLUMNS, now_rows)}
        if begins:
            begun = {change.state.number for change in changes if change.row.seq == 1}
            written["search"] = [self._found_by(latest[number].state, shown.get(number, {})) for number in begun]
        with connection.cursor() as cursor:
            cursor.execute(_save_sql(_ending(changes), begins), [msgspec.json.encode(written).decode()])

    def _found_by(self, case: CaseState, shown: Mapping[str, str]) -> dict[str, Any]:
        *columns, keys = self.search_row(case, shown)
        return dict(zip(search_table.COLUMNS, (*columns, search_keys.written(keys)), strict=True))

    def decoded(self, state: str) -> Any:
        """A stored state."""
        return self._decode(state)

    def version_rows(self, changes: Sequence[Change]) -> list[tuple[Any, ...]]:
        """The rows of `case_version` for these changes, in the order of VERSION_COLUMNS."""
        following: dict[str, datetime] = {}
        rows: list[tuple[Any, ...]] = []
        for change in reversed(changes):
            number = change.state.number
            rows.append(self.version_row(change.state, change.row, known_to=following.get(number)))
            following[number] = change.row.recorded_at
        rows.reverse()
        return rows

    def version_row(self, case: CaseState, row: Row, *, known_to: datetime | None) -> tuple[Any, ...]:
        """One version, in the order of VERSION_COLUMNS."""
        facets = self.kind.facets(case)
        return (
            case.number,
            row.seq,
            self.kind.code,
            row.recorded_at,
            known_to,
            case.stage,
            case.channel,
            case.type,
            case.category,
            case.where.district,
            case.where.key,
            case.lead_unit,
            case.head,
            case.person_id,
            case.received_at,
            local_day_of(case.received_at),
            case.due.at if case.due else None,
            _day(case.due.at) if case.due else None,
            case.closed_at,
            facets.appellant_kind,
            facets.decision,
            _day(facets.decided_at),
            facets.second_handling,
            _day(facets.called_back_at),
            facets.responded,
            facets.solved,
            facets.satisfied,
            facets.excluded,
            facets.given_at,
            _day(facets.given_at),
            facets.contacted_at,
            facets.sent_back_by,
            facets.repeats,
            _day(facets.parked_at),
            _day(facets.cleared_at),
        )

    def now_row(self, case: CaseState, shown: Mapping[str, str]) -> tuple[Any, ...]:
        """What a case is now, in the order of NOW_COLUMNS; the state as raw JSON."""
        return (
            case.number,
            self.kind.code,
            msgspec.Raw(_ENCODER.encode(case)),
            case.version,
            case.stage,
            case.channel,
            case.type,
            case.category,
            case.where.district,
            case.where.key,
            case.lead_unit,
            list(case.units),
            self.kind.marks(case),
            case.head,
            case.person_id,
            case.received_at,
            case.recorded_at,
            case.recorded_by,
            case.due.at if case.due else None,
            case.closed_at,
            case.released_at,
            *(shown.get(kind) for kind in SHOWN_TEXTS),
        )

    def search_row(self, case: CaseState, shown: Mapping[str, str]) -> tuple[Any, ...]:
        """What a case is found by, in the order of the search table's columns."""
        return search_table.row(
            {
                **shown,
                "number": case.number,
                "kind": self.kind.code,
                "received_at": case.received_at,
                "channel": case.channel,
                "type": case.type,
                "category": case.category,
                "district": case.where.district,
            }
        )


def _day(at: datetime | None) -> Any:
    return None if at is None else local_day_of(at)


def _named(columns: Mapping[str, str], rows: Sequence[tuple[Any, ...]]) -> list[dict[str, Any]]:
    return [dict(zip(columns, row, strict=True)) for row in rows]


def _shown_texts(changes: Sequence[Change]) -> dict[str, dict[str, str]]:
    shown: dict[str, dict[str, str]] = {}
    for change in changes:
        for text in change.texts:
            if text.kind in SHOWN_TEXTS and text.plain is not None:
                shown.setdefault(change.state.number, {})[text.kind] = text.plain
    return shown


def _show_again(case: CaseState) -> None:
    """An undone correction brings the words before it back, or none where there were none."""
    ids = [case.texts[kind].id if kind in case.texts else None for kind in SHOWN_TEXTS]
    columns = ", ".join(f"{kind} = (SELECT plain FROM text WHERE id = %s)" for kind in SHOWN_TEXTS)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE case_now SET {columns} WHERE number = %s", [*ids, case.number])


# How the versions before these end. A first version has none before it. A single one is looked up by its key, whatever
# the planner believes of a young table's size; a join over many was seen to read all of it.
_ENDINGS = {
    "none": "",
    "one": """, ended AS (
        UPDATE case_version v SET known_to = (b->'versions'->0->>'known_from')::timestamptz FROM batch
        WHERE v.number = b->'versions'->0->>'number' AND v.seq = (b->'versions'->0->>'seq')::int - 1
          AND v.known_to IS NULL
    )""",
    "many": """, ended AS (
        UPDATE case_version v SET known_to = n.known_from
        FROM batch, json_to_recordset(b->'versions') AS n (number text, seq int, known_from timestamptz)
        WHERE v.number = n.number AND v.seq = n.seq - 1 AND v.known_to IS NULL
    )""",
}


def _ending(changes: Sequence[Change]) -> str:
    if all(change.row.seq == 1 for change in changes):
        return "none"
    return "one" if len(changes) == 1 else "many"


@cache
def _save_sql(ending: str, begins: bool) -> str:
    columns = ", ".join(VERSION_COLUMNS)
    updates = ", ".join(
        f"{name} = coalesce(excluded.{name}, case_now.{name})" if name in SHOWN_TEXTS else f"{name} = excluded.{name}"
        for name in NOW_COLUMNS
        if name != "number"
    )
    search = f""", search AS (
        INSERT INTO case_search ({", ".join(search_table.COLUMNS)})
        SELECT n.* FROM batch, json_to_recordset(b->'search') AS n ({_typed(search_table.COLUMNS)})
    )"""
    return f"""
    WITH batch AS (SELECT %s::json AS b){_ENDINGS[ending]}{search if begins else ""}, versions AS (
        INSERT INTO case_version ({columns})
        SELECT n.* FROM batch, json_to_recordset(b->'versions') AS n ({_typed(VERSION_COLUMNS)})
    )
    INSERT INTO case_now ({", ".join(NOW_COLUMNS)})
    SELECT n.* FROM batch, json_to_recordset(b->'now') AS n ({_typed(NOW_COLUMNS)})
    ON CONFLICT (number) DO UPDATE SET {updates}
    """


def _typed(columns: Mapping[str, str]) -> str:
    return ", ".join(f"{name} {sql_type}" for name, sql_type in columns.items())
