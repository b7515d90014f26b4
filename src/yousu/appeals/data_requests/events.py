"""Facts of a request about personal data: asked → granted or refused → handed over. No Django."""

from dataclasses import dataclass
from uuid import UUID

from yousu.cases.state import Due
from yousu.ledger.events import TextRef, event


@event("data_requested")
@dataclass(frozen=True, kw_only=True)
class DataRequested:
    """个人信息请求: what is asked, by whom (a random id), by which case they showed who they are, and until when."""

    number: int
    sort: str
    person_id: UUID
    case: str
    due: Due
    words: TextRef | None = None
    # 更正: which field of the case, and what it should say.
    corrected: str | None = None
    value: TextRef | None = None


@event("data_request_granted")
@dataclass(frozen=True, kw_only=True)
class DataRequestGranted:
    """同意请求: what was asked is done in the same transaction, or may be fetched from now on."""

    note: TextRef | None = None


@event("data_request_refused")
@dataclass(frozen=True, kw_only=True)
class DataRequestRefused:
    """不同意请求: the reason in law by its code, and why in words (个人信息保护法 art. 50)."""

    reason: str
    explanation: TextRef


@event("data_handed_over")
@dataclass(frozen=True, kw_only=True)
class DataHandedOver:
    """交付个人信息: a file of what is kept went to the person, or to whoever hands it to them."""

    cases: tuple[str, ...]
    rows: int
