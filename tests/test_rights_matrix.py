"""Every path × every role: who gets in is what this table says, and no path is missing from it.

The table is written from the contract's table of roles, not from the code. "In" means the door opened: the answer
may still be that the stage forbids it, that a version is missing or that a field is wrong.
"""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from tests import world
from tests.beside_cases import article_of, request_of, sample_with

from yousu.appeals import commands
from yousu.appeals.recording import Said
from yousu.assessments import commands as assessments
from yousu.governance.meetings import commands as meetings
from yousu.governance.specials import commands as specials
from yousu.governance.specials.commands import Draft
from yousu.governance.tasks.commands import Wanted
from yousu.governance.topics import commands as topics
from yousu.governance.topics.commands import Plan
from yousu.governance.topics.events import Subject, Target
from yousu.ledger import log
from yousu.org import accounts
from yousu.org.actors import Actor
from yousu.org.city import city
from yousu.org.models import Account
from yousu.platform import clock

pytestmark = pytest.mark.django_db

DESK_ROLES = frozenset({"call_taker", "dispatcher"})
UNIT_ROLES = frozenset({"handler", "second_level"})
SEES_CASES = frozenset(
    {
        "call_taker",
        "dispatcher",
        "second_level",
        "handler",
        "unit_leader",
        "call_back_officer",
        "supervisor",
        "leader",
        "publisher",
        "bulletin_reviewer",
        "bulletin_signer",
        "quality_inspector",
    }
)
SEES_FIGURES = frozenset(
    {"analyst", "leader", "publisher", "bulletin_reviewer", "bulletin_signer", "supervisor", "quality_inspector"}
)
SEES_RATES = SEES_FIGURES | UNIT_ROLES | {"dispatcher", "unit_leader"}
SEES_ASSESSMENTS = {"supervisor", "leader", "publisher", "second_level", "unit_leader", "handler"}
REPORTS_GOVERNANCE = {"second_level", "unit_leader", "handler"}
OPENS_GOVERNANCE = {"supervisor", "leader"}
COMPOSES_SPECIALS = {"supervisor", "publisher"}
SEES_SPECIALS = COMPOSES_SPECIALS | {"leader", "bulletin_reviewer", "bulletin_signer"}
SEES_GOVERNANCE = REPORTS_GOVERNANCE | OPENS_GOVERNANCE
ROLES = SEES_CASES | {"analyst", "administrator", "security_administrator", "auditor", "channel"}
ANYBODY = ROLES | {"nobody"}
SIGNED_IN = ROLES

# Roles by command, from the contract.
COMMANDS = {
    "answer": DESK_ROLES,
    "decline": DESK_ROLES,
    "transfer": DESK_ROLES,
    "withdraw": DESK_ROLES,
    "forward": {"dispatcher", "second_level"},
    "designate": {"dispatcher"},
    "sign": UNIT_ROLES,
    "contact": UNIT_ROLES,
    "send-back": UNIT_ROLES,
    "judge-send-back": {"dispatcher", "second_level", "supervisor"},
    "handle": UNIT_ROLES,
    "approve": {"unit_leader"},
    # The case was recorded by somebody else, and is no report.
    "name-reported": {"dispatcher"},
    "request-lift": {"dispatcher"},
    "judge-lift": {"supervisor"},
    "recuse": {"call_taker", "dispatcher", "second_level", "handler", "unit_leader", "call_back_officer", "supervisor"},
    "review": {"dispatcher"},
    "call-back": {"call_back_officer"},
    "judge-unsolved": {"supervisor"},
    "reopen": {"supervisor"},
    "request-extension": {"handler"},
    "judge-extension": {"dispatcher"},
    "merge": {"dispatcher"},
    "unmerge": {"dispatcher"},
    "link": {"dispatcher"},
    "suspend": {"handler"},
    "resume": {"handler"},
    "park": {"supervisor"},
    "unpark": {"supervisor"},
    "exclude": {"supervisor"},
    "judge-exclusion": {"supervisor"},
    "supervise": {"supervisor"},
    "escalate": {"supervisor"},
    "summon": {"supervisor"},
    "lead": {"supervisor"},
    "instruct": {"leader"},
    "report-urgent": DESK_ROLES | UNIT_ROLES | {"supervisor"},
    "report-instruction": {"handler", "second_level", "supervisor"},
    # The case was recorded by somebody else: a call-taker classifies and corrects only the own.
    "classify": {"dispatcher"},
    "correct": {"dispatcher"},
    "urge": {"supervisor"},
    "release": {"dispatcher"},
    "support": DESK_ROLES,
    "unmask": {"dispatcher", "second_level", "handler", "call_back_officer", "supervisor"},
    "undo": {
        "call_taker",
        "dispatcher",
        "second_level",
        "handler",
        "call_back_officer",
        "supervisor",
        "leader",
        "unit_leader",
    },
}
# Who handles or reviews: a letter of reply is theirs, and with the name, too, as long as they may open it.
ANSWERS = COMMANDS["handle"] | COMMANDS["review"]
RECORDS = DESK_ROLES | {"channel"}
PHONE = "15400000001"
CATEGORY = "城乡建设/供热保障"
# Composed and shown, so that units see it.
ASSESSMENT = "2024-01"
# The numbers of a governance task, of a measure, a special report and a meeting, once there are some.
GOVERNED = [1, 1, 1, 1]
# The second level stands above the unit that has the case: nobody judges what the own unit sent back.
UNIT, ABOVE = "east_street", "east"
# Bodies that nothing is wrong with, so that only rights and stages decide.
BODIES: dict[str, dict[str, Any]] = {
    # Steps of governance: refused for the version, not for what they say.
    "find-cause": {"words": "泵老化"},
    "report": {"words": "已检修"},
    "add-task": {"words": "检修", "unit": "east_street", "due": "2199-01-01"},
    "close": {"words": "成效明显"},
    "cancel": {"why": "不必了"},
    "judge": {"decision": "accept"},
    "answer": {"reply": "已答复"},
    "decline": {"reason": "litigation", "lawful_channel": "court", "reply": "请向法院反映"},
    "transfer": {"to": "119"},
    "withdraw": {"reason": "自行解决"},
    "forward": {"lead_unit": "heating"},
    "designate": {"lead_unit": "heating"},
    "contact": {"how": "phone", "reached": True},
    "send-back": {"reason": "not_our_duty"},
    "judge-send-back": {"uphold": False},
    "handle": {"reply": "已修复", "outcome": "solved"},
    "approve": {"approve": True},
    "name-reported": {"unit": "west"},
    "request-lift": {"reason": "书面同意"},
    "judge-lift": {"grant": True},
    "recuse": {"reason": "亲属"},
    "review": {"accept": True},
    "call-back": {"reached": "not_reached"},
    "judge-unsolved": {"decision": "finalise"},
    "reopen": {"reason": "仍未解决"},
    "release": {"text": "已修复"},
    "request-extension": {"working_days": 1, "reason": "complex"},
    "judge-extension": {"grant": True},
    "suspend": {"reason": "documents"},
    "park": {"plan": "开春再修", "review_on": "2999-01-01", "leader": "某副区长"},
    "unpark": {"result": "已修好"},
    "exclude": {"reason": "recorded_by_mistake"},
    "judge-exclusion": {"grant": True},
    "supervise": {"due": "2999-01-01T17:00:00+08:00"},
    "escalate": {"unit": "centre"},
    "summon": {"unit": UNIT, "on": "2999-01-01"},
    "report-instruction": {"text": "已督促"},
    "report-urgent": {"text": "燃气泄漏"},
    "instruct": {"text": "请尽快解决", "by": "某副市长", "on": "2024-01-01"},
    "merge": {"head": "0000000000"},
    "link": {"other": "0000000000", "how": "same_matter"},
    "lead": {"leader": "某副区长"},
    "take": {"rule": "late_5", "answer": "yes"},
    "classify": {"category": CATEGORY},
    "correct": {"field": "title", "value": "供暖", "why": "写错"},
    "unmask": {"fields": ["name"], "purpose": "核实"},
    "erase": {"reason": "本人要求"},
    "appeals": {"channel": "hotline", "text": "家里不热", "external_id": "matrix-1"},
}

# (method, route as the resolver writes it) → roles. {number}, {bulletin} are filled in.
API = {
    ("POST", "appeals"): RECORDS,
    ("GET", "appeals"): SEES_CASES | {"channel"},
    ("GET", "appeals/{number}"): SEES_CASES,
    ("GET", "appeals/{number}/events"): SEES_CASES,
    ("POST", "appeals/{number}/attachments"): DESK_ROLES | UNIT_ROLES,
    ("GET", "appeals/{number}/attachments/{attachment_id}"): SEES_CASES,
    ("GET", "units"): SIGNED_IN,
    ("GET", "categories"): SIGNED_IN,
    ("GET", "articles"): SIGNED_IN,
    ("GET", "channels"): SIGNED_IN,
    ("GET", "reasons"): SIGNED_IN,
    ("GET", "grades"): SIGNED_IN,
    ("POST", "persons/{person}/erase"): {"security_administrator"},
    ("GET", "figures"): SEES_FIGURES,
    ("GET", "figures/accepted"): SEES_FIGURES,
    ("GET", "seals"): SEES_FIGURES,
    ("GET", "bulletins/{bulletin}"): SEES_FIGURES,
    ("GET", "bulletins/{bulletin}/numbers?figure=accepted.total"): SEES_FIGURES,
    ("POST", "bulletins/{bulletin}/compose"): {"publisher"},
    ("POST", "bulletins/{bulletin}/review"): {"bulletin_reviewer"},
    ("POST", "bulletins/{bulletin}/sign"): {"bulletin_signer"},
    ("POST", "bulletins/{bulletin}/freeze"): {"publisher"},
    ("POST", "bulletins/{bulletin}/publish"): {"publisher"},
    ("GET", "openapi.json"): ANYBODY,
    ("GET", "docs"): ANYBODY,
    **{("POST", f"appeals/{{number}}/{command}"): roles for command, roles in COMMANDS.items()},
}


def new_case() -> str:
    """An appeal that the unit has, recorded by somebody who is none of the matrix's accounts."""
    desk = Actor(code="account:somebody", roles=frozenset({"call_taker", "dispatcher"}))
    case = commands.record(Said(channel="hotline", text="家里不热", phone=PHONE), by=desk)
    commands.forward(case.number, lead_unit=UNIT, by=desk, seen=1)
    return case.number


@pytest.fixture
def number() -> str:
    return new_case()


def governed() -> list[int]:
    """A governance task that the unit leads, a measure of it, a special report, a meeting."""
    today = log.local_day_of(clock.now())
    plan = Plan(
        title="供暖反复不热",
        subject=Subject(dimension="topic", code="heating"),
        lead_unit=UNIT,
        leader="王经理",
        target=Target(kind="at_most", number=3),
        due=today + timedelta(days=40),
    )
    number = topics.open_task(plan, by=world.SUPERVISOR).number
    measure = Wanted(unit=UNIT, due=today, words="检修")
    draft = Draft(
        heading="供暖",
        addressee="值班室",
        subject=plan.subject,
        first=today,
        last=today,
        cases=(),
        done="已检修",
        suggestions="换管",
    )
    special = specials.compose(draft, by=world.SUPERVISOR).number
    meeting = meetings.call("研判会", on=today, first=today, by=world.SUPERVISOR).number
    return [number, topics.add_measure(number, measure, by=world.SUPERVISOR).number, special, meeting]


def account_of(role: str) -> Account:
    unit = {"handler": UNIT, "unit_leader": UNIT, "second_level": ABOVE}.get(role, "")
    return accounts.create(f"one_{role}", None, roles=[role], unit=unit, name_zh=role, name_en=role)


def looked_at() -> str:
    """An account that is none of the matrix's."""
    if not accounts.is_known("looked_at"):
        accounts.create("looked_at", None, roles=["dispatcher"], name_zh="某人", name_en="Somebody")
    return "looked_at"


def filled(route: str, number: str) -> str:
    person = "00000000-0000-4000-8000-000000000000"
    article = article_of(UNIT) if "{article}" in route else ""
    if "{sample}" in route:
        route = route.replace("{sample}", str(sample_with(number)))
    if "{request}" in route:
        route = route.replace("{request}", str(request_of(number, PHONE)))
    return route.format(
        governance=GOVERNED[0],
        task=GOVERNED[1],
        special=GOVERNED[2],
        meeting=GOVERNED[3],
        number=number,
        bulletin="daily-2024-01-01",
        article=article,
        person=person,
        attachment_id=person,
        assessment=ASSESSMENT,
        user=looked_at() if "{user}" in route else "",
    )


def routes(patterns: Any = None, prefix: str = "") -> Iterator[str]:
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        here = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, here)
        elif isinstance(pattern, URLPattern):
            yield here


@pytest.mark.parametrize("role", sorted(ROLES))
def test_the_api_opens_for_a_role_exactly_where_the_table_says(role: str, number: str) -> None:
    account = account_of(role)
    token = accounts.create_token(account.user)
    headers = {"Authorization": f"Bearer {token}", "If-Match": '"2"'}
    client = Client()
    wrong = []
    for (method, route), allowed in API.items():
        address = "/api/v1/" + filled(route, new_case() if method == "POST" else number)
        body = json.dumps(BODIES.get(route.rpartition("/")[2], {})) if method == "POST" else ""
        response = client.generic(method, address, body, content_type="application/json", headers=headers)
        opened = response.status_code not in (401, 403) and not (
            response.status_code == 404 and "case_missing" in response.content.decode()
        )
        if opened != (role in allowed):
            wrong.append(f"{method} {route}: {response.status_code}")
    assert wrong == []


def test_without_a_token_the_api_opens_only_its_description(number: str) -> None:
    client = Client()
    for (method, route), allowed in API.items():
        response = client.generic(method, "/api/v1/" + filled(route, number), "{}", content_type="application/json")
        assert (response.status_code == 401) == ("nobody" not in allowed), route


def test_every_api_address_is_in_the_table() -> None:
    from yousu.api.app import api

    described = {
        (method.upper(), route.removeprefix("/api/v1/"))
        for route, operations in api.get_openapi_schema()["paths"].items()
        for method in operations
    }
    table = {
        (method, route.partition("?")[0].replace("{bulletin}", "{bulletin_id}").replace("{person}", "{person_id}"))
        for method, route in API
    }
    table = {(method, route.replace("figures/accepted", "figures/{figure}")) for method, route in table}
    assert described - table == set()


JUDGES_SCORES = {"quality_inspector", "supervisor"}
WRITES_ARTICLES = {"administrator", "dispatcher", "handler", "unit_leader"}
ADDRESSED = {"supervisor", "handler", "second_level", "unit_leader"}
DESK = {
    "desk/": SIGNED_IN,
    "desk/new/": DESK_ROLES,
    "desk/new/caller/": DESK_ROLES,
    "desk/new/beside/": DESK_ROLES,
    "desk/new/support/{number}/": COMMANDS["support"] - {"resident"},
    "desk/mine/": DESK_ROLES,
    "desk/inbox/": {"dispatcher"},
    "desk/returns/": {"dispatcher", "second_level", "supervisor"},
    "desk/enterprise/": {"dispatcher"},
    "desk/approvals/": {"unit_leader"},
    "desk/lifts/": {"supervisor"},
    "desk/urgent/": {"dispatcher", "supervisor", "leader"},
    "desk/instructions/": {"leader", "supervisor", "handler", "second_level"},
    "desk/reviews/": {"dispatcher"},
    "desk/extensions/": {"dispatcher"},
    "desk/parked/": {"supervisor"},
    "desk/exclusions/": {"supervisor"},
    "desk/unit/": UNIT_ROLES,
    "desk/calls/": {"call_back_officer"},
    "desk/calls/samples/": {"call_back_officer", "supervisor", "auditor"},
    "desk/late/": {"supervisor"},
    "desk/proposals/": {"supervisor"},
    "desk/unsolved/": {"supervisor"},
    "desk/live/": SIGNED_IN,
    "desk/inspections/": JUDGES_SCORES,
    "desk/inspections/results/": JUDGES_SCORES,
    "desk/inspections/cases/": JUDGES_SCORES,
    "desk/inspections/mine/": DESK_ROLES,
    "desk/inspections/{sample}/": JUDGES_SCORES,
    "desk/inspections/{sample}/{number}/": JUDGES_SCORES,
    "desk/requests/": {"security_administrator"},
    "desk/requests/new/": DESK_ROLES,
    "desk/requests/{request}/": {"security_administrator"},
    "desk/articles/": SIGNED_IN,
    "desk/articles/new/": WRITES_ARTICLES,
    "desk/articles/{article}/": SIGNED_IN,
    "desk/articles/{article}/revise/": WRITES_ARTICLES,
    "desk/people/": {"security_administrator"},
    "desk/people/new/": {"security_administrator"},
    "desk/people/{user}/": {"security_administrator"},
    "desk/configuration/": {"administrator"},
    "desk/configuration/settings/": {"administrator"},
    "desk/configuration/settings/change/?name=contact.hours": {"administrator"},
    "desk/configuration/calendar/": {"administrator"},
    "desk/configuration/calendar/rows/": {"administrator"},
    "desk/configuration/units/": {"administrator"},
    "desk/configuration/units/new/": {"administrator"},
    "desk/configuration/units/row/?key=east": {"administrator"},
    "desk/configuration/units/history/": {"administrator"},
    "desk/notices/": SIGNED_IN,
    "desk/notices/sent/": {"administrator", "supervisor"},
    "desk/parts/": SIGNED_IN,
    "desk/cases/": SEES_CASES | {"channel"},
    "desk/cases/{number}/": SEES_CASES,
    "desk/cases/{number}/order/": SEES_CASES,
    "desk/cases/{number}/order/?format=docx": SEES_CASES,
    "desk/cases/{number}/letter/": ANSWERS,
    # Who issues them; the unit addressed, its platform and its leader.
    **{f"desk/cases/{{number}}/papers/{word}/": ADDRESSED for word in ("supervise", "escalate", "summon")},
    "desk/cases/{number}/papers/instruct/": ADDRESSED | {"leader"},
    "desk/overview/": SEES_FIGURES,
    "desk/overview/trend.csv": SEES_FIGURES,
    "desk/figures/accepted/?from=2024-01-01&to=2024-01-31": SEES_RATES,
    "desk/rates/": SEES_RATES,
    "desk/rates/table.csv": SEES_RATES,
    "desk/assessments/": SEES_ASSESSMENTS,
    "desk/assessments/{assessment}/": SEES_ASSESSMENTS,
    "desk/assessments/{assessment}/numbers/?path=east.accepted.base": SEES_ASSESSMENTS,
    "desk/governance/": SEES_GOVERNANCE,
    "desk/governance/new/": OPENS_GOVERNANCE,
    "desk/governance/{governance}/": SEES_GOVERNANCE,
    "desk/governance/{governance}/numbers/?path=before": SEES_GOVERNANCE,
    "desk/specials/": SEES_SPECIALS,
    "desk/specials/new/": COMPOSES_SPECIALS,
    "desk/specials/{special}/": SEES_SPECIALS,
    "desk/specials/{special}/edit/": COMPOSES_SPECIALS,
    "desk/specials/{special}/numbers/?path=total": SEES_SPECIALS,
    "desk/specials/{special}/paper/?format=docx": SEES_SPECIALS,
    "desk/meetings/": OPENS_GOVERNANCE,
    "desk/meetings/{meeting}/": OPENS_GOVERNANCE,
    "desk/meetings/{meeting}/numbers/?path=parked": OPENS_GOVERNANCE,
    "desk/meetings/{meeting}/paper/?format=docx": OPENS_GOVERNANCE,
    "desk/tasks/": SEES_GOVERNANCE,
    "desk/tasks/{task}/": SEES_GOVERNANCE,
    "desk/bulletins/": SEES_FIGURES,
    "desk/bulletins/{bulletin}/": SEES_FIGURES,
    "desk/bulletins/{bulletin}/numbers/?figure=accepted.total": SEES_FIGURES,
    "desk/bulletins/{bulletin}/pdf/": SEES_FIGURES,
    "desk/bulletins/{bulletin}/docx/": SEES_FIGURES,
}
LOOKS_FOR_PEOPLE = {"dispatcher", "call_back_officer", "supervisor"}
EXPORTS = {"supervisor", "quality_inspector"}
DESK_POSTS = {
    "desk/requests/{request}/grant/": {"security_administrator"},
    "desk/requests/{request}/refuse/": {"security_administrator"},
    "desk/requests/{request}/file/": {"security_administrator"},
    "desk/inspections/draw/": {"quality_inspector"},
    "desk/inspections/{sample}/{number}/score/": {"quality_inspector"},
    # It is somebody else's work that was scored.
    "desk/inspections/{sample}/{number}/object/": set(),
    "desk/inspections/{sample}/{number}/judge/": JUDGES_SCORES,
    "desk/articles/{article}/confirm/": WRITES_ARTICLES,
    "desk/articles/{article}/withdraw/": WRITES_ARTICLES - {"handler"},
    "desk/assessments/{assessment}/object/": {"handler", "unit_leader"},
    "desk/assessments/{assessment}/judge-objection/": {"supervisor"},
    "desk/assessments/{assessment}/compose/": {"supervisor"},
    "desk/assessments/{assessment}/show/": {"supervisor"},
    "desk/assessments/{assessment}/freeze/": {"supervisor"},
    "desk/governance/new/": OPENS_GOVERNANCE,
    "desk/governance/{governance}/find-cause/": REPORTS_GOVERNANCE,
    "desk/governance/{governance}/report/": REPORTS_GOVERNANCE,
    "desk/governance/{governance}/add-task/": {"supervisor", "unit_leader"},
    "desk/governance/{governance}/close/": {"supervisor"},
    "desk/governance/{governance}/reopen/": {"supervisor"},
    "desk/specials/new/": COMPOSES_SPECIALS,
    "desk/specials/{special}/edit/": COMPOSES_SPECIALS,
    "desk/specials/{special}/review/": {"supervisor", "bulletin_reviewer"},
    "desk/specials/{special}/issue/": {"supervisor", "bulletin_signer"},
    "desk/meetings/call/": {"supervisor"},
    "desk/meetings/{meeting}/decide/": {"supervisor"},
    "desk/meetings/{meeting}/close/": {"supervisor"},
    "desk/tasks/{task}/report/": REPORTS_GOVERNANCE,
    "desk/tasks/{task}/judge/": {"supervisor"},
    "desk/tasks/{task}/cancel/": {"supervisor"},
    "desk/people/new/": {"security_administrator"},
    **{
        f"desk/people/{{user}}/{word}/": {"security_administrator"}
        for word in ("roles", "email", "block", "unblock", "reset")
    },
    "desk/configuration/settings/change/?name=contact.hours": {"administrator"},
    "desk/configuration/calendar/": {"administrator"},
    "desk/configuration/units/new/": {"administrator"},
    "desk/configuration/units/row/?key=east": {"administrator"},
    "desk/configuration/units/remove/?key=east": {"administrator"},
    "desk/notices/read/": SIGNED_IN,
    "desk/cases/find/": SEES_CASES | {"channel"},
    "desk/cases/person/": LOOKS_FOR_PEOPLE,
    "desk/cases/export/": EXPORTS,
    "desk/cases/saved/": SEES_CASES | {"channel"},
    "desk/cases/saved/remove/": SEES_CASES | {"channel"},
    "desk/cases/{number}/unmask/": COMMANDS["unmask"],
    "desk/cases/{number}/undo/": COMMANDS["undo"],
    "desk/cases/{number}/check-reply/": COMMANDS["handle"],
    "desk/cases/{number}/take/": COMMANDS["escalate"],
    "desk/cases/{number}/letter/": ANSWERS,
    "desk/bulletins/{bulletin}/compose/": {"publisher"},
    "desk/bulletins/{bulletin}/review/": {"bulletin_reviewer"},
    "desk/bulletins/{bulletin}/sign/": {"bulletin_signer"},
    "desk/bulletins/{bulletin}/freeze/": {"publisher"},
    "desk/bulletins/{bulletin}/publish/": {"publisher"},
    **{
        f"desk/cases/{{number}}/{command}/": roles
        for command, roles in COMMANDS.items()
        if command not in ("unmask", "undo")
    },
}


def signed_in(role: str) -> Client:
    client = Client()
    client.force_login(account_of(role), backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


@pytest.mark.parametrize("role", sorted(ROLES - {"channel"}))
def test_the_desk_opens_for_a_role_exactly_where_the_table_says(role: str, number: str) -> None:
    supervisor = world.SUPERVISOR
    assessments.compose(ASSESSMENT, by=supervisor)
    assessments.show(ASSESSMENT, by=supervisor)
    GOVERNED[:] = governed()
    client = signed_in(role)
    wrong = []
    for route, allowed in DESK.items():
        response = client.get("/" + filled(route, number))
        if (response.status_code not in (403, 404)) != (role in allowed):
            wrong.append(f"{route}: {response.status_code}")
    for route, allowed in DESK_POSTS.items():
        word = route.strip("/").rpartition("/")[2]
        response = client.post("/" + filled(route, new_case()), {"seen": "2", **BODIES.get(word, {})})
        if (response.status_code not in (403, 404)) != (role in allowed):
            wrong.append(f"POST {route}: {response.status_code}")
    assert wrong == []


def test_a_stranger_is_asked_to_sign_in_everywhere_on_the_desk(number: str) -> None:
    client = Client()
    for route in DESK:
        response = client.get("/" + filled(route, number))
        assert response.status_code == 302, route
        assert response["Location"].startswith("/accounts/login/"), route
    for route in DESK_POSTS:
        assert client.post("/" + filled(route, number)).status_code == 302, route


def test_every_desk_address_is_in_the_table() -> None:
    import re

    def plain(route: str) -> str:
        route = re.sub(r"<case_number:number>", "{number}", route)
        route = re.sub(r"<slug:bulletin_id>", "{bulletin}", route)
        route = route.replace("governance/<serial:number>", "governance/{governance}")
        route = route.replace("meetings/<serial:number>", "meetings/{meeting}")
        route = route.replace("specials/<serial:number>", "specials/{special}")
        route = route.replace("tasks/<serial:number>", "tasks/{task}")
        route = route.replace("requests/<serial:number>", "requests/{request}")
        route = re.sub(r"<serial:number>", "{sample}", route).replace("<case_number:case>", "{number}")
        route = re.sub(r"(articles/)<slug:code>", r"\1{article}", route)
        route = route.replace("<slug:chart>", "trend").replace("<slug:figure>", "accepted")
        route = route.replace("<slug:suffix>", "csv")
        route = route.replace("<slug:table>", "units").replace("<user:user>", "{user}")
        route = re.sub(r"<slug:assessment_id>", "{assessment}", route)
        return route

    table = {route.partition("?")[0] for route in [*DESK, *DESK_POSTS]}
    found = {plain(route) for route in routes() if route.startswith("desk/") and "(?P" not in route}
    assert found - table == set()


def test_the_city_of_the_tests_has_the_units() -> None:
    assert city().units[UNIT].parent == ABOVE
