"""How the desk's commands that leave the stage as it is are tried."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from tests import world

from yousu.appeals import mark_commands as marks
from yousu.appeals import shield_commands as shields
from yousu.appeals.state import AppealState

DAY, MOMENT = "2999-01-01", "2999-01-01T17:00"


def asked() -> AppealState:
    case = world.signed()
    return marks.request_extension(
        case.number, working_days=1, reason="complex", by=world.HEATING_HANDLER, seen=case.version
    )


def suspended() -> AppealState:
    case = world.signed()
    return marks.suspend(case.number, reason="documents", by=world.HEATING_HANDLER, seen=case.version)


def parked() -> AppealState:
    case = world.signed()
    return marks.park(
        case.number,
        plan="开春再修",
        leader="某副区长",
        review_on=date(2999, 1, 1),
        by=world.SUPERVISOR,
        seen=case.version,
    )


def instructed() -> AppealState:
    case = world.signed()
    return marks.instruct(case.number, text="请尽快解决", leader="某副市长", on=date(2024, 1, 31), by=world.LEADER)


def exclusion_asked() -> AppealState:
    case = world.closed()
    return marks.exclude(
        case.number, reason="recorded_by_mistake", by=world.actor("super9", "supervisor"), seen=case.version
    )


def accusing() -> AppealState:
    case = world.recorded()
    return shields.name_reported(case.number, unit=world.WATER, by=world.DISPATCHER, seen=case.version)


def lift_asked() -> AppealState:
    case = accusing()
    other = world.actor("desk9", "dispatcher", unit="centre")
    return shields.request_lift(case.number, reason="书面同意", by=other, seen=case.version)


def consultation() -> AppealState:
    return world.recorded(type="consultation")


_UNIT: dict[str, Any] = {"by": "heat1", "not_by": "desk1", "to": "signed"}
_SUPERVISOR: dict[str, Any] = {"by": "super1", "not_by": "desk1", "to": "signed"}
MARK_ACTS: Mapping[str, dict[str, Any]] = {
    "request-extension": {
        **_UNIT,
        "before": world.signed,
        "data": {"working_days": "2", "reason": "complex"},
        "wrong": {"working_days": "两天"},
        "impossible": asked,
    },
    "name-reported": {
        "by": "desk1",
        "not_by": "heat1",
        "to": "signed",
        "before": world.signed,
        "data": {"unit": "青陵供水公司"},
        "wrong": {"unit": "火星"},
        "impossible": consultation,
    },
    "request-lift": {
        "by": "desk1",
        "not_by": "heat1",
        "to": "recorded",
        "before": accusing,
        "data": {"reason": "书面同意"},
        "wrong": {"reason": ""},
        "impossible": world.recorded,
    },
    "judge-lift": {
        "by": "super1",
        "not_by": "desk1",
        "to": "recorded",
        "before": lift_asked,
        "data": {"grant": "yes"},
        "impossible": world.recorded,
    },
    "recuse": {
        "by": "super1",
        "not_by": "publish1",
        "to": "signed",
        "before": world.signed,
        "data": {"reason": "亲属", "who": "heat1"},
        "wrong": {"reason": ""},
        "impossible": None,
    },
    "judge-extension": {
        "by": "desk1",
        "not_by": "heat1",
        "to": "signed",
        "before": asked,
        "data": {"grant": "yes"},
        "impossible": world.signed,
    },
    "suspend": {
        **_UNIT,
        "before": world.signed,
        "data": {"reason": "documents", "until": DAY},
        "wrong": {"until": "明天"},
        "impossible": suspended,
    },
    "resume": {**_UNIT, "before": suspended, "data": {}, "impossible": world.signed},
    "park": {
        **_SUPERVISOR,
        "before": world.signed,
        "data": {"plan": "开春再修", "leader": "某副区长", "review_on": DAY},
        "wrong": {"review_on": "2024-02-30"},
        "impossible": parked,
    },
    "unpark": {
        **_SUPERVISOR,
        "before": parked,
        "data": {"result": "已修好"},
        "wrong": {"result": " "},
        "impossible": world.signed,
    },
    "exclude": {
        **_SUPERVISOR,
        "to": "closed",
        "before": world.closed,
        "data": {"reason": "recorded_by_mistake"},
        "wrong": {"reason": "no_such"},
        "impossible": exclusion_asked,
    },
    "judge-exclusion": {
        **_SUPERVISOR,
        "to": "closed",
        "before": exclusion_asked,
        "data": {"grant": "no"},
        "impossible": world.closed,
    },
    "supervise": {
        **_SUPERVISOR,
        "before": world.signed,
        "data": {"due": MOMENT},
        "wrong": {"due": "2020-01-01T17:00"},
        "impossible": world.closed,
    },
    "escalate": {
        **_SUPERVISOR,
        "before": world.signed,
        "data": {"unit": "城东区"},
        "wrong": {"unit": "heating"},
        "impossible": world.closed,
    },
    "summon": {
        **_SUPERVISOR,
        "before": world.signed,
        "data": {"unit": "heating", "on": DAY},
        "wrong": {"on": ""},
        "impossible": world.closed,
    },
    "instruct": {
        "by": "leader1",
        "not_by": "desk1",
        "to": "signed",
        "before": world.signed,
        "data": {"text": "请尽快解决", "leader": "某副市长", "on": "2024-01-31"},
        "wrong": {"on": DAY},
        "impossible": None,
    },
    "report-instruction": {
        **_UNIT,
        "before": instructed,
        "data": {"text": "已现场督促"},
        "wrong": {"text": " "},
        "impossible": world.signed,
    },
    "report-urgent": {
        "by": "desk1",
        "not_by": "publish1",
        "to": "signed",
        "before": world.signed,
        "data": {"text": "燃气泄漏，已疏散", "final": "yes"},
        "wrong": {"text": " "},
        "impossible": None,
    },
    "lead": {
        **_SUPERVISOR,
        "before": world.signed,
        "data": {"leader": "某区长"},
        "wrong": {"leader": ""},
        "impossible": None,
    },
}
