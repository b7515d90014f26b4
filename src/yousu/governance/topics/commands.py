"""Commands of governance tasks: open → find the cause, report, add measures → close; or reopen.

`seen` is the version that the author was shown. Raise Forbidden, FieldWrong, NotReady, StreamMoved, GovernedMissing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, transaction

from yousu.appeals.dispatching import check_code
from yousu.cases.rules import FieldWrong
from yousu.figures.sets import list_digest
from yousu.figures.snapshot import one_snapshot
from yousu.governance import kept, streams
from yousu.governance.tasks import commands as tasks
from yousu.governance.tasks import queries as task_queries
from yousu.governance.tasks.commands import Wanted
from yousu.governance.tasks.state import TaskState
from yousu.governance.topics import counting, events, queries, rules
from yousu.governance.topics.events import Subject, Target
from yousu.governance.topics.state import GovernanceState
from yousu.ledger.texts import NewText
from yousu.org import capabilities
from yousu.org.actors import Actor
from yousu.org.capabilities import Belonging
from yousu.org.city import city
from yousu.platform import clock

_LOCK = 0x59_6F_75_47


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What is to be governed: by whom, of how many days' appeals, until when, with which target."""

    title: str
    subject: Subject
    lead_unit: str
    leader: str
    target: Target
    due: date
    days: int = rules.DAYS


def open_task(plan: Plan, *, by: Actor) -> GovernanceState:
    """立项: counts the days before today, and keeps their list."""
    capabilities.require(by, "open-governance")
    if (field := counting.knows(plan.subject)) is not None:
        raise FieldWrong(field, "unknown_code")
    check_code("lead_unit", plan.lead_unit, city().units)
    rules.check_target(plan.target)
    today, now = streams.today(), clock.now()
    first, last = rules.before(today, days=plan.days)
    rules.check_due(plan.due, today=today, days=plan.days)
    title, leader = streams.words("title", plan.title), streams.words("leader", plan.leader)
    with one_snapshot():
        found = counting.numbers(plan.subject, first, last, as_of=now)
    with transaction.atomic():
        _one_at_a_time()
        rules.check_new(plan.subject, queries.open_ones())
        fact = events.GovernanceOpened(
            number=streams.next_number("governance"),
            title=title.ref,
            subject=plan.subject,
            first=first,
            last=last,
            as_of=now,
            before=len(found),
            lists={"before": list_digest(found)},
            lead_unit=plan.lead_unit,
            leader=leader.ref,
            target=plan.target,
            due=plan.due,
        )
        opened: GovernanceState = streams.begin(_stream(fact.number), fact, by=by, new=[title, leader])
        kept.write(_stream(fact.number), {"before": found})
    return opened


def find_cause(number: int, *, words: str, by: Actor, seen: int | None = None) -> GovernanceState:
    """查明原因, by the lead unit."""
    said = streams.words("words", words)
    return _own(number, lambda state: rules.find_cause(state, words=said.ref), by=by, seen=seen, new=said)


def report(number: int, *, words: str, by: Actor, seen: int | None = None) -> GovernanceState:
    """进展报告, by the lead unit."""
    said = streams.words("words", words)
    return _own(number, lambda state: rules.report(state, words=said.ref), by=by, seen=seen, new=said)


def add_measure(number: int, wanted: Wanted, *, by: Actor, seen: int | None = None) -> TaskState:
    """列入措施: a task of a unit; the lead unit sets them in its own tree, the supervisor everywhere."""
    queries.seen_by(by, number)
    return tasks.add(_stream(number), wanted, may_add=rules.may_add, by=by, seen=seen)


def close(number: int, *, words: str, by: Actor, seen: int | None = None) -> GovernanceState:
    """结项: counts the days that end with the due day, and keeps their list."""
    capabilities.require(by, "close-governance")
    said = streams.words("words", words)
    state: GovernanceState = streams.state("governance", number)
    now, today = clock.now(), streams.today()
    measures = task_queries.of(_stream(number))
    rules.may_close(state, measures, by=by.code, unit=by.unit, today=today)
    with one_snapshot():
        found = counting.numbers(state.subject, state.after_first, state.due, as_of=now)
    counted = rules.Counted(
        first=state.after_first, last=state.due, as_of=now, size=len(found), digest=list_digest(found)
    )

    def decide(current: GovernanceState) -> events.GovernanceClosed:
        # Measures move the stream when they are added, so the version that was counted for is the one that is closed.
        rules.may_close(current, measures, by=by.code, unit=by.unit, today=today)
        return rules.close(current, counted, words=said.ref)

    with transaction.atomic():
        seen = state.version if seen is None else seen
        closed: GovernanceState = streams.step(_stream(number), decide, by=by, seen=seen, new=[said])
        kept.write(_stream(number), {"after": found})
    return closed


def reopen(number: int, *, due: date, why: str, by: Actor, seen: int | None = None) -> GovernanceState:
    """重新立项, with another due day."""
    capabilities.require(by, "reopen-governance")
    said = streams.words("why", why)
    today = streams.today()
    subject = streams.state("governance", number).subject
    with transaction.atomic():
        _one_at_a_time()
        rules.check_new(subject, (one for one in queries.open_ones() if one.number != number))
        decide = lambda state: rules.reopen(state, due=due, why=said.ref, today=today)  # noqa: E731 - one decision
        reopened: GovernanceState = streams.step(_stream(number), decide, by=by, seen=seen, new=[said])
        kept.drop(_stream(number), "after")
    return reopened


def _own(
    number: int, decide: Callable[[GovernanceState], Any], *, by: Actor, seen: int | None, new: NewText
) -> GovernanceState:  # fmt: skip
    lead: str = streams.state("governance", number).lead_unit
    capabilities.require(by, "report-governance", Belonging(acting_unit=lead))
    done: GovernanceState = streams.step(_stream(number), decide, by=by, seen=seen, new=[new])
    return done


def _stream(number: int) -> str:
    return f"governance/{number}"


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
