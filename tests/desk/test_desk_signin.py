"""Signing in: by user name and password, with a second step once it is set up; nobody signs up."""

import re

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.test import Client
from tests.desk.conftest import Page
from tests.desk.staff import PASSWORD

from yousu.org import accounts
from yousu.org.models import Account

WITH_PASSWORD = "signin1"


@pytest.fixture(scope="module", autouse=True)
def account(database: None) -> Account:
    """Somebody with a password."""
    return accounts.create(
        WITH_PASSWORD, PASSWORD, roles=["dispatcher"], unit="centre", name_zh="登录一号", name_en="Sign-in one"
    )


def sign_in(client: Client, password: str = PASSWORD, **more: str) -> "tuple[int, str]":
    """Posts the form; status and where it leads."""
    answer = client.post("/accounts/login/", {"login": WITH_PASSWORD, "password": password, **more})
    return answer.status_code, answer.headers.get("Location", "")


def test_the_right_password_opens_the_desk() -> None:
    client = Client()
    assert sign_in(client) == (302, "/desk/")
    assert "登录一号" in client.get("/desk/inbox/").content.decode()


def test_the_page_asked_for_is_where_one_arrives() -> None:
    assert sign_in(Client(), next="/desk/cases/") == (302, "/desk/cases/")
    assert sign_in(Client(), next="https://evil.example/") == (302, "/desk/")


def test_a_wrong_password_says_so_without_saying_which_was_wrong() -> None:
    client = Client()
    answer = client.post("/accounts/login/", {"login": WITH_PASSWORD, "password": "wrong"})
    html = answer.content.decode()
    assert 'role="alert"' in html and WITH_PASSWORD in html
    assert client.get("/desk/inbox/").status_code == 302


def test_signing_out_ends_it() -> None:
    client = Client()
    sign_in(client)
    client.post("/accounts/logout/")
    assert client.get("/desk/inbox/").status_code == 302


@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_signs_up(method: str) -> None:
    data = {"username": "stranger", "password1": PASSWORD}
    answer = getattr(Client(), method)("/accounts/signup/", data)
    assert "不开放注册" in answer.content.decode()
    assert not Account.objects.filter(user="stranger").exists()


def test_a_second_step_is_asked_once_it_is_set_up(account: Account) -> None:
    totp.TOTP.activate(account, secret := totp.generate_totp_secret())
    client = Client()
    assert sign_in(client) == (302, "/accounts/2fa/authenticate/")
    assert client.get("/desk/inbox/").status_code == 302
    page = client.get("/accounts/2fa/authenticate/").content.decode()
    assert not re.search(r"<script|<style|\sstyle=", page)
    [code] = [totp.format_hotp_value(totp.hotp_value(secret, totp.yield_hotp_counters_from_time().__next__()))]
    answer = client.post("/accounts/2fa/authenticate/", {"code": code})
    assert answer.status_code == 302
    assert client.get("/desk/inbox/").status_code == 200


def test_the_second_step_can_be_set_up_on_pages_of_our_own(signed_in: Page) -> None:
    client = Client()
    client.force_login(Account.objects.get(user="desk1"), backend="allauth.account.auth_backends.AuthenticationBackend")
    answer = client.get("/accounts/2fa/")
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "desk.css" in html and not re.search(r"<script|<style|\sstyle=", html)
