"""Facts that mark a case and leave its stage as it is. A stored shape never changes. No Django."""

from dataclasses import dataclass
from datetime import date, datetime

from yousu.cases.events import Noted
from yousu.cases.state import Due
from yousu.ledger.events import TextRef, event, upcast


@event("extension_requested")
@dataclass(frozen=True, kw_only=True)
class ExtensionRequested(Noted):
    """延期申请: the unit asks for working days more, with a reason (a code)."""

    unit: str
    working_days: int
    reason: str


@event("extension_judged")
@dataclass(frozen=True, kw_only=True)
class ExtensionJudged(Noted):
    """延期审核: granted, with the new deadline, or refused."""

    granted: bool
    due: Due | None = None


@event("suspended")
@dataclass(frozen=True, kw_only=True)
class Suspended(Noted):
    """暂停计时, for a listed reason."""

    unit: str
    reason: str
    until: date | None = None


@event("resumed")
@dataclass(frozen=True, kw_only=True)
class Resumed(Noted):
    """恢复计时, with the deadline counted anew without the days on which the clock stood still."""

    due: Due


@event("deadline_recounted")
@dataclass(frozen=True, kw_only=True)
class DeadlineRecounted(Noted):
    """重新推算期限 with a calendar published since; `earlier` when that leaves the unit less time."""

    due: Due | None
    inner_due: Due | None = None
    earlier: bool = False


@event("call_back_chosen")
@dataclass(frozen=True, kw_only=True)
class CallBackChosen(Noted):
    """抽中回访 in the sample of the day on which it was completed."""

    day: date


@event("parked")
@dataclass(frozen=True, kw_only=True)
class Parked(Noted):
    """挂账: cannot be solved now; with a plan, a leader who answers for it and a day to look again."""

    plan: TextRef
    leader: TextRef
    review_on: date


@event("unparked")
@dataclass(frozen=True, kw_only=True)
class Unparked(Noted):
    """销账: what came of it."""

    result: TextRef


@event("exclusion_requested")
@dataclass(frozen=True, kw_only=True)
class ExclusionRequested(Noted):
    """剔除申请: the case shall not count in rates, with a reason (a code)."""

    reason: str


@event("exclusion_judged")
@dataclass(frozen=True, kw_only=True)
class ExclusionJudged(Noted):
    """剔除审核, by another person."""

    granted: bool


@event("supervised")
@dataclass(frozen=True, kw_only=True)
class SupervisedByHand(Noted):
    """督办 of before there were rules for it."""

    due: datetime


@event("supervised", shape=2)
@dataclass(frozen=True, kw_only=True)
class Supervised(Noted):
    """督办: an order to act, to be done by a moment of its own; the rule (a code) that asked for it, if one did."""

    due: datetime
    rule: str | None = None


@upcast("supervised", shape=1)
def _supervised_by_hand(fact: SupervisedByHand) -> Supervised:
    return Supervised(due=fact.due, note=fact.note)


@event("escalated")
@dataclass(frozen=True, kw_only=True)
class EscalatedByHand(Noted):
    """提级 of before there were rules for it."""

    unit: str


@event("escalated", shape=2)
@dataclass(frozen=True, kw_only=True)
class Escalated(Noted):
    """提级: a unit of a higher level takes the case under its eyes; by which rule's proposal, if it was one."""

    unit: str
    rule: str | None = None


@upcast("escalated", shape=1)
def _escalated_by_hand(fact: EscalatedByHand) -> Escalated:
    return Escalated(unit=fact.unit, note=fact.note)


@event("summoned")
@dataclass(frozen=True, kw_only=True)
class SummonedByHand(Noted):
    """约谈 of before there were rules for it."""

    unit: str
    on: date


@event("summoned", shape=2)
@dataclass(frozen=True, kw_only=True)
class Summoned(Noted):
    """约谈: the unit's leader is asked to come and account for it; by which rule's proposal, if it was one."""

    unit: str
    on: date
    rule: str | None = None


@upcast("summoned", shape=1)
def _summoned_by_hand(fact: SummonedByHand) -> Summoned:
    return Summoned(unit=fact.unit, on=fact.on, note=fact.note)


@event("proposal_declined")
@dataclass(frozen=True, kw_only=True)
class ProposalDeclined(Noted):
    """不采纳督办建议: what a rule proposed is not done, and is not proposed again."""

    rule: str


@event("instructed")
@dataclass(frozen=True, kw_only=True)
class InstructedOnly(Noted):
    """批示 of before it opened a task."""

    text: TextRef
    leader: TextRef
    on: date


@event("instructed", shape=2)
@dataclass(frozen=True, kw_only=True)
class Instructed(Noted):
    """批示: a leader's words on the case, by whom and of which day; until when feedback is due (None: nobody asked)."""

    text: TextRef
    leader: TextRef
    on: date
    due: datetime | None


@upcast("instructed", shape=1)
def _asked_nothing(fact: InstructedOnly) -> Instructed:
    return Instructed(text=fact.text, leader=fact.leader, on=fact.on, note=fact.note, due=None)


@event("instruction_reported")
@dataclass(frozen=True, kw_only=True)
class InstructionReported(Noted):
    """反馈批示: what came of the oldest instruction that was still open."""

    feedback: TextRef


@event("led")
@dataclass(frozen=True, kw_only=True)
class Led(Noted):
    """领办: a named leader answers for the case."""

    leader: TextRef
