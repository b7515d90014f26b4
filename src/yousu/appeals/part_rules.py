"""Rules of helping units' parts and of the levels inside a tree. Pure: state and wishes in, fact or refusal out."""

from collections.abc import Set
from dataclasses import dataclass, replace
from datetime import datetime

from yousu.appeals import part_events as events
from yousu.appeals import parts
from yousu.appeals.parts import PARTS, Part
from yousu.appeals.possible import check, refused
from yousu.appeals.rules import Grades
from yousu.appeals.state import AppealState
from yousu.cases.rules import FieldWrong
from yousu.cases.state import Due
from yousu.cases.transitions import NotPossible
from yousu.ledger.events import TextRef


@dataclass(frozen=True, kw_only=True)
class Inside:
    """二级平台: which unit gives the case down its own tree, and how its inner deadline is counted."""

    platform: str
    tree: Set[str]
    # The account that acts for it.
    by: str
    grades: Grades
    # The grade inside by the grade outside.
    inner: dict[str, str]
    at: datetime


def sign(case: AppealState, *, unit: str) -> events.PartSigned:
    """协办签收."""
    _check(case, unit, "sign")
    return events.PartSigned(unit=unit)


def contact(case: AppealState, *, unit: str, how: str, reached: bool) -> events.PartContacted:
    """协办单位联系诉求人."""
    _check(case, unit, "contact")
    return events.PartContacted(unit=unit, how=how, reached=reached)


def handle(case: AppealState, *, unit: str, reply: TextRef, outcome: str) -> events.PartHandled:
    """协办答复. The lead unit answers the appellant, so no contact is asked for."""
    _check(case, unit, "handle")
    return events.PartHandled(unit=unit, reply=reply, outcome=outcome)


def send_back(case: AppealState, *, unit: str, reason: str) -> events.PartSentBack:
    """协办退单."""
    _check(case, unit, "send-back")
    return events.PartSentBack(unit=unit, reason=reason)


def check_judge(case: AppealState, *, is_inside: bool) -> None:
    """What went down inside a tree climbs one level: the desk does not judge it."""
    waits = case.stage == "sent_back" or parts.sent_back(case) is not None
    if waits and parts.is_inside(case) and not is_inside:
        raise refused(case, "judge-send-back", "judged_inside")


def judge_part(
    case: AppealState, part: Part, *, uphold: bool, to: str | None, due: Due | None, by: str
) -> events.PartSendBackJudged:
    """协办退单审定, by somebody else: the part goes, or goes to another unit that has none yet."""
    _check(case, part.unit, "judge-send-back")
    if part.sent_back_by == by:
        raise refused(case, "judge-send-back", "own_request")
    if not uphold or to is None:
        return events.PartSendBackJudged(unit=part.unit, upheld=uphold)
    if to in case.units:
        raise FieldWrong("lead_unit", "same_unit_again")
    return events.PartSendBackJudged(unit=part.unit, upheld=True, to=to, due=due)


def forward_inside(
    case: AppealState, *, lead_unit: str, co_units: tuple[str, ...], grade: str | None, inside: Inside
) -> events.ForwardedInside:
    """二级平台转交, inside the own tree, by an inner deadline that is not after the case's own."""
    check(case, "forward")
    if lead_unit == case.lead_unit:
        raise FieldWrong("lead_unit", "same_unit_again")
    if lead_unit in co_units:
        raise FieldWrong("co_units", "lead_unit_again")
    kept = tuple(level.unit for level in case.above if level.unit not in inside.tree)
    return events.ForwardedInside(
        platform=inside.platform,
        lead_unit=lead_unit,
        above=kept if lead_unit == inside.platform else (*kept, inside.platform),
        co_units=tuple(dict.fromkeys(co_units)),
        due=None if lead_unit == inside.platform else inner_due(case, grade=grade, inside=inside),
    )


def judge_inside(
    case: AppealState, *, uphold: bool, lead_unit: str | None, inside: Inside
) -> events.InnerSendBackJudged:
    """内部退单审定, by a platform above the unit: another unit of the tree, one level up, or back to the unit."""
    check(case, "judge-send-back")
    if all(level.unit != inside.platform for level in case.above):
        raise refused(case, "judge-send-back", "not_from_own_tree")
    if case.sent_back_by == inside.by:
        raise refused(case, "judge-send-back", "own_request")
    if not uphold or lead_unit is None:
        return events.InnerSendBackJudged(platform=inside.platform, upheld=uphold)
    if lead_unit in (case.lead_unit, *(level.unit for level in case.above)):
        raise FieldWrong("lead_unit", "same_unit_again")
    due = inner_due(case, grade=None, inside=inside)
    return events.InnerSendBackJudged(platform=inside.platform, upheld=True, lead_unit=lead_unit, due=due)


def approve(case: AppealState, *, approve: bool) -> events.Approved:
    """审核签发, level by level."""
    check(case, "approve")
    unit = parts.approver(case)
    assert unit is not None
    return events.Approved(unit=unit, approved=approve)


def inner_due(case: AppealState, *, grade: str | None, inside: Inside) -> Due | None:
    """内部时限: by the inner grade, or the one that is named, and never after the case's own deadline."""
    outer = case.due if case.clock.standstill is None else case.clock.standstill.due
    if outer is None:
        return None if grade is None else inside.grades.counted(inside.at, grade=grade)
    counted = inside.grades.counted(inside.at, grade=grade or inside.inner.get(outer.grade, outer.grade))
    if counted is not None and counted.at <= outer.at:
        return counted
    if grade is not None:
        raise FieldWrong("grade", "later_than_outer")
    return replace(outer)


def _check(case: AppealState, unit: str, command: str) -> None:
    part = parts.part_of(case, unit)
    if part is None or not parts.is_possible(case, part, command):
        stage = case.stage if part is None else part.stage
        possible = (
            [] if part is None else [each for each in PARTS.possible(stage) if parts.is_possible(case, part, each)]
        )
        still = part is not None and case.clock.standstill is not None and command in PARTS.possible(stage)
        raise NotPossible(command, stage=stage, possible=possible, why="suspended" if still else "stage")
