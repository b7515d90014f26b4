"""督办规则: the city's table of what is done about a case that is late, sent back, not solved; checked. Pure."""

from collections.abc import Container, Mapping
from dataclasses import dataclass

from yousu.org import city_files
from yousu.org.city import City, CityWrong, Label, city, per_city

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


@per_city
def rules() -> Mapping[str, SupervisionRule]:
    """The city's rules by code, in the order of the file. Raises CityWrong."""
    return load(city())


def load(known: City) -> Mapping[str, SupervisionRule]:
    """Reads and checks the table; a city without one has no rules. Raises CityWrong with file and row."""
    found: dict[str, SupervisionRule] = {}
    for line in city_files.lines_of("supervision", known.texts):
        try:
            rule = _rule(line.cells, known)
            if rule.code in found:
                raise _Refused("code", "twice", f"{rule.code} stands there twice", rule.code)
        except _Refused as wrong:
            raise CityWrong(
                f"supervision.csv row {line.row}: {wrong}",
                file="supervision.csv",
                row=line.row,
                field=wrong.column,
                why=wrong.why,
                word=wrong.word,
            ) from wrong
        found[rule.code] = rule
    return found


class _Refused(ValueError):
    """Why a row is no rule."""

    def __init__(self, column: str, why: str, message: str, word: str = "") -> None:
        super().__init__(message)
        self.column, self.why, self.word = column, why, word


def _rule(row: Mapping[str, str], known: City) -> SupervisionRule:
    _check("trigger", row["trigger"], (*BY_DAYS, *BY_COUNT))
    _check("act", row["act"], ACTS)
    _check("how", row["how"], (APPLY, PROPOSE))
    if row["unit"]:
        _check("unit", row["unit"], known.units)
    if row["how"] == APPLY and row["act"] not in ALONE:
        raise _Refused("how", "never_alone", f"{row['act']} is proposed, and never done by a machine alone", row["act"])
    if row["act"] == ESCALATE and not row["unit"]:
        raise _Refused("unit", "required", "escalate needs a unit for whom nobody is above")
    at_least, days = _number(row, "at_least"), _number(row, "working_days")
    if at_least < 1 or (row["act"] in _WITH_DAYS and days < 1):
        column = "at_least" if at_least < 1 else "working_days"
        raise _Refused(column, "too_small", "at_least and, for orders and summons, working_days are at least 1", "0")
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


def _number(row: Mapping[str, str], column: str) -> int:
    word = row[column] or "0"
    if not (word.isascii() and word.isdecimal()):
        raise _Refused(column, "not_a_number", f"{column}: {word} is no whole number", word)
    return int(word)


def _check(column: str, code: str, known: Container[str]) -> None:
    if code not in known:
        raise _Refused(column, "unknown_code", f"the unknown {column} {code}", code)
