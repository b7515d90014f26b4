"""The appeal on paper: what somebody with the contract's tables in hand would expect of each command."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from hypothesis import strategies as st
from tests import world
from tests.cases import parts_on_paper, shields_on_paper
from tests.cases.parts_on_paper import Share, is_lead_possible, units

from yousu.appeals import commands, shield_commands, urgent_commands
from yousu.appeals import mark_commands as marks
from yousu.org.actors import Actor

OPEN = {"recorded", "forwarded", "signed", "sent_back", "handled", "unsolved"}
OVER = {"closed", "settled", "finalised"}
AT_WORK = {"forwarded", "signed"}
PARKABLE = {*AT_WORK, "sent_back", "handled", "closed", "unsolved"}
WITHOUT_VERSION = ("urge", "support", "instruct", "lead", "link", "report_urgent")

REPORTS = {"report_instruction", "report_urgent"}
OF_A_HANDLER = {"sign", "contact", "send_back", "handle", "unmask", "undo", "recuse", *REPORTS}
OF_THE_CLOCK = {"request_extension", "suspend", "resume"}
# Exclusions need a second person.
OTHER_SUPERVISOR = world.actor("super2", "supervisor", unit="centre")
SUPERVISES = {
    *("judge_unsolved", "reopen", "urge", "unmask", "undo", "park", "unpark", "exclude", "judge_exclusion"),
    *("supervise", "escalate", "summon", "lead", "judge_send_back", "judge_lift", "recuse", *REPORTS),
}

# The table of roles, as far as these people hold them: everywhere, or where the own unit has the case.
EVERYWHERE: Mapping[Actor, set[str]] = {
    # Whoever took these calls, on this very day: classify, correct and unmask are of the own day's cases.
    world.CALL_TAKER: {
        "answer",
        "decline",
        "transfer",
        "withdraw",
        "classify",
        "correct",
        "unmask",
        "support",
        "undo",
        *("name_reported", "recuse", "report_urgent"),
    },
    world.DISPATCHER: {
        *("answer", "decline", "transfer", "withdraw", "classify", "forward", "designate", "judge_send_back"),
        *("review", "correct", "unmask", "release", "support", "undo", "judge_extension"),
        *("merge", "unmerge", "link", "name_reported", "request_lift", "recuse", "report_urgent"),
    },
    world.CALLER_BACK: {"call_back", "unmask", "undo", "recuse"},
    world.SUPERVISOR: SUPERVISES,
    OTHER_SUPERVISOR: SUPERVISES,
    world.LEADER: {"instruct", "undo"},
}
OF_OWN_UNIT: Mapping[Actor, set[str]] = {
    world.HEATING_HANDLER: {*OF_A_HANDLER, *OF_THE_CLOCK},
    world.STREET_HANDLER: {*OF_A_HANDLER, *OF_THE_CLOCK},
    world.EAST_DISPATCHER: {*OF_A_HANDLER, "forward", "judge_send_back"},
    world.EAST_LEADER: {"approve", "undo", "recuse"},
}
PEOPLE = [*EVERYWHERE, *OF_OWN_UNIT]
UNITS = [world.HEATING, world.EAST, world.EAST_STREET]


@dataclass(frozen=True)
class Model:
    """An appeal as somebody with the contract's table in hand would keep it on paper."""

    stage: str = "recorded"
    lead: str | None = None
    designated: bool = False
    contacts: int = 0
    tries: int = 0
    second: int = 0
    from_stage: str = ""
    sent_by: Actor | None = None
    sent_back: int = 0
    # Who signed last; helping units; the units it went down through with their stages; levels that approved.
    receiver: str | None = None
    shares: tuple[Share, ...] = ()
    above: tuple[tuple[str, str], ...] = ()
    approvals: int = 0
    anonymous: bool = False
    # Who asked for more time, how often it was granted; whether the clock stands still.
    asked: Actor | None = None
    extensions: int = 0
    still: bool = False
    # "judged": parked without a plan; "planned".
    parked: str = ""
    # Who asked for an exclusion, and whether it was granted.
    excluded_by: Actor | None = None
    excluded: bool = False
    # Whom it is about, who asked to let it go there all the same, whether that was granted; who stays out of it.
    reported: str | None = None
    lift_by: Actor | None = None
    lifted: bool = False
    recused: tuple[Actor, ...] = ()
    # The head it goes with, or went with until it was closed; whether it still does; who goes with it; linked ones.
    head: str | None = None
    joined: bool = False
    followers: tuple[str, ...] = ()
    links: frozenset[str] = frozenset()
    # What was reported to the duty office: "open" or "over".
    urgent: str = ""
    # Proposals of rules that were taken or declined.
    decided: frozenset[str] = frozenset()
    # 批示 that wait for their feedback.
    instructions: int = 0
    # Whether the words of its answer are there.
    reply: bool = False
    # What can be opened for a purpose; None: never given, or erased.
    name: str | None = "李某某"
    words: str | None = "家里暖气不热"
    place: str | None = None
    phone: str | None = world.LI

    def given(self, lead: str, **more: Any) -> "Model":
        anew: dict[str, Any] = {"contacts": 0, "tries": 0, "asked": None, "extensions": 0, "still": False}
        anew |= {"head": None, "joined": False, "above": (), "approvals": 0}
        anew |= {"shares": tuple(map(Share, more.pop("co_units", ())))}
        return replace(self, stage="forwarded", lead=lead, **anew, **more)


def after(case: Model, command: str, how: Mapping[str, Any]) -> Model | None:
    """The appeal after a command; None where the table has no row for it."""
    rule_of_command = RULES.get(command)
    # Nothing goes to whom it is about, not even as a unit that is named and then not needed.
    if not shields_on_paper.closed(case).isdisjoint({how.get("lead_unit"), *how.get("co_units", ())}):
        return None
    if command in parts_on_paper.OF_A_PART and not (_leads(how["who"], case) and is_lead_possible(case, command)):
        return parts_on_paper.of_helper(case, command, how["who"])
    if command == "judge_send_back" and (share := parts_on_paper.waiting(case)) is not None:
        return parts_on_paper.judged(case, share, how)
    return None if rule_of_command is None else rule_of_command(case, how)


def _when(stages: set[str], make: Any) -> Any:
    return lambda case, how: make(case, how) if case.stage in stages else None


def _to(stage: str) -> Any:
    return lambda case, _: replace(case, stage=stage)


def _handle(case: Model, _: Mapping[str, Any]) -> Model | None:
    return (
        replace(case, stage="handled", reply=True, approvals=0)
        if not case.still and (case.contacts or case.anonymous)
        else None
    )


def _leads(who: Actor, case: Model) -> bool:
    return case.lead in who.tree


def _forward(case: Model, how: Mapping[str, Any]) -> Model | None:
    if case.stage in AT_WORK:
        return parts_on_paper.forwarded_inside(case, how)
    if how["lead_unit"] in how.get("co_units", ()):
        return None
    return case.given(how["lead_unit"], designated=False, co_units=how.get("co_units", ()))


def _send_back(case: Model, how: Mapping[str, Any]) -> Model:
    return replace(case, stage="sent_back", from_stage=case.stage, sent_by=how["who"], sent_back=case.sent_back + 1)


def _judge_send_back(case: Model, how: Mapping[str, Any]) -> Model | None:
    if case.above:
        return parts_on_paper.judged_inside(case, how)
    if case.sent_by == how["who"] or (case.sent_back >= 3) != how["who"].has("supervisor"):
        return None
    if not how["uphold"]:
        return replace(case, stage=case.from_stage, from_stage="")
    if how["lead_unit"] is None:
        return replace(case, stage="recorded", lead=None, shares=(), from_stage="")
    return None if how["lead_unit"] == case.lead else case.given(how["lead_unit"], from_stage="")


def _review(case: Model, how: Mapping[str, Any]) -> Model | None:
    if parts_on_paper.approver(case) is not None:
        return None
    return replace(case, stage="closed", asked=None) if how["accept"] else replace(case, stage="signed")


def _request_extension(case: Model, how: Mapping[str, Any]) -> Model | None:
    # The grade of these cases has three working days.
    if case.still or case.asked is not None or case.extensions or how["working_days"] > 3:
        return None
    return replace(case, asked=how["who"])


def _judge_extension(case: Model, how: Mapping[str, Any]) -> Model | None:
    if case.asked is None or case.asked == how["who"]:
        return None
    return replace(case, asked=None, extensions=case.extensions + how["grant"])


def _judge_exclusion(case: Model, how: Mapping[str, Any]) -> Model | None:
    if case.excluded_by is None or case.excluded_by == how["who"]:
        return None
    return replace(case, excluded_by=None, excluded=how["grant"])


def _exclude(case: Model, how: Mapping[str, Any]) -> Model | None:
    return None if case.excluded_by is not None or case.excluded else replace(case, excluded_by=how["who"])


def _call_back(case: Model, how: Mapping[str, Any]) -> Model | None:
    if case.parked:
        return None
    if how["reached"] == "reached":
        if how["solved"] is None:
            return None
        return replace(case, stage="settled" if how["solved"] else "unsolved", tries=case.tries + 1, joined=False)
    if how["solved"] is not None:
        return None
    if case.tries == 2:
        return replace(case, stage="settled", tries=3, joined=False)
    return replace(case, tries=case.tries + 1)


def _again(case: Model, _: Mapping[str, Any]) -> Model | None:
    lead = case.above[0][0] if case.above else case.lead
    if (lead or world.HEATING) in shields_on_paper.closed(case):
        return None
    asked = tuple(share.unit for share in case.shares if share.platform is None)
    return case.given(lead or world.HEATING, second=case.second + 1, designated=False, co_units=asked)


def _judge_unsolved(case: Model, how: Mapping[str, Any]) -> Model | None:
    if how["decision"] == "finalise":
        return replace(case, stage="finalised")
    if how["decision"] == "park":
        return replace(case, stage="closed", parked=case.parked or "judged")
    return _again(case, how) if case.second < 2 else None


def _correct(case: Model, how: Mapping[str, Any]) -> Model:
    opened_as = {"text": "words", "name": "name", "place": "place"}.get(how["field"])
    return replace(case, **{opened_as: how["value"]}) if opened_as else case


def _withdraw(case: Model, _: Mapping[str, Any]) -> Model:
    anew: dict[str, Any] = {"asked": None, "extensions": 0, "still": False, "joined": False, "followers": ()}
    return replace(case, stage="withdrawn", **anew)


RULES: Mapping[str, Any] = {
    "answer": _when({"recorded"}, lambda case, _: replace(case, stage="closed", reply=True)),
    "decline": _when({"recorded"}, lambda case, _: replace(case, stage="declined", reply=True)),
    "transfer": _when({"recorded"}, _to("transferred")),
    "forward": _when({"recorded", *AT_WORK}, _forward),
    "designate": _when({"recorded"}, lambda case, how: case.given(how["lead_unit"], designated=True)),
    "sign": _when({"forwarded"}, lambda case, _: replace(case, stage="signed", receiver=case.lead)),
    "contact": _when({"signed"}, lambda case, _: replace(case, contacts=case.contacts + 1)),
    "send_back": _when({"forwarded", "signed"}, _send_back),
    "judge_send_back": _when({"sent_back"}, _judge_send_back),
    "handle": _when({"signed"}, _handle),
    "approve": _when({"handled"}, parts_on_paper.approved),
    "review": _when({"handled"}, _review),
    "request_extension": _when(AT_WORK, _request_extension),
    "judge_extension": _when({*AT_WORK, "handled"}, _judge_extension),
    "suspend": _when(AT_WORK, lambda case, _: None if case.still else replace(case, still=True)),
    "resume": _when(AT_WORK, lambda case, _: replace(case, still=False) if case.still else None),
    "park": _when(PARKABLE, lambda case, _: None if case.parked == "planned" else replace(case, parked="planned")),
    "unpark": _when(PARKABLE, lambda case, _: replace(case, parked="") if case.parked else None),
    "name_reported": shields_on_paper.named,
    "request_lift": shields_on_paper.lift_asked,
    "judge_lift": shields_on_paper.lift_judged,
    "recuse": shields_on_paper.recused,
    "exclude": _exclude,
    "judge_exclusion": _judge_exclusion,
    "supervise": _when(OPEN, lambda case, _: case),
    "escalate": _when(OPEN, lambda case, _: case),
    "summon": _when(OPEN, lambda case, _: case),
    "instruct": lambda case, _: replace(case, instructions=case.instructions + 1),
    "report_urgent": lambda case, how: replace(case, urgent="over" if how["final"] else "open"),
    "report_instruction": lambda case, _: (
        replace(case, instructions=case.instructions - 1) if case.instructions else None
    ),
    "lead": lambda case, _: case,
    "call_back": _when({"closed"}, _call_back),
    "judge_unsolved": _when({"unsolved"}, _judge_unsolved),
    "reopen": _when(OVER, _again),
    "withdraw": _when({*OPEN, "merged"}, _withdraw),
    "urge": _when(OPEN, lambda case, _: case),
    "support": _when(OPEN, lambda case, _: case),
    "release": _when(OVER, lambda case, _: case if case.reply else None),
    "classify": lambda case, _: case,
    "correct": _correct,
}
HOW: Mapping[str, st.SearchStrategy[dict[str, Any]]] = {
    "answer": st.just({"reply": "已答复"}),
    "decline": st.just({"reason": "litigation", "lawful_channel": "court", "reply": "请向法院起诉"}),
    "transfer": st.just({"to": "110"}),
    "forward": st.fixed_dictionaries(
        {"lead_unit": st.sampled_from(UNITS), "co_units": st.sampled_from([(), (world.EAST_STREET,)])}
    ),
    "designate": st.fixed_dictionaries({"lead_unit": st.sampled_from(UNITS)}),
    "sign": st.just({}),
    "contact": st.fixed_dictionaries({"how": st.just("phone"), "reached": st.booleans()}),
    "send_back": st.just({"reason": "not_ours"}),
    "judge_send_back": st.fixed_dictionaries(
        {"uphold": st.booleans(), "lead_unit": st.none() | st.sampled_from(UNITS)}
    ),
    "handle": st.just({"reply": "已办理", "outcome": "solved"}),
    "approve": st.fixed_dictionaries({"approve": st.booleans()}),
    "review": st.fixed_dictionaries({"accept": st.booleans()}),
    "call_back": st.fixed_dictionaries(
        {
            "reached": st.sampled_from(["reached", "not_reached", "refused"]),
            "solved": st.sampled_from([True, False, None]),
        }
    ),
    "judge_unsolved": st.fixed_dictionaries({"decision": st.sampled_from(["reopen", "finalise", "park"])}),
    "request_extension": st.fixed_dictionaries(
        {"working_days": st.sampled_from([1, 3, 9]), "reason": st.just("complex")}
    ),
    "judge_extension": st.fixed_dictionaries({"grant": st.booleans()}),
    "suspend": st.just({"reason": "documents"}),
    "resume": st.just({}),
    "park": st.just({"plan": "开春再修", "leader": "某副区长", "review_on": date(2999, 1, 1)}),
    "unpark": st.just({"result": "已修好"}),
    "name_reported": st.fixed_dictionaries({"unit": st.sampled_from([world.EAST, world.EAST_STREET, world.HEATING])}),
    "request_lift": st.just({"reason": "书面同意"}),
    "judge_lift": st.fixed_dictionaries({"grant": st.booleans()}),
    "recuse": st.just({"reason": "亲属"}),
    "exclude": st.just({"reason": "recorded_by_mistake"}),
    "judge_exclusion": st.fixed_dictionaries({"grant": st.booleans()}),
    "supervise": st.just({"due": datetime(2999, 1, 1, tzinfo=UTC)}),
    "escalate": st.just({"unit": "centre"}),
    "summon": st.just({"unit": world.HEATING, "on": date(2999, 1, 1)}),
    "instruct": st.just({"text": "请尽快解决", "leader": "某副市长", "on": date(2024, 3, 1)}),
    "report_urgent": st.fixed_dictionaries({"text": st.just("燃气泄漏"), "final": st.booleans()}),
    "report_instruction": st.just({"text": "已现场督促"}),
    "lead": st.just({"leader": "某副区长"}),
    "reopen": st.just({"reason": "再办"}),
    "withdraw": st.just({"reason": "自愿"}),
    "urge": st.just({}),
    "support": st.just({}),
    "release": st.just({"text": "已办理"}),
    "classify": st.just({"category": world.COLD}),
    "correct": st.fixed_dictionaries(
        {"field": st.sampled_from(["text", "title", "place", "name"]), "value": st.just("王某某住五四大街")}
        | {"why": st.just("听错了")}
    )
    | st.just({"field": "type", "value": "complaint", "why": "选错了"}),
}

# What the table of supervision rules only proposes, and does not by days: the act, and when it is proposed.
PROPOSED: Mapping[str, tuple[str, Any]] = {
    "sent_back_3": ("supervise", lambda case: case.stage in OPEN and case.sent_back >= 3),
    "again_2": ("escalate", lambda case: case.stage in OPEN and case.second >= 2),
    "unsolved_2": ("summon", lambda case: case.stage == "unsolved" and case.second >= 1),
}


def decided(case: Model, rule: str, who: Actor) -> Model | None:
    """The appeal after a proposal was taken or declined; None where nothing is proposed, or not to this person."""
    act, holds = PROPOSED[rule]
    if rule in case.decided or case.lead is None or not holds(case) or not may(who, act, case):
        return None
    return replace(case, decided=case.decided | {rule})


# What leads an appeal further; what ends it at once comes up often enough by itself.
ONWARD = [
    command
    for command in RULES
    if command not in ("answer", "decline", "transfer", "withdraw", "urge", "support", "classify", "correct", "lead")
    and command not in ("name_reported", "request_lift", "recuse", "report_urgent")
    and command not in ("instruct", "supervise", "escalate", "summon", "exclude", "judge_exclusion")
]


def command_of(name: str) -> Any:
    """The engine's command."""
    modules = (commands, marks, shield_commands, urgent_commands)
    return next(getattr(module, name) for module in modules if hasattr(module, name))


def may(who: Actor, command: str, case: Model) -> bool:
    """Whether the contract's table of roles lets somebody do it on this appeal."""
    if shields_on_paper.keeps_out(case, who):
        return False
    own = command in OF_OWN_UNIT.get(who, set()) and who.unit not in shields_on_paper.closed(case)
    if command in ("unmask", "undo", "recuse"):
        return command in EVERYWHERE.get(who, set()) or (own and not units(case).isdisjoint(who.tree))
    if command in parts_on_paper.OF_A_PART:
        return own and not {case.lead, *(share.unit for share in case.shares)}.isdisjoint(who.tree)
    if command == "approve":
        return own and parts_on_paper.approver(case) == who.unit
    share = parts_on_paper.waiting(case)
    if command == "judge_send_back" and share is not None:
        return _may_inside(who, command, share.unit, is_inside=share.platform is not None, is_own=own)
    if command == "judge_send_back":
        return _may_inside(who, command, case.lead, is_inside=bool(case.above), is_own=own)
    # What a unit has already is forwarded inside its tree alone.
    everywhere = command in EVERYWHERE.get(who, set()) and not (command == "forward" and case.stage != "recorded")
    return everywhere or (own and case.lead in who.tree)


def _may_inside(who: Actor, command: str, unit: str | None, *, is_inside: bool, is_own: bool) -> bool:
    # Nobody judges what the own unit sent back.
    below = is_own and unit in who.tree - {who.unit}
    return below or (not is_inside and command in EVERYWHERE.get(who, set()))
