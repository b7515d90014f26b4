"""Facts that may happen to a case of any kind. No Django."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from yousu.cases.state import Where
from yousu.ledger.events import FileRef, TextRef, event, upcast


@dataclass(frozen=True, kw_only=True)
class Noted:
    """备注: free words may stand beside any act."""

    note: TextRef | None = None


@event("classified")
@dataclass(frozen=True, kw_only=True)
class Classified(Noted):
    """归类: category (a path) and, if given, type were judged."""

    category: str
    type: str | None = None


@event("corrected")
@dataclass(frozen=True, kw_only=True)
class Corrected(Noted):
    """更正: one field of the record was put right; refs to the new words by kind of text."""

    corrected: str
    why: TextRef
    texts: Mapping[str, TextRef] = field(default_factory=dict)
    where: Where | None = None
    type: str | None = None


@event("urged")
@dataclass(frozen=True, kw_only=True)
class UrgedByHand(Noted):
    """催办 of before there were rules for it."""


@event("urged", shape=2)
@dataclass(frozen=True, kw_only=True)
class Urged(Noted):
    """催办: the responsible unit was reminded; by which rule (a code), if one did it."""

    rule: str | None = None


@upcast("urged", shape=1)
def _urged_by_hand(fact: UrgedByHand) -> Urged:
    return Urged(note=fact.note)


@event("attached")
@dataclass(frozen=True, kw_only=True)
class Attached(Noted):
    """附件: a file was added. Its name and the place a picture was taken at lie sealed with the texts.

    `exif_place` is there only where the case had no pin: a proposal for one, which nobody took yet.
    """

    file: FileRef
    name: TextRef | None = None
    exif_place: TextRef | None = None


@event("unmasked")
@dataclass(frozen=True, kw_only=True)
class Unmasked(Noted):
    """查看个人信息: fields of a case were shown in clear, for a purpose. A stream of its own."""

    fields: tuple[str, ...]
    purpose: TextRef


@event("searched")
@dataclass(frozen=True, kw_only=True)
class Searched:
    """查人: somebody was looked for `by` phone, last4 or name; who was found, never what was typed."""

    by: str
    persons: tuple[UUID, ...]
    cases: int
    purpose: str = "search"


@event("exported")
@dataclass(frozen=True, kw_only=True)
class Exported:
    """导出: a list left as a file: its filters as `name=code`, the words apart, how many rows."""

    file: str
    filters: tuple[str, ...]
    words: TextRef | None
    rows: int
