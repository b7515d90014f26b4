"""留存: the lists that were frozen with a bulletin."""

from collections.abc import Sequence

import msgspec

from yousu.bulletins.models import BulletinFigure, BulletinNow
from yousu.bulletins.state import BulletinState
from yousu.figures import kept


def list_behind(state: BulletinState, path: str) -> list[str]:
    """The case numbers frozen behind a path. Raises ListMissing, ListBroken."""
    rows = BulletinFigure.objects.filter(bulletin_id=state.id)
    return kept.list_behind(rows, state.lists or {}, path, of=state.id)


def lists_of(bulletin_ids: Sequence[str], path: str) -> dict[str, list[str]]:
    """The lists behind a path of those bulletins that are frozen. Raises ListBroken."""
    frozen = BulletinNow.objects.filter(id__in=bulletin_ids, stage__in=("frozen", "published"))
    states = [msgspec.convert(state, BulletinState) for state in frozen.values_list("state", flat=True)]
    return {state.id: list_behind(state, path) for state in states}
