"""按规则督办: which cases a rule speaks of, what is done about them by itself, and what a supervisor is proposed."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import Any

from django.db.models import Q, QuerySet

from yousu.appeals import mark_events, supervision
from yousu.appeals import mark_rules as rules
from yousu.appeals.acting import act
from yousu.appeals.dispatching import grades, is_reported, stream
from yousu.appeals.possible import check, refused
from yousu.appeals.state import APPEAL, AppealState
from yousu.appeals.supervision import SupervisionRule
from yousu.cases import commands as cases
from yousu.cases.models import CaseNow
from yousu.cases.rules import FieldWrong, urge
from yousu.cases.transitions import NotPossible
from yousu.ledger import log
from yousu.org import capabilities
from yousu.org.actors import SYSTEM, Actor
from yousu.org.city import city
from yousu.platform import clock
from yousu.worktime.deadlines import working_days_ago

# Whoever acts on one of them waits for milliseconds; and the worker has other things to do.
_A_BATCH, A_ROUND, _MOST_PROPOSED = 100, 500, 1000
_AT_A_UNIT = ("forwarded", "signed")
_WAITS = ("suspended", "parked")


@dataclass
class Supervised:
    """How many cases each rule was applied to, or speaks of."""

    applied: dict[str, int] = field(default_factory=dict)
    proposed: dict[str, int] = field(default_factory=dict)


def supervise(*, by: Actor, limit: int | None = None, dry_run: bool = False) -> Supervised:
    """Applies the rules that act by themselves, each once a case, and counts what is proposed. Raises Forbidden."""
    capabilities.require(by, "supervise")
    found, left = Supervised(), limit
    for rule in supervision.rules().values():
        numbers = _numbers(rule)
        if rule.is_proposal:
            found.proposed[rule.code] = numbers.count()
        elif dry_run:
            found.applied[rule.code] = numbers.count()
        else:
            done = _apply(rule, list(numbers if left is None else numbers[:left]))
            found.applied[rule.code] = done
            left = None if left is None else left - done
    return found


def take(number: str, *, rule: str, by: Actor, seen: int) -> AppealState:
    """采纳: does what a rule proposes. Raises as the command that it is, and NotPossible where it no longer holds."""
    chosen = _known(rule)
    return act(number, chosen.act, _still(chosen, partial(_fact, chosen)), by=by, seen=seen)


def decline(number: str, *, rule: str, by: Actor, seen: int) -> AppealState:
    """不采纳: it is not proposed again."""
    chosen = _known(rule)
    decide = _still(chosen, lambda case: mark_events.ProposalDeclined(rule=chosen.code))
    return act(number, chosen.act, decide, by=by, seen=seen)


def proposals(case: AppealState) -> list[SupervisionRule]:
    """What rules propose for a case now."""
    return [rule for rule in supervision.rules().values() if rule.is_proposal and holds(rule, case)]


def with_proposals(among: QuerySet[CaseNow]) -> QuerySet[CaseNow]:
    """The cases for which rules propose something."""
    found = [_soonest(rule, among) for rule in supervision.rules().values() if rule.is_proposal]
    if not found:
        return among.none()
    # Each by the index of its own; one condition for all would read every case.
    return among.filter(number__in=found[0].union(*found[1:], all=True) if found[1:] else found[0])


def _soonest(rule: SupervisionRule, among: QuerySet[CaseNow]) -> QuerySet[CaseNow, Any]:
    # Nobody works through more in a day.
    return _of(rule, among).order_by("due_at", "number").values("number")[:_MOST_PROPOSED]


def holds(rule: SupervisionRule, case: AppealState) -> bool:
    """Whether a rule speaks of a case, and was neither applied nor declined."""
    if rule.code in case.supervision.rules or rule.act not in APPEAL.transitions.possible(case.stage):
        return False
    if rule.act == supervision.ESCALATE and (
        case.lead_unit == rule.unit or is_reported(case, _above(rule, case.lead_unit))
    ):
        return False
    if rule.trigger in supervision.BY_DAYS and not set(_WAITS).isdisjoint(APPEAL.marks(case)):
        return False
    return case.lead_unit is not None and _triggered(rule, case)


def _triggered(rule: SupervisionRule, case: AppealState) -> bool:
    if rule.trigger == supervision.LATE:
        is_running = case.stage in (*_AT_A_UNIT, "sent_back")
        return is_running and case.due is not None and case.due.at < _overdue_since(rule)
    if rule.trigger in supervision.BY_DAYS:
        stages = ("forwarded",) if rule.trigger == supervision.UNSIGNED else _AT_A_UNIT
        given = case.stage in stages and case.contacts == 0 and case.with_unit_since is not None
        return given and case.with_unit_since is not None and case.with_unit_since < _given_before(rule)
    if rule.trigger == supervision.UNSOLVED:
        return case.stage == "unsolved" and case.second_handling >= rule.at_least - 1
    return (case.sent_back if rule.trigger == supervision.SENT_BACK else case.second_handling) >= rule.at_least


def _numbers(rule: SupervisionRule) -> QuerySet[Any, str]:
    return _of(rule, CaseNow.objects.all()).order_by("number").values_list("number", flat=True)


def _of(rule: SupervisionRule, among: QuerySet[CaseNow]) -> QuerySet[CaseNow]:
    # The same as `holds`, in the words of the tables.
    possible = sorted(
        stage for stage in APPEAL.transitions.open_stages if rule.act in APPEAL.transitions.possible(stage)
    )
    of_rule = among.filter(_condition(rule, possible), kind="appeal", lead_unit__isnull=False)
    if rule.act == supervision.ESCALATE:
        of_rule = of_rule.exclude(lead_unit=rule.unit).exclude(_would_accuse(rule))
    if rule.trigger in supervision.BY_DAYS:
        of_rule = of_rule.exclude(marks__overlap=list(_WAITS))
    return of_rule.exclude(marks__contains=[f"rule:{rule.code}"])


def _would_accuse(rule: SupervisionRule) -> Q:
    """Cases that would go to a unit from which they are kept: by the unit above, and what keeps it out."""
    below = defaultdict(list)
    for code in city().units:
        below[_above(rule, code)].append(code)
    found = Q(pk__in=())
    for target, units in below.items():
        found |= Q(lead_unit__in=units, marks__overlap=[f"reported:{unit}" for unit in city().above(target)])
    return found


def _condition(rule: SupervisionRule, possible: Sequence[str]) -> Q:
    if rule.trigger == supervision.LATE:
        return Q(stage__in=(*_AT_A_UNIT, "sent_back"), due_at__lt=_overdue_since(rule))
    if rule.trigger in supervision.BY_DAYS:
        # Moments are written in UTC, so text compares; whole seconds begin like their fractions.
        before = _given_before(rule).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")
        waiting = Q(
            stage__in=_AT_A_UNIT, state__contacts=0, state__with_unit_since__gt="", state__with_unit_since__lt=before
        )
        return waiting & Q(stage="forwarded") if rule.trigger == supervision.UNSIGNED else waiting
    if rule.trigger == supervision.UNSOLVED:
        return Q(stage="unsolved", state__second_handling__gte=rule.at_least - 1)
    counted = "sent_back" if rule.trigger == supervision.SENT_BACK else "second_handling"
    return Q(stage__in=possible, **{f"state__{counted}__gt": 0, f"state__{counted}__gte": rule.at_least})


def _overdue_since(rule: SupervisionRule) -> datetime:
    now = clock.now()
    # The first of them begins with the moment itself.
    return (
        now if rule.at_least == 1 else min(now, working_days_ago(now, rule.at_least, grades().calendar, grades().zone))
    )


def _given_before(rule: SupervisionRule) -> datetime:
    # The day itself does not count, and the last one is over.
    return working_days_ago(clock.now(), rule.at_least + 1, grades().calendar, grades().zone)


def _apply(rule: SupervisionRule, numbers: Sequence[str]) -> int:
    return sum(_apply_batch(rule, batch) for batch in _batches(numbers))


def _batches(numbers: Sequence[str]) -> Iterator[Sequence[str]]:
    for begin in range(0, len(numbers), _A_BATCH):
        yield numbers[begin : begin + _A_BATCH]


def _apply_batch(rule: SupervisionRule, numbers: Sequence[str]) -> int:
    done = 0
    decide = _still(rule, partial(_fact, rule))
    with log.batch() as batch:
        batch.load(map(stream, numbers))
        for number in numbers:
            try:
                batch.decide(cases.entry(stream(number), rule.act, decide, by=SYSTEM, seen=None))
            except (NotPossible, capabilities.Forbidden):
                # It moved since it was looked for, or somebody else was quicker.
                continue
            done += 1
    return done


def _still(rule: SupervisionRule, decide: Callable[[AppealState], Any]) -> Callable[[AppealState], Any]:
    def decided(case: AppealState) -> Any:
        check(case, rule.act)
        if not holds(rule, case):
            raise refused(case, rule.act, "proposal_gone")
        return decide(case)

    return decided


def _fact(rule: SupervisionRule, case: AppealState) -> Any:
    now, known = clock.now(), grades()
    if rule.act == supervision.URGE:
        return urge(APPEAL, case, rule=rule.code)
    if rule.act == supervision.ESCALATE:
        return rules.escalate(case, unit=_above(rule, case.lead_unit), rule=rule.code)
    until = known.after(now, rule.working_days)
    if rule.act == supervision.SUPERVISE:
        return rules.supervise(case, due=until, now=now, rule=rule.code)
    today, on = (moment.astimezone(known.zone).date() for moment in (now, until))
    return rules.summon(case, unit=case.lead_unit or "", on=on, today=today, rule=rule.code)


def _above(rule: SupervisionRule, lead_unit: str | None) -> str:
    _own, *above = city().above(lead_unit) or ("",)
    return above[0] if above else rule.unit or ""


def _known(code: str) -> SupervisionRule:
    rule = supervision.rules().get(code)
    if rule is None or not rule.is_proposal:
        raise FieldWrong("rule", "unknown_code")
    return rule
