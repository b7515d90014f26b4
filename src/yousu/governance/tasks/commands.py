"""Commands of tasks: set → report → accept or give back; or cancel.

`seen` is the version that the author was shown. Raise Forbidden, FieldWrong, NotReady, StreamMoved, GovernedMissing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from yousu.appeals.dispatching import check_code
from yousu.cases import queries as cases
from yousu.cases.commands import noted
from yousu.cases.queries import CaseMissing, Standing
from yousu.cases.rules import FieldWrong
from yousu.governance import streams
from yousu.governance.tasks import events, rules
from yousu.governance.tasks.state import TaskState
from yousu.ledger import log
from yousu.org import capabilities
from yousu.org.actors import Actor
from yousu.org.capabilities import Belonging
from yousu.org.city import city


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What is to be done: by which unit, until when, about which case if about one."""

    unit: str
    due: date
    words: str
    case: str = ""


def add(
    origin: str, wanted: Wanted, *, may_add: Callable[[Any], None], by: Actor, seen: int | None = None
) -> TaskState:
    """交办 out of a governance task or a meeting, which moves with it: sent twice, the second is refused."""
    capabilities.require(by, "set-task", Belonging(acting_unit=wanted.unit))
    check_code("unit", wanted.unit, city().units)
    rules.check_due(wanted.due, today=streams.today())
    if wanted.case:
        _check_case(wanted, by=by)
    words = streams.words("words", wanted.words)
    fact = events.TaskSet(
        number=streams.next_number("task"),
        origin=origin,
        unit=wanted.unit,
        due=wanted.due,
        words=words.ref,
        case=wanted.case or None,
    )

    def decide(state: Any) -> events.TaskAdded:
        may_add(state)
        return events.TaskAdded(task=fact.number)

    with log.batch():
        streams.step(origin, decide, by=by, seen=seen)
        task: TaskState = streams.begin(f"task/{fact.number}", fact, by=by, new=[words])
    return task


def report(number: int, *, words: str, by: Actor, seen: int | None = None) -> TaskState:
    """报告落实, by the unit whose task it is."""
    unit: str = streams.state("task", number).unit
    capabilities.require(by, "report-task", Belonging(acting_unit=unit))
    said = streams.words("words", words)
    return _step(number, lambda task: rules.report(task, words=said.ref), by=by, seen=seen, new=[said])


def judge(number: int, *, accept: bool, note: str = "", by: Actor, seen: int | None = None) -> TaskState:
    """验收: accepted, or given back."""
    capabilities.require(by, "judge-task")
    said = noted(note)
    ref = said.ref if said else None
    if not accept and ref is None:
        raise FieldWrong("note", "required")
    decide = lambda task: rules.judge(task, accept=accept, note=ref, by=by.code)  # noqa: E731 - one decision
    return _step(number, decide, by=by, seen=seen, new=[said] if said else [])


def cancel(number: int, *, why: str, by: Actor, seen: int | None = None) -> TaskState:
    """撤销交办."""
    capabilities.require(by, "cancel-task")
    said = streams.words("why", why)
    return _step(number, lambda task: rules.cancel(task, why=said.ref), by=by, seen=seen, new=[said])


def _check_case(wanted: Wanted, *, by: Actor) -> None:
    try:
        row = cases.get(wanted.case, by)
    except CaseMissing as missing:
        raise FieldWrong("case", "no_such_case") from missing
    # 被举报: no unit is told of a case that accuses it, nor of one against the unit above it.
    if wanted.unit in Standing(cases.state_of(row)).closed_units:
        raise FieldWrong("case", "reported_unit")


def _step(number: int, decide: Callable[[TaskState], Any], *, by: Actor, seen: int | None, new: list[Any]) -> TaskState:
    streams.state("task", number)
    done: TaskState = streams.step(f"task/{number}", decide, by=by, seen=seen, new=new)
    return done
