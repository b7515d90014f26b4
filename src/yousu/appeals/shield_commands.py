"""Commands that keep a case from somebody: 被举报单位, 回避. Each raises as those of `commands`."""

from functools import partial

from yousu.appeals import shield_rules as rules
from yousu.appeals.acting import act, sealed
from yousu.appeals.dispatching import check_code
from yousu.appeals.state import AppealState
from yousu.cases.rules import FieldWrong
from yousu.org import accounts, capabilities
from yousu.org.actors import Actor
from yousu.org.city import city


def name_reported(number: str, *, unit: str, note: str = "", by: Actor, seen: int) -> AppealState:
    """指明被举报单位."""
    check_code("unit", unit, city().units.keys())
    decide = partial(rules.name_reported, unit=unit, branch=city().tree_of(unit))
    return act(number, "name-reported", decide, by=by, seen=seen, note=note)


def request_lift(number: str, *, reason: str, note: str = "", by: Actor, seen: int) -> AppealState:
    """申请解除转办限制."""
    words = sealed("reason", reason)
    decide = partial(rules.request_lift, reason=words.ref)
    return act(number, "request-lift", decide, by=by, seen=seen, note=note, new=[words])


def judge_lift(number: str, *, grant: bool, note: str = "", by: Actor, seen: int) -> AppealState:
    """解除转办限制审定."""
    return act(number, "judge-lift", partial(rules.judge_lift, grant=grant, by=by.code), by=by, seen=seen, note=note)


def recuse(number: str, *, reason: str, who: str | None = None, note: str = "", by: Actor, seen: int) -> AppealState:
    """回避, of oneself; a supervisor may ask it of somebody else."""
    if who:
        capabilities.require(by, "recuse-others")
    if who and not accounts.is_known(who):
        raise FieldWrong("who", "unknown_code")
    words = sealed("reason", reason)
    decide = partial(rules.recuse, who=f"account:{who}" if who else by.code, reason=words.ref)
    return act(number, "recuse", decide, by=by, seen=seen, note=note, new=[words])
