"""并单的变化: how the facts of merging move a case's state. No Django."""

from yousu.appeals import groups
from yousu.appeals import merge_events as events
from yousu.appeals.groups import MERGED, Link
from yousu.appeals.marks import Clock
from yousu.appeals.parts import Part
from yousu.appeals.state import APPEAL, TABLE, AppealState, decided, given_to
from yousu.cases.state import Due, replace
from yousu.ledger.events import Row


@APPEAL.on(events.Merged)
def _merged(case: AppealState, fact: events.Merged, row: Row) -> AppealState:
    # One that comes with its head is merged already.
    stage = TABLE.to(case.stage, "merge") if fact.with_head is None else MERGED
    moved = replace(
        given_to(case, fact.lead_unit, fact.co_units, None, at=None),
        stage=stage,
        head=fact.head,
        joined=fact.how,
        designated=False,
        sent_back_from=None,
        followers=(),
    )
    return decided(moved, "merged", row)


@APPEAL.on(events.Gathered)
def _gathered(case: AppealState, fact: events.Gathered, row: Row) -> AppealState:
    return replace(case, followers=groups.gathered(case.followers, fact.followers))


@APPEAL.on(events.Followed)
def _followed(case: AppealState, fact: events.Followed, row: Row) -> AppealState:
    # No command of the follower's own moves it: its head does.
    parts = case.parts if fact.co_units == case.co_units else tuple(Part(unit=unit) for unit in fact.co_units)
    moved = replace(case, stage=fact.stage, lead_unit=fact.lead_unit, co_units=fact.co_units, parts=parts)
    if fact.stage == MERGED:
        return replace(moved, closed_at=None, tries=0)
    ended = replace(moved, closed_at=row.occurred_at, clock=Clock())
    return ended if fact.reply is None else replace(ended, texts={**ended.texts, "reply": fact.reply})


@APPEAL.on(events.Unmerged)
def _unmerged(case: AppealState, fact: events.Unmerged, row: Row) -> AppealState:
    return _alone_again(case, fact.lead_unit, fact.due, row)


@APPEAL.on(events.Parted)
def _parted(case: AppealState, fact: events.Parted, row: Row) -> AppealState:
    return replace(case, followers=tuple(each for each in case.followers if each.number != fact.number))


@APPEAL.on(events.Succeeded)
def _succeeded(case: AppealState, fact: events.Succeeded, row: Row) -> AppealState:
    return replace(_alone_again(case, fact.lead_unit, fact.due, row), followers=fact.followers)


@APPEAL.on(events.Linked)
def _linked(case: AppealState, fact: events.Linked, row: Row) -> AppealState:
    return replace(case, links=(*case.links, Link(other=fact.other, how=fact.how)))


def _alone_again(case: AppealState, lead_unit: str | None, due: Due | None, row: Row) -> AppealState:
    stage = TABLE.to(case.stage, "unmerge", "recorded" if lead_unit is None else "forwarded")
    return replace(given_to(case, lead_unit, (), due, at=row.occurred_at), stage=stage)
