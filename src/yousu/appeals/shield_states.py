"""回避与保护的变化: how these facts move a case's state. No Django."""

from yousu.appeals import shield_events as events
from yousu.appeals.marks import Clock
from yousu.appeals.shields import Reported
from yousu.appeals.state import APPEAL, TABLE, AppealState, given_to
from yousu.cases.state import replace
from yousu.ledger.events import Row


@APPEAL.on(events.ReportedNamed)
def _reported_named(case: AppealState, fact: events.ReportedNamed, row: Row) -> AppealState:
    named = replace(case, reported=Reported(unit=fact.unit))
    if not fact.taken:
        return named
    stage = TABLE.to(case.stage, "name-reported", "taken")
    away = given_to(named, None, (), None, at=None)
    return replace(away, stage=stage, first_receiver=None, designated=False, sent_back_from=None, clock=Clock())


@APPEAL.on(events.LiftRequested)
def _lift_requested(case: AppealState, fact: events.LiftRequested, row: Row) -> AppealState:
    if case.reported is None:
        raise ValueError("nobody is accused")
    asked = replace(case.reported, lift_by=row.actor, lift_reason=fact.reason, lifted=None)
    return replace(case, reported=asked)


@APPEAL.on(events.LiftJudged)
def _lift_judged(case: AppealState, fact: events.LiftJudged, row: Row) -> AppealState:
    if case.reported is None:
        raise ValueError("nobody is accused")
    judged = replace(case.reported, lifted=True) if fact.granted else Reported(unit=case.reported.unit)
    return replace(case, reported=judged)


@APPEAL.on(events.Recused)
def _recused(case: AppealState, fact: events.Recused, row: Row) -> AppealState:
    return replace(case, recused=tuple(dict.fromkeys((*case.recused, fact.who))))
