"""Commands that mark an appeal and leave its stage as it is: clock, parking, exclusion, supervision.

Each raises Forbidden, NotPossible, FieldWrong, StreamMoved, StreamMissing as those of `commands`, and returns the new
state.
"""

from datetime import date, datetime, time
from functools import partial
from typing import Any

from yousu.appeals import mark_rules as rules
from yousu.appeals.acting import act, sealed
from yousu.appeals.dispatching import check_code, check_reported, grades
from yousu.appeals.state import AppealState
from yousu.org.actors import Actor
from yousu.org.city import city
from yousu.platform import clock


def request_extension(
    number: str, *, working_days: int, reason: str, note: str = "", by: Actor, seen: int
) -> AppealState:
    """延期申请."""
    check_code("reason", reason, city().reasons["request-extension"])
    decide = partial(
        rules.request_extension,
        working_days=working_days,
        reason=reason,
        allowed=_extensions(),
        grades=grades(),
        now=clock.now(),
    )
    return act(number, "request-extension", decide, by=by, seen=seen, note=note)


def judge_extension(number: str, *, grant: bool, note: str = "", by: Actor, seen: int) -> AppealState:
    """延期审核."""
    decide = partial(rules.judge_extension, grant=grant, by=by.code, grades=grades())
    return act(number, "judge-extension", decide, by=by, seen=seen, note=note)


def suspend(
    number: str, *, reason: str, until: date | None = None, note: str = "", by: Actor, seen: int
) -> AppealState:
    """暂停计时."""
    check_code("reason", reason, city().reasons["suspend"])
    decide = partial(rules.suspend, reason=reason, until=until, grades=grades(), now=clock.now())
    return act(number, "suspend", decide, by=by, seen=seen, note=note)


def resume(number: str, *, note: str = "", by: Actor, seen: int) -> AppealState:
    """恢复计时."""
    decide = partial(rules.resume, grades=grades(), now=clock.now())
    return act(number, "resume", decide, by=by, seen=seen, note=note)


def park(number: str, *, plan: str, review_on: date, leader: str, note: str = "", by: Actor, seen: int) -> AppealState:
    """挂账."""
    words, who = sealed("plan", plan), sealed("leader", leader)
    decide = partial(rules.park, plan=words.ref, leader=who.ref, review_on=review_on, today=_today())
    return act(number, "park", decide, by=by, seen=seen, note=note, new=[words, who])


def unpark(number: str, *, result: str, note: str = "", by: Actor, seen: int) -> AppealState:
    """销账."""
    words = sealed("result", result)
    return act(number, "unpark", partial(rules.unpark, result=words.ref), by=by, seen=seen, note=note, new=[words])


def exclude(number: str, *, reason: str, note: str = "", by: Actor, seen: int) -> AppealState:
    """剔除."""
    check_code("reason", reason, city().reasons["exclude"])
    return act(number, "exclude", partial(rules.exclude, reason=reason), by=by, seen=seen, note=note)


def judge_exclusion(number: str, *, grant: bool, note: str = "", by: Actor, seen: int) -> AppealState:
    """剔除审核."""
    decide = partial(rules.judge_exclusion, grant=grant, by=by.code)
    return act(number, "judge-exclusion", decide, by=by, seen=seen, note=note)


def supervise(number: str, *, due: datetime, note: str = "", by: Actor, seen: int) -> AppealState:
    """督办."""
    decide = partial(rules.supervise, due=due, now=clock.now())
    return act(number, "supervise", decide, by=by, seen=seen, note=note)


def escalate(number: str, *, unit: str, note: str = "", by: Actor, seen: int) -> AppealState:
    """提级."""
    check_code("unit", unit, city().units)

    def decide(case: AppealState) -> Any:
        check_reported(case, unit, field="unit")
        return rules.escalate(case, unit=unit)

    return act(number, "escalate", decide, by=by, seen=seen, note=note)


def summon(number: str, *, unit: str, on: date, note: str = "", by: Actor, seen: int) -> AppealState:
    """约谈."""
    check_code("unit", unit, city().units)

    def decide(case: AppealState) -> Any:
        check_reported(case, unit, field="unit")
        return rules.summon(case, unit=unit, on=on, today=_today())

    return act(number, "summon", decide, by=by, seen=seen, note=note)


def instruct(number: str, *, text: str, leader: str, on: date, note: str = "", by: Actor) -> AppealState:
    """批示. Needs no version: a leader's words hold whatever happened meanwhile."""
    words, who = sealed("instruction", text), sealed("leader", leader)
    due = grades().after(clock.now(), int(city().settings["instruction"]["working_days"]))
    decide = partial(rules.instruct, text=words.ref, leader=who.ref, on=on, due=due, today=_today())
    return act(number, "instruct", decide, by=by, seen=None, note=note, new=[words, who])


def report_instruction(number: str, *, text: str, note: str = "", by: Actor, seen: int) -> AppealState:
    """反馈批示: to the oldest one that is open."""
    words = sealed("text", text)
    decide = partial(rules.report_instruction, feedback=words.ref)
    return act(number, "report-instruction", decide, by=by, seen=seen, note=note, new=[words])


def lead(number: str, *, leader: str, note: str = "", by: Actor) -> AppealState:
    """领办. Needs no version."""
    who = sealed("leader", leader)
    return act(number, "lead", partial(rules.lead, leader=who.ref), by=by, seen=None, note=note, new=[who])


def _extensions() -> rules.Extensions:
    known: Any = city().settings["extension"]
    longest = known["longest"]
    return rules.Extensions(
        limit=int(known["limit"]),
        longest=None if longest == "grade" else int(longest),
        cutoff=time.fromisoformat(known["cutoff"]),
    )


def _today() -> date:
    return clock.now().astimezone(grades().zone).date()
