"""Every page of the desk: who may open it, what it never carries, and in both languages."""

import re
from html import unescape

import pytest
from django.test import Client
from tests import world
from tests.desk.conftest import Page

PAGES = {
    "/desk/new/": {"call1", "desk1"},
    "/desk/mine/": {"call1", "desk1"},
    "/desk/inbox/": {"desk1"},
    "/desk/returns/": {"desk1", "east1", "super1"},
    "/desk/enterprise/": {"desk1"},
    "/desk/approvals/": {"eastlead1"},
    "/desk/lifts/": {"super1"},
    "/desk/urgent/": {"desk1", "super1", "leader1"},
    "/desk/instructions/": {"leader1", "super1", "heat1", "east1"},
    "/desk/reviews/": {"desk1"},
    "/desk/unit/": {"heat1", "east1"},
    "/desk/calls/": {"back1"},
    "/desk/late/": {"super1"},
    "/desk/proposals/": {"super1"},
    "/desk/unsolved/": {"super1"},
    "/desk/overview/": {"super1", "leader1", "publish1"},
    "/desk/figures/accepted/?from=2024-01-01&to=2199-12-31": {
        *("desk1", "east1", "heat1", "super1", "leader1", "publish1"),
    },
    "/desk/cases/": {"call1", "desk1", "east1", "heat1", "back1", "super1", "leader1", "publish1"},
}
EVERYBODY = ("call1", "desk1", "east1", "heat1", "back1", "super1", "leader1", "publish1", "admin1")
HOMES = {
    "admin1": "/desk/configuration/",
    "call1": "/desk/new/",
    "desk1": "/desk/inbox/",
    "east1": "/desk/unit/",
    "heat1": "/desk/unit/",
    "back1": "/desk/calls/",
    "super1": "/desk/late/",
    "leader1": "/desk/overview/",
    "publish1": "/desk/bulletins/",
}
HAN = re.compile(r"[\u4e00-\u9fff]+")


@pytest.fixture(scope="module", autouse=True)
def one_case_in_each_queue(database: None) -> None:
    """So that every queue shows a case beside its list."""
    world.recorded()
    world.forwarded(lead_unit=world.EAST)
    world.handled()
    world.closed()
    world.called_back(solved=False)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_opens_for_its_roles_and_for_nobody_else(path: str, signed_in: Page) -> None:
    found = {user: signed_in(user).get(path).status_code for user in EVERYBODY}
    assert found == {user: 200 if user in PAGES[path] else 403 for user in EVERYBODY}


@pytest.mark.parametrize("path", ["/desk/", *PAGES, "/desk/cases/2600000008/"])
def test_a_stranger_is_asked_to_sign_in(path: str) -> None:
    answer = Client().get(path)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/?next=")


@pytest.mark.parametrize(("user", "home"), HOMES.items())
def test_the_desk_opens_at_the_roles_own_page(user: str, home: str, signed_in: Page) -> None:
    assert signed_in(user).get("/desk/")["Location"] == home


def test_a_role_without_cases_is_told_so(signed_in: Page) -> None:
    assert "没有诉求页面" in signed_in("audit1").get("/desk/").content.decode()


@pytest.mark.parametrize(("path", "users"), PAGES.items())
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_page_carries_no_script_no_style_and_nothing_from_elsewhere(
    path: str, users: set[str], language: str, signed_in: Page
) -> None:
    client = signed_in(min(users))
    client.cookies["django_language"] = language
    answer = client.get(path)
    html = answer.content.decode()
    assert not re.search(
        r"<script(?![^>]* src=)(?! type=\"application/json\">)|<style|\sstyle=|\son\w+=|javascript:|hx-on", html
    )
    assert not re.search(r"""(?:src|href|action)=["']?(?:https?:)?//""", html)
    assert "script-src 'self'" in answer["Content-Security-Policy"]
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "no-store"
    assert f'lang="{"en" if language == "en" else "zh-Hans"}"' in html


@pytest.mark.parametrize(("path", "users"), PAGES.items())
def test_an_english_page_has_no_chinese_but_what_people_wrote_and_what_categories_are_called(
    path: str, users: set[str], signed_in: Page
) -> None:
    client = signed_in(min(users))
    client.cookies["django_language"] = "en"
    html = unescape(client.get(path).content.decode())
    for written in ("家里暖气不热", "李**", "已上门维修", "约好上门", *_paths(html)):
        html = html.replace(written, "")
    assert not set(HAN.findall(html)) - {"中文"}


def test_an_answer_from_htmx_is_the_case_alone(signed_in: Page) -> None:
    case = world.recorded("只要这一件")
    answer = signed_in("desk1").get(f"/desk/inbox/?case={case.number}", headers={"HX-Request": "true"})
    html = answer.content.decode()
    assert "只要这一件" in html
    assert "<html" not in html


def test_a_queue_opens_the_case_that_the_address_names(signed_in: Page) -> None:
    world.recorded("第一件")
    case = world.recorded("第二件")
    html = signed_in("desk1").get(f"/desk/inbox/?case={case.number}").content.decode()
    assert f'id="case-{case.number}"' in html


@pytest.mark.parametrize("address", ["/desk/inbox/?case=%00", "/desk/inbox/?after=%00", "/desk/cases/?q=%00&stage=%00"])
def test_nonsense_in_an_address_is_no_error(address: str, signed_in: Page) -> None:
    assert signed_in("desk1").get(address).status_code == 200


def _paths(html: str) -> list[str]:
    # Longest first: a class is the beginning of its categories' paths.
    return sorted(re.findall(r'<option value="([^"]+)">', html), key=len, reverse=True)
