"""Commands of bulletins: compose → review → sign → freeze → publish, by different accounts.

`seen` is the version that the author was shown; 0 for a bulletin that nobody has composed yet.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Max

from yousu.bulletins import content as contents
from yousu.bulletins import events, names, queries, rules
from yousu.bulletins.models import BulletinFigure, BulletinNow
from yousu.bulletins.rules import NotReady, Spell
from yousu.bulletins.state import BulletinState
from yousu.ledger import log, seals, sequencer
from yousu.ledger.log import StreamMoved
from yousu.org import capabilities
from yousu.org.actors import Actor
from yousu.platform import clock

_LOCK = 0x59_6F_75_42


def compose(bulletin_id: str, *, as_of: datetime | None = None, by: Actor, seen: int | None = None) -> BulletinState:
    """编制, or 重新编制 as long as nothing is frozen. Raises PeriodWrong, NotReady, StreamMoved, Forbidden."""
    capabilities.require(by, "compose")
    spell = rules.spell_of(bulletin_id)
    at = as_of_for(spell, as_of)
    made = contents.compiled(spell, as_of=at)
    with _alone(spell.kind):
        state = queries.state(bulletin_id)
        _check_seen(bulletin_id, state, seen=seen)
        rules.may_compose(state)
        fact = events.Composed(
            bulletin=spell.kind,
            first=spell.first,
            last=spell.last,
            as_of=at,
            issue_number=state.issue_number if state else _next_issue(spell),
            definitions=contents.DEFINITIONS,
            figures=contents.figures_digest(made.json, made.lists()),
            holds=all(check["holds"] for check in made.json["checks"]),
        )
        log.append(_stream(bulletin_id), fact, by=by, at=clock.now())
    return get(bulletin_id)


def review(bulletin_id: str, *, by: Actor, seen: int | None = None) -> BulletinState:
    """审核."""
    return _step(bulletin_id, "review-bulletin", lambda state: rules.review(state, by=by.code), by=by, seen=seen)


def sign(bulletin_id: str, *, by: Actor, seen: int | None = None) -> BulletinState:
    """签发."""
    return _step(bulletin_id, "sign-bulletin", lambda state: rules.sign(state, by=by.code), by=by, seen=seen)


def freeze(bulletin_id: str, *, by: Actor, seen: int | None = None) -> BulletinState:
    """冻结: waits until nothing recorded before the as-of can still be committed, counts once more, keeps all lists.

    Raises NotReady (steps missing, period not over, figures moved, does not reconcile), StreamMoved, TransactionsOpen.
    """
    capabilities.require(by, "freeze")
    spell = rules.spell_of(bulletin_id)
    ends_at = contents.end_of(spell)
    state = get(bulletin_id, step="freeze")
    _check_seen(bulletin_id, state, seen=seen)
    rules.may_freeze(state, ends_at=ends_at)
    sequencer.settle(state.as_of)
    made = contents.compiled(spell, as_of=state.as_of)
    lists = made.lists()
    figures = contents.figures_digest(made.json, lists)

    def decide(current: BulletinState) -> events.Frozen:
        return rules.freeze(current, content=_final(made, current), lists=lists, figures=figures, ends_at=ends_at)

    with transaction.atomic():
        frozen = _step(bulletin_id, "freeze", decide, by=by, seen=seen)
        BulletinFigure.objects.bulk_create(
            BulletinFigure(bulletin_id=bulletin_id, path=path, numbers=numbers) for path, numbers in made.sets.items()
        )
    sequencer.drain()
    seals.seal()
    return frozen


def publish(bulletin_id: str, *, by: Actor, seen: int | None = None) -> BulletinState:
    """发布."""
    return _step(bulletin_id, "publish", rules.publish, by=by, seen=seen)


def get(bulletin_id: str, *, step: str = "review") -> BulletinState:
    """A composed bulletin's state. Raises NotReady when nobody composed it, PeriodWrong when it cannot exist."""
    rules.spell_of(bulletin_id)
    state = queries.state(bulletin_id)
    if state is None:
        raise NotReady(step, "steps_missing", missing=rules.steps_before(step))
    return state


def as_of_for(spell: Spell, as_of: datetime | None) -> datetime:
    """The as-of of a bulletin: the end of its period unless given, never later than now."""
    return min(as_of or contents.end_of(spell), clock.now())


def _final(made: contents.Content, state: BulletinState) -> dict[str, Any]:
    """The bulletin as it stays: with its number, when it was frozen, and the names of those who signed it."""
    labels = {**made.json["labels"], "signers": names.signers(state)}
    marks = {"frozen": True, "frozen_at": contents.local(clock.now()), "issue_number": state.issue_number}
    return contents.digested({**made.json, **marks, "labels": labels})


def _step(
    bulletin_id: str, action: str, decide: Callable[[BulletinState], Any], *, by: Actor, seen: int | None
) -> BulletinState:
    capabilities.require(by, action)
    spell = rules.spell_of(bulletin_id)
    with _alone(spell.kind):
        get(bulletin_id, step=_WORDS.get(action, action))
        recorded: BulletinState = log.record(_stream(bulletin_id), decide, by=by, at=clock.now(), seen=seen)
    return recorded


_WORDS = {"review-bulletin": "review", "sign-bulletin": "sign"}


@contextmanager
def _alone(kind: str) -> Iterator[None]:
    """One step at a time among the bulletins of a kind: two that are composed at once would take one issue number.

    Taken before any row is locked, in every step, so that no two steps wait for each other.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [_LOCK, kind])
        yield


def _check_seen(bulletin_id: str, state: BulletinState | None, *, seen: int | None) -> None:
    version = state.version if state else 0
    if seen is not None and seen != version:
        raise StreamMoved(_stream(bulletin_id), seen=seen, version=version)


def _stream(bulletin_id: str) -> str:
    return f"bulletin/{bulletin_id}"


def _next_issue(spell: Spell) -> int:
    last = BulletinNow.objects.filter(kind=spell.kind, year=spell.last.year).aggregate(last=Max("issue_number"))["last"]
    return int(last or 0) + 1
