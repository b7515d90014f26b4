"""回避与保护: from whom a case is kept: the unit it accuses with all below it, and people with a stake. Pure."""

from dataclasses import dataclass
from typing import Any

from yousu.ledger.events import TextRef


@dataclass(frozen=True, kw_only=True)
class Reported:
    """被举报单位; who asked to lift the block with which reason, and whether a second person granted it."""

    unit: str
    lift_by: str | None = None
    lift_reason: TextRef | None = None
    lifted: bool | None = None


def closed_unit(case: Any) -> str | None:
    """The unit from whose whole branch the case is kept."""
    return None if case.reported is None or case.reported.lifted else case.reported.unit


def listed(case: Any) -> list[str]:
    """What lists leave cases out by."""
    unit = closed_unit(case)
    found = [] if unit is None else [f"reported:{unit}"]
    if case.reported is not None and case.reported.lift_by is not None and case.reported.lifted is None:
        found.append("lift_asked")
    return found + [f"recused:{who}" for who in case.recused]


def hindrances(case: Any) -> list[tuple[str, str]]:
    """The commands that this forbids, each with why (a code)."""
    asked = case.reported is not None and case.reported.lift_by is not None and case.reported.lifted is None
    return [
        # Who named a wrong unit has it lifted by two people, as anybody else.
        ("name-reported", "names_a_unit" if closed_unit(case) is not None else ""),
        ("name-reported", "" if case.type in ("tip_off", "complaint") else "accuses_nobody"),
        ("request-lift", "lift_asked" if asked else "" if closed_unit(case) is not None else "no_reported_unit"),
        ("judge-lift", "" if asked else "no_lift_asked"),
    ]
