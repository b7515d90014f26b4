"""配置检查: what appeals ask of a city before it comes into force: usable rules, no unit that leaves its cases."""

from collections import Counter
from collections.abc import Sequence

from django.db import connection

from yousu.appeals import supervision
from yousu.appeals.routing import table, trying
from yousu.appeals.routing.table import RuleWrong
from yousu.appeals.state import OPEN_STAGES
from yousu.cases.models import CaseNow
from yousu.org.city import City, CityWrong

# Every unit with a part in a case that is open, by how many.
_OPEN = """
SELECT u, count(DISTINCT number) FROM case_now, unnest(units || lead_unit) AS u
WHERE kind = 'appeal' AND stage = ANY(%s) AND (units && %s OR lead_unit = ANY(%s)) AND u = ANY(%s)
GROUP BY u
"""
_BY_GRADE = """
SELECT state #>> '{due,grade}', count(*) FROM case_now
WHERE kind = 'appeal' AND stage = ANY(%s) GROUP BY 1
"""


class UnitBusy(CityWrong):
    """A unit cannot be ended while cases are with it."""

    def __init__(self, unit: str, *, cases: int, row: int = 0) -> None:
        super().__init__(
            f"units.csv: {unit} has {cases} open cases; they are forwarded elsewhere or finished first",
            file="units.csv",
            row=row,
            field="ended",
            why="open_cases",
            word=str(cases),
        )
        self.unit, self.cases = unit, cases


def check(before: City, after: City) -> None:
    """Raises CityWrong for rules that cannot be used, UnitBusy for units that end with cases."""
    try:
        trying.rules_of(after)
    except RuleWrong as wrong:
        place = {name: getattr(wrong, name) for name in ("row", "field", "why", "word", "at")}
        raise CityWrong(f"{table.FILE} {wrong}", file=table.FILE, **place) from wrong
    supervision.load(after)
    ending = [
        code
        for code, unit in after.units.items()
        if unit.ended is not None and (code not in before.units or before.units[code].ended is None)
    ]
    for unit, cases in open_cases(ending).items():
        raise UnitBusy(unit, cases=cases)


def open_cases(units: Sequence[str]) -> dict[str, int]:
    """How many open cases units lead or have a part in; those without any are absent."""
    if not units:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_OPEN, [sorted(OPEN_STAGES), *[list(units)] * 3])
        return dict(cursor.fetchall())


def open_by_grade() -> Counter[str]:
    """How many open cases there are by the grade of their deadline."""
    with connection.cursor() as cursor:
        cursor.execute(_BY_GRADE, [sorted(OPEN_STAGES)])
        return Counter({grade: cases for grade, cases in cursor.fetchall() if grade})


def open_in_category(path: str) -> int:
    """How many open cases there are of a category."""
    return CaseNow.objects.filter(kind="appeal", stage__in=OPEN_STAGES, category=path).count()
