"""治理投影: states to rows, one table for all kinds; verification compares rows and lists with what events give."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from django.db import connection

from yousu.figures import kept
from yousu.governance.meetings import state as meetings
from yousu.governance.models import GovernedNow, GovernedSet
from yousu.governance.specials import state as specials
from yousu.governance.tasks import state as tasks
from yousu.governance.topics import state as topics
from yousu.ledger.events import Row
from yousu.ledger.projections import Change, Unlike

_WITHOUT_EVENTS = """
SELECT name FROM governed_now g
WHERE kind = %s AND NOT EXISTS (SELECT FROM event e WHERE e.stream = g.name) ORDER BY name
"""


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of stream: its state, and how facts move it. The state knows its own columns."""

    state: Any
    evolve: Callable[[Any, Any, Row], Any]


KINDS: Mapping[str, Kind] = {
    "task": Kind(state=tasks.TaskState, evolve=tasks.evolve),
    "governance": Kind(state=topics.GovernanceState, evolve=topics.evolve),
    "meeting": Kind(state=meetings.MeetingState, evolve=meetings.evolve),
    "special": Kind(state=specials.SpecialState, evolve=specials.evolve),
}


class GovernedProjection:
    """The projection of one kind of stream."""

    def __init__(self, kind: str) -> None:
        self.kind = kind

    def states(self, streams: Sequence[str]) -> Mapping[str, Any]:
        found = GovernedNow.objects.filter(name__in=streams).values_list("name", "state")
        return {name: msgspec.convert(state, KINDS[self.kind].state) for name, state in found}

    def evolve(self, state: Any, fact: Any, row: Row) -> Any:
        return KINDS[self.kind].evolve(state, fact, row)

    def save(self, changes: Sequence[Change]) -> None:
        for change in changes:
            state = change.state
            GovernedNow.objects.update_or_create(
                name=f"{self.kind}/{state.number}",
                defaults={"kind": self.kind, **_columns(state), "state": msgspec.to_builtins(state)},
            )

    def unlike(self, stream: str, state: Any) -> Iterator[Unlike]:
        """Columns, state and lists that differ from a state that was rebuilt."""
        row = GovernedNow.objects.filter(name=stream).first()
        if row is None:
            yield Unlike(table="governed_now", column="*", stored=None, rebuilt="present")
            return
        for column, rebuilt in _columns(state).items():
            if (stored := getattr(row, column)) != rebuilt:
                yield Unlike(table="governed_now", column=column, stored=stored, rebuilt=rebuilt)
        if row.state != msgspec.json.decode(msgspec.json.encode(state)):
            yield Unlike(table="governed_now", column="state", stored="another", rebuilt="state")
        for path, digest, expected in kept.broken_lists(GovernedSet.objects.filter(governed_id=stream), state.lists):
            yield Unlike(table="governed_set", column=path, stored=digest, rebuilt=expected)

    def without_events(self) -> Iterator[tuple[str, str]]:
        """Rows that no event stands behind, as stream and table."""
        with connection.cursor() as cursor:
            cursor.execute(_WITHOUT_EVENTS, [self.kind])
            for (name,) in cursor.fetchall():
                yield name, "governed_now"


def _columns(state: Any) -> dict[str, Any]:
    return {
        "number": state.number,
        "stage": state.stage,
        "version": state.version,
        "unit": state.unit or "",
        "origin": state.origin or "",
        "day": state.day,
    }
