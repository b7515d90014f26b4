"""通报投影: states to rows; a frozen bulletin's lists are kept beside it."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from yousu.bulletins.models import BulletinNow
from yousu.bulletins.state import BulletinState, evolve
from yousu.ledger.events import Row
from yousu.ledger.projections import Change


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
                id=state.id,
                defaults={
                    "kind": state.kind,
                    "stage": state.stage,
                    "version": state.version,
                    "state": msgspec.to_builtins(state),
                    "period_start": state.first,
                    "period_end": state.last,
                    "as_of": state.as_of,
                    "year": state.last.year,
                    "issue_number": state.issue_number,
                    "published_at": state.published_at,
                },
            )
