"""查询: the case, its history, the list, the catalogues; languages; the database gone."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client
from tests import world
from tests.api.callers import FORWARD, WORDS, Caller, bring, fresh_key

from yousu.appeals import commands
from yousu.appeals.articles import commands as articles
from yousu.appeals.recording import Said, next_numbers
from yousu.ledger import chain
from yousu.org import accounts
from yousu.org.actors import Actor
from yousu.org.models import Account
from yousu.platform import clock

Callers = dict[str, Caller]


@pytest.fixture
def machine(callers: Callers) -> Caller:
    """A channel of its own: it sees only what it recorded."""
    user = f"machine-{fresh_key()}"
    accounts.create(user, None, roles=["channel"], name_zh="接口", name_en="machine")
    return Caller(user, accounts.create_token(user))


def _numbers(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.content
    return [case["number"] for case in answer.json()["appeals"]]


def test_a_case_is_read_with_its_version(callers: Callers) -> None:
    case = bring(callers, "signed")
    answer = callers["heating"].get(f"/appeals/{case['number']}")
    assert answer["ETag"] == f'"{case["version"]}"'
    assert answer.json() == case
    assert answer["Cache-Control"] == "no-store"


def test_allowed_is_what_stage_and_roles_allow(callers: Callers) -> None:
    number = bring(callers, "signed")["number"]
    allowed = {who: callers[who].get(f"/appeals/{number}").json()["allowed"] for who in ("heating", "caller_back")}
    assert allowed == {
        "heating": ["contact", "handle", "send-back", "request-extension", "suspend", "recuse", "report-urgent"],
        "caller_back": ["recuse"],
    }


def test_another_units_case_is_not_there(callers: Callers) -> None:
    number = bring(callers, "signed")["number"]
    assert callers["water"].get(f"/appeals/{number}").status_code == 404
    assert callers["water"].get(f"/appeals/{number}/events").status_code == 404


def test_the_history_can_be_verified_by_whoever_reads_it(callers: Callers) -> None:
    number = bring(callers, "handled")["number"]
    history = callers["dispatcher"].get(f"/appeals/{number}/events").json()
    assert [event["kind"] for event in history["events"]] == ["recorded", "forwarded", "signed", "contacted", "handled"]
    previous = bytes.fromhex(history["first_previous"])
    for event in history["events"]:
        expected = event.pop("hash")
        previous = _hash(previous, history["stream"], event)
        assert previous.hex() == expected


def _hash(previous: bytes, stream: str, event: dict[str, Any]) -> bytes:
    moments = {name: datetime.fromisoformat(event[name]) for name in ("occurred_at", "recorded_at")}
    return chain.event_hash(previous, stream=stream, **{**event, **moments})


def test_the_list_goes_from_newest_to_oldest_without_gaps(machine: Caller) -> None:
    now = clock.now()
    # Two of the same moment: the number decides.
    hours = [5, 1, 3, 3, 2, 4, 0]
    made = {
        machine.record(occurred_at=(now - timedelta(hours=hour)).isoformat()).json()["number"]: hour for hour in hours
    }
    seen: list[str] = []
    after = ""
    while True:
        answer = machine.get(f"/appeals?limit=2{after}")
        seen += _numbers(answer)
        if answer.json()["next"] is None:
            break
        after = f"&after={answer.json()['next']}"
    assert seen == sorted(made, key=lambda number: (-made[number], number), reverse=True)


def test_each_filter_narrows_the_list(callers: Callers) -> None:
    words = f"特别的事{fresh_key()}"
    case = (
        callers["taker"]
        .record(
            text=words,
            channel="wechat",
            type="tip_off",
            category="城乡建设/供热保障",
            place={"text": "五四大街"},
            occurred_at="2026-01-05T09:31:00+08:00",
        )
        .json()
    )
    who, command, body = FORWARD
    assert callers[who].do(case, command, body).status_code == 200
    for hit in (
        "stage=forwarded",
        "unit=heating",
        "category=城乡建设",
        "category=城乡建设/供热保障",
        "channel=wechat",
        "district=west",
        "type=tip_off",
        "overdue=false",
        "received_from=2026-01-05",
        "received_to=2026-01-05",
        "received_from=2026-01-05T09:31:00%2B08:00",
        f"q={case['number']}",
    ):
        assert _numbers(callers["dispatcher"].get(f"/appeals?q={words}&{hit}")) == [case["number"]], hit
    for miss in (
        "stage=recorded",
        "unit=water",
        "category=城乡",
        "channel=hotline",
        "district=east",
        "type=praise",
        "overdue=true",
        "received_from=2026-01-06",
        "received_to=2026-01-04",
        "received_to=2026-01-05T09:31:00%2B08:00",
        "q=100%25",
    ):
        assert _numbers(callers["dispatcher"].get(f"/appeals?q={words}&{miss}")) == [], miss


def test_a_case_past_its_deadline_is_overdue_until_it_is_closed(callers: Callers) -> None:
    words = f"逾期{fresh_key()}"
    with clock.held(clock.now() - timedelta(days=60)):
        case = callers["taker"].record(text=words).json()
        who, command, body = FORWARD
        case = callers[who].do(case, command, body).json()
    assert _numbers(callers["dispatcher"].get(f"/appeals?overdue=true&q={words}")) == [case["number"]]
    assert _numbers(callers["dispatcher"].get(f"/appeals?overdue=false&q={words}")) == []
    callers["dispatcher"].do(case, "withdraw", {"reason": "撤回"})
    assert _numbers(callers["dispatcher"].get(f"/appeals?overdue=true&q={words}")) == []


def test_a_case_closed_in_time_and_called_unsolved_is_not_overdue(callers: Callers) -> None:
    words = f"逾期{fresh_key()}"
    with clock.held(clock.now() - timedelta(days=60)):
        case = world.called_back(text=words, solved=False)
    assert _numbers(callers["dispatcher"].get(f"/appeals?overdue=true&q={words}")) == []
    assert _numbers(callers["dispatcher"].get(f"/appeals?overdue=false&q={words}")) == [case.number]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("limit=0", "limit"),
        ("limit=201", "limit"),
        ("limit=many", "limit"),
        ("limit=" + "9" * 30, "limit"),
        ("after=x", "after"),
        ("after=99999999999999999999-2400000017", "after"),
        ("overdue=perhaps", "overdue"),
        ("received_from=soon", "received_from"),
        ("received_from=2026-01-05T09:00:00", "received_from"),
        ("received_to=9999-12-31", "received_to"),
        ("received_to=0001-01-01T00:00:00%2B14:00", "received_to"),
        ("q=%00", "q"),
        ("q=" + "x" * 201, "q"),
        ("colour=red", "colour"),
        ("%00=1", "query"),
    ],
)
def test_a_wrong_parameter_gets_422_naming_it(callers: Callers, query: str, field: str) -> None:
    answer = callers["dispatcher"].get(f"/appeals?{query}")
    assert answer.status_code == 422, answer.content
    assert {error["field"] for error in answer.json()["errors"]} == {field}


def test_the_list_takes_two_statements_however_long_it_is(machine: Caller, statements: list[str]) -> None:
    by = Actor(code=f"account:{machine.user}", roles=frozenset({"channel"}))
    for more, limit in ((10, 10), (990, 200)):
        said = [Said(channel="wechat", text=WORDS)] * more
        commands.record_many(said, new_numbers=next_numbers(more), by=by)
        machine.get("/appeals")
        statements.clear()
        assert len(_numbers(machine.get(f"/appeals?limit={limit}"))) == limit
        assert len(statements) == 2


@pytest.mark.parametrize("name", ["units", "categories", "channels", "reasons", "grades"])
def test_the_catalogues_name_the_citys_codes(callers: Callers, name: str) -> None:
    answer = callers["app"].get(f"/{name}")
    assert answer.status_code == 200
    listed = answer.json()[name]
    entries = [entry for part in listed.values() for entry in part] if isinstance(listed, dict) else listed
    assert entries and all(entry["code"] and entry["name_zh"] and entry["name_en"] for entry in entries)
    assert Client().get(f"/api/v1/{name}").status_code == 401


def test_problems_are_chinese_unless_english_is_asked_for(callers: Callers) -> None:
    titles = {
        language: callers["taker"].get("/appeals/1", **{"Accept-Language": language}).json()["title"]
        for language in ("", "en-GB,en;q=0.9", "zh-CN,en;q=0.5", "fr", "*", "x" * 5000)
    }
    assert titles.pop("en-GB,en;q=0.9") == "No such case"
    assert set(titles.values()) == {"没有此件"}


def test_a_revoked_or_inactive_account_is_nobody(machine: Caller) -> None:
    assert machine.get("/appeals").status_code == 200
    Account.objects.filter(user=machine.user).update(is_active=False)
    assert machine.get("/appeals").status_code == 401


def test_a_browsers_session_counts_for_nothing(callers: Callers) -> None:
    browser = Client()
    browser.force_login(Account.objects.get(user="dispatcher"), backend="django.contrib.auth.backends.ModelBackend")
    assert browser.get("/api/v1/appeals").status_code == 401


def test_a_database_that_is_gone_gets_503(callers: Callers) -> None:
    def gone(*_: Any) -> None:
        raise OperationalError("the connection is lost")

    with connection.execute_wrapper(gone):
        answer = callers["taker"].get("/appeals")
    assert answer.status_code == 503
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["Retry-After"] == "5"


def test_articles_in_force_are_listed_with_sources_and_a_channel_is_told_only_what_is_public(
    callers: dict[str, Caller],
) -> None:
    writer = Actor(code="account:somebody", roles=frozenset({"administrator"}))
    drafts = [
        articles.Draft(title_zh="内部口径", text="先登记", sources=[("law", "《某条例》")], is_public=False),
        articles.Draft(title_zh="停电报修", text="先看是否跳闸", is_public=True),
    ]
    inside, outside = (articles.write_article(draft, by=writer).code for draft in drafts)
    listed = {one["code"]: one for one in callers["taker"].get("/articles").json()["articles"]}
    assert listed[inside]["sources"] == [{"sort": "law", "words": "《某条例》"}]
    assert {inside, outside, "cold_room"} <= listed.keys() and "last_winter" not in listed
    told = {one["code"] for one in callers["app"].get("/articles").json()["articles"]}
    assert outside in told and inside not in told
    assert callers["taker"].get("/articles?category=天气").status_code == 422
