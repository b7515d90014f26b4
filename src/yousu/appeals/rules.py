"""Rules of an appeal's life. Pure: state and wishes in, a fact out, or a refusal that says what is possible."""

from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta, tzinfo
from uuid import UUID

from yousu.appeals import events, groups
from yousu.appeals.parts import OFTEN
from yousu.appeals.possible import check, refused
from yousu.appeals.state import TABLE, AppealState
from yousu.cases.rules import FieldWrong
from yousu.cases.state import Due, DueStep
from yousu.cases.transitions import NotPossible
from yousu.ledger.events import TextRef
from yousu.worktime.calendar import Calendar, CalendarMissing
from yousu.worktime.deadlines import Pause, after_working_days, is_overdue
from yousu.worktime.reasons import BEFORE_CALENDAR

NO_LIMIT = "none"
# How long residents may put their own words right.
OWN_WORDS_WINDOW = timedelta(minutes=10)


@dataclass(frozen=True, kw_only=True)
class Grades:
    """办理时限 as the city sets them: working days by grade, the grade of a category, what starts the clock."""

    working_days: dict[str, int | None]
    usual: str
    from_receipt: bool
    calendar: Calendar
    zone: tzinfo

    def due(self, case: AppealState, *, grade: str, at: datetime, anew: bool = False) -> Due | None:
        """The deadline of a case given to a unit at this moment, the first time or anew; None without limit."""
        if not self.from_receipt or anew:
            return self.counted(at, grade=grade)
        try:
            return self.counted(case.received_at, grade=grade)
        except CalendarMissing:
            # An old appeal that came late: nobody can say which days of its year were worked.
            received = DueStep(date=case.received_at.astimezone(self.zone).date(), counted=False, why=BEFORE_CALENDAR)
            due = self.counted(at, grade=grade)
            return due and replace(due, steps=(received, *due.steps))

    def counted(self, start: datetime, *, grade: str) -> Due | None:
        """The deadline counted from a moment; None without limit. Raises CalendarMissing."""
        days = self.working_days[grade]
        if days is None:
            return None
        return self._counted(start, days, grade=grade)

    def after(self, start: datetime, days: int) -> datetime:
        """The end of so many working days. Raises CalendarMissing."""
        return after_working_days(start, days, self.calendar, zone=self.zone).at

    def recounted(self, due: Due, *, pauses: Sequence[Pause], extension: int) -> Due:
        """The same deadline without the days on which its clock stood still, and so many working days later."""
        days = self.working_days[due.grade]
        if days is None:
            return due
        again = self._counted(self._start_of(due), days, grade=due.grade, pauses=pauses, extension=extension)
        known = due.steps[:1] if due.steps and due.steps[0].why == BEFORE_CALENDAR else ()
        return replace(again, steps=(*known, *again.steps))

    def _start_of(self, due: Due) -> datetime:
        if due.start is not None:
            return due.start
        # Deadlines of before they kept their start: the first day they stepped to is the one after it.
        first = next(step.date for step in due.steps if step.why != BEFORE_CALENDAR)
        return datetime.combine(first - timedelta(days=1), time(12), self.zone)

    def _counted(
        self, start: datetime, days: int, *, grade: str, pauses: Sequence[Pause] = (), extension: int = 0
    ) -> Due:
        deadline = after_working_days(start, days, self.calendar, zone=self.zone, pauses=pauses, extension=extension)
        steps = tuple(DueStep(date=step.date, counted=step.counted, why=step.why) for step in deadline.steps)
        return Due(at=deadline.at, provisional=deadline.provisional, grade=grade, steps=steps, start=start)


@dataclass(frozen=True, kw_only=True)
class Dispatch:
    """Where a case is to go: lead unit, helping units, grade, and how the grade becomes a deadline."""

    lead_unit: str
    co_units: tuple[str, ...] = ()
    grade: str
    grades: Grades
    at: datetime

    def due(self, case: AppealState, *, anew: bool = False) -> Due | None:
        """The deadline; an old imported appeal keeps its grade `none`."""
        return self.grades.due(case, grade=case.grade or self.grade, at=self.at, anew=anew)


def answer(case: AppealState, *, reply: TextRef, article: str | None) -> events.Answered:
    """直接办理."""
    check(case, "answer")
    return events.Answered(reply=reply, article=article)


def decline(case: AppealState, *, reason: str, lawful_channel: str, reply: TextRef) -> events.Declined:
    """不予受理."""
    check(case, "decline")
    return events.Declined(reason=reason, lawful_channel=lawful_channel, reply=reply)


def transfer(case: AppealState, *, to: str, outside_number: str | None) -> events.Transferred:
    """紧急转接."""
    check(case, "transfer")
    return events.Transferred(to=to, outside_number=outside_number)


def withdraw(case: AppealState, *, reason: TextRef) -> events.Withdrawn:
    """撤诉."""
    check(case, "withdraw")
    return events.Withdrawn(reason=reason)


def forward(case: AppealState, *, dispatch: Dispatch) -> events.Forwarded:
    """转交, from the desk."""
    check(case, "forward")
    if case.stage != "recorded":
        raise refused(case, "forward", "with_a_unit")
    return events.Forwarded(lead_unit=dispatch.lead_unit, co_units=_co_units(dispatch), due=dispatch.due(case))


def designate(case: AppealState, *, dispatch: Dispatch) -> events.Designated:
    """指定承办."""
    check(case, "designate")
    return events.Designated(lead_unit=dispatch.lead_unit, co_units=_co_units(dispatch), due=dispatch.due(case))


def sign(case: AppealState) -> events.Signed:
    """签收."""
    check(case, "sign")
    return events.Signed(unit=_lead(case))


def contact(case: AppealState, *, how: str, reached: bool) -> events.Contacted:
    """联系诉求人."""
    check(case, "contact")
    return events.Contacted(unit=_lead(case), how=how, reached=reached)


def send_back(case: AppealState, *, reason: str, window: int, grades: Grades, now: datetime) -> events.SentBack:
    """退单, within so many working days since the unit was given it. A designated unit cannot."""
    check(case, "send-back")
    if case.with_unit_since is not None and is_overdue(now, grades.after(case.with_unit_since, window)):
        raise refused(case, "send-back", "too_late_to_send_back")
    return events.SentBack(unit=_lead(case), reason=reason)


def judge_send_back(
    case: AppealState,
    *,
    uphold: bool,
    dispatch: Dispatch | None,
    by: str,
    judges: Set[str],
) -> events.SendBackJudged:
    """退单审核, by somebody else; from the third time on by the supervisor.

    `judges`: the actor's roles that judge. Elsewhere means elsewhere; a refused one leaves the deadline as it was.
    """
    check(case, "judge-send-back")
    often = case.sent_back >= OFTEN
    if often and "supervisor" not in judges:
        raise refused(case, "judge-send-back", "third_time")
    if not often and not judges - {"supervisor"}:
        raise refused(case, "judge-send-back", "first_two_times")
    if case.sent_back_by == by:
        raise refused(case, "judge-send-back", "own_request")
    if dispatch is None or not uphold:
        return events.SendBackJudged(upheld=uphold)
    if dispatch.lead_unit == case.lead_unit:
        raise FieldWrong("lead_unit", "same_unit")
    return events.SendBackJudged(upheld=True, lead_unit=dispatch.lead_unit, due=dispatch.due(case))


def handle(case: AppealState, *, reply: TextRef, outcome: str) -> events.Handled:
    """办理答复, after a contact was tried unless the appellant is anonymous."""
    check(case, "handle")
    if case.contacts == 0 and not case.is_anonymous:
        raise refused(case, "handle", "no_contact_yet")
    return events.Handled(unit=_lead(case), reply=reply, outcome=outcome)


def review(case: AppealState, *, accept: bool, anew: Dispatch | None = None) -> events.Reviewed:
    """审核. A rejection leaves the deadline as it was, unless it is to be counted `anew`."""
    check(case, "review")
    due = anew.due(case, anew=True) if anew is not None and not accept else None
    return events.Reviewed(accepted=accept, due=due)


def call_back(case: AppealState, *, said: events.CalledBack) -> events.CalledBack:
    """回访. Who was reached says whether it is solved; who was not says nothing."""
    check(case, "call-back")
    answers = {"responded": said.responded, "solved": said.solved, "satisfied": said.satisfied}
    if said.reached == "reached":
        if said.solved is None:
            raise FieldWrong("solved", "required")
        return said
    for name, value in answers.items():
        if value is not None:
            raise FieldWrong(name, "nobody_was_asked")
    return said


def judge_unsolved(
    case: AppealState,
    *,
    decision: str,
    dispatch: Dispatch,
    limit: int,
) -> events.UnsolvedJudged:
    """未解决研判: reopen (a limited number of times), finalise, or park."""
    check(case, "judge-unsolved")
    TABLE.to(case.stage, "judge-unsolved", decision)
    if decision != "reopen":
        return events.UnsolvedJudged(decision=decision)
    if case.second_handling >= limit:
        # Another decision is possible, so the command itself is.
        raise NotPossible("judge-unsolved", stage=case.stage, possible=["judge-unsolved"], why="handled_often_enough")
    due = dispatch.due(case, anew=True)
    return events.UnsolvedJudged(decision=decision, lead_unit=dispatch.lead_unit, due=due)


def reopen(case: AppealState, *, reason: TextRef, dispatch: Dispatch) -> events.Reopened:
    """二次办理: the same lead unit, the deadline counted anew."""
    check(case, "reopen")
    return events.Reopened(reason=reason, lead_unit=dispatch.lead_unit, due=dispatch.due(case, anew=True))


def release(case: AppealState, *, text: TextRef) -> events.Released:
    """公开答复: of a case that is over and was answered, neither 保密 nor 举报."""
    check(case, "release")
    why = "not_public" if not case.is_public else "no_reply" if "reply" not in case.texts else None
    if why is not None:
        raise refused(case, "release", why)
    return events.Released(text=text)


def own_words(case: AppealState, *, field: str, by: str, at: datetime) -> None:
    """更正 by a resident: only what was written there, ten minutes long, and until somebody has taken it up.

    Raises NotPossible.
    """
    if field != "text" or case.recorded_by != by:
        why = "not_own"
    elif case.stage != "recorded":
        why = "taken_up"
    elif at - case.recorded_at > OWN_WORDS_WINDOW:
        why = "too_late"
    else:
        return
    raise refused(case, "correct", why)


class AlreadyCounted(Exception):
    """This person is counted in the case already: nothing is to be recorded."""

    def __init__(self, case: AppealState) -> None:
        super().__init__(f"counted in {case.number}")
        self.case = case


def support(case: AppealState, *, person_id: UUID | None, was_recorded: Callable[[UUID], bool]) -> events.Supported:
    """附议: a person counts once. `was_recorded` looks among the events for those whom a state no longer holds."""
    check(case, "support")
    if person_id is not None and _is_counted(case, person_id, was_recorded):
        raise AlreadyCounted(case)
    return events.Supported(person_id=person_id)


def _is_counted(case: AppealState, person_id: UUID, was_recorded: Callable[[UUID], bool]) -> bool:
    if person_id == case.person_id or person_id in case.supporters or person_id in groups.persons(case):
        return True
    return case.supporting_people > len(case.supporters) and was_recorded(person_id)


def _lead(case: AppealState) -> str:
    if case.lead_unit is None:
        raise refused(case, "sign", "no_unit")
    return case.lead_unit


def _co_units(dispatch: Dispatch) -> tuple[str, ...]:
    if dispatch.lead_unit in dispatch.co_units:
        raise FieldWrong("co_units", "lead_unit_again")
    return tuple(dict.fromkeys(dispatch.co_units))
