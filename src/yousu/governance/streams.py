"""治理的流: numbers, rows and states of its streams, one way for all kinds."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

import msgspec
from django.db import connection

from yousu.cases.commands import tidy
from yousu.cases.rules import FieldWrong
from yousu.governance.models import GovernedNow
from yousu.governance.projection import KINDS
from yousu.ledger import log, texts
from yousu.ledger.texts import NewText
from yousu.org.actors import Actor
from yousu.platform import clock


class GovernedMissing(LookupError):
    """There is no such stream, or none that may be seen."""


def next_number(kind: str) -> int:
    """A fresh number. Gaps are allowed: a number is spent even if nothing comes of it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(%s::regclass)", [f"{kind}_number"])
        return int(cursor.fetchone()[0])


def state_of(row: GovernedNow) -> Any:
    """The whole state in a row."""
    return msgspec.convert(row.state, KINDS[row.kind].state)


def state(kind: str, number: int) -> Any:
    """The state of a stream. Raises GovernedMissing."""
    row = GovernedNow.objects.filter(kind=kind, number=number).first()
    if row is None:
        raise GovernedMissing(f"{kind}/{number}")
    return state_of(row)


def words(field: str, said: str) -> NewText:
    """Words that must be there, sealed. Raises FieldWrong."""
    if not tidy(said):
        raise FieldWrong(field, "required")
    return texts.sealed("note", tidy(said))


def begin(stream: str, fact: Any, *, by: Actor, new: Sequence[NewText] = ()) -> Any:
    """Records the first fact of a new stream."""
    return log.begin(stream, fact, by=by, at=clock.now(), texts=new)


def step(stream: str, decide: Callable[[Any], Any], *, by: Actor, seen: int | None, new: Sequence[NewText] = ()) -> Any:
    """Records what `decide` makes of a stream. Raises StreamMissing, StreamMoved, refusals."""
    return log.record(stream, decide, by=by, at=clock.now(), seen=seen, texts=new)


def day_of(at: datetime) -> date:
    """The local day of a moment."""
    return log.local_day_of(at)


def today() -> date:
    """The local day."""
    return log.local_day_of(clock.now())
