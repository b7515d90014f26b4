"""The own account: names, factors, sessions and what happened; what happened to others for auditors alone."""

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.signin.people import data, said, sign_in, signed_in, somebody, with_app

from yousu.cases.verification import whole
from yousu.ledger import sequencer
from yousu.org import signins

PROFILE, SIGN_INS = "/accounts/profile/", "/accounts/sign-ins/"


def test_the_page_shows_who_one_is_and_how_one_signs_in() -> None:
    account = somebody("call_taker")
    page = said(signed_in(account).get(PROFILE))
    assert account.name_zh in page and account.name_en in page and account.user in page
    assert "话务员" in page
    assert "正在登录的地方" in page and "现在这个地址" in page
    assert "随系统" in page


def test_failures_and_locks_are_shown_to_their_owner() -> None:
    account = somebody()
    for _ in range(2):
        sign_in(Client(REMOTE_ADDR="198.51.100.77"), account, "wrong")
    page = said(signed_in(account).get(PROFILE))
    assert page.count("登录失败") == 2 and "连续第 2 次" in page and "其他地址" in page


def test_no_address_and_no_name_stands_in_the_record() -> None:
    account = somebody()
    sign_in(Client(REMOTE_ADDR="198.51.100.78"), account, "wrong secret")
    sign_in(Client(REMOTE_ADDR="198.51.100.78"), account)
    recorded = data(account)
    marks = {json.loads(line)["address"] for line in recorded.replace("} {", "}\n{").splitlines()}
    assert len(marks) == 1 and "198.51" not in recorded and "secret" not in recorded
    assert account.name_zh not in recorded


def test_the_record_is_part_of_the_chain() -> None:
    signed_in(somebody())
    sequencer.drain()
    report = whole.run()
    assert report.is_clean, report.as_json()


@pytest.mark.parametrize("role", ["auditor", "security_administrator"])
def test_auditors_see_the_sign_ins_of_others(role: str) -> None:
    other = somebody()
    signed_in(other)
    client = signed_in(somebody(role))
    page = said(client.get(SIGN_INS, {"user": other.user}))
    assert other.name_zh in page and "登录" in page
    assert "查看其他账号的登录记录" in said(client.get(PROFILE))


@pytest.mark.parametrize("role", ["call_taker", "dispatcher", "administrator", "leader"])
def test_nobody_else_does(role: str) -> None:
    client = signed_in(somebody(role))
    assert client.get(SIGN_INS, {"user": "x"}).status_code == 403
    assert "查看其他账号的登录记录" not in said(client.get(PROFILE))


@pytest.mark.parametrize("name", ["nobody", "\0", "<b>x</b>", "x" * 5000])
def test_an_unknown_name_says_so(name: str) -> None:
    answer = signed_in(somebody("auditor")).get(SIGN_INS, {"user": name})
    assert answer.status_code == 404
    assert "没有用户名是" in said(answer) and "<b>x</b>" not in answer.content.decode()


def test_a_stranger_signs_in_first() -> None:
    for path in (PROFILE, SIGN_INS, "/accounts/2fa/", "/accounts/password/change/"):
        assert Client().get(path)["Location"].startswith("/accounts/login/"), path
    assert Client().get("/accounts/")["Location"] == PROFILE
    assert Client().post("/accounts/sessions/end/")["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("events", [1, 300])
def test_the_page_asks_no_more_with_a_long_history(events: int) -> None:
    account = somebody()
    with_app(account)
    from django.conf import settings

    client = Client()
    client.force_login(account, backend=settings.AUTHENTICATION_BACKENDS[0])
    for _ in range(events):
        signins.record(account, signins.SignedOut())
    client.get(PROFILE)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(PROFILE).status_code == 200
    assert len(asked) <= 8
