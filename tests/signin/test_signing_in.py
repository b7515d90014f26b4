"""Signing in by user name and password; nobody signs up; each page in one language, without inline script."""

import re

import pytest
from django.test import Client
from tests.signin.people import PASSWORD, code, data, kinds, said, sign_in, signed_in, somebody, with_app

from yousu.org.models import Account

HAN = re.compile(r"[一-鿿]+")
PAGES = ("profile/", "password/change/", "2fa/", "2fa/totp/activate/", "2fa/webauthn/", "2fa/webauthn/add/", "logout/")


def test_the_right_password_opens_the_desk_and_is_recorded() -> None:
    account = somebody()
    client = Client()
    answer = sign_in(client, account)
    assert (answer.status_code, answer["Location"]) == (302, "/desk/")
    assert account.name_zh in said(client.get("/desk/mine/"))
    assert kinds(account) == ["signed_in"]
    assert '"how":"password"' in data(account) and '"factor":""' in data(account)


def test_the_page_asked_for_is_where_one_arrives() -> None:
    account = somebody()
    assert sign_in(Client(), account, next="/desk/cases/")["Location"] == "/desk/cases/"
    assert sign_in(Client(), account, next="https://evil.example/")["Location"] == "/desk/"


def test_a_wrong_password_says_so_without_saying_which_was_wrong() -> None:
    account, client = somebody(), Client()
    wrong, unknown = (
        sign_in(client, account, "wrong"),
        client.post("/accounts/login/", {"login": "no", "password": "x"}),
    )
    assert 'role="alert"' in said(wrong) and account.user in said(wrong)
    assert "wrong" not in said(wrong).replace('class="field wrong"', "")
    for answer in (wrong, unknown):
        assert "用户名或密码不对，请核对后再试" in said(answer)
    assert client.get("/desk/inbox/").status_code == 302
    assert kinds(account) == ["sign_in_failed"]


def test_an_empty_form_says_what_is_missing_and_keeps_the_name() -> None:
    answer = Client().post("/accounts/login/", {"login": "somebody", "password": ""})
    assert 'value="somebody"' in said(answer) and 'href="#id_password"' in said(answer)


def test_hostile_input_is_refused_like_any_wrong_name() -> None:
    for name in ("\0", "<script>alert(1)</script>", "x" * 5000, "‮admin", "' OR 1=1 --"):
        answer = Client().post("/accounts/login/", {"login": name, "password": PASSWORD})
        assert answer.status_code == 200
        assert "<script>alert" not in answer.content.decode()


def test_signing_out_ends_the_session_at_the_server() -> None:
    account = somebody()
    client = signed_in(account)
    stolen = Client()
    stolen.cookies.update(client.cookies)
    stolen.cookies["sessionid"] = client.cookies["sessionid"].value
    assert stolen.get("/desk/mine/").status_code == 200
    client.post("/accounts/logout/")
    assert client.get("/desk/mine/").status_code == 302
    assert stolen.get("/desk/mine/").status_code == 302
    assert kinds(account) == ["signed_in", "signed_out"]


def test_a_blocked_account_does_not_sign_in_and_its_sessions_end_at_once() -> None:
    account = somebody()
    client = signed_in(account)
    Account.objects.filter(pk=account.pk).update(is_active=False)
    assert client.get("/desk/mine/").status_code == 302
    answer = sign_in(Client(), account)
    assert answer["Location"] == "/accounts/inactive/"
    assert "账号已停用" in said(Client().get("/accounts/inactive/"))


@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_signs_up(method: str) -> None:
    answer = getattr(Client(), method)("/accounts/signup/", {"username": "stranger", "password1": PASSWORD})
    assert "不开放注册" in said(answer)
    assert not Account.objects.filter(user="stranger").exists()


@pytest.mark.parametrize("path", ["email/", "password/reset/", "confirm-email/", "login/code/confirm/", "social/"])
def test_pages_that_need_mail_do_not_exist(path: str) -> None:
    assert Client().get(f"/accounts/{path}").status_code == 404


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_speaks_one_language_and_carries_no_inline_script(language: str) -> None:
    account = somebody("auditor")
    client = signed_in(account)
    with_app(account)
    client.cookies["django_language"] = language
    more = (
        "2fa/totp/deactivate/",
        "2fa/recovery-codes/generate/",
        "sign-ins/",
        "reauthenticate/",
        "2fa/reauthenticate/",
    )
    for page in (*PAGES, *more):
        answer = client.get(f"/accounts/{page}", follow=True)
        html = said(answer)
        assert answer.status_code == 200, page
        assert answer["Cache-Control"] == "no-store", page
        assert not re.search(r"<script(?![^>]* src=)|<style|\sstyle=|\son[a-z]+=", html), page
        if language == "en":
            assert not set(HAN.findall(html.replace(account.name_zh, ""))) - {"中文"}, page
        else:
            shown = re.sub(r"<[^>]*>|\b[A-Z2-7]{32}\b", " ", html)
            words = set(re.findall(r"[A-Za-z]{3,}", shown)) - {
                "English",
                "https",
                "Sign",
                "Ctrl",
                "Shift",
                "Enter",
                "Esc",
            }
            assert not {word for word in words if not account.user.startswith(word)}, page


def test_a_second_step_is_asked_once_it_is_set_up() -> None:
    account = somebody()
    secret = with_app(account)
    client = Client()
    assert sign_in(client, account)["Location"] == "/accounts/2fa/authenticate/"
    assert client.get("/desk/mine/").status_code == 302
    assert "密码正确" in said(client.get("/accounts/2fa/authenticate/"))
    refused = client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert "验证码不对或已经用过" in said(refused)
    answer = client.post("/accounts/2fa/authenticate/", {"code": code(secret)})
    assert answer.status_code == 302
    assert client.get("/desk/mine/").status_code == 200
    assert kinds(account) == ["sign_in_failed", "signed_in"]
    assert '"factor":"totp"' in data(account)
