"""交办: where a case may go, and by when: codes checked, grades, the unit that handles it again."""

from collections.abc import Container, Mapping, Sequence
from zoneinfo import ZoneInfo

from yousu.appeals.rules import Dispatch, Grades
from yousu.appeals.state import AppealState
from yousu.cases.rules import FieldWrong
from yousu.org import capabilities
from yousu.org.actors import Actor
from yousu.org.city import City, Label, city, per_city
from yousu.org.offering import is_offered
from yousu.platform import clock, environment


def stream(number: str) -> str:
    """The stream of an appeal."""
    return f"appeal/{number}"


@per_city
def grades() -> Grades:
    """The city's grades with the calendar they count by."""
    known = city()
    return Grades(
        working_days={grade.code: grade.working_days for grade in known.grades.values()},
        usual=known.settings["grades"]["default"],
        from_receipt=known.settings["due"]["from"] == "received",
        calendar=known.calendar,
        zone=ZoneInfo(environment.text("YOUSU_TIME_ZONE")),
    )


def check_code(field: str, code: str, known: Container[str]) -> str:
    """The code, if it is known and not ended. Raises FieldWrong."""
    if code not in known:
        raise FieldWrong(field, "unknown_code")
    if isinstance(known, Mapping) and isinstance(label := known[code], Label) and not is_offered(label):
        raise FieldWrong(field, "ended_code")
    return code


def check_units(lead_unit: str, co_units: Sequence[str], *, by: Actor, command: str) -> None:
    """Units that exist and that the actor may give cases to. Raises FieldWrong."""
    units = city().units
    check_code("lead_unit", lead_unit, units)
    for unit in co_units:
        check_code("co_units", unit, units)
    # 二级平台 forwards inside its own tree only.
    if "all" not in capabilities.scopes(by, command) and not by.tree.issuperset({lead_unit, *co_units}):
        raise FieldWrong("lead_unit", "outside_own_tree")


def check_duty(case: AppealState, lead_unit: str) -> None:
    """部门职责 (国办函〔2025〕66号 (五), 北京条例 art. 17): not pushed down to the grass roots. Raises FieldWrong."""
    paths = city().department_duties.get(city().units[lead_unit].kind, ())
    if case.category is not None and any(f"{case.category}/".startswith(f"{path}/") for path in paths):
        raise FieldWrong("lead_unit", "department_duty")


def dispatch_of(
    case: AppealState, lead_unit: str, *, co_units: Sequence[str] = (), grade: str | None = None
) -> Dispatch:
    """Where a case is to go, by the grade of its category unless another is named. Raises FieldWrong."""
    check_reported(case, lead_unit, co_units)
    if grade is not None:
        check_code("grade", grade, city().grades)
    return Dispatch(
        lead_unit=lead_unit,
        co_units=tuple(co_units),
        grade=grade or _grade_of(case, city()),
        grades=grades(),
        at=clock.now(),
    )


def check_reported(case: AppealState, unit: str, co_units: Sequence[str] = (), *, field: str = "lead_unit") -> None:
    """举报: nothing goes to the unit that a case accuses, nor below it, nor does it learn of it. Raises FieldWrong."""
    if is_reported(case, unit):
        raise FieldWrong(field, "reported_unit")
    if any(is_reported(case, unit) for unit in co_units):
        raise FieldWrong("co_units", "reported_unit")


def is_reported(case: AppealState, unit: str | None) -> bool:
    """Whether the case is kept from a unit because it accuses that one or one above it."""
    return case.closed_unit is not None and unit in city().tree_of(case.closed_unit)


def same_unit(case: AppealState) -> str:
    """The unit that handles a case again."""
    # What the desk had answered itself goes to whom the catalogue names, else back to the desk.
    known = city()
    routed = known.routed_unit(case.category or "", district=case.where.district)
    outermost = case.above[0].unit if case.above else case.lead_unit
    if outermost is not None and outermost in known.units and not is_offered(known.units[outermost]):
        # 撤并: it handled the case once, and is no more.
        outermost = None
    return outermost or routed or next(unit.code for unit in known.units.values() if unit.kind == "centre")


def _grade_of(case: AppealState, known: City) -> str:
    category = known.categories.get(case.category or "")
    return category.grade if category is not None else grades().usual
