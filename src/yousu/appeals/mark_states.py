"""标记的变化: how the facts of marks move a case's state. No Django."""

from yousu.appeals import instructions
from yousu.appeals import mark_events as events
from yousu.appeals.instructions import Instruction
from yousu.appeals.marks import Asked, Exclusion, Parking, Past, Standstill, Supervision
from yousu.appeals.state import APPEAL, AppealState
from yousu.cases.events import Urged
from yousu.cases.state import Due, replace
from yousu.ledger.events import Row


@APPEAL.on(events.ExtensionRequested)
def _extension_requested(case: AppealState, fact: events.ExtensionRequested, row: Row) -> AppealState:
    asked = Asked(working_days=fact.working_days, reason=fact.reason, by=row.actor)
    return replace(case, clock=replace(case.clock, asked=asked))


@APPEAL.on(events.ExtensionJudged)
def _extension_judged(case: AppealState, fact: events.ExtensionJudged, row: Row) -> AppealState:
    asked, clock = case.clock.asked, replace(case.clock, asked=None)
    if not fact.granted or asked is None or fact.due is None:
        return replace(case, clock=clock)
    extended = clock.extended + asked.working_days
    return _due_again(replace(case, clock=replace(clock, extended=extended, extensions=clock.extensions + 1)), fact.due)


@APPEAL.on(events.Suspended)
def _suspended(case: AppealState, fact: events.Suspended, row: Row) -> AppealState:
    if case.due is None:
        raise ValueError("a case without a deadline has no clock to stop")
    still = Standstill(since=row.occurred_at, reason=fact.reason, until=fact.until, due=case.due)
    # Nothing is due while the clock stands still, and so nothing is late.
    return replace(case, due=None, clock=replace(case.clock, standstill=still))


@APPEAL.on(events.Resumed)
def _resumed(case: AppealState, fact: events.Resumed, row: Row) -> AppealState:
    still = case.clock.standstill
    if still is None:
        raise ValueError("a clock that runs cannot be started")
    past = (*case.clock.past, Past(begin=still.since, end=row.occurred_at))
    return _counted_anew(replace(case, clock=replace(case.clock, standstill=None, past=past)), fact.due)


def _due_again(case: AppealState, due: Due) -> AppealState:
    still = case.clock.standstill
    if still is None:
        return _counted_anew(case, due)
    return replace(case, clock=replace(case.clock, standstill=replace(still, due=due)))


def _counted_anew(case: AppealState, due: Due) -> AppealState:
    # Helping units have the time that the whole has; what a platform had set inside is set again by the platform.
    parts = tuple(replace(part, due=due) if part.stage != "handled" else part for part in case.parts)
    return replace(case, due=due, inner_due=None, parts=parts)


@APPEAL.on(events.DeadlineRecounted)
def _deadline_recounted(case: AppealState, fact: events.DeadlineRecounted, row: Row) -> AppealState:
    again = case if fact.due is None else _due_again(case, fact.due)
    # What a platform had set inside is counted anew with its own; levels in between have the whole time again.
    parts = tuple(
        replace(part, due=fact.inner_due) if part.given_by is not None and part.stage != "handled" else part
        for part in again.parts
    )
    above = tuple(replace(level, due=None) for level in again.above)
    return replace(again, inner_due=fact.inner_due, parts=parts, above=above)


@APPEAL.on(events.CallBackChosen)
def _call_back_chosen(case: AppealState, fact: events.CallBackChosen, row: Row) -> AppealState:
    return replace(case, chosen_on=fact.day)


@APPEAL.on(events.Parked)
def _parked(case: AppealState, fact: events.Parked, row: Row) -> AppealState:
    since = row.occurred_at if case.parking is None else case.parking.since
    return replace(case, parking=Parking(since=since, plan=fact.plan, leader=fact.leader, review_on=fact.review_on))


@APPEAL.on(events.Unparked)
def _unparked(case: AppealState, fact: events.Unparked, row: Row) -> AppealState:
    return replace(case, parking=None, cleared_at=row.occurred_at)


@APPEAL.on(events.ExclusionRequested)
def _exclusion_requested(case: AppealState, fact: events.ExclusionRequested, row: Row) -> AppealState:
    return replace(case, exclusion=Exclusion(reason=fact.reason, by=row.actor))


@APPEAL.on(events.ExclusionJudged)
def _exclusion_judged(case: AppealState, fact: events.ExclusionJudged, row: Row) -> AppealState:
    if case.exclusion is None:
        raise ValueError("nobody asked for an exclusion")
    return replace(case, exclusion=replace(case.exclusion, granted=fact.granted))


@APPEAL.on(Urged)
def _urged(case: AppealState, fact: Urged, row: Row) -> AppealState:
    return replace(case, urged=case.urged + 1, supervision=_ruled(case, fact.rule))


@APPEAL.on(events.Supervised)
def _supervised(case: AppealState, fact: events.Supervised, row: Row) -> AppealState:
    known = _ruled(case, fact.rule)
    return replace(case, supervision=replace(known, supervised=known.supervised + 1, until=fact.due))


@APPEAL.on(events.Escalated)
def _escalated(case: AppealState, fact: events.Escalated, row: Row) -> AppealState:
    return replace(case, supervision=replace(_ruled(case, fact.rule), escalated_to=fact.unit))


@APPEAL.on(events.Summoned)
def _summoned(case: AppealState, fact: events.Summoned, row: Row) -> AppealState:
    known = _ruled(case, fact.rule)
    return replace(case, supervision=replace(known, summoned=known.summoned + 1))


@APPEAL.on(events.ProposalDeclined)
def _proposal_declined(case: AppealState, fact: events.ProposalDeclined, row: Row) -> AppealState:
    return replace(case, supervision=_ruled(case, fact.rule))


def _ruled(case: AppealState, rule: str | None) -> Supervision:
    known = case.supervision
    return known if rule is None else replace(known, rules=(*known.rules, rule))


@APPEAL.on(events.Instructed)
def _instructed(case: AppealState, fact: events.Instructed, row: Row) -> AppealState:
    counted = replace(case.supervision, instructions=case.supervision.instructions + 1)
    given = replace(case, supervision=counted)
    if fact.due is None:
        return given
    task = Instruction(at=row.occurred_at, by=row.actor, on=fact.on, text=fact.text, leader=fact.leader, due=fact.due)
    return replace(given, instructed=(*given.instructed, task))


@APPEAL.on(events.InstructionReported)
def _instruction_reported(case: AppealState, fact: events.InstructionReported, row: Row) -> AppealState:
    answered = instructions.reported(case, feedback=fact.feedback, at=row.occurred_at, by=row.actor)
    return replace(case, instructed=answered)


@APPEAL.on(events.Led)
def _led(case: AppealState, fact: events.Led, row: Row) -> AppealState:
    return replace(case, supervision=replace(case.supervision, leader=fact.leader))
