"""Facts that mark a case and leave its stage as it is. A stored shape never changes. No Django."""

from dataclasses import dataclass
from datetime import date, datetime

from yousu.cases.events import Noted
from yousu.cases.state import Due
from yousu.ledger.events import TextRef, event


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
class Supervised(Noted):
    """督办: an order to act, to be done by a moment of its own."""

    due: datetime


@event("escalated")
@dataclass(frozen=True, kw_only=True)
class Escalated(Noted):
    """提级: a unit of a higher level takes the case under its eyes."""

    unit: str


@event("summoned")
@dataclass(frozen=True, kw_only=True)
class Summoned(Noted):
    """约谈: the unit's leader is asked to come and account for it."""

    unit: str
    on: date


@event("instructed")
@dataclass(frozen=True, kw_only=True)
class Instructed(Noted):
    """批示: a leader's words on the case, by whom and of which day."""

    text: TextRef
    leader: TextRef
    on: date


@event("led")
@dataclass(frozen=True, kw_only=True)
class Led(Noted):
    """领办: a named leader answers for the case."""

    leader: TextRef
