"""考核数字: the sets of every assessed unit, counted in one statement, and the city's method."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from yousu.assessments.events import AssessmentComposed, Method, People
from yousu.assessments.rules import Month
from yousu.figures import trees, weighted
from yousu.figures.queries import Period, run
from yousu.figures.sets import list_digest
from yousu.figures.versions import definitions_digest
from yousu.org.city import City

PARTS = ("counted", "base", "excluded")
_NUMBERS = ", ".join(
    f"coalesce(array_agg(number ORDER BY number) FILTER (WHERE {condition}), '{{}}')"
    for condition in ("counted", "NOT excluded", "excluded")
)


@dataclass(frozen=True, kw_only=True)
class Counted:
    """The fact that is to be recorded, and the list behind each path."""

    fact: AssessmentComposed
    sets: dict[str, list[str]] = field(repr=False)


def counted(month: Month, period: Period, known: City) -> Counted:
    """Every unit's figures of the month; units of no group are not assessed."""
    method, groups = method_of(known), groups_of(known)
    names = _sets_of(method)
    sets = _lists(names, period, groups, known)
    fact = AssessmentComposed(
        first=month.first,
        last=month.last,
        as_of=period.as_of,
        definitions=definitions_digest(),
        method=method,
        groups=groups,
        people=_people(known, groups, month),
        sizes={
            unit: {name: {part: len(sets[f"{unit}.{name}.{part}"]) for part in PARTS} for name in names}
            for unit in groups
        },
        lists={path: list_digest(numbers) for path, numbers in sorted(sets.items())},
    )
    return Counted(fact=fact, sets=sets)


def method_of(known: City) -> Method:
    """考核办法, as the city has it now."""
    setting, made = known.settings["assessment"], weighted.catalogue()
    return Method(
        figures={
            figure: {part: str(weight) for part, weight in made[figure].weights().items()}
            if figure in made
            else {figure: "1"}
            for figure in setting["weights"]
        },
        weights=dict(setting["weights"]),
        red=setting["red"],
        yellow=setting["yellow"],
        small=known.settings["rates"]["small"],
        ranking=known.settings["rates"]["ranking"],
        rounding=known.settings["percent"]["rounding"],
        digits=known.settings["percent"]["digits"],
    )


def groups_of(known: City) -> dict[str, str]:
    """The assessed units with their group, group by group: those at the top of the tree of a kind that has one."""
    kinds = {group.kind: group.code for group in known.assessment_groups.values()}
    units = [unit for unit in known.units.values() if unit.parent is None]
    return {unit.code: kinds[kind] for kind in kinds for unit in units if unit.kind == kind}


def assessed_unit(unit: str | None, known: City) -> str | None:
    """The unit whose figures hold those of this one."""
    return trees.line("unit", unit, known)[-1] if unit is not None and unit in known.units else None


def _sets_of(method: Method) -> list[str]:
    return ["accepted", *dict.fromkeys(part for parts in method.figures.values() for part in parts)]


def _lists(names: list[str], period: Period, groups: dict[str, str], known: City) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    sets = {f"facts_{at}": name for at, name in enumerate(names)}
    selects = [f"SELECT '{name}', unit, {_NUMBERS} FROM {table} GROUP BY unit" for table, name in sets.items()]
    rows: list[tuple[Any, ...]] = run(" UNION ALL ".join(selects), sets, period)
    for name, unit, *lists in rows:
        top = assessed_unit(unit, known)
        if top in groups:
            for part, numbers in zip(PARTS, lists, strict=True):
                found[f"{top}.{name}.{part}"] += numbers
    return {
        path: sorted(found[path])
        for path in (f"{unit}.{name}.{part}" for unit in groups for name in names for part in PARTS)
    }


def _people(known: City, groups: dict[str, str], month: Month) -> dict[str, People]:
    found = {unit: known.population_of(unit, on=month.last) for unit in groups}
    return {
        unit: People(people=one.people, valid_from=one.valid_from, source=one.source)
        for unit, one in found.items()
        if one is not None
    }
