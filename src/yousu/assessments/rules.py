"""Rules of assessments: which months, what follows what, who judges whom. Pure."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from yousu.assessments import events
from yousu.assessments.state import AssessmentState, Objection
from yousu.ledger.events import TextRef

FIRST_YEAR, LAST_YEAR = 2000, 2100
_MONTH = re.compile(r"\d{4}-\d\d", re.ASCII)


class NotReady(ValueError):
    """The step is not possible. `why` is a code."""

    def __init__(self, step: str, why: str) -> None:
        super().__init__(f"{step}: {why}")
        self.step, self.why = step, why


class MonthWrong(ValueError):
    """There is no such month to assess."""


@dataclass(frozen=True, kw_only=True)
class Month:
    """A month of local days, both ends in."""

    first: date
    last: date

    @property
    def id(self) -> str:
        """`2024-01`."""
        return f"{self.first:%Y-%m}"


def month_of(assessment_id: str) -> Month:
    """The month behind an assessment's id. Raises MonthWrong."""
    if not _MONTH.fullmatch(assessment_id):
        raise MonthWrong(assessment_id)
    year, month = int(assessment_id[:4]), int(assessment_id[5:])
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12):
        raise MonthWrong(assessment_id)
    first = date(year, month, 1)
    following = (first + timedelta(days=31)).replace(day=1)
    return Month(first=first, last=following - timedelta(days=1))


def may_compose(state: AssessmentState | None, *, today: date, month: Month) -> None:
    """What units have seen is not composed again; a month that is not over has no figures."""
    if today <= month.last:
        raise NotReady("compose", "month_not_over")
    if state is not None and state.stage != "composed":
        raise NotReady("compose", "already_shown")


def show(state: AssessmentState, *, until: datetime) -> events.AssessmentShown:
    """公示."""
    if state.stage != "composed":
        raise NotReady("show", "already_shown")
    return events.AssessmentShown(objections_until=until)


def may_object(state: AssessmentState, *, at: datetime) -> None:
    """Units object to what they were shown, as long as the time for it runs."""
    if state.stage == "composed":
        raise NotReady("object", "not_shown")
    if state.stage == "frozen" or state.objections_until is None or at > state.objections_until:
        raise NotReady("object", "time_is_over")


def object_to(state: AssessmentState, objected: events.Objected, *, is_in_base: bool, at: datetime) -> events.Objected:
    """考核申诉 about a case that counts for the unit in the figure, once."""
    may_object(state, at=at)
    if objected.unit not in state.groups:
        raise NotReady("object", "unit_not_assessed")
    if not is_in_base:
        raise NotReady("object", "not_in_figure")
    known = {(one.unit, one.figure, one.number) for one in state.objections}
    if (objected.unit, objected.figure, objected.number) in known:
        raise NotReady("object", "objected_before")
    return objected


def judge(
    state: AssessmentState, objection: int, *, granted: bool, by: str, note: TextRef | None = None
) -> events.ObjectionJudged:
    """申诉审定."""
    may_judge(state, _found(state, objection), by=by)
    return events.ObjectionJudged(objection=objection, granted=granted, note=note)


def may_judge(state: AssessmentState, one: Objection, *, by: str) -> None:
    """Nobody judges the own objection, nor whether the own figures were right."""
    if state.stage == "frozen":
        raise NotReady("judge", "already_frozen")
    if one.granted is not None:
        raise NotReady("judge", "already_judged")
    if by in (one.by, state.composed_by):
        raise NotReady("judge", "same_person")


def may_freeze(state: AssessmentState, *, at: datetime) -> None:
    """Scores stay once every unit had its time and every objection its judgement."""
    if state.stage == "composed":
        raise NotReady("freeze", "not_shown")
    if state.stage == "frozen":
        raise NotReady("freeze", "already_frozen")
    if state.objections_until is None or at <= state.objections_until:
        raise NotReady("freeze", "time_runs")
    if state.waiting:
        raise NotReady("freeze", "objections_wait")


def freeze(state: AssessmentState, *, results: Mapping[str, Any], digest: str, at: datetime) -> events.AssessmentFrozen:
    """冻结."""
    may_freeze(state, at=at)
    return events.AssessmentFrozen(results=results, digest=digest)


def possible(state: AssessmentState | None, *, month: Month, at: datetime, today: date) -> tuple[str, ...]:
    """The steps of the whole assessment that could be taken now, the next one first."""
    checks: dict[str, Callable[[], Any]] = {}
    if state is not None:
        known = state
        checks["show"] = lambda: show(known, until=at)
        checks["freeze"] = lambda: may_freeze(known, at=at)
    checks["compose"] = lambda: may_compose(state, today=today, month=month)
    return tuple(step for step, check in checks.items() if _passes(check))


def _found(state: AssessmentState, objection: int) -> Objection:
    found = next((one for one in state.objections if one.id == objection), None)
    if found is None:
        raise NotReady("judge", "no_such_objection")
    return found


def _passes(check: Callable[[], Any]) -> bool:
    try:
        check()
    except NotReady:
        return False
    return True
