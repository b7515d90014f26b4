"""通报查询: a bulletin as it stands, live or frozen, and the set behind each of its numbers. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from django.db.models import Q, QuerySet

from yousu.bulletins import content as contents
from yousu.bulletins import kept, rules
from yousu.bulletins.models import BulletinNow
from yousu.bulletins.state import BulletinState
from yousu.figures.kept import ListMissing
from yousu.ledger import seals
from yousu.ledger.models import Event, Seal
from yousu.platform import clock


class BulletinMissing(LookupError):
    """There is no such bulletin, or none that may be seen."""


@dataclass(frozen=True, kw_only=True)
class Bulletin:
    """A bulletin to show: its JSON, and how far it is (None: nobody composed it yet)."""

    json: dict[str, Any]
    state: BulletinState | None


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page of bulletins; `after` is the cursor of the next one, if there is any."""

    rows: Sequence[BulletinNow]
    after: str | None


def show(bulletin_id: str, *, as_of: datetime | None = None) -> Bulletin:
    """The frozen bulletin, or the figures as they stand now. Raises BulletinMissing.

    `as_of` asks for the figures as known then, whatever is frozen.
    """
    spell = _spell(bulletin_id)
    found = state(bulletin_id)
    if found is not None and found.content is not None and as_of is None:
        return Bulletin(json=dict(found.content), state=found)
    moment = min(as_of or (found.as_of if found else contents.end_of(spell)), clock.now())
    return Bulletin(json=contents.digested(contents.compiled(spell, as_of=moment).json), state=found)


def numbers_behind(bulletin_id: str, path: str) -> list[str]:
    """The case numbers behind a printed number. Raises BulletinMissing, ListMissing, ListBroken."""
    spell = _spell(bulletin_id)
    found = state(bulletin_id)
    if found is not None and found.content is not None:
        return kept.list_behind(found, path)
    as_of = min(found.as_of if found else contents.end_of(spell), clock.now())
    sets = contents.compiled(spell, as_of=as_of).sets
    if path not in sets:
        raise ListMissing(path)
    return sets[path]


def possible(bulletin_id: str, *, by: str) -> tuple[str, ...]:
    """The steps that an account could take on a bulletin now. Raises BulletinMissing."""
    return rules.possible(state(bulletin_id), by=by, ends_at=contents.end_of(_spell(bulletin_id)))


def everything() -> QuerySet[BulletinNow]:
    """Every bulletin that was ever composed."""
    return BulletinNow.objects.all()


def published() -> QuerySet[BulletinNow]:
    """Published bulletins."""
    return BulletinNow.objects.filter(published_at__isnull=False)


def page_of(rows: QuerySet[BulletinNow], *, size: int, after: str) -> Page:
    """Newest first, after a cursor (the id of the last one shown); the first page for an empty or broken one."""
    try:
        last = rules.spell_of(after)
    except rules.PeriodWrong:
        pass
    else:
        rows = rows.filter(Q(period_end__lt=last.last) | Q(period_end=last.last, kind__gt=last.kind))
    found = list(rows.order_by("-period_end", "kind")[: size + 1])
    return Page(rows=found[:size], after=found[size - 1].id if len(found) > size else None)


def published_one(bulletin_id: str) -> Bulletin:
    """A published bulletin, for the public. Raises BulletinMissing."""
    row = published().filter(id=_spell(bulletin_id).id).first()
    if row is None:
        raise BulletinMissing(bulletin_id)
    found = state_of(row)
    return Bulletin(json=dict(found.content or {}), state=found)


def seal_of(bulletin_id: str) -> Seal | None:
    """封存: the first seal that binds a frozen bulletin; None until there is one."""
    stream = f"bulletin/{bulletin_id}"
    seq = Event.objects.filter(stream=stream, kind="frozen").values_list("seq", flat=True).first()
    return None if seq is None else seals.covering(stream, seq)


def state(bulletin_id: str) -> BulletinState | None:
    """How far a bulletin is; None when nobody composed it."""
    row = BulletinNow.objects.filter(id=bulletin_id).first()
    return None if row is None else state_of(row)


def state_of(row: BulletinNow) -> BulletinState:
    """The whole state in a row."""
    return msgspec.convert(row.state, BulletinState)


def _spell(bulletin_id: str) -> rules.Spell:
    try:
        return rules.spell_of(bulletin_id)
    except rules.PeriodWrong as error:
        raise BulletinMissing(bulletin_id) from error
