"""通报查询: a bulletin as it stands, live or frozen, and the set behind each of its numbers. Reads only."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from yousu.bulletins import content as contents
from yousu.bulletins import rules
from yousu.bulletins.models import BulletinFigure, BulletinNow
from yousu.bulletins.state import BulletinState
from yousu.platform import clock


class BulletinMissing(LookupError):
    """There is no such bulletin, or none that may be seen."""


class FigureMissing(LookupError):
    """The bulletin prints no number at this path."""


@dataclass(frozen=True, kw_only=True)
class Bulletin:
    """A bulletin to show: its JSON, and how far it is (None: nobody composed it yet)."""

    json: dict[str, Any]
    state: BulletinState | None


def show(bulletin_id: str, *, as_of: datetime | None = None) -> Bulletin:
    """The frozen bulletin, or the figures as they stand now. Raises BulletinMissing.

    `as_of` asks for the figures as known then, whatever is frozen.
    """
    state = _state(bulletin_id)
    if state is not None and state.content is not None and as_of is None:
        return Bulletin(json=dict(state.content), state=state)
    spell = _spell(bulletin_id)
    moment = min(as_of or (state.as_of if state else contents.end_of(spell)), clock.now())
    return Bulletin(json=contents.digested(contents.compiled(spell, as_of=moment).json), state=state)


def numbers_behind(bulletin_id: str, path: str) -> list[str]:
    """The case numbers behind a printed number. Raises BulletinMissing, FigureMissing."""
    state = _state(bulletin_id)
    if state is not None and state.content is not None:
        kept = BulletinFigure.objects.filter(bulletin_id=bulletin_id, path=path).first()
        if kept is None:
            raise FigureMissing(path)
        return list(kept.numbers)
    spell = _spell(bulletin_id)
    as_of = min(state.as_of if state else contents.end_of(spell), clock.now())
    sets = contents.compiled(spell, as_of=as_of).sets
    if path not in sets:
        raise FigureMissing(path)
    return sets[path]


def published() -> Any:
    """Published bulletins, newest first."""
    return BulletinNow.objects.filter(published_at__isnull=False).order_by("-period_end", "kind")


def published_one(bulletin_id: str) -> Bulletin:
    """A published bulletin, for the public. Raises BulletinMissing."""
    row = published().filter(id=bulletin_id).first()
    if row is None:
        raise BulletinMissing(bulletin_id)
    state = state_of(row)
    return Bulletin(json=dict(state.content or {}), state=state)


def state_of(row: BulletinNow) -> BulletinState:
    """The whole state in a row."""
    return msgspec.convert(row.state, BulletinState)


def _state(bulletin_id: str) -> BulletinState | None:
    row = BulletinNow.objects.filter(id=bulletin_id).first()
    return None if row is None else state_of(row)


def _spell(bulletin_id: str) -> rules.Spell:
    try:
        return rules.spell_of(bulletin_id)
    except rules.PeriodWrong as error:
        raise BulletinMissing(bulletin_id) from error
