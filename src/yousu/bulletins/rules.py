"""Rules of bulletins: who may follow whom, and what may go out. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from yousu.bulletins import events
from yousu.bulletins.state import BulletinState


class NotReady(ValueError):
    """The step is not possible yet. `why` is a code; `missing` the steps that must come before."""

    def __init__(self, step: str, why: str, *, missing: tuple[str, ...] = ()) -> None:
        super().__init__(f"{step}: {why}" + (f" ({', '.join(missing)})" if missing else ""))
        self.step, self.why, self.missing = step, why, missing


class PeriodWrong(ValueError):
    """No bulletin has this name, or its period does not exist."""


@dataclass(frozen=True, kw_only=True)
class Spell:
    """A bulletin's period: its kind and local days, both in."""

    kind: str
    first: date
    last: date

    @property
    def id(self) -> str:
        """`daily-2024-01-31`, `weekly-2024-01-28`."""
        return f"{self.kind}-{self.last.isoformat()}"


_DAYS = {"daily": 1, "weekly": 7}


def spell(kind: str, last: date) -> Spell:
    """The period of a bulletin by its last day. Raises PeriodWrong."""
    if kind not in _DAYS:
        raise PeriodWrong(f"there is no {kind} bulletin")
    return Spell(kind=kind, first=last - timedelta(days=_DAYS[kind] - 1), last=last)


def spell_of(bulletin_id: str) -> Spell:
    """The period behind a bulletin's id. Raises PeriodWrong."""
    kind, _, day = bulletin_id.partition("-")
    try:
        return spell(kind, date.fromisoformat(day))
    except ValueError as error:
        raise PeriodWrong(f"{bulletin_id} is no bulletin's id") from error


def review(state: BulletinState, *, by: str) -> events.BulletinReviewed:
    """审核, by another account than the composer's."""
    _at(state, "review", "composed")
    if by == state.composed_by:
        raise NotReady("review", "same_person")
    return events.BulletinReviewed(figures=state.figures)


def sign(state: BulletinState, *, by: str) -> events.BulletinSigned:
    """签发, by a third account; only what reconciles."""
    _at(state, "sign", "reviewed")
    if by in (state.composed_by, state.reviewed_by):
        raise NotReady("sign", "same_person")
    if not state.holds:
        raise NotReady("sign", "does_not_reconcile")
    return events.BulletinSigned(figures=state.figures)


def freeze(
    state: BulletinState, *, content: Mapping[str, Any], lists: Mapping[str, str], figures: str
) -> events.Frozen:
    """冻结 of exactly what was signed. Raises NotReady when facts moved since, or when it does not reconcile."""
    _at(state, "freeze", "signed")
    if figures != state.figures:
        raise NotReady("freeze", "figures_moved")
    if not all(check["holds"] for check in content["checks"]):
        raise NotReady("freeze", "does_not_reconcile")
    return events.Frozen(content=content, lists=lists)


def may_freeze(state: BulletinState) -> None:
    """Before anything is counted again. Raises NotReady."""
    _at(state, "freeze", "signed")


def publish(state: BulletinState) -> events.Published:
    """发布 of what is frozen."""
    _at(state, "publish", "frozen")
    assert state.content is not None
    return events.Published(digest=state.content["digest"])


def may_compose(state: BulletinState | None) -> None:
    """A frozen bulletin is never composed again."""
    if state is not None and state.stage in ("frozen", "published"):
        raise NotReady("compose", "already_frozen")


_STEP = {"composed": "compose", "reviewed": "review", "signed": "sign", "frozen": "freeze"}


def steps_before(step: str) -> tuple[str, ...]:
    """Every step that comes before one, in order."""
    steps = tuple(_STEP.values())
    return steps[: steps.index(step)] if step in steps else steps


def _at(state: BulletinState, step: str, stage: str) -> None:
    order = list(_STEP)
    if state.stage == stage:
        return
    reached = order.index(state.stage) if state.stage in order else len(order)
    wanted = order.index(stage)
    if reached > wanted:
        raise NotReady(step, "already_done")
    raise NotReady(step, "steps_missing", missing=tuple(_STEP[name] for name in order[reached + 1 : wanted + 1]))
