"""Facts that keep a case from somebody: a unit it accuses, a person with a stake. A stored shape never changes."""

from dataclasses import dataclass

from yousu.cases.events import Noted
from yousu.ledger.events import TextRef, event


@event("reported_named")
@dataclass(frozen=True, kw_only=True)
class ReportedNamed(Noted):
    """指明被举报单位: neither it nor the units below it get the case (信访工作条例 art. 30).

    `taken`: it lay with one of them and was taken away.
    """

    unit: str
    taken: bool = False


@event("lift_requested")
@dataclass(frozen=True, kw_only=True)
class LiftRequested(Noted):
    """申请解除转办限制: the case shall go to the unit it accuses after all; another person judges."""

    reason: TextRef


@event("lift_judged")
@dataclass(frozen=True, kw_only=True)
class LiftJudged(Noted):
    """解除转办限制审定, by a second person."""

    granted: bool


@event("recused")
@dataclass(frozen=True, kw_only=True)
class Recused(Noted):
    """回避: somebody with a direct interest in the matter has no part in it (信访工作条例 art. 28)."""

    who: str
    reason: TextRef
