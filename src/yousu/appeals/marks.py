"""标记: what stands beside a case's stage: its clock, the ledger of parked ones, exclusion, supervision. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from yousu.appeals import instructions, parts, shields
from yousu.cases.state import Due
from yousu.ledger.events import TextRef


@dataclass(frozen=True, kw_only=True)
class Asked:
    """延期申请 that waits for its judgement: how many working days more, why, and who asked."""

    working_days: int
    reason: str
    by: str


@dataclass(frozen=True, kw_only=True)
class Standstill:
    """暂停计时: since when and why the clock stands still, until which day it is thought to; what was due before."""

    since: datetime
    reason: str
    until: date | None
    due: Due


@dataclass(frozen=True, kw_only=True)
class Past:
    """A standstill that is over."""

    begin: datetime
    end: datetime


@dataclass(frozen=True, kw_only=True)
class Clock:
    """What happened to the clock since the case was given to its unit."""

    asked: Asked | None = None
    # Working days granted, and how many times.
    extended: int = 0
    extensions: int = 0
    standstill: Standstill | None = None
    past: tuple[Past, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Parking:
    """挂账: since when; plan, leader and review date once they are written down."""

    since: datetime
    plan: TextRef | None = None
    leader: TextRef | None = None
    review_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Exclusion:
    """剔除: asked by one, judged by another; `granted` is None until then."""

    reason: str
    by: str
    granted: bool | None = None


@dataclass(frozen=True, kw_only=True)
class Supervision:
    """督办: what was done about a case, beyond reminding."""

    supervised: int = 0
    # Until when the latest order wants it done.
    until: datetime | None = None
    escalated_to: str | None = None
    summoned: int = 0
    instructions: int = 0
    leader: TextRef | None = None
    # The rules that were applied or declined: each once in a case's life.
    rules: tuple[str, ...] = ()


def of(case: Any) -> list[str]:
    """The marks by which lists choose, in a fixed order."""
    clock, exclusion = case.clock, case.exclusion
    found = {
        "extension_asked": clock.asked is not None,
        "extended": clock.extensions > 0,
        "suspended": clock.standstill is not None,
        "parked": case.parking is not None,
        "chosen": case.stage == "closed" and case.chosen_on is not None,
        "exclusion_asked": exclusion is not None and exclusion.granted is None,
        "excluded": exclusion is not None and exclusion.granted is True,
        "supervised": case.supervision.supervised > 0,
        "instructed": case.supervision.instructions > 0,
    }
    return [mark for mark, holds in found.items() if holds]


def ruled(case: Any) -> list[str]:
    """The rules that are done with, as lists leave cases out by them."""
    return [f"rule:{rule}" for rule in case.supervision.rules]


def barred(case: Any) -> Mapping[str, str]:
    """The commands that the marks forbid whatever the stage, each with why (a code)."""
    return {command: why for command, why in _hindrances(case) if why}


def own(case: Any, by: str) -> frozenset[str]:
    """The judgements that are for somebody else, because `by` asked for them."""
    asked, exclusion = case.clock.asked, case.exclusion
    mine = {
        "judge-extension": asked is not None and asked.by == by,
        "judge-exclusion": exclusion is not None and exclusion.by == by,
    }
    return frozenset(command for command, is_mine in mine.items() if is_mine)


def _hindrances(case: Any) -> list[tuple[str, str]]:
    clock, still = case.clock, case.clock.standstill is not None
    exclusion_asked = case.exclusion is not None and case.exclusion.granted is None
    is_excluded = case.exclusion is not None and case.exclusion.granted is True
    return [
        ("request-extension", "suspended" if still else "no_limit" if case.due is None else ""),
        ("request-extension", "extension_asked" if clock.asked else ""),
        ("judge-extension", "" if clock.asked else "no_extension_asked"),
        ("suspend", "suspended" if still else "no_limit" if case.due is None else ""),
        ("resume", "" if still else "not_suspended"),
        ("handle", "suspended" if still else ""),
        # Who was designated cannot send back to the desk; inside its tree it judges for itself.
        ("send-back", "designated" if case.designated and not case.above else "suspended" if still else ""),
        ("approve", "" if parts.approver(case) is not None else "no_approval_needed"),
        ("review", "not_approved" if parts.approver(case) is not None else ""),
        *shields.hindrances(case),
        *instructions.hindrances(case),
        ("park", "parked" if case.parking is not None and case.parking.plan is not None else ""),
        ("unpark", "" if case.parking is not None else "not_parked"),
        ("exclude", "exclusion_asked" if exclusion_asked else "excluded" if is_excluded else ""),
        ("judge-exclusion", "" if exclusion_asked else "no_exclusion_asked"),
        ("call-back", "parked" if case.parking is not None else ""),
        ("merge", "parked" if case.parking is not None else ""),
    ]
