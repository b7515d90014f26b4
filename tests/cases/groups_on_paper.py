"""The group on paper: what a step of one appeal means for those merged with it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tests.cases import shields_on_paper
from tests.cases.on_paper import OPEN, Model
from tests.cases.parts_on_paper import Share

Models = Mapping[str, Model]
_OVER = {"closed": "closed", "finalised": "closed", "declined": "declined", "transferred": "transferred"}
_ANEW: dict[str, Any] = {
    "contacts": 0,
    "tries": 0,
    "asked": None,
    "extensions": 0,
    "still": False,
    "designated": False,
    "from_stage": "",
    "above": (),
    "approvals": 0,
}


def merged(all_of: Models, number: str, named: str, *, erased: set[str]) -> dict[str, Model] | None:
    """Everybody that changes when a case is merged into another; None where that is refused."""
    head = _head_of(all_of, named)
    case = all_of[number]
    if not _with(all_of[head]).isdisjoint(shields_on_paper.closed(case)):
        return None
    if case.stage not in OPEN or case.parked or head == number or all_of[head].stage not in OPEN or head in erased:
        return None
    moved = [each for each in case.followers if all_of[each].stage == "merged" and all_of[each].head == number]
    lead, shares = all_of[head].lead, _anew(all_of[head].shares)
    gone = {
        each: replace(
            all_of[each], stage="merged", head=head, joined=True, lead=lead, shares=shares, followers=(), **_ANEW
        )
        for each in (number, *moved)
    }
    kept = [each for each in all_of[head].followers if each not in gone]
    return {**gone, head: replace(all_of[head], followers=(*kept, *gone))}


def unmerged(all_of: Models, number: str) -> dict[str, Model] | None:
    """A case by itself again, and its head without it; None where that is refused."""
    case = all_of[number]
    if case.stage != "merged" or case.head is None:
        return None
    return {number: _alone(case, _outermost(all_of[case.head])), case.head: _without(all_of[case.head], number)}


def linked(all_of: Models, number: str, other: str) -> dict[str, Model] | None:
    """Both cases, knowing of each other; None where that is refused."""
    if number == other or other in all_of[number].links:
        return None
    return {
        one: replace(all_of[one], links=all_of[one].links | {two}) for one, two in ((number, other), (other, number))
    }


def others_after(all_of: Models, number: str, after: Model) -> dict[str, Model] | None:
    """What a step of one means for the others; None where it is refused for their sake."""
    before = all_of[number]
    if before.stage == "merged" and before.head is not None:
        return {} if after.stage == "merged" else {before.head: _without(all_of[before.head], number)}
    if after.stage == "withdrawn":
        return _passed_on(all_of, number, after)
    if after.stage in ("settled", "unsolved") or _standing(before) == _standing(after):
        return {}
    stage = "merged" if after.parked else _OVER.get(after.stage, "merged")
    tied = [each for each in before.followers if _goes_along(all_of[each], number, stage)]
    if any(not _with(after).isdisjoint(shields_on_paper.closed(all_of[each])) for each in tied):
        return None
    if tied and stage in ("closed", "declined") and not after.reply:
        return None
    more: dict[str, Any] = {"tries": 0} if stage == "merged" else {} if stage == "transferred" else {"reply": True}
    return {each: replace(_helped_as(all_of[each], after), stage=stage, lead=after.lead, **more) for each in tied}


def _with(case: Model) -> set[str | None]:
    return {case.lead, *(share.unit for share in case.shares)}


def _goes_along(follower: Model, head: str, stage: str) -> bool:
    return follower.head == head and follower.joined and (follower.stage == "merged" or stage == "merged")


def _passed_on(all_of: Models, number: str, after: Model) -> dict[str, Model]:
    left = sorted(
        each for each in all_of[number].followers if all_of[each].stage == "merged" and all_of[each].head == number
    )
    if not left:
        return {}
    first, *others = left
    moved = {
        each: replace(
            all_of[each],
            stage="merged",
            head=first,
            joined=True,
            lead=_outermost(after),
            shares=(),
            followers=(),
            **_ANEW,
        )
        for each in others
    }
    return {first: replace(_alone(all_of[first], _outermost(after)), followers=tuple(others)), **moved}


def _alone(case: Model, lead: str | None) -> Model:
    if lead is None or lead in shields_on_paper.closed(case):
        return replace(case, stage="recorded", lead=None, head=None, joined=False, shares=(), **_ANEW)
    return case.given(lead)


def _outermost(case: Model) -> str | None:
    return case.above[0][0] if case.above else case.lead


def _anew(shares: tuple[Share, ...]) -> tuple[Share, ...]:
    return tuple(Share(share.unit) for share in shares)


def _helped_as(case: Model, head: Model) -> Model:
    same = [share.unit for share in case.shares] == [share.unit for share in head.shares]
    return case if same else replace(case, shares=_anew(head.shares))


def _without(head: Model, number: str) -> Model:
    return replace(head, followers=tuple(each for each in head.followers if each != number))


def _standing(case: Model) -> tuple[Any, ...]:
    return case.stage, case.lead, tuple(share.unit for share in case.shares), bool(case.parked)


def _head_of(all_of: Models, number: str) -> str:
    head = all_of[number].head
    return head if all_of[number].stage == "merged" and head is not None else number
