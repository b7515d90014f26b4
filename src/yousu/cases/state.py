"""案件状态: the part of the whole state that every kind has, and what figures read of it. No Django."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from yousu.ledger.events import FileRef, TextRef

if TYPE_CHECKING:
    # Checkers know the fields a replaced one must have.
    from dataclasses import replace as replace
else:
    S = TypeVar("S")

    def replace(state: S, /, **changes: Any) -> S:
        """`dataclasses.replace` for states: dozens of fields a dozen times a case are most of what folding costs.

        Raises TypeError for a field the state does not have.
        """
        fields = state.__dict__
        moved = object.__new__(type(state))
        moved.__dict__.update(fields)
        moved.__dict__.update(changes)
        if len(moved.__dict__) != len(fields):
            raise TypeError(f"{type(state).__name__} has no {', '.join(changes.keys() - fields.keys())}")
        return moved


@dataclass(frozen=True, kw_only=True)
class DueStep:
    """One day on the way to a deadline."""

    date: date
    counted: bool
    why: str


@dataclass(frozen=True, kw_only=True)
class Due:
    """办理时限 with the grade it was counted by, the steps by which it was reached, and what they began from."""

    at: datetime
    provisional: bool
    grade: str
    steps: tuple[DueStep, ...]
    start: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Where:
    """地点: a landmark or a keyed digest, district, WGS-84 in millionths of a degree, whether outside the city."""

    key: str | None = None
    district: str | None = None
    lon_e6: int | None = None
    lat_e6: int | None = None
    outside: bool = False


@dataclass(frozen=True, kw_only=True)
class AttachedFile:
    """附件 of a case, with who added it and when."""

    file: FileRef
    name: TextRef | None
    exif_place: TextRef | None
    at: datetime
    by: str


@dataclass(frozen=True, kw_only=True)
class CaseState:
    """What a case of any kind knows of itself. `version` is the number of its events."""

    number: str
    version: int
    stage: str
    received_at: datetime
    recorded_at: datetime
    recorded_by: str
    channel: str | None = None
    type: str | None = None
    category: str | None = None
    where: Where = Where()
    # Refs to the words as they stand now, by kind: original, matter, title, place, name …
    texts: Mapping[str, TextRef] = field(default_factory=dict)
    person_id: UUID | None = None
    # 保密: the units that handle the case learn neither who nor the original words.
    confidential: bool = False
    lead_unit: str | None = None
    co_units: tuple[str, ...] = ()
    due: Due | None = None
    head: str | None = None
    closed_at: datetime | None = None
    released_at: datetime | None = None
    attachments: tuple[AttachedFile, ...] = ()
    urged: int = 0

    @property
    def closed_unit(self) -> str | None:
        """The unit from whose branch it is kept; None: from none."""
        return None

    @property
    def closed_people(self) -> tuple[str, ...]:
        """The actors from whom it is kept, by code."""
        return ()

    @property
    def units(self) -> tuple[str, ...]:
        """The units that see the case because they answer for it, lead first."""
        return tuple(unit for unit in (self.lead_unit, *self.co_units) if unit is not None)


@dataclass(frozen=True, kw_only=True)
class Facets:
    """What a kind adds to the typed columns that figures read; absent where the kind has no such thing."""

    appellant_kind: str | None = None
    decision: str | None = None
    decided_at: datetime | None = None
    second_handling: int = 0
    called_back_at: datetime | None = None
    responded: bool | None = None
    solved: bool | None = None
    satisfied: str | None = None
    excluded: bool = False
    given_at: datetime | None = None
    contacted_at: datetime | None = None
    sent_back_by: str | None = None
    repeats: bool = False
    parked_at: datetime | None = None
    cleared_at: datetime | None = None
