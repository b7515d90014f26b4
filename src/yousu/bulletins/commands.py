"""Commands of bulletins: compose → review → sign → freeze → publish, by different accounts."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from yousu.bulletins import content as contents
from yousu.bulletins import events, queries, rules
from yousu.bulletins.models import BulletinFigure, BulletinNow
from yousu.bulletins.rules import NotReady, Spell
from yousu.bulletins.state import BulletinState
from yousu.ledger import log, seals, sequencer
from yousu.org import capabilities
from yousu.org.actors import Actor
from yousu.platform import clock


def compose(bulletin_id: str, *, as_of: datetime | None = None, by: Actor) -> BulletinState:
    """编制, or 重新编制 as long as nothing is frozen. Raises PeriodWrong, NotReady, Forbidden."""
    capabilities.require(by, "compose")
    spell = rules.spell_of(bulletin_id)
    at = as_of_for(spell, as_of)
    made = contents.compiled(spell, as_of=at)
    with transaction.atomic():
        # One composer at a time, or two would take the same issue number.
        known = {row.id: row for row in BulletinNow.objects.select_for_update().filter(kind=spell.kind)}
        state = _state(known.get(bulletin_id))
        rules.may_compose(state)
        fact = events.Composed(
            kind=spell.kind,
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

    Raises NotReady (steps missing, figures moved, does not reconcile), TransactionsOpen.
    """
    capabilities.require(by, "freeze")
    state = get(bulletin_id, step="freeze")
    rules.may_freeze(state)
    sequencer.settle(state.as_of)
    sequencer.drain()
    made = contents.compiled(rules.spell_of(bulletin_id), as_of=state.as_of)
    lists = made.lists()
    final = contents.digested(
        {**made.json, "frozen": True, "frozen_at": contents.local(clock.now()), "issue_number": state.issue_number}
    )

    def decide(current: BulletinState) -> events.Frozen:
        figures = contents.figures_digest(made.json, lists)
        return rules.freeze(current, content=final, lists=lists, figures=figures)

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
    state = _state(BulletinNow.objects.filter(id=bulletin_id).first())
    if state is None:
        raise NotReady(step, "steps_missing", missing=rules.steps_before(step))
    return state


def as_of_for(spell: Spell, as_of: datetime | None) -> datetime:
    """The as-of of a bulletin: the end of its period unless given, never later than now."""
    return min(as_of or contents.end_of(spell), clock.now())


def _step(
    bulletin_id: str, action: str, decide: Callable[[BulletinState], Any], *, by: Actor, seen: int | None
) -> BulletinState:
    capabilities.require(by, action)
    get(bulletin_id, step=action)
    recorded: BulletinState = log.record(_stream(bulletin_id), decide, by=by, at=clock.now(), seen=seen)
    return recorded


def _stream(bulletin_id: str) -> str:
    return f"bulletin/{bulletin_id}"


def _state(row: BulletinNow | None) -> BulletinState | None:
    return None if row is None else queries.state_of(row)


def _next_issue(spell: Spell) -> int:
    last = BulletinNow.objects.filter(kind=spell.kind, year=spell.last.year).aggregate(last=Max("issue_number"))["last"]
    return int(last or 0) + 1
