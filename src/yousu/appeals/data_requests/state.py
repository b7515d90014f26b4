"""请求状态: a request about personal data, and how facts move it. No Django."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from yousu.appeals.data_requests import events
from yousu.cases.state import Due
from yousu.ledger.events import Row, TextRef

OPEN, GRANTED, REFUSED = "open", "granted", "refused"
SEE, COPY, CORRECT, DELETE, WITHDRAW_CONSENT = "see", "copy", "correct", "delete", "withdraw-consent"
# 查阅, 复制 (art. 45), 更正补充 (46), 删除 (47), 撤回同意 (15).
SORTS = (SEE, COPY, CORRECT, DELETE, WITHDRAW_CONSENT)


@dataclass(frozen=True, kw_only=True)
class DataRequestState:
    """A request: who asks for what until when, and what came of it."""

    number: int
    version: int
    stage: str
    sort: str
    person_id: UUID
    case: str
    due: Due
    received_at: datetime
    received_by: str
    words: TextRef | None = None
    corrected: str | None = None
    value: TextRef | None = None
    decided_at: datetime | None = None
    decided_by: str | None = None
    note: TextRef | None = None
    reason: str | None = None
    explanation: TextRef | None = None
    handed_over: int = 0

    @property
    def is_for_staff(self) -> bool:
        """Whether staff hand it over: what they took down for a caller."""
        return self.is_to_fetch and self.received_by.startswith("account:")

    @property
    def is_to_fetch(self) -> bool:
        """Whether a file of what is kept may be fetched."""
        return self.stage == GRANTED and self.sort in (SEE, COPY)


def evolve(state: DataRequestState | None, fact: Any, row: Row) -> DataRequestState:
    """The state after one fact."""
    if isinstance(fact, events.DataRequested):
        given = {name: getattr(fact, name) for name in fact.__dataclass_fields__}
        return DataRequestState(
            version=row.seq, stage=OPEN, received_at=row.occurred_at, received_by=row.actor, **given
        )  # fmt: skip
    if state is None:
        raise ValueError("its first fact is not that it was asked")
    match fact:
        case events.DataRequestGranted():
            return replace(_decided(state, row, GRANTED), note=fact.note)
        case events.DataRequestRefused():
            return replace(_decided(state, row, REFUSED), reason=fact.reason, explanation=fact.explanation)
        case events.DataHandedOver():
            return replace(state, version=row.seq, handed_over=state.handed_over + 1)
        case _:
            raise ValueError(f"{row.kind} is no fact of a request")


def _decided(state: DataRequestState, row: Row, stage: str) -> DataRequestState:
    return replace(state, version=row.seq, stage=stage, decided_at=row.occurred_at, decided_by=row.actor)
