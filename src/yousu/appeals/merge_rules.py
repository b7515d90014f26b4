"""Rules of merging. Pure: states and wishes in, a fact out, or a refusal."""

from collections.abc import Sequence

from yousu.appeals import groups
from yousu.appeals import merge_events as events
from yousu.appeals.groups import MERGED, REPEAT
from yousu.appeals.possible import check, refused
from yousu.appeals.rules import Dispatch
from yousu.appeals.state import OPEN_STAGES, AppealState
from yousu.cases.rules import FieldWrong
from yousu.ledger.events import Row, TextRef

# Where a follower is when its head is over: a head finalised or closed has an answer for everybody.
_WITH_HEAD = {"closed": "closed", "finalised": "closed", "declined": "declined", "transferred": "transferred"}
# What the head's own appellant says on the telephone is nobody else's word.
_OWN_WORD = frozenset({"settled", "unsolved"})


def merge(case: AppealState, *, head: AppealState, is_erased: bool) -> events.Merged:
    """并单, into an open case that is no follower itself. `is_erased`: the head's words are gone."""
    check(case, "merge")
    if head.number == case.number:
        raise FieldWrong("head", "itself")
    if head.stage not in OPEN_STAGES:
        raise refused(case, "merge", "head_not_open")
    if is_erased:
        raise refused(case, "merge", "head_erased")
    return _joins(case, head, by=case)


def move(follower: AppealState, *, head: AppealState, mover: AppealState) -> events.Merged:
    """并单 of a head moves its followers: merging is one level deep."""
    fact = _joins(follower, head, by=mover)
    return events.Merged(
        head=fact.head, how=fact.how, lead_unit=fact.lead_unit, co_units=fact.co_units, with_head=mover.number
    )


def gather(cases: Sequence[AppealState], *, head: AppealState) -> events.Gathered:
    """并入."""
    return events.Gathered(followers=tuple(groups.follower_of(case, head) for case in cases))


def unmerge(case: AppealState, *, head: AppealState, dispatch: Dispatch | None) -> events.Unmerged:
    """拆单, while the head is under way: to the head's unit, the deadline counted anew; to the desk if it has none."""
    if case.stage != MERGED and case.head is not None:
        raise refused(case, "unmerge", "head_closed")
    check(case, "unmerge")
    if dispatch is None:
        return events.Unmerged(head=head.number)
    return events.Unmerged(head=head.number, lead_unit=dispatch.lead_unit, due=dispatch.due(case, anew=True))


def link(case: AppealState, *, other: AppealState, how: str) -> events.Linked:
    """关联, both ways; once in each way."""
    check(case, "link")
    if other.number == case.number:
        raise FieldWrong("other", "itself")
    if any(each.other == other.number and each.how == how for each in case.links):
        raise refused(case, "link", "linked_already")
    if _would_tell_who(case, other):
        raise refused(case, "link", "would_tell_who")
    return events.Linked(other=other.number, how=how)


def is_told(before: AppealState, after: AppealState) -> bool:
    """Whether a step of a head is one of its followers', too: another stage or unit, parked or no longer."""
    if after.stage in _OWN_WORD:
        return False
    return _standing(before) != _standing(after)


def stage_with(head: AppealState) -> str:
    """Where its followers are: over with it, unless it waits among the parked."""
    return _WITH_HEAD.get(head.stage, MERGED) if head.parking is None else MERGED


def goes_along(follower: AppealState, head: AppealState) -> bool:
    """Whether a case still goes with its head; once it was called back it has a life of its own."""
    if follower.head != head.number or follower.joined is None:
        return False
    # One that is over already waits for its call-back, whatever else becomes of a head that is over.
    return follower.stage == MERGED or stage_with(head) == MERGED


def follow(head: AppealState, *, step: str, reply: TextRef | None) -> events.Followed:
    """随主单: the step of the head that its state bears."""
    return events.Followed(
        head=head.number,
        seq=head.version,
        step=step,
        stage=stage_with(head),
        lead_unit=head.lead_unit,
        co_units=head.co_units,
        reply=reply,
    )


def successor(followers: Sequence[AppealState]) -> AppealState:
    """接任主单: the oldest of those to whose answer others may listen, else the oldest."""
    return min(followers, key=lambda each: (not each.is_public, each.received_at, each.number))


def may_follow(case: AppealState, head: AppealState) -> bool:
    """Whether a case may be merged into another as far as the persons behind them go."""
    return _why_apart(case, head) is None


def succeed(
    case: AppealState, *, head: AppealState, others: Sequence[AppealState], dispatch: Dispatch | None
) -> events.Succeeded:
    """接任主单: a withdrawn head takes nobody with it. Without others the case goes on by itself."""
    return events.Succeeded(
        head=head.number,
        lead_unit=None if dispatch is None else dispatch.lead_unit,
        due=None if dispatch is None else dispatch.due(case, anew=True),
        followers=tuple(groups.follower_of(other, case) for other in others),
    )


def is_counterpart(fact: object, of: Row, *, number: str) -> bool:
    """Whether a fact on another case was recorded by the same act as this row of case `number`.

    Two acts of one person may bear the same moment, so the kind of act must fit, too.
    """
    match fact:
        case events.Gathered(followers=followers):
            return of.kind == "merged" and any(each.number == number for each in followers)
        case events.Followed(head=head, seq=seq):
            return (head, seq) == (number, of.seq)
        case events.Merged(with_head=mover):
            return of.kind in ("merged", "withdrawn") and mover == number
        case events.Parted(number=gone):
            return of.kind in ("unmerged", "withdrawn", "reported_named") and gone == number
        case events.Succeeded(head=head):
            return of.kind == "withdrawn" and head == number
        case events.Linked(other=other):
            return of.kind == "linked" and other == number
    return False


def came_from_elsewhere(fact: object) -> bool:
    """Whether a fact was recorded here because of an act on another case; it is undone there."""
    if isinstance(fact, events.Merged):
        return fact.with_head is not None
    return isinstance(fact, events.Gathered | events.Followed | events.Parted | events.Succeeded)


def _standing(case: AppealState) -> tuple[object, ...]:
    return case.stage, case.lead_unit, case.co_units, case.parking is None


def _joins(case: AppealState, head: AppealState, *, by: AppealState) -> events.Merged:
    why = _why_apart(case, head)
    if why is not None:
        raise refused(by, "merge", why)
    how = groups.how_joined(case, head)
    return events.Merged(head=head.number, how=how, lead_unit=head.lead_unit, co_units=head.co_units)


def _why_apart(case: AppealState, head: AppealState) -> str | None:
    # 举报 goes to whom it names with nobody; the answer to 保密 is no stranger's.
    if groups.how_joined(case, head) != REPEAT and (case.type == "tip_off" or not head.is_public):
        return "not_for_others"
    return "would_tell_who" if _would_tell_who(case, head) else None


def _would_tell_who(one: AppealState, other: AppealState) -> bool:
    """Whether units that know the person of one case would learn it of the other, which is 保密 or 举报."""
    return one.person_id is not None and one.person_id == other.person_id and one.is_public != other.is_public
