"""Every command's door: works, wrong role, wrong stage, stale version, bad input; and what cannot be seen."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pytest
from tests.api.callers import STEPS, Caller, bring
from tests.api.mark_rows import MARK_ROWS
from tests.api.merge_rows import MERGE_ROWS

from yousu.api.commands import DOORS

Callers = dict[str, Caller]


@dataclass(frozen=True, kw_only=True)
class Row:
    """One command: from a stage, by somebody, to a stage; who may see but not do it; where it is not possible."""

    command: str
    start: str
    by: str
    body: dict[str, Any]
    to: str
    stranger: str | None
    never: str | None
    bad: dict[str, Any]
    field: str


ROWS = (
    Row(
        command="answer",
        start="recorded",
        by="taker",
        body={"reply": "已答复", "article": "cold_room"},
        to="closed",
        stranger="supervisor",
        never="forwarded",
        bad={"reply": "  "},
        field="reply",
    ),
    Row(
        command="decline",
        start="recorded",
        by="taker",
        body={"reason": "litigation", "lawful_channel": "court", "reply": "请向法院起诉"},
        to="declined",
        stranger="supervisor",
        never="forwarded",
        bad={"reason": "weather", "lawful_channel": "court", "reply": "不"},
        field="reason",
    ),
    Row(
        command="transfer",
        start="recorded",
        by="taker",
        body={"to": "119", "outside_number": "A1"},
        to="transferred",
        stranger="supervisor",
        never="closed",
        bad={"to": "911"},
        field="to",
    ),
    Row(
        command="withdraw",
        start="signed",
        by="dispatcher",
        body={"reason": "市民来电撤诉"},
        to="withdrawn",
        stranger="supervisor",
        never="closed",
        bad={},
        field="reason",
    ),
    Row(
        command="forward",
        start="recorded",
        by="dispatcher",
        body={"lead_unit": "heating", "co_units": ["water"], "grade": "g1"},
        to="forwarded",
        stranger="taker",
        never="forwarded",
        bad={"lead_unit": "mars"},
        field="lead_unit",
    ),
    Row(
        command="designate",
        start="recorded",
        by="dispatcher",
        body={"lead_unit": "heating"},
        to="forwarded",
        stranger="taker",
        never="signed",
        bad={"lead_unit": "heating", "co_units": ["heating"]},
        field="co_units",
    ),
    Row(
        command="sign",
        start="forwarded",
        by="heating",
        body={},
        to="signed",
        stranger="supervisor",
        never="signed",
        bad={"unit": "heating"},
        field="unit",
    ),
    Row(
        command="contact",
        start="signed",
        by="heating",
        body={"how": "phone", "reached": False, "note": "无人接听"},
        to="signed",
        stranger="dispatcher",
        never="handled",
        bad={"how": "phone", "reached": "yes"},
        field="reached",
    ),
    Row(
        command="send-back",
        start="signed",
        by="heating",
        body={"reason": "not_ours", "note": "属供水"},
        to="sent_back",
        stranger="dispatcher",
        never="handled",
        bad={"reason": "tired"},
        field="reason",
    ),
    Row(
        command="judge-send-back",
        start="sent_back",
        by="dispatcher",
        body={"uphold": True, "lead_unit": "water"},
        to="forwarded",
        stranger="taker",
        never="forwarded",
        bad={"uphold": True, "lead_unit": "heating"},
        field="lead_unit",
    ),
    Row(
        command="handle",
        start="contacted",
        by="heating",
        body={"reply": "已修好", "outcome": "solved"},
        to="handled",
        stranger="dispatcher",
        never="forwarded",
        bad={"reply": "已修好", "outcome": "perfect"},
        field="outcome",
    ),
    Row(
        command="approve",
        start="approving",
        by="east_leader",
        body={"approve": True},
        to="handled",
        stranger="east",
        never=None,
        bad={"approve": "yes"},
        field="approve",
    ),
    Row(
        command="review",
        start="handled",
        by="dispatcher",
        body={"accept": False, "note": "请补充依据"},
        to="signed",
        stranger="heating",
        never="signed",
        bad={"accept": None},
        field="accept",
    ),
    Row(
        command="call-back",
        start="closed",
        by="caller_back",
        body={"reached": "reached", "responded": True, "solved": False, "satisfied": "not", "note": "仍不热"},
        to="unsolved",
        stranger="dispatcher",
        never="handled",
        bad={"reached": "not_reached", "solved": True},
        field="solved",
    ),
    Row(
        command="judge-unsolved",
        start="unsolved",
        by="supervisor",
        body={"decision": "reopen", "note": "继续办理"},
        to="forwarded",
        stranger="dispatcher",
        never="closed",
        bad={"decision": "forget"},
        field="decision",
    ),
    Row(
        command="reopen",
        start="settled",
        by="supervisor",
        body={"reason": "问题复发"},
        to="forwarded",
        stranger="dispatcher",
        never="signed",
        bad={"reason": ""},
        field="reason",
    ),
    Row(
        command="classify",
        start="closed",
        by="dispatcher",
        body={"category": "城乡建设/供热保障", "type": "complaint"},
        to="closed",
        stranger="caller_back",
        never=None,
        bad={"category": "天气/下雨"},
        field="category",
    ),
    Row(
        command="correct",
        start="forwarded",
        by="dispatcher",
        body={"field": "place", "value": "东关大街5号", "why": "市民更正"},
        to="forwarded",
        stranger="caller_back",
        never=None,
        bad={"field": "phone", "value": "1", "why": "x"},
        field="field",
    ),
    Row(
        command="urge",
        start="forwarded",
        by="supervisor",
        body={"note": "请尽快"},
        to="forwarded",
        stranger="heating",
        never="closed",
        bad={"note": 5},
        field="note",
    ),
    Row(
        command="release",
        start="closed",
        by="dispatcher",
        body={"text": "已上门维修"},
        to="closed",
        stranger="taker",
        never="handled",
        bad={"text": "请联系13812345678"},
        field="text",
    ),
    Row(
        command="support",
        start="forwarded",
        by="taker",
        body={"phone": "15400007777"},
        to="forwarded",
        stranger="supervisor",
        never="closed",
        bad={"phone": "12"},
        field="phone",
    ),
    Row(
        command="undo",
        start="forwarded",
        by="dispatcher",
        body={},
        to="recorded",
        stranger=None,
        never="recorded",
        bad={"why": "mistake"},
        field="why",
    ),
    *(Row(**row) for row in (*MERGE_ROWS, *MARK_ROWS)),
)


def _each(rows: Iterable[Row]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("row", list(rows), ids=lambda row: row.command)


EACH = _each(ROWS)
VERSIONED = _each(
    row for row in ROWS if row.command not in ("urge", "support", "link", "instruct", "lead", "report-urgent")
)
# Whoever may act may undo; some commands are possible in every stage.
NOT_FOR_ALL = _each(row for row in ROWS if row.stranger is not None)
NOT_ALWAYS = _each(row for row in ROWS if row.never is not None)


def test_every_door_has_its_row() -> None:
    assert {door.command for door in DOORS} == {row.command for row in ROWS}


@EACH
def test_it_works_and_answers_with_the_case(callers: Callers, row: Row) -> None:
    case = bring(callers, row.start)
    answer = callers[row.by].do(case, row.command, row.body)
    after = answer.json()
    assert answer.status_code == 200, after
    assert (after["stage"], after["version"]) == (row.to, case["version"] + 1)
    assert answer["ETag"] == f'"{after["version"]}"'
    assert after.items() >= {"number": case["number"], "kind": "appeal", "channel": "hotline"}.items()


@NOT_FOR_ALL
def test_who_sees_the_case_without_the_right_gets_403(callers: Callers, row: Row) -> None:
    answer = callers[row.stranger or ""].do(bring(callers, row.start), row.command, row.body)
    assert (answer.status_code, answer.json()["type"]) == (403, "urn:yousu:problem:forbidden")


@NOT_ALWAYS
def test_the_wrong_stage_gets_409_with_what_is_possible(callers: Callers, row: Row) -> None:
    case = bring(callers, row.never or "")
    answer = callers[row.by].do(case, row.command, row.body)
    problem = answer.json()
    assert (answer.status_code, problem["type"]) == (409, "urn:yousu:problem:not_possible")
    assert row.command not in problem["possible"]
    assert callers["supervisor"].get(f"/appeals/{case['number']}").json()["version"] == case["version"]


@VERSIONED
def test_a_stale_version_gets_412(callers: Callers, row: Row) -> None:
    case = bring(callers, row.start)
    answer = callers[row.by].do({**case, "version": case["version"] - 1}, row.command, row.body)
    assert (answer.status_code, answer.json()["version"]) == (412, case["version"])


@VERSIONED
def test_no_version_gets_428(callers: Callers, row: Row) -> None:
    answer = callers[row.by].post(f"/appeals/{bring(callers, row.start)['number']}/{row.command}", row.body)
    assert answer.status_code == 428


@EACH
def test_bad_input_gets_422_naming_the_field(callers: Callers, row: Row) -> None:
    case = bring(callers, row.start)
    answer = callers[row.by].do(case, row.command, row.bad)
    assert answer.status_code == 422, answer.content
    assert [error["field"] for error in answer.json()["errors"]] == [row.field]


@EACH
def test_a_case_that_cannot_be_seen_is_not_there(callers: Callers, row: Row) -> None:
    answer = callers["nobody"].do(bring(callers, row.start), row.command, row.body)
    assert (answer.status_code, answer.json()["type"]) == (404, "urn:yousu:problem:case_missing")


@pytest.mark.parametrize("tag", ["1", "*", 'W/"1"', '"one"', '"1", "2"', '"99999999999999999999"', ""])
def test_an_if_match_that_is_no_version_gets_400(callers: Callers, tag: str) -> None:
    case = bring(callers, "recorded")
    answer = callers["taker"].post(f"/appeals/{case['number']}/answer", {"reply": "好"}, seen=tag)
    assert (answer.status_code, answer.json()["type"]) == (400, "urn:yousu:problem:version_malformed")


def test_commands_without_fields_need_no_body(callers: Callers) -> None:
    case = bring(callers, "forwarded")
    assert callers["heating"].do(case, "sign").status_code == 200
    assert callers["supervisor"].do(case, "urge").status_code == 200


def test_an_emergency_number_may_be_a_number(callers: Callers) -> None:
    answer = callers["taker"].do(bring(callers, "recorded"), "transfer", {"to": 110})
    assert (answer.status_code, answer.json()["stage"]) == (200, "transferred")


def test_a_due_date_and_co_units_are_shown_after_forwarding(callers: Callers) -> None:
    body = {"lead_unit": "heating", "co_units": ["water"], "grade": "g1"}
    case = callers["dispatcher"].do(bring(callers, "recorded"), "forward", body).json()
    assert case["lead_unit"] == "heating"
    assert case["due"]["grade"] == "g1" and case["due"]["at"].endswith("+08:00")
    assert case["co_units"] == [{"unit": "water", "stage": "forwarded", "due": case["due"]}]


def test_who_gives_a_case_away_is_still_answered(callers: Callers) -> None:
    case = bring(callers, "recorded")
    forwarded = callers["dispatcher"].do(case, "forward", {"lead_unit": "east"}).json()
    sent_back = callers["east"].do(forwarded, "send-back", {"reason": "not_ours"}).json()
    away = callers["dispatcher"].do(sent_back, "judge-send-back", {"uphold": True, "lead_unit": "water"})
    assert away.status_code == 200
    assert callers["east"].get(f"/appeals/{case['number']}").status_code == 404


def test_a_designated_unit_cannot_send_back(callers: Callers) -> None:
    case = callers["dispatcher"].do(bring(callers, "recorded"), "designate", {"lead_unit": "heating"}).json()
    answer = callers["heating"].do(case, "send-back", {"reason": "not_ours"})
    assert (answer.status_code, answer.json()["why"]) == (409, "designated")


def test_people_and_calls_are_counted_and_the_same_phone_once(callers: Callers) -> None:
    case = bring(callers, "recorded")
    for phone in ("15400007777", "15400007777", None):
        answer = callers["taker"].do(case, "support", {"phone": phone} if phone else None)
        assert answer.status_code == 200, answer.content
    assert answer.json()["counts"] == {"calls": 3, "people": 2, "sent_back": 0, "second_handling": 0}


def test_a_release_with_personal_data_is_told_which_kinds(callers: Callers) -> None:
    answer = callers["dispatcher"].do(bring(callers, "closed"), "release", {"text": "回电13812345678"})
    assert answer.json()["errors"] == [{"field": "text", "why": "personal_data", "kinds": ["phone"]}]


def test_only_the_own_act_can_be_undone(callers: Callers) -> None:
    case = bring(callers, "forwarded")
    answer = callers["taker"].do(case, "undo")
    assert (answer.status_code, answer.json()["why"]) == (409, "not_own")
    assert "sign" in answer.json()["possible"]


@pytest.mark.parametrize(
    ("command", "body"),
    [
        ("transfer", {"to": "110", "outside_number": "张三家"}),
        ("transfer", {"to": "110", "outside_number": "1" * 61}),
        ("answer", {"reply": "已答复", "article": "住 3 楼"}),
    ],
)
def test_another_systems_reference_holds_no_words(callers: Callers, command: str, body: dict[str, Any]) -> None:
    answer = callers["taker"].do(bring(callers, "recorded"), command, body)
    assert answer.status_code == 422
    assert answer.json()["errors"] == [{"field": [*body][-1], "why": "malformed"}]


CO_UNIT_TRIES = (
    ("forwarded", "sign", {}),
    ("forwarded", "send-back", {"reason": "not_ours"}),
    ("signed", "contact", {"how": "phone", "reached": True}),
    ("contacted", "handle", {"reply": "已修", "outcome": "solved"}),
)


@pytest.mark.parametrize(("stage", "command", "body"), CO_UNIT_TRIES, ids=[command for _, command, _ in CO_UNIT_TRIES])
def test_a_co_unit_acts_on_its_own_part_and_on_nothing_else(
    callers: Callers, stage: str, command: str, body: dict[str, Any]
) -> None:
    case = callers["taker"].record().json()
    for user, word, how in STEPS[stage]:
        how = {**how, "co_units": ["water"]} if word == "forward" else how
        case = callers[user].do(case, word, how).json()
    if command in ("contact", "handle"):
        case = callers["water"].do(case, "sign", {}).json()
    stage = case["stage"]
    answer = callers["water"].do(case, command, body)
    assert answer.status_code == 200, answer.content
    case = answer.json()
    part = {"sign": "signed", "send-back": "sent_back", "contact": "signed", "handle": "handled"}[command]
    assert (case["stage"], case["co_units"][0]["stage"]) == (stage, part)
    assert not {"request-extension", "suspend", "forward", "review"} & set(case["allowed"])
    assert callers["water"].do(case, "suspend", {"reason": "documents"}).status_code == 403
    assert callers["heating"].do(case, command, body).status_code == 200


def test_the_second_level_judges_what_units_below_sent_back_and_never_its_own(callers: Callers) -> None:
    own, below = bring(callers, "recorded"), bring(callers, "recorded")
    own = callers["dispatcher"].do(own, "forward", {"lead_unit": "east"}).json()
    below = callers["dispatcher"].do(below, "forward", {"lead_unit": "east_street"}).json()
    own = callers["east"].do(own, "send-back", {"reason": "not_ours"}).json()
    below = callers["street"].do(below, "send-back", {"reason": "not_ours"}).json()
    body = {"uphold": True, "lead_unit": "east_street"}
    refused = callers["east"].do(own, "judge-send-back", body)
    assert (refused.status_code, refused.json()["type"]) == (403, "urn:yousu:problem:forbidden")
    assert "judge-send-back" not in callers["east"].get(f"/appeals/{own['number']}").json()["allowed"]
    assert callers["dispatcher"].do(own, "judge-send-back", body).status_code == 200
    assert callers["east"].do(below, "judge-send-back", {"uphold": False}).status_code == 200
