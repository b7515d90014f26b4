"""Every command on the desk: works, wrong role, wrong stage, stale version, bad input."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from tests import world
from tests.desk.conftest import Page
from tests.desk.mark_acts import MARK_ACTS
from tests.desk.merge_acts import MERGE_ACTS, filled

from yousu.appeals import commands
from yousu.appeals.state import AppealState
from yousu.cases.models import CaseNow
from yousu.desk.commands import COMMANDS
from yousu.desk.forms import LONGEST

LONG = "字" * (LONGEST + 1)


@dataclass(frozen=True, kw_only=True)
class Act:
    """How a command is tried: the case before it, who may, what is filled in, where it leads."""

    before: Callable[[], AppealState]
    by: str
    not_by: str
    data: dict[str, str]
    to: str
    wrong: dict[str, str] = field(default_factory=dict)
    impossible: Callable[[], AppealState] | None = world.recorded


def sent_back() -> AppealState:
    case = world.forwarded()
    return commands.send_back(case.number, reason="not_ours", by=world.HEATING_HANDLER, seen=case.version)


def unsolved() -> AppealState:
    return world.called_back(solved=False)


def contacted() -> AppealState:
    case = world.signed()
    return commands.contact(case.number, how="phone", reached=True, by=world.HEATING_HANDLER, seen=case.version)


def approving() -> AppealState:
    case = world.forwarded(lead_unit=world.EAST)
    case = commands.forward(case.number, lead_unit=world.EAST_STREET, by=world.EAST_DISPATCHER, seen=case.version)
    case = commands.sign(case.number, by=world.STREET_HANDLER, seen=case.version)
    case = commands.contact(case.number, how="phone", reached=True, by=world.STREET_HANDLER, seen=case.version)
    return commands.handle(case.number, reply="已修好", outcome="solved", by=world.STREET_HANDLER, seen=case.version)


HEATING_NAME = "青陵热力公司"
ACTS = {
    "answer": Act(
        before=world.recorded,
        by="desk1",
        not_by="heat1",
        data={"reply": "请拨打供热公司"},
        to="closed",
        wrong={"reply": "  "},
        impossible=world.forwarded,
    ),
    "decline": Act(
        before=world.recorded,
        by="call1",
        not_by="back1",
        data={"reason": "litigation", "lawful_channel": "court", "reply": "请向法院"},
        to="declined",
        wrong={"reason": "no_such"},
        impossible=world.forwarded,
    ),
    "transfer": Act(
        before=world.recorded,
        by="call1",
        not_by="back1",
        data={"to": "119"},
        to="transferred",
        wrong={"to": "911"},
        impossible=world.forwarded,
    ),
    "withdraw": Act(
        before=world.recorded,
        by="call1",
        not_by="back1",
        data={"reason": "来电说不用了"},
        to="withdrawn",
        wrong={"reason": ""},
        impossible=world.closed,
    ),
    "forward": Act(
        before=world.recorded,
        by="desk1",
        not_by="call1",
        data={"lead_unit": HEATING_NAME, "co_units": "城东区", "grade": "g7"},
        to="forwarded",
        wrong={"lead_unit": "没有这个单位"},
        impossible=world.forwarded,
    ),
    "designate": Act(
        before=world.recorded,
        by="desk1",
        not_by="call1",
        data={"lead_unit": "heating"},
        to="forwarded",
        wrong={"lead_unit": "heating", "co_units": "heating"},
        impossible=world.forwarded,
    ),
    "sign": Act(before=world.forwarded, by="heat1", not_by="desk1", data={}, to="signed", impossible=world.signed),
    "contact": Act(
        before=world.signed,
        by="heat1",
        not_by="desk1",
        data={"how": "phone", "reached": "no", "note": "无人接听"},
        to="signed",
        wrong={"how": "", "reached": "yes"},
        impossible=world.forwarded,
    ),
    "handle": Act(
        before=contacted,
        by="heat1",
        not_by="desk1",
        data={"reply": "已修好", "outcome": "solved"},
        to="handled",
        wrong={"reply": "已修好", "outcome": "no_such"},
        impossible=world.forwarded,
    ),
    "send-back": Act(
        before=world.forwarded,
        by="heat1",
        not_by="desk1",
        data={"reason": "not_ours", "note": "属物业"},
        to="sent_back",
        wrong={"reason": ""},
        impossible=world.handled,
    ),
    "judge-send-back": Act(
        before=sent_back,
        by="desk1",
        not_by="heat1",
        data={"uphold": "yes", "lead_unit": "青陵供水公司"},
        to="forwarded",
        wrong={"uphold": "yes", "lead_unit": HEATING_NAME},
        impossible=world.recorded,
    ),
    "approve": Act(
        before=approving,
        by="eastlead1",
        not_by="east1",
        data={"approve": "yes"},
        to="handled",
        impossible=None,
    ),
    "review": Act(
        before=world.handled,
        by="desk1",
        not_by="heat1",
        data={"accept": "yes"},
        to="closed",
        wrong={},
        impossible=world.recorded,
    ),
    "call-back": Act(
        before=world.closed,
        by="back1",
        not_by="desk1",
        data={"reached": "reached", "responded": "yes", "solved": "no", "satisfied": "not"},
        to="unsolved",
        wrong={"reached": "not_reached", "solved": "yes"},
        impossible=world.handled,
    ),
    "judge-unsolved": Act(
        before=unsolved,
        by="super1",
        not_by="desk1",
        data={"decision": "finalise", "note": "依法"},
        to="finalised",
        wrong={"decision": "no_such"},
        impossible=world.closed,
    ),
    "reopen": Act(
        before=world.closed,
        by="super1",
        not_by="desk1",
        data={"reason": "承诺未落实"},
        to="forwarded",
        wrong={"reason": ""},
        impossible=world.handled,
    ),
    "classify": Act(
        before=world.recorded,
        by="desk1",
        not_by="heat1",
        data={"category": "供水保障", "type": "tip_off"},
        to="recorded",
        wrong={"category": "没有"},
        impossible=None,
    ),
    "correct": Act(
        before=world.recorded,
        by="desk1",
        not_by="heat1",
        data={"field": "place", "value": "城西区某路", "why": "来电更正"},
        to="recorded",
        wrong={"field": "place", "value": "某路", "why": ""},
        impossible=None,
    ),
    "urge": Act(
        before=world.forwarded,
        by="super1",
        not_by="desk1",
        data={"note": "请尽快"},
        to="forwarded",
        wrong={"note": "\x00"},
        impossible=world.closed,
    ),
    "release": Act(
        before=world.closed,
        by="desk1",
        not_by="call1",
        data={"text": "已上门维修"},
        to="closed",
        wrong={"text": "请回电13812345678"},
        impossible=world.handled,
    ),
    "support": Act(
        before=world.forwarded,
        by="call1",
        not_by="super1",
        data={"phone": world.ZHANG},
        to="forwarded",
        wrong={"phone": "12"},
        impossible=world.closed,
    ),
    **{word: Act(**act) for word, act in (*MERGE_ACTS.items(), *MARK_ACTS.items())},
}
EVERY = pytest.mark.parametrize("word", ACTS)


def test_every_command_of_the_desk_is_tried() -> None:
    assert set(ACTS) == set(COMMANDS)


@EVERY
def test_a_command_works_and_leads_back_to_the_case(word: str, signed_in: Page) -> None:
    act = ACTS[word]
    case = act.before()
    answer = signed_in(act.by).post(address(case, word), {**filled(act.data), "seen": str(case.version)})
    assert (answer.status_code, answer["Location"]) == (302, f"/desk/cases/{case.number}/")
    row = CaseNow.objects.get(number=case.number)
    assert (row.stage, row.version) == (act.to, case.version + 1)


@EVERY
def test_the_form_stands_on_the_case_of_whoever_may(word: str, signed_in: Page) -> None:
    act = ACTS[word]
    case = act.before()
    assert f'action="{address(case, word)}"' in signed_in(act.by).get(f"/desk/cases/{case.number}/").content.decode()


@EVERY
def test_another_role_is_refused(word: str, signed_in: Page) -> None:
    act = ACTS[word]
    case = act.before()
    answer = signed_in(act.not_by).post(address(case, word), {**filled(act.data), "seen": str(case.version)})
    # Who may not even see the case is told that there is none.
    assert answer.status_code in (403, 404)
    assert CaseNow.objects.get(number=case.number).version == case.version


@pytest.mark.parametrize("word", [word for word, act in ACTS.items() if act.impossible is not None])
def test_another_stage_is_told_with_the_words_kept(word: str, signed_in: Page) -> None:
    act = ACTS[word]
    assert act.impossible is not None
    case = act.impossible()
    # In a stage before it is forwarded the unit does not see it at all.
    user = "desk1" if word in ("sign",) and case.lead_unit is None else act.by
    answer = signed_in(user).post(address(case, word), {**filled(act.data), "seen": str(case.version)})
    assert answer.status_code in (403, 409)
    assert CaseNow.objects.get(number=case.number).version == case.version


@pytest.mark.parametrize("word", [word for word in ACTS if COMMANDS[word].needs_version])
def test_a_page_older_than_the_case_shows_what_changed_and_keeps_what_was_typed(word: str, signed_in: Page) -> None:
    act = ACTS[word]
    case = act.before()
    moved = commands.classify(case.number, category=world.DRY, by=world.DISPATCHER, seen=case.version)
    answer = signed_in(act.by).post(address(case, word), {**filled(act.data), "seen": str(case.version)})
    html = answer.content.decode()
    assert answer.status_code == 409
    assert 'class="changes"' in html and "供水保障" in html
    assert f'name="seen" value="{moved.version}"' in html
    for typed in (act.data.get("reply"), act.data.get("reason"), act.data.get("note")):
        assert typed is None or typed in html
    assert CaseNow.objects.get(number=case.number).version == moved.version


@pytest.mark.parametrize("word", [word for word, act in ACTS.items() if act.wrong])
def test_a_wrong_field_is_marked_and_nothing_happens(word: str, signed_in: Page) -> None:
    act = ACTS[word]
    case = act.before()
    answer = signed_in(act.by).post(address(case, word), {**filled(act.data), **act.wrong, "seen": str(case.version)})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert 'role="alert"' in html and f'href="#{word}-' in html
    assert CaseNow.objects.get(number=case.number).version == case.version


WRONG = {
    "line": LONG,
    "area": LONG,
    "unit": "没有这个单位",
    "units": "没有这个单位",
    "category": "没有这一类",
    "number": "几天",
}


@EVERY
def test_every_field_wrong_keeps_what_was_typed_and_links_each_field(word: str, signed_in: Page) -> None:
    act, fields = ACTS[word], COMMANDS[word].fields
    case = act.before()
    typed = {each.name: WRONG.get(each.kind, "") for each in fields}
    html = signed_in(act.by).post(address(case, word), {**typed, "seen": str(case.version)}).content.decode()
    for each in fields:
        if each.is_required or each.kind in WRONG:
            assert f'<a href="#{word}-{each.name}">' in html and f'id="{word}-{each.name}"' in html
    for words in filter(None, typed.values()):
        assert html.count(words) >= list(typed.values()).count(words)
    assert CaseNow.objects.get(number=case.number).version == case.version


def test_a_form_without_the_version_it_showed_is_not_taken(signed_in: Page) -> None:
    case = world.recorded()
    for seen in ("", "x", "-1", "９", "1" * 30):
        answer = signed_in("desk1").post(address(case, "answer"), {"reply": "好", "seen": seen})
        assert answer.status_code == 422
    assert CaseNow.objects.get(number=case.number).stage == "recorded"


def test_an_act_leads_back_to_the_list_it_came_from_and_never_out_of_the_desk(signed_in: Page) -> None:
    for wanted, leads_to in (("/desk/inbox/", "/desk/inbox/"), ("https://evil.example/desk/", None), ("//evil", None)):
        case = world.recorded()
        data = {"lead_unit": "heating", "seen": "1", "next": wanted}
        answer = signed_in("desk1").post(address(case, "forward"), data)
        assert answer["Location"] == (leads_to or f"/desk/cases/{case.number}/")


def test_the_forward_form_proposes_the_unit_with_its_reason(signed_in: Page) -> None:
    case = world.recorded()
    html = signed_in("desk1").get(f"/desk/inbox/?case={case.number}").content.decode()
    assert f'value="{HEATING_NAME}"' in html
    assert "按派单目录：“供热保障”由青陵热力公司承办。" in html


def test_opening_a_commands_address_leads_to_the_case(signed_in: Page) -> None:
    case = world.recorded()
    assert signed_in("desk1").get(address(case, "forward"))["Location"] == f"/desk/cases/{case.number}/"


def address(case: AppealState, word: str) -> str:
    """The command's own address."""
    return f"/desk/cases/{case.number}/{word}/"


def test_an_extension_that_waits_is_the_first_form_and_stands_open(signed_in: Page) -> None:
    case = MARK_ACTS["judge-extension"]["before"]()
    html = signed_in("desk1").get(f"/desk/extensions/?case={case.number}").content.decode()
    forms = re.findall(rf'action="/desk/cases/{case.number}/([a-z-]+)/"', html)
    commands_shown = [word for word in forms if word in COMMANDS]
    assert commands_shown[0] == "judge-extension"
    assert "已申请延期" in html
