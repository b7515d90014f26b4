"""协办与层级: the parts of helping units, and the levels through which a case went down inside a tree. Pure."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from yousu.cases import transitions
from yousu.cases.state import Due
from yousu.ledger.events import TextRef

# 第三次退单: from here on the supervisor judges; what moves stages is no city's setting.
OFTEN = 3
# A part moves while its case is being handled; what is over or waits for a judge is left alone.
MOVING = frozenset({"forwarded", "signed", "sent_back", "handled"})
PARTS = transitions.load(Path(__file__).parent / "part_transitions.csv", open_stages=())
COMMANDS = frozenset(PARTS.commands())


@dataclass(frozen=True, kw_only=True)
class Part:
    """协办: one helping unit's share, with stage, deadline and reply of its own.

    `given_by`: the platform that asked for it inside its tree; None: the desk.
    """

    unit: str
    stage: str = "forwarded"
    due: Due | None = None
    given_by: str | None = None
    signed_at: datetime | None = None
    contacts: int = 0
    sent_back_from: str | None = None
    sent_back_by: str | None = None
    reply: TextRef | None = None
    outcome: str | None = None
    handled_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Level:
    """二级平台: a unit that gave the case further down, with what it had before it did."""

    unit: str
    stage: str
    due: Due | None = None
    signed_at: datetime | None = None


def part_of(case: Any, unit: str | None) -> Part | None:
    """A unit's part, if it has one."""
    return next((part for part in case.parts if part.unit == unit), None)


def is_possible(case: Any, part: Part, command: str) -> bool:
    """Whether a part's stage, its case and its case's clock allow a command on it."""
    if case.stage not in MOVING or command not in PARTS.possible(part.stage):
        return False
    return case.clock.standstill is None or command not in ("handle", "send-back")


def sent_back(case: Any) -> Part | None:
    """The part whose send-back waits for its judgement; the case's own comes first."""
    if case.stage not in MOVING or case.stage == "sent_back":
        return None
    return next((part for part in case.parts if part.stage == "sent_back"), None)


def is_inside(case: Any) -> bool:
    """Whether the send-back that is judged next is one of a tree of units, in which the desk has no hand."""
    part = sent_back(case)
    return bool(case.above) if part is None else part.given_by is not None


def approver(case: Any) -> str | None:
    """审核签发: the unit whose leader approves the reply next, from the lowest level up; None: all have."""
    if case.stage != "handled" or case.approvals >= len(case.above):
        return None
    unit: str = case.above[len(case.above) - 1 - case.approvals].unit
    return unit


def listed(case: Any) -> list[str]:
    """What lists choose by: who owes a part, whose approval is waited for, what came from whom."""
    found = [
        f"part:{part.unit}" for part in case.parts if case.stage in MOVING and part.stage in ("forwarded", "signed")
    ]
    if (unit := approver(case)) is not None:
        found += ["approving", f"approval:{unit}"]
    if (part := sent_back(case)) is not None:
        found.append("part_sent_back" if part.given_by is None else f"part_sent_back:{part.given_by}")
    if case.above:
        found.append("inside")
    elif case.stage == "sent_back" and case.sent_back >= OFTEN:
        found.append("sent_back_often")
    if case.appellant_kind == "enterprise":
        found.append("enterprise")
    return found
