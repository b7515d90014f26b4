"""Founds a small town: an installed home, the sample city's accounts, an appeal in each stage. Run with YOUSU_HOME set.

With the argument `empty` nobody has appealed yet.

The home's name begins with `demo-`, so that its clock can stand at one working morning whenever the tests run.
"""

import json
import sys
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

import django

MORNING = datetime.fromisoformat("2024-03-05T09:30:00+08:00")
UNIT = "heating_company"
CATEGORY = "城乡建设/供热保障/暖气不热"
# What residents and staff typed: the only Chinese an English page may show, besides names.
TEXTS = {
    "recorded": "楼道里的灯坏了半个月",
    "forwarded": "晚上九点以后暖气就凉了",
    "signed": "家里暖气一直只有十五度",
    "sent_back": "地下车库的水管在漏水",
    "handled": "换热站的噪音很大睡不着",
    "closed": "交了费还没有供暖",
    "unsolved": "暖气片漏水修了两次还漏",
    "declined": "和邻居打官司想改判决",
}
# Cases of their own for those who spend a day by keyboard alone, by what is to be done with them.
DAYS = {
    "to_forward": "街心花园的路灯全灭了",
    "to_judge": "桥下的栏杆断了一截",
    "to_review": "暖气管道冻裂了",
    "to_handle": "早上六点暖气还是凉的",
    "to_sign": "村口的井盖没有了",
    "to_judge_below": "早市的垃圾没人收",
    "to_pass_down": "楼道里的感应灯坏了两个月",
    "to_approve": "屋顶漏雨修了又漏",
    "to_help": "工地停工还欠着工钱",
    "to_call": "换了阀门还是不热",
    "to_call_next": "退费一直没有到账",
    "to_urge": "今天突然停暖了",
    "to_judge_unsolved": "修过三次还是漏水",
    "to_judge_extension": "河道边的护栏要换新的",
    "to_unpark": "老楼的下水管要等开春",
    "to_judge_exclusion": "楼上的脚步声太响",
    "of_yesterday": "昨天下午小区停暖",
}
REPLY, NOTE, NAME, PHONE = "已上门检修，温度恢复正常", "约好下午上门", "马晓春", "15400007788"
ESTATE = "葵岸雅苑"
PLACE = f"{ESTATE}三号楼"
PLAN, LEADER = "开春以后更换整段管道", "马局长"
TYPED = (*TEXTS.values(), *DAYS.values(), REPLY, NOTE, PLAN, LEADER, PLACE, ESTATE, NAME, f"{NAME[0]}**")


def found(stages: Iterable[str] = TEXTS) -> dict[str, Any]:
    """Installs, makes the accounts, and plays each text to its stage. Returns password, token and numbers by stage."""
    from yousu.cities.xining import stage as cast
    from yousu.org.accounts import actor_of, create_token
    from yousu.org.install import install
    from yousu.platform import clock, environment

    # A minute before anybody looks: by then what was done is told.
    clock.shift_demo_home(environment.home(), to=MORNING - timedelta(minutes=1))
    install()
    staff = {account.user: actor_of(account) for account, _role in cast.make_accounts()}
    cases = {stage: _played(TEXTS[stage], _LIVES[stage], staff) for stage in stages}
    days = {todo: _played(DAYS[todo], acts, staff) for todo, acts in _DAYS.items()} if cases else {}
    if cases:
        with clock.held(MORNING - timedelta(days=1)):
            days["of_yesterday"] = _played(DAYS["of_yesterday"], [], staff)
        _remind()
    clock.shift_demo_home(environment.home(), to=MORNING)
    return {"password": cast.PASSWORD, "token": create_token("call1"), "cases": cases, "days": days}


def _remind() -> None:
    """What a worker does with the effects of all this, once nobody can take it back. Nothing leaves the town."""
    from yousu.ledger import effects, sequencer
    from yousu.notices import catalogue, telling
    from yousu.platform import clock

    sequencer.drain()
    with clock.held(clock.now() + timedelta(seconds=15)):
        effects.pass_on(lambda *_, **__: None, known=(), at_once={catalogue.EFFECT: telling.tell})


def _played(text: str, acts: "_Acts", staff: dict[str, Any]) -> str:
    from yousu.appeals import commands, mark_commands
    from yousu.appeals.recording import Said

    said = Said(
        channel="hotline",
        type="complaint",
        text=text,
        category=CATEGORY,
        place=PLACE,
        name=NAME,
        phone=PHONE,
    )
    case = commands.record(said, by=staff["call1"])
    for user, command, arguments in acts:
        module = mark_commands if hasattr(mark_commands, command) else commands
        case = getattr(module, command)(case.number, by=staff[user], seen=case.version, **arguments)
    return str(case.number)


_Acts = list[tuple[str, str, dict[str, Any]]]
_FORWARDED: _Acts = [("dispatch1", "forward", {"lead_unit": UNIT})]
_SIGNED: _Acts = [*_FORWARDED, (UNIT, "sign", {})]
_HANDLED: _Acts = [
    *_SIGNED,
    (UNIT, "contact", {"how": "phone", "reached": True, "note": NOTE}),
    (UNIT, "handle", {"reply": REPLY, "outcome": "solved"}),
]
_CLOSED: _Acts = [*_HANDLED, ("dispatch1", "review", {"accept": True})]
_LIVES: dict[str, _Acts] = {
    "recorded": [],
    "forwarded": _FORWARDED,
    "signed": _SIGNED,
    "sent_back": [*_FORWARDED, (UNIT, "send_back", {"reason": "not_in_duties", "note": NOTE})],
    "handled": _HANDLED,
    "closed": _CLOSED,
    "unsolved": [
        *_CLOSED,
        ("callback1", "call_back", {"reached": "reached", "responded": True, "solved": False, "satisfied": "not"}),
    ],
    "declined": [("call1", "decline", {"reason": "litigation", "lawful_channel": "court", "reply": REPLY})],
}
# 城东区's second level signs for itself and judges what a unit below sends back; a day's work is due tomorrow.
_PASSED: _Acts = [("dispatch1", "forward", {"lead_unit": "chengdong"})]
_BACK_FROM_BELOW: _Acts = [
    ("dispatch1", "forward", {"lead_unit": "chengdong_urban_management"}),
    ("chengdong_urban_management", "send_back", {"reason": "not_in_duties"}),
]
_DOWN: _Acts = [*_PASSED, ("chengdong_platform", "forward", {"lead_unit": "chengdong_housing"})]
_ANSWERED_BELOW: _Acts = [
    *_DOWN,
    ("chengdong_housing", "sign", {}),
    ("chengdong_housing", "contact", {"how": "phone", "reached": True, "note": NOTE}),
    ("chengdong_housing", "handle", {"reply": REPLY, "outcome": "solved"}),
]
_DUE_SOON: _Acts = [("dispatch1", "forward", {"lead_unit": UNIT, "grade": "g1"})]
_DAYS: dict[str, _Acts] = {
    "to_forward": [],
    "to_judge": _LIVES["sent_back"],
    "to_review": _HANDLED,
    "to_handle": _FORWARDED,
    "to_sign": _PASSED,
    "to_judge_below": _BACK_FROM_BELOW,
    "to_pass_down": _PASSED,
    "to_approve": _ANSWERED_BELOW,
    "to_help": [("dispatch1", "forward", {"lead_unit": "chengdong", "co_units": ["chengdong_hrss"]})],
    "to_call": _CLOSED,
    "to_call_next": _CLOSED,
    "to_urge": _DUE_SOON,
    "to_judge_unsolved": _LIVES["unsolved"],
    "to_judge_extension": [*_SIGNED, (UNIT, "request_extension", {"working_days": 3, "reason": "works", "note": NOTE})],
    "to_unpark": [
        *_SIGNED,
        ("supervise1", "park", {"plan": PLAN, "leader": LEADER, "review_on": MORNING.date() + timedelta(days=30)}),
    ],
    # Nobody judges the own request.
    "to_judge_exclusion": [*_CLOSED, ("supervise2", "exclude", {"reason": "recorded_by_mistake", "note": NOTE})],
}


if __name__ == "__main__":
    django.setup()
    print(json.dumps(found([] if sys.argv[1:] == ["empty"] else TEXTS)))
