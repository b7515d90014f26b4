"""Parts and levels on paper: what helping units and platforms do to an appeal, as the contract's reader expects it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from yousu.org.actors import Actor

if TYPE_CHECKING:
    from tests.cases.on_paper import Model

MOVING = {"forwarded", "signed", "sent_back", "handled"}
OF_A_PART = {"sign", "contact", "handle", "send_back"}
_STAGES = {
    "sign": {"forwarded"},
    "contact": {"signed"},
    "handle": {"signed"},
    "send_back": {"forwarded", "signed"},
}
_TO = {"sign": "signed", "contact": "signed", "handle": "handled", "send_back": "sent_back"}


@dataclass(frozen=True)
class Share:
    """A helping unit's part."""

    unit: str
    stage: str = "forwarded"
    from_stage: str = ""
    by: Actor | None = None
    platform: str | None = None


def units(case: "Model") -> set[str]:
    """Whoever answers for it, or did and still leads."""
    several = {case.lead, case.receiver, *(share.unit for share in case.shares), *(unit for unit, _ in case.above)}
    return {unit for unit in several if unit is not None}


def waiting(case: "Model") -> Share | None:
    """The part whose send-back is judged next."""
    if case.stage not in MOVING or case.stage == "sent_back":
        return None
    return next((share for share in case.shares if share.stage == "sent_back"), None)


def is_lead_possible(case: "Model", command: str) -> bool:
    """Whether stage, clock and designation let the lead unit do it."""
    if case.stage not in _STAGES[command] or (case.still and command in ("handle", "send_back")):
        return False
    return command != "send_back" or not case.designated or bool(case.above)


def of_helper(case: "Model", command: str, who: Actor) -> "Model | None":
    """What a helping unit's step makes of its part; None if no part of the actor's allows it."""
    for share in case.shares:
        possible = case.stage in MOVING and share.stage in _STAGES[command]
        if share.unit in who.tree and possible and not (case.still and command in ("handle", "send_back")):
            more: dict[str, Any] = {"from_stage": share.stage, "by": who} if command == "send_back" else {}
            return _with(case, share, replace(share, stage=_TO[command], **more))
    return None


def judged(case: "Model", share: Share, how: Mapping[str, Any]) -> "Model | None":
    """A part that was sent back: refused, gone, or another unit's."""
    if share.by == how["who"]:
        return None
    if not how["uphold"]:
        return _with(case, share, replace(share, stage=share.from_stage, from_stage=""))
    if how["lead_unit"] is None:
        return _with(case, share, None)
    if how["lead_unit"] in units(case):
        return None
    return _with(case, share, Share(how["lead_unit"], platform=share.platform))


def forwarded_inside(case: "Model", how: Mapping[str, Any]) -> "Model | None":
    """Down the tree of a platform, or back to itself."""
    who, unit, asked = how["who"], how["lead_unit"], how.get("co_units", ())
    if unit == case.lead or unit not in who.tree or not who.tree.issuperset(asked) or unit in asked:
        return None
    known = {case.lead: case.stage, **dict(case.above)}
    above = tuple(level for level in case.above if level[0] not in who.tree)
    if unit != who.unit:
        above = (*above, (who.unit, known.get(who.unit, "forwarded")))
    kept = tuple(share for share in case.shares if share.unit != unit)
    new = tuple(Share(each, platform=who.unit) for each in asked if each not in {share.unit for share in kept})
    return replace(case, stage="forwarded", lead=unit, above=above, shares=(*kept, *new), approvals=0, from_stage="")


def judged_inside(case: "Model", how: Mapping[str, Any]) -> "Model | None":
    """What went down is judged by a platform above: elsewhere in the tree, one level up, or back."""
    who = how["who"]
    if who.unit not in {unit for unit, _ in case.above} or case.sent_by == who:
        return None
    if not how["uphold"]:
        return replace(case, stage=case.from_stage, from_stage="")
    anew: dict[str, Any] = {"approvals": 0, "from_stage": ""}
    unit = how["lead_unit"]
    if unit is None:
        (level, stage), above = case.above[-1], case.above[:-1]
        return replace(case, stage=stage, lead=level, above=above, **anew)
    if unit in (case.lead, *(level for level, _ in case.above)) or unit not in who.tree:
        return None
    kept = tuple(share for share in case.shares if share.unit != unit)
    return replace(case, stage="forwarded", lead=unit, shares=kept, **anew)


def approver(case: "Model") -> str | None:
    """Whose leader approves next."""
    if case.stage != "handled" or case.approvals >= len(case.above):
        return None
    return case.above[len(case.above) - 1 - case.approvals][0]


def approved(case: "Model", how: Mapping[str, Any]) -> "Model | None":
    """One level up, or back to the unit."""
    if approver(case) is None:
        return None
    if not how["approve"]:
        return replace(case, stage="signed", approvals=0)
    return replace(case, approvals=case.approvals + 1)


def _with(case: "Model", share: Share, after: Share | None) -> "Model":
    shares = (after if each == share else each for each in case.shares)
    return replace(case, shares=tuple(each for each in shares if each is not None))
