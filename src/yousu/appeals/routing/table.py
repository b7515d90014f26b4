"""规则表: rules in their order, checked as a whole: known units, no way round, none that can never be reached. Pure."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from yousu.appeals.routing import conditions
from yousu.appeals.routing.conditions import Condition, ConditionWrong, Facts
from yousu.org.city import City, CityWrong

FILE = "routing.csv"
COLUMNS = ("code", "at", "when", "to", "note_zh", "note_en")
# 属地: the district in which the case is.
TO_DISTRICT = "district"


class RuleWrong(CityWrong):
    """A rule that cannot be used: row (as a spreadsheet numbers it), column, place in its text, why (a code), word."""

    def __init__(self, row: int, column: str, why: str, word: str, at: int = 0) -> None:
        said = f"row {row}, {column}, column {at + 1}: {why}: {word}"
        super().__init__(said, file=FILE, row=row, field=column, why=why, word=word, at=at)
        self.column = column


@dataclass(frozen=True, kw_only=True)
class Rule:
    """At a unit (None: the desk): when the condition holds, the case goes to `to`, a unit's code or `district`."""

    code: str
    at: str | None
    when: Condition
    said: str
    to: str
    note_zh: str
    note_en: str

    def note(self, language: str) -> str:
        """Why, in the page's language; the condition itself where nobody wrote a reason."""
        return (self.note_zh if language.startswith("zh") else self.note_en) or self.said

    def unit_for(self, facts: Facts) -> str | None:
        """Where it sends a case; None where it does not hold, or the district is not known."""
        if not self.when.holds(facts):
            return None
        return facts.district if self.to == TO_DISTRICT else self.to


@dataclass(frozen=True, kw_only=True)
class Routed:
    """Where a case should go, and by which rule."""

    unit: str
    rule: Rule


@dataclass(frozen=True)
class Table:
    """The rules in the order in which they are asked; the first that holds decides."""

    rules: tuple[Rule, ...]

    def route(self, facts: Facts, *, at: str | None = None) -> Routed | None:
        """Where a case should go from the desk, or from a unit with rules of its own; None when no rule holds."""
        for rule in self.rules:
            if rule.at == at and (unit := rule.unit_for(facts)) is not None and unit != at:
                return Routed(unit=unit, rule=rule)
        return None


def read(text: str, city: City) -> Table:
    """The table that a CSV file says. Raises RuleWrong with the place marked."""
    lines = csv.DictReader(io.StringIO(text))
    missing = [name for name in COLUMNS if name not in (lines.fieldnames or ())]
    if missing:
        raise RuleWrong(1, missing[0], "column_missing", missing[0])
    rules: list[Rule] = []
    for row, line in enumerate(lines, start=2):
        rule = _rule(row, line, city)
        _check_place(row, rule, rules)
        rules.append(rule)
    return Table(tuple(rules))


def _rule(row: int, line: Mapping[str, str | None], city: City) -> Rule:
    cells = {name: (line.get(name) or "").strip() for name in COLUMNS}
    if None in line or not cells["code"]:
        raise RuleWrong(row, "code", "ragged" if None in line else "required", cells["code"])
    try:
        when = conditions.read(cells["when"], city)
    except ConditionWrong as wrong:
        raise RuleWrong(row, "when", wrong.why, wrong.word, wrong.at) from wrong
    if conditions.never(when):
        raise RuleWrong(row, "when", "never_holds", cells["when"])
    rule = Rule(
        code=cells["code"],
        at=cells["at"] or None,
        when=when,
        said=cells["when"],
        to=cells["to"],
        note_zh=cells["note_zh"],
        note_en=cells["note_en"],
    )
    _check_units(row, rule, city)
    return rule


def _check_units(row: int, rule: Rule, city: City) -> None:
    if rule.at is not None and rule.at not in city.units:
        raise RuleWrong(row, "at", "unknown_unit", rule.at)
    if rule.to != TO_DISTRICT and rule.to not in city.units:
        raise RuleWrong(row, "to", "unknown_unit", rule.to)
    # Only ever downwards, so that no rules send a case round in a ring.
    if rule.at is not None and (rule.to == rule.at or rule.to not in city.tree_of(rule.at)):
        raise RuleWrong(row, "to", "not_below", rule.to)


def _check_place(row: int, rule: Rule, earlier: Sequence[Rule]) -> None:
    for before in earlier:
        if before.code == rule.code:
            raise RuleWrong(row, "code", "twice", rule.code)
        if before.at == rule.at and before.to != TO_DISTRICT and conditions.implies(rule.when, before.when):
            raise RuleWrong(row, "when", "never_reached", before.code)
