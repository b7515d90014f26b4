"""公共步骤: what the commands of an appeal share: codes checked, words sealed, where a case goes, the act itself."""

from collections.abc import Container, Sequence
from functools import cache
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection

from yousu.appeals.rules import Dispatch, Grades
from yousu.appeals.state import AppealState
from yousu.cases import commands as cases
from yousu.cases.rules import FieldWrong
from yousu.ledger import persons, texts
from yousu.ledger.texts import NewText
from yousu.org import capabilities
from yousu.org.actors import Actor
from yousu.org.city import City, city
from yousu.platform import clock, environment
from yousu.understanding import redaction
from yousu.worktime import calendar


def stream(number: str) -> str:
    """The stream of an appeal."""
    return f"appeal/{number}"


@cache
def grades() -> Grades:
    """The city's grades with the calendar they count by."""
    known = city()
    return Grades(
        working_days={grade.code: grade.working_days for grade in known.grades.values()},
        usual=known.settings["grades"]["default"],
        from_receipt=known.settings["due"]["from"] == "received",
        calendar=calendar.load(),
        zone=ZoneInfo(environment.text("YOUSU_TIME_ZONE")),
    )


def act(
    number: str, command: str, decide: Any, *, by: Actor, seen: int | None, note: str = "", new: Sequence[NewText] = ()
) -> AppealState:
    """Records what `decide` makes of an appeal. Raises as `cases.commands.act`."""
    return acted(cases.act(stream(number), command, decide, by=by, seen=seen, note=note, new_texts=new))


def acted(state: Any) -> AppealState:
    """The state that an act left behind, as an appeal's."""
    assert isinstance(state, AppealState)
    return state


def check_code(field: str, code: str, known: Container[str]) -> str:
    """The code, if it is known. Raises FieldWrong."""
    if code not in known:
        raise FieldWrong(field, "unknown_code")
    return code


def sealed(field: str, words: str) -> NewText:
    """Words that must be there, to be kept sealed. Raises FieldWrong."""
    said = cases.tidy(words)
    if not said:
        raise FieldWrong(field, "required")
    return texts.sealed(field, said)


def checked_public(field: str, words: str) -> str:
    """Words that everybody may read. Raises FieldWrong naming the kinds of personal data that are left in them."""
    said = cases.tidy(words)
    if not said:
        raise FieldWrong(field, "required")
    kinds = dict.fromkeys(found.kind for found in redaction.redact(said))
    if kinds:
        raise FieldWrong(field, "personal_data", kinds=tuple(kinds))
    return said


def phone_of(field: str, written: str | None) -> str | None:
    """A phone number's digits, if one was given. Raises FieldWrong."""
    try:
        return persons.normalised_phone(written) if written else None
    except persons.PhoneWrong as wrong:
        raise FieldWrong(field, "not_a_phone") from wrong


_WAS_SUPPORTED = """
SELECT EXISTS (
    SELECT FROM event e WHERE e.stream = %s AND e.kind = 'supported' AND position(%s IN e.data) > 0
        AND NOT EXISTS (SELECT FROM event u WHERE u.stream = e.stream AND u.undone_seq = e.seq)
)
"""


def was_supported(number: str, person_id: UUID) -> bool:
    """Whether the person's support stands among the appeal's events."""
    with connection.cursor() as cursor:
        cursor.execute(_WAS_SUPPORTED, [stream(number), f'"person_id":"{person_id}"'])
        row = cursor.fetchone()
    return bool(row and row[0])


def check_units(lead_unit: str, co_units: Sequence[str], *, by: Actor, command: str) -> None:
    """Units that exist and that the actor may give cases to. Raises FieldWrong."""
    units = city().units
    check_code("lead_unit", lead_unit, units)
    for unit in co_units:
        check_code("co_units", unit, units)
    # 二级平台 forwards inside its own tree only.
    if "all" not in capabilities.scopes(by, command) and not by.tree.issuperset({lead_unit, *co_units}):
        raise FieldWrong("lead_unit", "outside_own_tree")


def dispatch_of(
    case: AppealState, lead_unit: str, *, co_units: Sequence[str] = (), grade: str | None = None
) -> Dispatch:
    """Where a case is to go, by the grade of its category unless another is named. Raises FieldWrong."""
    if grade is not None:
        check_code("grade", grade, grades().working_days)
    return Dispatch(
        lead_unit=lead_unit,
        co_units=tuple(co_units),
        grade=grade or _grade_of(case, city()),
        grades=grades(),
        at=clock.now(),
    )


def same_unit(case: AppealState) -> str:
    """The unit that handles a case again."""
    # What the desk had answered itself goes to whom the catalogue names, else back to the desk.
    known = city()
    routed = known.routed_unit(case.category or "", district=case.where.district)
    return case.lead_unit or routed or next(unit.code for unit in known.units.values() if unit.kind == "centre")


def _grade_of(case: AppealState, known: City) -> str:
    category = known.categories.get(case.category or "")
    return category.grade if category is not None else grades().usual
