"""Facts of helping units' parts and of the levels inside a tree. A stored shape never changes. No Django."""

from dataclasses import dataclass

from yousu.cases.events import Noted
from yousu.cases.state import Due
from yousu.ledger.events import TextRef, event


@event("part_signed")
@dataclass(frozen=True, kw_only=True)
class PartSigned(Noted):
    """协办签收."""

    unit: str


@event("part_contacted")
@dataclass(frozen=True, kw_only=True)
class PartContacted(Noted):
    """协办单位联系诉求人."""

    unit: str
    how: str
    reached: bool


@event("part_handled")
@dataclass(frozen=True, kw_only=True)
class PartHandled(Noted):
    """协办答复, for the lead unit to build on; outcome solved, planned or explained."""

    unit: str
    reply: TextRef
    outcome: str


@event("part_sent_back")
@dataclass(frozen=True, kw_only=True)
class PartSentBack(Noted):
    """协办退单: the unit says it has no share in the matter."""

    unit: str
    reason: str


@event("part_send_back_judged")
@dataclass(frozen=True, kw_only=True)
class PartSendBackJudged(Noted):
    """协办退单审定: upheld (the part is gone, or another unit's) or refused."""

    unit: str
    upheld: bool
    to: str | None = None
    due: Due | None = None


@event("forwarded_inside")
@dataclass(frozen=True, kw_only=True)
class ForwardedInside(Noted):
    """二级平台转交: a platform gave the case to a unit of its own tree, with a deadline inside the case's.

    `above`: the units through whose hands it went, outermost first.
    """

    platform: str
    lead_unit: str
    above: tuple[str, ...]
    co_units: tuple[str, ...] = ()
    due: Due | None = None


@event("inner_send_back_judged")
@dataclass(frozen=True, kw_only=True)
class InnerSendBackJudged(Noted):
    """内部退单审定: upheld (with another unit of the tree, or one level up) or refused."""

    platform: str
    upheld: bool
    lead_unit: str | None = None
    due: Due | None = None


@event("approved")
@dataclass(frozen=True, kw_only=True)
class Approved(Noted):
    """审核签发: the leader of a level lets the reply go up, or gives it back to the unit."""

    unit: str
    approved: bool
