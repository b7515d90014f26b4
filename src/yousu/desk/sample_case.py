"""部件页的案件: a made-up case of a number that no case has, to look at the parts that stand beside one."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _

from yousu.appeals import supervision
from yousu.desk import chips, instructions, labels, moments, proposing, spans, urgent
from yousu.desk.commands import COMMANDS
from yousu.desk.forms import Asked, Refused
from yousu.desk.grouping import Beside, Group
from yousu.desk.judging import Judged
from yousu.desk.notice_words import STATES, WAYS, Shown
from yousu.desk.proposing import Proposal
from yousu.desk.rows import Line
from yousu.desk.sharing import Share
from yousu.desk.showing import Attempt, Form, Person, Unmasking
from yousu.desk.suggesting import Suggested
from yousu.desk.timeline import Entry
from yousu.desk.undoing import Offer
from yousu.org.city import city
from yousu.platform import clock

# Nothing was recorded in 2000: whatever is pressed here meets no case.
NUMBER = "0000000026"
_OTHERS = ("0000000027", "0000000028", "0000000031")


def case(line: Line, entries: list[Entry]) -> dict[str, Any]:
    """What the parts of a case are given."""
    return {
        "line": line,
        "version": 1,
        "person": _person(),
        "unmasking": Unmasking(),
        "suggested": _units(),
        "heads": _heads(),
        "group": _group(),
        "shares": _shares(line),
        "instructions": _instructions(),
        "urgent": _reports(),
        "proposals": _proposals(),
        "judged_before": _judged(),
        "notices": notices(),
        "forms": _forms(),
        "attempt": Attempt(word="forward", data=QueryDict(), refused=Refused(errors={"lead_unit": ""})),
        "changes": entries[1:2],
        "has_letter": True,
        "reply": _("已检修阀门，室温恢复。"),
    }


def opened() -> Person:
    """诉求人 after the reason was given."""
    shown = ((_("姓名"), "张三"), (_("联系电话"), "13800138000"))
    return Person(
        name="",
        phone="",
        is_anonymous=False,
        is_enterprise=False,
        is_confidential=True,
        may_unmask=False,
        shown=shown,
    )


def undoable() -> Offer:
    """An act of just now."""
    return Offer(number=NUMBER, version=2, word="forward", done=str(COMMANDS["forward"].done))


def notices() -> list[Shown]:
    """A reminder that nobody has read, a message that was sent, and one that came to nothing."""
    unit, appellant = labels.unit(_district()), _("诉求人")
    told = [
        ("desk", unit, "forwarded", _("未读"), "", True),
        ("sms", f"{appellant} *******8000", "forwarded", str(STATES["sent"]), "", False),
        ("email", unit, "urged", str(STATES["given_up"]), _("对方拒收"), False),
    ]
    return [
        Shown(
            id=UUID(int=at),
            number=NUMBER,
            path=f"/desk/cases/{NUMBER}/",
            seq=at,
            at=clock.now() - timedelta(hours=3 - at),
            done_at=None,
            sentence=_("小区暖气不热，室内温度只有十四度，要求尽快检修"),
            event=labels.named(city().events, kind),
            way=labels.word(WAYS, way),
            to=to,
            state="sent",
            state_name=state,
            why=why,
            tries=at,
            is_unread=is_unread,
        )
        for at, (way, to, kind, state, why, is_unread) in enumerate(told)
    ]


def _instructions() -> list[instructions.Shown]:
    now = clock.now()
    return [
        instructions.Shown(
            day=moments.plain_day(now.date()),
            leader="",
            words=_("小区暖气不热，室内温度只有十四度，要求尽快检修"),
            chip=chips.of_task(now - timedelta(days=n), None if n else now),
            feedback="" if n else _("已检修阀门，室温恢复。"),
            reported_at=None if n else now,
            reported_by=labels.unit(_district()),
        )
        for n in (9, 0)
    ]


def _reports() -> list[urgent.Shown]:
    return [
        urgent.Shown(
            title=_("终报") if since_first else _("首报"),
            elapsed=spans.elapsed(minutes, since_first),
            words=_("已检修阀门，室温恢复。"),
            who=labels.unit(_district()),
            at=clock.now(),
        )
        for minutes, since_first in ((7, None), (95, 88))
    ]


def _proposals() -> list[Proposal]:
    rules = [rule for rule in supervision.rules().values() if rule.is_proposal][:2]
    return [
        Proposal(rule=rule.code, act=proposing.ACTS[rule.act], why=rule.name(labels.language()), key=str(n))
        for n, rule in enumerate(rules, start=1)
    ]


def _person() -> Person:
    return Person(
        name="张**",
        phone="*******8000",
        is_anonymous=False,
        is_enterprise=False,
        is_confidential=True,
        may_unmask=True,
        others=2,
    )


def _units() -> list[Suggested]:
    district = _district()
    return [
        Suggested(
            code=district,
            value=labels.unit(district),
            confidence=_("供参考"),
            reason=_("按属地：地点在%(district)s。") % {"district": labels.district(district)},
            key="1",
        )
    ]


def _district() -> str:
    return next(iter(city().districts())).code


def _heads() -> list[Suggested]:
    return [
        Suggested(
            code=_OTHERS[0],
            value=_OTHERS[0],
            confidence=_("已签收"),
            reason=_("小区暖气不热，室内温度只有十四度，要求尽快检修"),
            key="7",
        )
    ]


def _group() -> Group:
    first, second, linked = (_beside(number) for number in _OTHERS)
    return Group(
        head=None,
        is_merged=False,
        how="",
        followers=[first, second],
        linked=[linked],
        more=3,
        cases=6,
        calls=8,
        people=7,
    )


def _shares(line: Line) -> list[Share]:
    reply = _("已检修阀门，室温恢复。")
    outcome = labels.word(labels.OUTCOMES, "solved")
    told = [("forwarded", "", ""), ("handled", outcome, reply)]
    return [
        Share(
            unit=labels.unit(_district()),
            stage=stage,
            stage_name=labels.word(labels.PART_STAGES, stage),
            chip=line.chip,
            outcome=outcome,
            reply=reply,
        )
        for stage, outcome, reply in told
    ]


def _judged() -> list[Judged]:
    reason = next(iter(city().reasons["send-back"]))
    asked = {"unit": labels.unit(_district()), "reason": labels.named(city().reasons["send-back"], reason)}
    return [
        Judged(
            number=_OTHERS[0],
            at=clock.now() - timedelta(days=1),
            asked=_("%(unit)s退单：%(reason)s") % asked,
            decided=_("不同意"),
            note="",
        )
    ]


def _beside(number: str) -> Beside:
    how = labels.word(labels.JOINED, "parallel") if number != _OTHERS[-1] else _link()
    return Beside(
        number=number,
        how=how,
        stage=_("已签收"),
        received_at=clock.now() - timedelta(days=1),
        place=_("五四大街与昆仑路口"),
        matter=_("小区暖气不热，室内温度只有十四度，要求尽快检修"),
    )


def _link() -> str:
    return next(iter(labels.named(city().reasons["link"], code) for code in city().reasons["link"]))


def _forms() -> list[Form]:
    """One that was refused, and one whose answer is the button."""
    required = labels.word(labels.FIELD_REASONS, "required")
    asked = {
        "forward": [Asked(field=COMMANDS["forward"].fields[0], error=required)],
        "judge-extension": [Asked(field=each) for each in COMMANDS["judge-extension"].fields],
    }
    return [
        Form(
            command=COMMANDS[word],
            asked=questions,
            is_open=True,
            refused=Refused(errors={"lead_unit": required}) if word == "forward" else None,
        )
        for word, questions in asked.items()
    ]
