"""Facts of an appeal's life. A stored shape never changes. No Django."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yousu.cases.events import Noted
from yousu.cases.state import Due, Where
from yousu.ledger.events import TextRef, event, upcast


@dataclass(frozen=True, kw_only=True)
class Call:
    """来电: the telephone system's id of the call, and when it began."""

    id: str
    started_at: datetime | None = None


@event("recorded")
@dataclass(frozen=True, kw_only=True)
class AppealRecorded:
    """受理: an appeal was taken in. `closed_at` only when it came with its end (an import of old ones)."""

    number: str
    channel: str
    received_at: datetime
    texts: Mapping[str, TextRef]
    type: str
    category: str | None = None
    where: Where = Where()
    appellant_kind: str = "person"
    person_id: UUID | None = None
    confidential: bool = False
    call: Call | None = None
    grade: str | None = None
    closed_at: datetime | None = None
    flags: tuple[str, ...] = ()


@event("answered")
@dataclass(frozen=True, kw_only=True)
class Answered(Noted):
    """直接办理: the desk answered and closed at once."""

    reply: TextRef
    article: str | None = None


@event("declined")
@dataclass(frozen=True, kw_only=True)
class Declined(Noted):
    """不予受理, with reason and the lawful channel told."""

    reason: str
    lawful_channel: str
    reply: TextRef


@event("withdrawn")
@dataclass(frozen=True, kw_only=True)
class Withdrawn(Noted):
    """撤诉: the appellant took the appeal back."""

    reason: TextRef


@event("transferred")
@dataclass(frozen=True, kw_only=True)
class Transferred(Noted):
    """紧急转接 to 110, 119, 120 or 122."""

    to: str
    outside_number: str | None = None


@event("forwarded")
@dataclass(frozen=True, kw_only=True)
class Forwarded(Noted):
    """转交: the desk gave the case to the unit that must answer."""

    lead_unit: str
    co_units: tuple[str, ...] = ()
    due: Due | None = None


@event("designated")
@dataclass(frozen=True, kw_only=True)
class Designated(Noted):
    """指定承办: forwarded to a unit that cannot send it back."""

    lead_unit: str
    co_units: tuple[str, ...] = ()
    due: Due | None = None


@event("signed")
@dataclass(frozen=True, kw_only=True)
class Signed(Noted):
    """签收."""

    unit: str


@event("contacted")
@dataclass(frozen=True, kw_only=True)
class Contacted(Noted):
    """联系诉求人: tried in some way, and whether the appellant was reached."""

    unit: str
    how: str
    reached: bool


@event("sent_back")
@dataclass(frozen=True, kw_only=True)
class SentBack(Noted):
    """退单: the unit says the matter is not its own."""

    unit: str
    reason: str


@event("send_back_judged")
@dataclass(frozen=True, kw_only=True)
class SendBackJudged(Noted):
    """退单审核: upheld (perhaps with another unit) or refused. A refused one never stopped the clock."""

    upheld: bool
    lead_unit: str | None = None
    due: Due | None = None


@event("handled")
@dataclass(frozen=True, kw_only=True)
class Handled(Noted):
    """办理答复 by the unit; outcome solved, planned or explained."""

    unit: str
    reply: TextRef
    outcome: str


@event("reviewed")
@dataclass(frozen=True, kw_only=True)
class ReviewedBefore(Noted):
    """审核 as it was recorded when a rejection never changed the deadline."""

    accepted: bool


@event("reviewed", shape=2)
@dataclass(frozen=True, kw_only=True)
class Reviewed(Noted):
    """审核: accepted (that moment is 办结) or given back to the unit, where the city says so with a new deadline."""

    accepted: bool
    due: Due | None = None


@upcast("reviewed", shape=1)
def _reviewed(old: ReviewedBefore) -> Reviewed:
    return Reviewed(accepted=old.accepted, note=old.note)


@event("called_back")
@dataclass(frozen=True, kw_only=True)
class CalledBack(Noted):
    """回访: reached, not_reached or refused, and what the resident said."""

    reached: str
    responded: bool | None = None
    solved: bool | None = None
    satisfied: str | None = None


@event("unsolved_judged")
@dataclass(frozen=True, kw_only=True)
class UnsolvedJudged(Noted):
    """未解决研判: handle again, or finalise as lawful and explained."""

    decision: str
    lead_unit: str | None = None
    due: Due | None = None


@event("supported")
@dataclass(frozen=True, kw_only=True)
class Supported(Noted):
    """附议: somebody else asks for the same; None is somebody who did not say who they are."""

    person_id: UUID | None = None


@event("released")
@dataclass(frozen=True, kw_only=True)
class Released(Noted):
    """公开答复: the answer without personal data, confirmed by a person, may be read by everybody."""

    text: TextRef


@event("reopened")
@dataclass(frozen=True, kw_only=True)
class Reopened(Noted):
    """二次办理: with the same lead unit, the deadline counted anew."""

    reason: TextRef
    lead_unit: str
    due: Due | None = None
