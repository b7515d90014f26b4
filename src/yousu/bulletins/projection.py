"""通报投影: states to rows; verification compares columns and kept lists with the states that events give."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec
from django.db import connection

from yousu.bulletins.models import BulletinFigure, BulletinNow
from yousu.bulletins.state import BulletinState, evolve
from yousu.figures import kept
from yousu.ledger.events import Row
from yousu.ledger.projections import Change, Unlike

_WITHOUT_EVENTS = """
SELECT id FROM bulletin_now b WHERE NOT EXISTS (SELECT FROM event e WHERE e.stream = 'bulletin/' || b.id) ORDER BY id
"""


class BulletinProjection:
    """The projection of streams `bulletin/…`."""

    def states(self, streams: Sequence[str]) -> Mapping[str, Any]:
        ids = [stream.partition("/")[2] for stream in streams]
        found = BulletinNow.objects.filter(id__in=ids).values_list("id", "state")
        return {f"bulletin/{bulletin_id}": msgspec.convert(state, BulletinState) for bulletin_id, state in found}

    def evolve(self, state: Any, fact: Any, row: Row) -> Any:
        return evolve(state, fact, row)

    def save(self, changes: Sequence[Change]) -> None:
        for change in changes:
            state: BulletinState = change.state
            BulletinNow.objects.update_or_create(
                id=state.id, defaults={**_columns(state), "state": msgspec.to_builtins(state)}
            )

    def unlike(self, stream: str, state: Any) -> Iterator[Unlike]:
        """Columns and lists that differ from a state that was rebuilt."""
        row = BulletinNow.objects.filter(id=state.id).first()
        if row is None:
            yield Unlike(table="bulletin_now", column="*", stored=None, rebuilt="present")
            return
        for column, rebuilt in _columns(state).items():
            if (stored := getattr(row, column)) != rebuilt:
                yield Unlike(table="bulletin_now", column=column, stored=stored, rebuilt=rebuilt)
        superfluous = sorted(row.state.keys() - msgspec.to_builtins(state).keys())
        if superfluous:
            yield Unlike(table="bulletin_now", column="state", stored=", ".join(superfluous), rebuilt=None)
        for path, digest, frozen in kept.broken_lists(
            BulletinFigure.objects.filter(bulletin_id=state.id), state.lists or {}
        ):
            yield Unlike(table="bulletin_figure", column=path, stored=digest, rebuilt=frozen)

    def without_events(self) -> Iterator[tuple[str, str]]:
        """Rows that no event stands behind, as stream and table."""
        with connection.cursor() as cursor:
            cursor.execute(_WITHOUT_EVENTS)
            for (bulletin_id,) in cursor.fetchall():
                yield f"bulletin/{bulletin_id}", "bulletin_now"


def _columns(state: BulletinState) -> dict[str, Any]:
    return {
        "kind": state.kind,
        "stage": state.stage,
        "version": state.version,
        "period_start": state.first,
        "period_end": state.last,
        "as_of": state.as_of,
        "year": state.last.year,
        "issue_number": state.issue_number,
        "published_at": state.published_at,
    }
