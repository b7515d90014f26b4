"""重放: folds every case and compares what was stored of it: each version, and what it is now."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

import msgspec
from psycopg import sql

from yousu.cases import search_table
from yousu.cases.projection import NOW_COLUMNS, SHOWN_TEXTS, VERSION_COLUMNS, CaseProjection
from yousu.cases.state import CaseState
from yousu.cases.verification.pages import Pages
from yousu.ledger.events import Row
from yousu.ledger.projections import history, registered
from yousu.ledger.verify import Difference, Findings, Part, Reader, Snapshot, rows

# What decoding and evolving raise on events that no rule of ours would have let through.
UNFOLDABLE = (LookupError, ValueError, TypeError, AttributeError, msgspec.MsgspecError)
_AT_ONCE = 1_000
_ROW = "*"

_NOW = sql.SQL("SELECT {columns} FROM case_now WHERE number = ANY(%s)").format(
    columns=sql.SQL(", ").join(
        sql.SQL("state::text") if name == "state" else sql.Identifier(name) for name in NOW_COLUMNS
    )
)
_FOUND_BY = sql.SQL("SELECT {columns} FROM case_search WHERE number = ANY(%s)").format(
    columns=sql.SQL(", ").join(map(sql.Identifier, search_table.COLUMNS))
)
_SHOWN = "SELECT id, plain FROM text WHERE id = ANY(%s)"
# Rows that no event stands behind; the stream is named by the row's own columns.
_SUPERFLUOUS: tuple[tuple[str, str], ...] = (
    (
        "case_now",
        """SELECT kind || '/' || number, NULL::int FROM case_now c
           WHERE NOT EXISTS (SELECT FROM event e WHERE e.stream = c.kind || '/' || c.number)""",
    ),
    (
        "case_search",
        """SELECT kind || '/' || number, NULL::int FROM case_search c
           WHERE NOT EXISTS (SELECT FROM event e WHERE e.stream = c.kind || '/' || c.number)""",
    ),
    (
        "case_version",
        """SELECT kind || '/' || number, seq FROM case_version v
           WHERE NOT EXISTS (SELECT FROM event e WHERE e.stream = v.kind || '/' || v.number AND e.seq = v.seq)""",
    ),
)
_PERSONLESS = """
SELECT c.kind || '/' || c.number FROM case_now c LEFT JOIN person p ON p.id = c.person_id
WHERE c.person_id IS NOT NULL AND p.id IS NULL
"""


def check_cases(reader: Reader, snapshot: Snapshot, part: Part, findings: Findings) -> None:
    """Folds the cases of a part, and checks the texts of all its streams."""
    kinds = {code: found for code, found in registered().items() if isinstance(found, CaseProjection)}
    pages = Pages(reader, snapshot, part, kinds=list(kinds), findings=findings)
    comparison = _Comparison(reader, findings)
    for stream, events in groupby(pages.rows(), key=lambda row: row.stream):
        kind, _, number = stream.partition("/")
        if kind not in kinds:
            continue
        fold = _Fold(kinds[kind], number, pages, findings)
        state = fold.through(events)
        if state is not None:
            comparison.add(stream, kinds[kind], state)
    comparison.finish()


def check_superfluous(reader: Reader, findings: Findings) -> None:
    """Rows of the projection without an event, and cases whose person is missing."""
    for table, query in _SUPERFLUOUS:
        for stream, seq in rows(reader, sql.SQL(query).format()):
            findings.differs(
                Difference(stream=stream, seq=seq, table=table, column=_ROW, stored="present", rebuilt=None)
            )
    for (stream,) in rows(reader, sql.SQL(_PERSONLESS).format()):
        findings.breaks(stream, None, "its person's row is missing")


class _Fold:
    """One case's way through its events; each version is compared when its end is known."""

    def __init__(self, projection: CaseProjection, number: str, pages: Pages, findings: Findings) -> None:
        self._projection, self._number, self._pages, self._findings = projection, number, pages, findings

    def through(self, events: Any) -> CaseState | None:
        """The last state; None where the events cannot be folded."""
        seq, waiting = 0, None
        try:
            for row, _, state in history(self._projection, events):
                if state.number != self._number:
                    raise ValueError(f"the case calls itself {state.number}")
                if waiting is not None:
                    self._compare(*waiting, known_to=row.recorded_at)
                seq, waiting = row.seq, (row, state, self._pages.versions.get((self._number, row.seq)))
        except UNFOLDABLE as error:
            what = " ".join(str(error).split())
            self._findings.breaks(f"{self._projection.kind.code}/{self._number}", seq + 1, f"cannot be folded: {what}")
            return None
        if waiting is None:
            return None
        self._compare(*waiting, known_to=None)
        last: CaseState = waiting[1]
        return last

    def _compare(self, row: Row, state: CaseState, stored: tuple[Any, ...] | None, *, known_to: Any) -> None:
        rebuilt = self._projection.version_row(state, row, known_to=known_to)
        if stored != rebuilt:
            _differ(self._findings, row.stream, row.seq, "case_version", VERSION_COLUMNS, (stored, rebuilt))


class _Comparison:
    """Compares what cases are now, many at once."""

    def __init__(self, reader: Reader, findings: Findings) -> None:
        self._reader, self._findings = reader, findings
        self._waiting: list[tuple[str, CaseProjection, CaseState]] = []

    def add(self, stream: str, projection: CaseProjection, state: CaseState) -> None:
        """One more case."""
        self._waiting.append((stream, projection, state))
        if len(self._waiting) >= _AT_ONCE:
            self.finish()

    def finish(self) -> None:
        """Compares those that wait."""
        shown = self._shown([state for _, _, state in self._waiting])
        numbers = [state.number for _, _, state in self._waiting]
        with self._reader.cursor(binary=True) as cursor:
            stored = {row[0]: row for row in cursor.execute(_NOW, [numbers]).fetchall()}
            found_by = {row[0]: row for row in cursor.execute(_FOUND_BY, [numbers]).fetchall()}
        for stream, projection, state in self._waiting:
            self._compare(stream, stored.get(state.number), projection.now_row(state, shown[state.number]))
            rebuilt = projection.search_row(state, shown[state.number])
            if found_by.get(state.number) != rebuilt:
                pair = (found_by.get(state.number), rebuilt)
                _differ(self._findings, stream, None, "case_search", search_table.COLUMNS, pair)
        self._waiting = []

    def _compare(self, stream: str, stored: tuple[Any, ...] | None, rebuilt: tuple[Any, ...]) -> None:
        here, there = _opened_state(stored), _opened_state(rebuilt)
        if here != there:
            _differ(self._findings, stream, None, "case_now", NOW_COLUMNS, (here, there))

    def _shown(self, states: Sequence[CaseState]) -> dict[str, Mapping[str, str]]:
        refs = {
            state.number: {kind: state.texts[kind].id for kind in SHOWN_TEXTS if kind in state.texts}
            for state in states
        }
        ids = [text_id for shown in refs.values() for text_id in shown.values()]
        words: dict[Any, str] = dict(self._reader.execute(_SHOWN, [ids]).fetchall())
        return {
            number: {kind: words[text_id] for kind, text_id in shown.items() if text_id in words}
            for number, shown in refs.items()
        }


def _opened_state(row: tuple[Any, ...] | None) -> tuple[Any, ...] | None:
    """A row of `case_now` with its state as plain values, so that a key too many is seen as well."""
    if row is None:
        return None
    state = list(NOW_COLUMNS).index("state")
    return (*row[:state], msgspec.json.decode(row[state]), *row[state + 1 :])


def _differ(
    findings: Findings,
    stream: str,
    seq: int | None,
    table: str,
    columns: Mapping[str, str],
    pair: tuple[tuple[Any, ...] | None, Any],
) -> None:
    stored, rebuilt = pair
    if stored is None:
        findings.differs(Difference(stream=stream, seq=seq, table=table, column=_ROW, stored=None, rebuilt="present"))
        return
    for column, here, there in zip(columns, stored, rebuilt, strict=True):
        if here != there:
            findings.differs(Difference(stream=stream, seq=seq, table=table, column=column, stored=here, rebuilt=there))
