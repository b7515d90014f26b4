"""Facts of merging. Each act leaves at most one of them on a case. A stored shape never changes. No Django."""

from dataclasses import dataclass

from yousu.appeals.groups import Follower
from yousu.cases.events import Noted
from yousu.cases.state import Due
from yousu.ledger.events import TextRef, event


@event("merged")
@dataclass(frozen=True, kw_only=True)
class Merged(Noted):
    """并单: handled with its head from now on; `how`: repeat (same person) or parallel (somebody else).

    `with_head`: the head it followed until then and came with.
    """

    head: str
    how: str
    lead_unit: str | None = None
    co_units: tuple[str, ...] = ()
    with_head: str | None = None


@event("gathered")
@dataclass(frozen=True, kw_only=True)
class Gathered:
    """并入: cases were merged into this one."""

    followers: tuple[Follower, ...]


@event("followed")
@dataclass(frozen=True, kw_only=True)
class Followed:
    """随主单: the head's step (the kind of its event number `seq`), and where that leaves its follower.

    `reply` is a copy of the head's answer, kept with the follower; there when the answer is final.
    """

    head: str
    seq: int
    step: str
    stage: str
    lead_unit: str | None = None
    co_units: tuple[str, ...] = ()
    reply: TextRef | None = None


@event("unmerged")
@dataclass(frozen=True, kw_only=True)
class Unmerged(Noted):
    """拆单: on its own again, with the head's unit and a deadline counted anew, or with the desk."""

    head: str
    lead_unit: str | None = None
    due: Due | None = None


@event("parted")
@dataclass(frozen=True, kw_only=True)
class Parted:
    """拆出: a case follows this one no longer."""

    number: str


@event("succeeded")
@dataclass(frozen=True, kw_only=True)
class Succeeded:
    """接任主单: the head was withdrawn by its appellant; this case goes on in its place, with the other followers."""

    head: str
    lead_unit: str | None = None
    due: Due | None = None
    followers: tuple[Follower, ...] = ()


@event("linked")
@dataclass(frozen=True, kw_only=True)
class Linked(Noted):
    """关联: has to do with another case and is handled apart; the other bears the same fact."""

    other: str
    how: str
