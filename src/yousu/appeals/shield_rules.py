"""Rules that keep a case from whom it accuses, and from whoever has a stake in it. Pure."""

from collections.abc import Set

from yousu.appeals import shield_events as events
from yousu.appeals.possible import check, refused
from yousu.appeals.state import AppealState
from yousu.cases.rules import FieldWrong
from yousu.ledger.events import TextRef

_AT_A_UNIT = frozenset({"forwarded", "signed", "sent_back", "handled", "merged"})


def name_reported(case: AppealState, *, unit: str, branch: Set[str]) -> events.ReportedNamed:
    """指明被举报单位. What lies with one of its branch is taken away at once."""
    check(case, "name-reported")
    return events.ReportedNamed(unit=unit, taken=case.stage in _AT_A_UNIT and not branch.isdisjoint(case.units))


def request_lift(case: AppealState, *, reason: TextRef) -> events.LiftRequested:
    """申请解除转办限制."""
    check(case, "request-lift")
    return events.LiftRequested(reason=reason)


def judge_lift(case: AppealState, *, grant: bool, by: str) -> events.LiftJudged:
    """解除转办限制审定, by a second person."""
    check(case, "judge-lift")
    if case.reported is None or case.reported.lift_by == by:
        raise refused(case, "judge-lift", "own_request")
    return events.LiftJudged(granted=grant)


def recuse(case: AppealState, *, who: str, reason: TextRef) -> events.Recused:
    """回避."""
    check(case, "recuse")
    if who in case.recused:
        raise FieldWrong("who", "recused_already")
    return events.Recused(who=who, reason=reason)
