"""Rules of the clock, the parked, exclusions and supervision. Pure: state and wishes in, a fact out, or a refusal."""

from dataclasses import dataclass
from datetime import date, datetime, time

from yousu.appeals import mark_events as events
from yousu.appeals.possible import check, refused
from yousu.appeals.rules import Grades
from yousu.appeals.state import AppealState
from yousu.cases.rules import FieldWrong
from yousu.cases.state import Due
from yousu.ledger.events import TextRef
from yousu.worktime.deadlines import Pause, is_overdue


@dataclass(frozen=True, kw_only=True)
class Extensions:
    """延期 as the city allows it: how often, how long (None: as long as the grade), until when on the due day."""

    limit: int
    longest: int | None
    cutoff: time


def request_extension(
    case: AppealState, *, working_days: int, reason: str, allowed: Extensions, grades: Grades, now: datetime
) -> events.ExtensionRequested:
    """延期申请: before the cut-off of the due day, not too often, not for too long."""
    check(case, "request-extension")
    due = _due(case, "request-extension")
    if case.clock.extensions >= allowed.limit:
        raise refused(case, "request-extension", "extended_often_enough")
    last = due.at.astimezone(grades.zone).replace(
        hour=allowed.cutoff.hour, minute=allowed.cutoff.minute, second=allowed.cutoff.second, microsecond=0
    )
    # 17:00 sharp is still in time, as 23:59:59 is.
    if is_overdue(now, last):
        raise refused(case, "request-extension", "too_late_to_extend")
    longest = allowed.longest if allowed.longest is not None else grades.working_days[due.grade] or 0
    if not 1 <= working_days <= longest:
        raise FieldWrong("working_days", "out_of_range")
    return events.ExtensionRequested(unit=_unit(case), working_days=working_days, reason=reason)


def judge_extension(case: AppealState, *, grant: bool, by: str, grades: Grades) -> events.ExtensionJudged:
    """延期审核, by somebody else than who asked. What was not decided in time never stopped the clock."""
    check(case, "judge-extension")
    asked = case.clock.asked
    if asked is None or asked.by == by:
        raise refused(case, "judge-extension", "own_request")
    if not grant:
        return events.ExtensionJudged(granted=False)
    due = standing_due(case)
    if due is None:
        raise refused(case, "judge-extension", "no_limit")
    counted = grades.recounted(due, pauses=_pauses(case), extension=case.clock.extended + asked.working_days)
    return events.ExtensionJudged(granted=True, due=counted)


def suspend(case: AppealState, *, reason: str, until: date | None, grades: Grades, now: datetime) -> events.Suspended:
    """暂停计时. After the due moment a pause would have no effect, so there is none."""
    check(case, "suspend")
    if is_overdue(now, _due(case, "suspend").at):
        raise refused(case, "suspend", "overdue_already")
    if until is not None and until <= now.astimezone(grades.zone).date():
        raise FieldWrong("until", "in_the_past")
    return events.Suspended(unit=_unit(case), reason=reason, until=until)


def resume(case: AppealState, *, grades: Grades, now: datetime) -> events.Resumed:
    """恢复计时: days at whose end the clock stood still are not counted."""
    check(case, "resume")
    still = case.clock.standstill
    assert still is not None
    pauses = (*_pauses(case), Pause(begin=still.since, end=max(now, still.since)))
    return events.Resumed(due=grades.recounted(still.due, pauses=pauses, extension=case.clock.extended))


def recount(case: AppealState, *, grades: Grades) -> events.DeadlineRecounted | None:
    """重新推算: the same pauses, the same extension, the calendar of today; None where that changes nothing."""
    due, inner = standing_due(case), case.inner_due
    again = due and grades.recounted(due, pauses=_pauses(case), extension=case.clock.extended)
    inner_again = inner and grades.recounted(inner, pauses=(), extension=0)
    if inner_again and again and inner_again.at > again.at:
        inner_again = again
    if (again, inner_again) == (due, inner):
        return None
    is_earlier = again is not None and due is not None and again.at < due.at
    return events.DeadlineRecounted(due=again, inner_due=inner_again, earlier=is_earlier)


def standing_due(case: AppealState) -> Due | None:
    """The deadline, or what it was before its clock stood still."""
    return case.due if case.clock.standstill is None else case.clock.standstill.due


def park(case: AppealState, *, plan: TextRef, leader: TextRef, review_on: date, today: date) -> events.Parked:
    """挂账. The appellant's clock goes on."""
    check(case, "park")
    if review_on <= today:
        raise FieldWrong("review_on", "in_the_past")
    return events.Parked(plan=plan, leader=leader, review_on=review_on)


def unpark(case: AppealState, *, result: TextRef) -> events.Unparked:
    """销账."""
    check(case, "unpark")
    return events.Unparked(result=result)


def exclude(case: AppealState, *, reason: str) -> events.ExclusionRequested:
    """剔除申请."""
    check(case, "exclude")
    return events.ExclusionRequested(reason=reason)


def judge_exclusion(case: AppealState, *, grant: bool, by: str) -> events.ExclusionJudged:
    """剔除审核, by a second person."""
    check(case, "judge-exclusion")
    if case.exclusion is None or case.exclusion.by == by:
        raise refused(case, "judge-exclusion", "own_request")
    return events.ExclusionJudged(granted=grant)


def supervise(case: AppealState, *, due: datetime, now: datetime, rule: str | None = None) -> events.Supervised:
    """督办."""
    check(case, "supervise")
    if due <= now:
        raise FieldWrong("due", "in_the_past")
    return events.Supervised(due=due, rule=rule)


def escalate(case: AppealState, *, unit: str, rule: str | None = None) -> events.Escalated:
    """提级, to another unit than the one that handles it."""
    check(case, "escalate")
    if unit == case.lead_unit:
        raise FieldWrong("unit", "same_unit_again")
    return events.Escalated(unit=unit, rule=rule)


def summon(case: AppealState, *, unit: str, on: date, today: date, rule: str | None = None) -> events.Summoned:
    """约谈, today or later."""
    check(case, "summon")
    if on < today:
        raise FieldWrong("on", "in_the_past")
    return events.Summoned(unit=unit, on=on, rule=rule)


def instruct(
    case: AppealState, *, text: TextRef, leader: TextRef, on: date, due: datetime, today: date
) -> events.Instructed:
    """批示: words of a day that has come, to be answered by a moment of their own."""
    check(case, "instruct")
    if on > today:
        raise FieldWrong("on", "in_the_future")
    return events.Instructed(text=text, leader=leader, on=on, due=due)


def report_instruction(case: AppealState, *, feedback: TextRef) -> events.InstructionReported:
    """反馈批示, to the oldest one that is open."""
    check(case, "report-instruction")
    return events.InstructionReported(feedback=feedback)


def lead(case: AppealState, *, leader: TextRef) -> events.Led:
    """领办、包案."""
    check(case, "lead")
    return events.Led(leader=leader)


def _pauses(case: AppealState) -> tuple[Pause, ...]:
    return tuple(Pause(begin=past.begin, end=past.end) for past in case.clock.past)


def _due(case: AppealState, command: str) -> Due:
    if case.due is None:
        raise refused(case, command, "no_limit")
    return case.due


def _unit(case: AppealState) -> str:
    if case.lead_unit is None:
        raise refused(case, "suspend", "no_unit")
    return case.lead_unit
