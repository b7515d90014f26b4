"""协办与层级的变化: how the facts of parts and levels move a case's state. No Django."""

from collections.abc import Callable, Iterable
from typing import Any

from yousu.appeals import part_events as events
from yousu.appeals.parts import PARTS, Level, Part, part_of
from yousu.appeals.state import APPEAL, TABLE, AppealState
from yousu.cases import transitions
from yousu.cases.state import Due, replace
from yousu.ledger.events import Row


def _part(fact_type: type, command: str) -> Callable[[Callable[[Part, Any, Row], Part]], None]:
    """Registers how a fact about a unit's part moves that part, besides its stage."""

    def register(change: Callable[[Part, Any, Row], Part]) -> None:
        def apply(case: AppealState, fact: Any, row: Row) -> AppealState:
            part = part_of(case, fact.unit)
            if part is None:
                raise ValueError(f"{fact.unit} has no part in {case.number}")
            moved = replace(part, stage=PARTS.to(part.stage, command, transitions.NONE))
            return _with(case, fact.unit, change(moved, fact, row))

        APPEAL.on(fact_type)(apply)

    return register


def _with(case: AppealState, unit: str, part: Part | None) -> AppealState:
    parts = tuple(part if each.unit == unit else each for each in case.parts)
    kept = tuple(each for each in parts if each is not None)
    return replace(case, parts=kept, co_units=tuple(each.unit for each in kept))


@_part(events.PartSigned, "sign")
def _signed(part: Part, fact: events.PartSigned, row: Row) -> Part:
    return replace(part, signed_at=row.occurred_at)


@_part(events.PartContacted, "contact")
def _contacted(part: Part, fact: events.PartContacted, row: Row) -> Part:
    return replace(part, contacts=part.contacts + 1)


@_part(events.PartHandled, "handle")
def _handled(part: Part, fact: events.PartHandled, row: Row) -> Part:
    return replace(part, reply=fact.reply, outcome=fact.outcome, handled_at=row.occurred_at)


@APPEAL.on(events.PartSentBack)
def _sent_back(case: AppealState, fact: events.PartSentBack, row: Row) -> AppealState:
    part = part_of(case, fact.unit)
    if part is None:
        raise ValueError(f"{fact.unit} has no part in {case.number}")
    moved = replace(part, stage=PARTS.to(part.stage, "send-back"), sent_back_from=part.stage, sent_back_by=row.actor)
    return _with(case, fact.unit, moved)


@APPEAL.on(events.PartSendBackJudged)
def _part_send_back_judged(case: AppealState, fact: events.PartSendBackJudged, row: Row) -> AppealState:
    part = part_of(case, fact.unit)
    if part is None:
        raise ValueError(f"{fact.unit} has no part in {case.number}")
    if not fact.upheld:
        back = PARTS.to(part.stage, "judge-send-back", f"refused_{part.sent_back_from}")
        return _with(case, fact.unit, replace(part, stage=back, sent_back_from=None))
    if fact.to is None:
        return _with(case, fact.unit, None)
    return _with(case, fact.unit, Part(unit=fact.to, due=fact.due, given_by=part.given_by))


@APPEAL.on(events.ForwardedInside)
def _forwarded_inside(case: AppealState, fact: events.ForwardedInside, row: Row) -> AppealState:
    moved = replace(case, stage=TABLE.to(case.stage, "forward", "inside"), above=_levels(case, fact.above))
    asked = (Part(unit=unit, due=fact.due, given_by=fact.platform) for unit in fact.co_units)
    return _given_inside(_helped_by(moved, fact.lead_unit, asked), fact.lead_unit, fact.due, row)


def _levels(case: AppealState, above: tuple[str, ...]) -> tuple[Level, ...]:
    known = {level.unit: level for level in case.above}
    if case.lead_unit is not None:
        own = Level(unit=case.lead_unit, stage=case.stage, due=case.inner_due, signed_at=case.signed_at)
        known.setdefault(case.lead_unit, own)
    return tuple(known.get(unit) or Level(unit=unit, stage="forwarded") for unit in above)


def _helped_by(case: AppealState, lead_unit: str, asked: Iterable[Part]) -> AppealState:
    # Who leads has no part beside it.
    kept = [part for part in case.parts if part.unit != lead_unit]
    known = {part.unit for part in kept}
    parts = (*kept, *(part for part in asked if part.unit not in known))
    return replace(case, parts=parts, co_units=tuple(part.unit for part in parts))


def _given_inside(case: AppealState, lead_unit: str, due: Due | None, row: Row) -> AppealState:
    anew = replace(case, lead_unit=lead_unit, inner_due=due, with_unit_since=row.occurred_at)
    return replace(anew, signed_at=None, sent_back_from=None, approvals=0)


@APPEAL.on(events.InnerSendBackJudged)
def _inner_send_back_judged(case: AppealState, fact: events.InnerSendBackJudged, row: Row) -> AppealState:
    if not fact.upheld:
        stage = TABLE.to(case.stage, "judge-send-back", f"refused_{case.sent_back_from}")
        return replace(case, stage=stage, sent_back_from=None)
    if fact.lead_unit is not None:
        moved = replace(case, stage=TABLE.to(case.stage, "judge-send-back", "elsewhere"))
        return _given_inside(_helped_by(moved, fact.lead_unit, ()), fact.lead_unit, fact.due, row)
    level = case.above[-1]
    climbed = replace(case, stage=TABLE.to(case.stage, "judge-send-back", f"climbs_{level.stage}"))
    climbed = _given_inside(climbed, level.unit, level.due, row)
    return replace(climbed, signed_at=level.signed_at, above=case.above[:-1])


@APPEAL.on(events.Approved)
def _approved(case: AppealState, fact: events.Approved, row: Row) -> AppealState:
    outcome = "approved" if fact.approved else "rejected"
    approvals = case.approvals + 1 if fact.approved else 0
    return replace(case, stage=TABLE.to(case.stage, "approve", outcome), approvals=approvals)
