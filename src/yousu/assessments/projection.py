"""考核投影: states to rows; verification compares rows and kept lists with the states that events give."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec
from django.db import connection

from yousu.assessments.models import AssessmentNow, AssessmentSet
from yousu.assessments.state import AssessmentState, evolve
from yousu.figures import kept
from yousu.ledger.events import Row
from yousu.ledger.projections import Change, Unlike

_WITHOUT_EVENTS = """
SELECT id FROM assessment_now a
WHERE NOT EXISTS (SELECT FROM event e WHERE e.stream = 'assessment/' || a.id) ORDER BY id
"""


class AssessmentProjection:
    """The projection of streams `assessment/…`."""

    def states(self, streams: Sequence[str]) -> Mapping[str, Any]:
        ids = [stream.partition("/")[2] for stream in streams]
        found = AssessmentNow.objects.filter(id__in=ids).values_list("id", "state")
        return {f"assessment/{found_id}": msgspec.convert(state, AssessmentState) for found_id, state in found}

    def evolve(self, state: Any, fact: Any, row: Row) -> Any:
        return evolve(state, fact, row)

    def save(self, changes: Sequence[Change]) -> None:
        for change in changes:
            state: AssessmentState = change.state
            AssessmentNow.objects.update_or_create(
                id=state.id, defaults={**_columns(state), "state": msgspec.to_builtins(state)}
            )

    def unlike(self, stream: str, state: Any) -> Iterator[Unlike]:
        """Columns, state and lists that differ from a state that was rebuilt."""
        row = AssessmentNow.objects.filter(id=state.id).first()
        if row is None:
            yield Unlike(table="assessment_now", column="*", stored=None, rebuilt="present")
            return
        for column, rebuilt in _columns(state).items():
            if (stored := getattr(row, column)) != rebuilt:
                yield Unlike(table="assessment_now", column=column, stored=stored, rebuilt=rebuilt)
        if row.state != msgspec.json.decode(msgspec.json.encode(state)):
            yield Unlike(table="assessment_now", column="state", stored="another", rebuilt="state")
        for path, digest, composed in kept.broken_lists(
            AssessmentSet.objects.filter(assessment_id=state.id), state.lists
        ):
            yield Unlike(table="assessment_set", column=path, stored=digest, rebuilt=composed)

    def without_events(self) -> Iterator[tuple[str, str]]:
        """Rows that no event stands behind, as stream and table."""
        with connection.cursor() as cursor:
            cursor.execute(_WITHOUT_EVENTS)
            for (found_id,) in cursor.fetchall():
                yield f"assessment/{found_id}", "assessment_now"


def _columns(state: AssessmentState) -> dict[str, Any]:
    return {
        "stage": state.stage,
        "version": state.version,
        "as_of": state.as_of,
        "objections_until": state.objections_until,
    }
