"""承办经过: what figures ask of the units' way with a case: given, contacted, sent back, parked, cleared. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from yousu.appeals import events, groups, mark_events, merge_events, shield_events
from yousu.cases.state import replace
from yousu.ledger.events import Row


@dataclass(frozen=True, kw_only=True)
class Handling:
    """What happened at units so far. `repeats`: merged into an earlier appeal of the same person."""

    # 转交: when the lead unit of now was given the case; None where nobody was.
    given_at: datetime | None = None
    # 联系: the first time since then that the appellant was contacted or tried.
    contacted_at: datetime | None = None
    sent_back_by: str | None = None
    repeats: bool = False
    # 挂账: since when the last time; it stays when the case is cleared.
    parked_at: datetime | None = None


def measured(case: Any, fact: Any, row: Row) -> Any:
    """The state after a fact, with what the fact means for the figures of units."""
    moves = _MOVES.get(type(fact))
    if moves is None:
        return case
    return replace(case, handling=moves(case, fact, row))


def _given(case: Any, fact: Any, row: Row) -> Handling:
    at = row.occurred_at if case.lead_unit is not None else None
    known: Handling = case.handling
    return Handling(
        given_at=at, sent_back_by=known.sent_back_by, repeats=known.repeats, parked_at=_parked_at(case, known)
    )


def _judged(case: Any, fact: Any, row: Row) -> Handling:
    known: Handling = case.handling
    # A refused one never left its unit.
    return _given(case, fact, row) if fact.upheld else known


def _unsolved_judged(case: Any, fact: Any, row: Row) -> Handling:
    return _given(case, fact, row) if fact.lead_unit is not None else _parked(case, fact, row)


def _contacted(case: Any, fact: Any, row: Row) -> Handling:
    known: Handling = case.handling
    return known if known.contacted_at is not None else _but(known, contacted_at=row.occurred_at)


def _sent_back(case: Any, fact: Any, row: Row) -> Handling:
    # Inside a tree it climbs one level and does not come back to the desk.
    if case.above:
        known: Handling = case.handling
        return known
    return _but(case.handling, sent_back_by=fact.unit)


def _taken(case: Any, fact: Any, row: Row) -> Handling:
    known: Handling = case.handling
    # 举报: what was taken away from whom it is about was given to nobody.
    return _given(case, fact, row) if fact.taken else known


def _merged(case: Any, fact: Any, row: Row) -> Handling:
    # Its head's unit answers for it now: it was given to nobody as a case of its own.
    return _but(case.handling, given_at=None, contacted_at=None, repeats=fact.how == groups.REPEAT)


def _alone_again(case: Any, fact: Any, row: Row) -> Handling:
    return _but(_given(case, fact, row), repeats=False)


def _parked(case: Any, fact: Any, row: Row) -> Handling:
    return _but(case.handling, parked_at=_parked_at(case, case.handling))


def _parked_at(case: Any, known: Handling) -> datetime | None:
    return known.parked_at if case.parking is None else case.parking.since


def _but(known: Handling, **changes: Any) -> Handling:
    moved: Handling = replace(known, **changes)
    return moved


_MOVES: Mapping[type, Callable[[Any, Any, Row], Handling]] = {
    events.Forwarded: _given,
    events.Designated: _given,
    events.SendBackJudged: _judged,
    events.Reopened: _given,
    events.UnsolvedJudged: _unsolved_judged,
    events.Contacted: _contacted,
    events.SentBack: _sent_back,
    mark_events.Parked: _parked,
    shield_events.ReportedNamed: _taken,
    merge_events.Merged: _merged,
    merge_events.Unmerged: _alone_again,
    merge_events.Succeeded: _alone_again,
}
