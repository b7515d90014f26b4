"""分头办理: the same command by different units: the lead unit's step, a helping unit's, or one inside a tree."""

from collections.abc import Callable, Sequence
from typing import Any

from yousu.appeals import part_rules, parts
from yousu.appeals.dispatching import check_reported, grades
from yousu.appeals.part_rules import Inside
from yousu.appeals.state import APPEAL, AppealState
from yousu.cases import queries
from yousu.org.actors import Actor
from yousu.org.city import city
from yousu.platform import clock


def for_unit(
    command: str, lead: Callable[..., Any], part: Callable[..., Any], *, by: Actor, **said: Any
) -> Callable[[AppealState], Any]:
    """The rule of the lead unit or of a helping one, as the actor stands to the case."""

    def decide(case: AppealState) -> Any:
        unit = queries.claimed(APPEAL.code, case, command, by).unit
        return lead(case, **said) if unit == case.lead_unit else part(case, unit=unit, **said)

    return decide


def is_inside(case: AppealState, command: str, *, by: Actor) -> bool:
    """Whether the actor does it as a platform, inside a tree of units."""
    return queries.claimed(APPEAL.code, case, command, by).inside


def forward_inside(case: AppealState, *, lead_unit: str, co_units: Sequence[str], grade: str | None, by: Actor) -> Any:
    """二级平台转交."""
    check_reported(case, lead_unit, co_units)
    return part_rules.forward_inside(
        case, lead_unit=lead_unit, co_units=tuple(co_units), grade=grade, inside=_inside(by)
    )


def judged_apart(case: AppealState, *, uphold: bool, lead_unit: str | None, by: Actor) -> Any | None:
    """The judgement of a send-back that is not the case's own at the desk; None if it is."""
    part_rules.check_judge(case, is_inside=is_inside(case, "judge-send-back", by=by))
    if (part := parts.sent_back(case)) is not None:
        if lead_unit is not None:
            check_reported(case, lead_unit)
        # Who takes a part over has the time that is left, not the whole grade again.
        due = case.due if part.given_by is None else part_rules.inner_due(case, grade=None, inside=_inside(by))
        return part_rules.judge_part(case, part, uphold=uphold, to=lead_unit, due=due, by=by.code)
    if case.above:
        if lead_unit is not None:
            check_reported(case, lead_unit)
        return part_rules.judge_inside(case, uphold=uphold, lead_unit=lead_unit, inside=_inside(by))
    return None


def _inside(by: Actor) -> Inside:
    return Inside(
        platform=by.unit or "",
        tree=by.tree,
        by=by.code,
        grades=grades(),
        inner=city().settings["second_level"]["inner_grade"],
        at=clock.now(),
    )
