"""Rules of bulletins: their names, who may follow whom, and what may go out. Pure."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from yousu.bulletins import events
from yousu.bulletins.state import BulletinState

SUNDAY = 7
FIRST_YEAR, LAST_YEAR = 2000, 2100


class NotReady(ValueError):
    """The step is not possible yet. `why` is a code; `missing` the steps that must come before."""

    def __init__(self, step: str, why: str, *, missing: tuple[str, ...] = ()) -> None:
        super().__init__(f"{step}: {why}" + (f" ({', '.join(missing)})" if missing else ""))
        self.step, self.why, self.missing = step, why, missing


class PeriodWrong(ValueError):
    """No bulletin has this name, or its period does not exist. `why` is a code."""

    def __init__(self, why: str, message: str) -> None:
        super().__init__(message)
        self.why = why


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

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1


_DAYS = {"daily": 1, "weekly": 7}
# One spelling for each day: Python reads 20240131 and 2024-W05-3, too, and each would be a bulletin of its own.
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def spell(kind: str, last: str) -> Spell:
    """The period of a bulletin by its last day, `2024-01-28`. Raises PeriodWrong."""
    if kind not in _DAYS:
        raise PeriodWrong("unknown_kind", f"there is no {kind} bulletin")
    if not _DAY.fullmatch(last):
        raise PeriodWrong("not_a_day", f"{last!r} is no day; write 2024-01-31")
    try:
        day = date.fromisoformat(last)
    except ValueError as error:
        raise PeriodWrong("not_a_day", f"{last} is no day of the calendar") from error
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise PeriodWrong("out_of_range", f"{last} is not between {FIRST_YEAR} and {LAST_YEAR}")
    if kind == "weekly" and day.isoweekday() != SUNDAY:
        raise PeriodWrong("not_a_sunday", f"{last} is a {day:%A}; a week runs from Monday to Sunday")
    return Spell(kind=kind, first=day - timedelta(days=_DAYS[kind] - 1), last=day)


def spell_of(bulletin_id: str) -> Spell:
    """The period behind a bulletin's id. Raises PeriodWrong."""
    kind, _, last = bulletin_id.partition("-")
    return spell(kind, last)


def may_compose(state: BulletinState | None) -> None:
    """A frozen bulletin is never composed again."""
    if state is not None and state.stage in ("frozen", "published"):
        raise NotReady("compose", "already_frozen")


def may_review(state: BulletinState, *, by: str) -> None:
    """审核 falls to another account than the composer's."""
    _at(state, "review", "composed")
    if by == state.composed_by:
        raise NotReady("review", "same_person")


def may_sign(state: BulletinState, *, by: str) -> None:
    """签发 falls to a third account, and only on what reconciles."""
    _at(state, "sign", "reviewed")
    if by in (state.composed_by, state.reviewed_by):
        raise NotReady("sign", "same_person")
    if not state.holds:
        raise NotReady("sign", "does_not_reconcile")


def may_freeze(state: BulletinState, *, ends_at: datetime) -> None:
    """What is frozen stays, so its figures must be those of the whole period."""
    _at(state, "freeze", "signed")
    if state.as_of < ends_at:
        raise NotReady("freeze", "period_not_over")


def may_publish(state: BulletinState) -> None:
    """What is not frozen could still change."""
    _at(state, "publish", "frozen")


def possible(state: BulletinState | None, *, by: str, ends_at: datetime) -> tuple[str, ...]:
    """The steps this account could take now, the next one first; whether its role allows them is asked elsewhere."""
    if state is None:
        return ("compose",)
    checks: Mapping[str, Callable[[], None]] = {
        "review": lambda: may_review(state, by=by),
        "sign": lambda: may_sign(state, by=by),
        "freeze": lambda: may_freeze(state, ends_at=ends_at),
        "publish": lambda: may_publish(state),
        "compose": lambda: may_compose(state),
    }
    return tuple(step for step, check in checks.items() if _passes(check))


def review(state: BulletinState, *, by: str) -> events.BulletinReviewed:
    """审核."""
    may_review(state, by=by)
    return events.BulletinReviewed(figures=state.figures)


def sign(state: BulletinState, *, by: str) -> events.BulletinSigned:
    """签发."""
    may_sign(state, by=by)
    return events.BulletinSigned(figures=state.figures)


def freeze(
    state: BulletinState, *, content: Mapping[str, Any], lists: Mapping[str, str], figures: str, ends_at: datetime
) -> events.Frozen:
    """冻结 of exactly what was signed. Raises NotReady when facts moved since, or when it does not reconcile."""
    may_freeze(state, ends_at=ends_at)
    if figures != state.figures:
        raise NotReady("freeze", "figures_moved")
    if not all(check["holds"] for check in content["checks"]):
        raise NotReady("freeze", "does_not_reconcile")
    return events.Frozen(content=content, lists=lists)


def publish(state: BulletinState) -> events.Published:
    """发布 of what is frozen."""
    may_publish(state)
    assert state.content is not None
    return events.Published(digest=state.content["digest"])


_STEP = {"composed": "compose", "reviewed": "review", "signed": "sign", "frozen": "freeze"}


def steps_before(step: str) -> tuple[str, ...]:
    """Every step that comes before one, in order."""
    steps = tuple(_STEP.values())
    return steps[: steps.index(step)] if step in steps else steps


def _passes(check: Callable[[], None]) -> bool:
    try:
        check()
    except NotReady:
        return False
    return True


def _at(state: BulletinState, step: str, stage: str) -> None:
    order = list(_STEP)
    if state.stage == stage:
        return
    reached = order.index(state.stage) if state.stage in order else len(order)
    wanted = order.index(stage)
    if reached > wanted:
        raise NotReady(step, "already_done")
    raise NotReady(step, "steps_missing", missing=tuple(_STEP[name] for name in order[reached + 1 : wanted + 1]))
