"""Commands of merging: cases put together, taken apart, linked; and undoing what an act left on several cases.

Each raises Forbidden, NotPossible, FieldWrong, StreamMoved, StreamMissing as those of `commands`, and returns the new
state of the case it was asked of.
"""

from collections.abc import Sequence
from typing import Any

from yousu.appeals import merge_events as events
from yousu.appeals import merge_rules as rules
from yousu.appeals.dispatching import check_code, is_reported, stream
from yousu.appeals.groups import MERGED
from yousu.appeals.possible import refused
from yousu.appeals.state import APPEAL, AppealState
from yousu.appeals.together import also, unit_of
from yousu.cases import commands as cases
from yousu.cases import queries
from yousu.cases.models import CaseNow
from yousu.cases.queries import CaseMissing
from yousu.cases.rules import FieldWrong
from yousu.ledger import log, projections
from yousu.ledger.events import Row, decode
from yousu.ledger.log import StreamMoved
from yousu.org.actors import Actor
from yousu.org.city import city


def merge(number: str, *, head: str, note: str = "", by: Actor, seen: int) -> AppealState:
    """并单. Named a follower, its head is meant; followers of the case come along."""
    target = _head_of(_other("head", head))
    known = _known(number)
    others = [each.number for each in known.followers] if known else []

    def decide(case: AppealState) -> events.Merged:
        whole: AppealState = batch.state(stream(target.number))
        # Its head's unit would answer what is said about it.
        if any(is_reported(case, unit) for unit in (whole.lead_unit, *whole.co_units)):
            raise FieldWrong("head", "reported_unit")
        return rules.merge(case, head=whole, is_erased=target.matter is None)

    entry = cases.entry(stream(number), "merge", decide, by=by, seen=seen, note=note)
    with log.batch() as batch:
        batch.load([entry.stream, stream(target.number), *map(stream, others)])
        _check_still_head(batch, target)
        before = batch.state(entry.stream) if known else None
        after: AppealState = batch.decide(entry)
        whole: AppealState = batch.state(stream(target.number))
        coming = [batch.state(stream(other)) for other in others]
        coming = [each for each in coming if each.stage == MERGED and each.head == number]
        for each in coming:
            also(batch, entry, each.number, rules.move(each, head=whole, mover=after))
        assert before is not None
        also(batch, entry, target.number, rules.gather([before, *coming], head=whole))
        return after


def unmerge(number: str, *, note: str = "", by: Actor, seen: int) -> AppealState:
    """拆单."""
    known = _known(number)
    head = known.head if known else None

    def decide(case: AppealState) -> events.Unmerged:
        if head is None:
            raise refused(case, "unmerge", "not_merged")
        whole: AppealState = batch.state(stream(head))
        return rules.unmerge(case, head=whole, dispatch=unit_of(case, whole))

    entry = cases.entry(stream(number), "unmerge", decide, by=by, seen=seen, note=note)
    with log.batch() as batch:
        batch.load([entry.stream, *([stream(head)] if head else [])])
        after: AppealState = batch.decide(entry)
        assert head is not None
        also(batch, entry, head, events.Parted(number=number))
        return after


def link(number: str, *, other: str, how: str, note: str = "", by: Actor) -> AppealState:
    """关联. Needs no version. Both cases bear it, and are handled apart."""
    check_code("how", how, city().reasons["link"])
    target = _other("other", other)

    def decide(case: AppealState) -> events.Linked:
        return rules.link(case, other=batch.state(stream(target.number)), how=how)

    entry = cases.entry(stream(number), "link", decide, by=by, seen=None, note=note)
    with log.batch() as batch:
        batch.load([entry.stream, stream(target.number)])
        after: AppealState = batch.decide(entry)
        also(batch, entry, target.number, events.Linked(other=number, how=how))
        return after


def undo(number: str, *, note: str = "", by: Actor, seen: int) -> AppealState:
    """撤销, on every case on which the act left something; with nothing after it on any of them."""
    case: AppealState = queries.state_of(queries.get(number, by))
    last = next(log.rows_of(stream(number), newest_first=True))
    along = _left_elsewhere(case, last)
    state: AppealState = cases.undo(stream(number), by=by, seen=seen, note=note, along=along)
    return state


def _known(number: str) -> AppealState | None:
    try:
        state: AppealState = queries.state_of(queries.now(number))
    except CaseMissing:
        return None
    return state


def _other(field: str, number: str) -> CaseNow:
    """The other case. Raises FieldWrong for one that is not there or of another kind."""
    try:
        row = queries.now(number.strip())
    except CaseMissing as missing:
        raise FieldWrong(field, "no_such_case") from missing
    if row.kind != APPEAL.code:
        raise FieldWrong(field, "other_kind")
    return row


def _head_of(row: CaseNow) -> CaseNow:
    return queries.now(row.head) if row.stage == MERGED and row.head is not None else row


def _check_still_head(batch: log.Batch, target: CaseNow) -> None:
    """Raises StreamMoved if what was found as head was merged itself before it was locked."""
    locked: AppealState = batch.state(stream(target.number))
    if locked.stage == MERGED:
        raise StreamMoved(stream(target.number), seen=target.version, version=locked.version)


def _left_elsewhere(case: AppealState, last: Row) -> dict[str, int]:
    """The facts that the act behind a case's last row left on other cases, by stream. Raises NotPossible."""
    fact = decode(last.kind, last.shape, last.data)
    if rules.came_from_elsewhere(fact):
        raise refused(case, "undo", "done_elsewhere")
    candidates = _candidates(case, fact, last)
    if not candidates:
        return {}
    found: dict[str, tuple[int, int]] = {}
    for row, head_seq in log.rows_at(list(map(stream, candidates)), last.occurred_at, last.actor):
        other = decode(row.kind, row.shape, row.data)
        if rules.is_counterpart(other, last, number=case.number):
            found[row.stream] = row.seq, head_seq
    if any(seq != head_seq for seq, head_seq in found.values()):
        raise refused(case, "undo", "overtaken")
    return {name: seq for name, (seq, _) in found.items()}


def _candidates(case: AppealState, fact: Any, last: Row) -> Sequence[str]:
    """Cases on which the act may have left something."""
    named = {case.head, getattr(fact, "other", None), fact.head if isinstance(fact, events.Unmerged) else None}
    named |= {each.number for each in case.followers}
    # What these did is no longer in the state they left behind.
    if last.kind in ("merged", "withdrawn", "reported_named"):
        before = projections.fold(projections.responsible(last.stream), log.rows_of(last.stream, before=last.seq))
        named |= {before.head, *(each.number for each in before.followers)}
    return sorted(number for number in named if number is not None)
