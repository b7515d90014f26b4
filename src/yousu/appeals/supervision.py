"""督办规则: the city's table of what is done about a case that is late, sent back, not solved; checked. Pure."""

import csv
from collections.abc import Container, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from yousu.org.city import City, CityWrong, Label, city

LATE, UNSIGNED, NO_CONTACT = "late", "unsigned", "no_contact"
SENT_BACK, AGAIN, UNSOLVED = "sent_back", "handled_again", "unsolved"
# By working days; by how often.
BY_DAYS, BY_COUNT = (LATE, UNSIGNED, NO_CONTACT), (SENT_BACK, AGAIN, UNSOLVED)
URGE, SUPERVISE, ESCALATE, SUMMON = "urge", "supervise", "escalate", "summon"
ACTS = (URGE, SUPERVISE, ESCALATE, SUMMON)
APPLY, PROPOSE = "act", "propose"
# What a machine may do alone: no step of it is the last before a mark against a unit.
ALONE = (URGE, SUPERVISE)
_WITH_DAYS = (SUPERVISE, SUMMON)


@dataclass(frozen=True, kw_only=True)
class SupervisionRule(Label):
    """One row: when `trigger` holds `at_least` so much, `act` is done or proposed."""

    trigger: str
    at_least: int
    act: str
    is_proposal: bool
    # Until when an order is to be done; on which day a unit is summoned.
    working_days: int
    # Who watches it where the unit has nobody above.
    unit: str | None


@cache
def rules() -> Mapping[str, SupervisionRule]:
    """The city's rules by code, in the order of the file. Raises CityWrong."""
    return load(city())


def load(known: City) -> Mapping[str, SupervisionRule]:
    """Reads and checks the table; a city without one has no rules. Raises CityWrong with file and row."""
    path: Path = known.folder / "supervision.csv"
    if not path.exists():
        return {}
    found: dict[str, SupervisionRule] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), start=2):
            try:
                rule = _rule(row, known)
                if rule.code in found:
                    raise ValueError(f"{rule.code} stands there twice")
            except (KeyError, ValueError) as wrong:
                raise CityWrong(f"supervision.csv row {number}: {wrong}") from wrong
            found[rule.code] = rule
    return found


def _rule(row: Mapping[str, str], known: City) -> SupervisionRule:
    _check("trigger", row["trigger"], (*BY_DAYS, *BY_COUNT))
    _check("act", row["act"], ACTS)
    _check("how", row["how"], (APPLY, PROPOSE))
    if row["unit"]:
        _check("unit", row["unit"], known.units)
    if row["how"] == APPLY and row["act"] not in ALONE:
        raise ValueError(f"{row['act']} is proposed, and never done by a machine alone")
    if row["act"] == ESCALATE and not row["unit"]:
        raise ValueError("escalate needs a unit for whom nobody is above")
    at_least, days = int(row["at_least"]), int(row["working_days"] or 0)
    if at_least < 1 or (row["act"] in _WITH_DAYS and days < 1):
        raise ValueError("at_least and, for orders and summons, working_days are at least 1")
    return SupervisionRule(
        code=row["code"],
        name_zh=row["name_zh"],
        name_en=row["name_en"],
        trigger=row["trigger"],
        at_least=at_least,
        act=row["act"],
        is_proposal=row["how"] == PROPOSE,
        working_days=days,
        unit=row["unit"] or None,
    )


def _check(column: str, code: str, known: Container[str]) -> None:
    if code not in known:
        raise ValueError(f"the unknown {column} {code}")
