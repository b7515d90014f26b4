"""Second factors: asked of the roles the settings name, set up before anything else, sealed at rest, recorded."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from tests.signin.people import PASSWORD, code, data, kinds, said, sign_in, signed_in, somebody, with_app

from yousu.org.accounts import create_token
from yousu.org.models import Account
from yousu.platform import environment

ACTIVATE, SECOND = "/accounts/2fa/totp/activate/", "/accounts/2fa/authenticate/"


def set_up(client: Client) -> str:
    """Sets up the authenticator app as somebody does; returns its secret."""
    page = said(client.get(ACTIVATE))
    [secret] = re.findall(r'class="secret"[^>]*>([A-Z2-7]{32})<', page)
    answer = client.post(ACTIVATE, {"code": code(secret)})
    assert answer["Location"] == "/accounts/2fa/recovery-codes/"
    return str(secret)


@pytest.mark.parametrize("role", ["administrator", "security_administrator", "dispatcher", "auditor"])
def test_who_needs_a_factor_and_has_none_is_led_to_set_it_up(factors_asked: None, role: str) -> None:
    client = signed_in(somebody(role))
    for path in (
        "/desk/",
        "/desk/parts/",
        "/accounts/profile/",
        "/accounts/password/change/",
        "/",
        "/accounts/sign-ins/",
    ):
        assert client.get(path)["Location"] == "/accounts/2fa/", path
    assert client.post("/desk/new/", {"text": "x"})["Location"] == "/accounts/2fa/"
    page = said(client.get("/accounts/2fa/"))
    assert "您的岗位需要两步验证。请先设置" in page and "退出，换一个账号" in page
    assert client.post("/accounts/logout/").status_code == 302


def test_the_desk_opens_once_a_factor_is_set_up(factors_asked: None) -> None:
    account = somebody("dispatcher")
    client = signed_in(account)
    set_up(client)
    codes = said(client.get("/accounts/2fa/recovery-codes/"))
    assert "还有 10 个没有用过" in codes and "动态口令已启用" in codes
    assert client.get("/desk/inbox/").status_code == 200
    assert kinds(account) == ["signed_in", "factor_added"]


def test_the_own_session_needs_no_second_password_right_after_signing_in(factors_asked: None) -> None:
    assert signed_in(somebody("dispatcher")).get(ACTIVATE).status_code == 200


@pytest.mark.parametrize("role", ["call_taker", "handler", "supervisor", "leader"])
def test_other_roles_are_not_asked(factors_asked: None, role: str) -> None:
    assert signed_in(somebody(role)).get("/accounts/profile/").status_code == 200


def test_api_tokens_are_not_asked_for_a_factor(factors_asked: None) -> None:
    token = create_token(somebody("dispatcher").user)
    assert Client().get("/api/v1/units", headers={"Authorization": f"Bearer {token}"}).status_code == 200


def test_a_demonstration_asks_nobody(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    account = somebody("dispatcher")
    monkeypatch.delenv("YOUSU_SECOND_FACTOR_ROLES")
    client = signed_in(account)
    assert client.get("/desk/inbox/").status_code == 302
    monkeypatch.setattr(environment, "is_demo", lambda: True)
    assert client.get("/desk/inbox/").status_code == 200


def test_a_code_works_once(factors_asked: None) -> None:
    account = somebody("dispatcher")
    secret = with_app(account)
    now = code(secret)
    for expected in (302, 200):
        sign_in(client := Client(), account)
        assert client.post(SECOND, {"code": now}).status_code == expected


def test_a_recovery_code_opens_the_desk_once(factors_asked: None) -> None:
    account = somebody("dispatcher")
    client = signed_in(account)
    set_up(client)
    one = re.findall(r"<li>(\d{8})</li>", said(client.get("/accounts/2fa/recovery-codes/")))[0]
    sign_in(fresh := Client(), account)
    assert fresh.post(SECOND, {"code": one}).status_code == 302
    assert fresh.get("/desk/inbox/").status_code == 200
    assert '"factor":"recovery_codes"' in data(account)
    sign_in(again := Client(), account)
    assert "验证码不对" in said(again.post(SECOND, {"code": one}))


def test_the_last_factor_of_a_role_that_needs_one_stays(factors_asked: None) -> None:
    account = somebody("dispatcher")
    client = signed_in(account)
    set_up(client)
    page = said(client.get("/accounts/2fa/totp/deactivate/"))
    assert "您的岗位需要两步验证，请先设置另一种" in page
    client.post("/accounts/2fa/totp/deactivate/")
    assert Authenticator.objects.filter(user=account, type="totp").exists()


def test_who_need_not_have_one_may_switch_it_off() -> None:
    account = somebody()
    client = signed_in(account)
    set_up(client)
    assert client.post("/accounts/2fa/totp/deactivate/")["Location"] == "/accounts/2fa/"
    assert not Authenticator.objects.filter(user=account).exists()
    assert kinds(account) == ["signed_in", "factor_added", "factor_removed"]


def test_a_copy_of_the_database_makes_no_codes() -> None:
    account = somebody()
    client = signed_in(account)
    secret = set_up(client)
    codes = re.findall(r"<li>(\d{8})</li>", said(client.get("/accounts/2fa/recovery-codes/")))
    stored = repr([authenticator.data for authenticator in Authenticator.objects.filter(user=account)])
    assert secret not in stored and not any(one in stored for one in codes)
    assert stored.count("sealed:") == 2


def test_changing_factors_long_after_signing_in_asks_for_the_password(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.conf import settings

    account = somebody()
    client = signed_in(account)
    monkeypatch.setattr(settings, "ACCOUNT_REAUTHENTICATION_TIMEOUT", -1, raising=False)
    answer = client.get(ACTIVATE, follow=True)
    assert "改动登录方式前请再输入一次密码" in said(answer)
    wrong = client.post("/accounts/reauthenticate/", {"password": "no", "next": ACTIVATE})
    assert "密码不对，请重新输入" in said(wrong)
    assert client.post("/accounts/reauthenticate/", {"password": PASSWORD, "next": ACTIVATE})["Location"] == ACTIVATE


@pytest.mark.parametrize(
    "credential", ["", "no json", "[]", "{}", '{"response":{}}', '{"response":{"userHandle":"eA"}}', "1", "null"]
)
def test_a_made_up_passkey_is_refused_in_words(credential: str) -> None:
    client = Client()
    answer = client.post("/accounts/2fa/webauthn/login/", {"credential": credential}, follow=True)
    assert answer.status_code == 200
    assert answer.request["PATH_INFO"] == "/accounts/login/"
    assert client.get("/desk/mine/").status_code == 302


def test_a_blocked_role_never_sees_the_second_step_of_another(factors_asked: None) -> None:
    account = somebody("dispatcher")
    with_app(account)
    assert Client().get(SECOND)["Location"] == "/accounts/login/"
    Account.objects.filter(pk=account.pk).update(is_active=False)
    assert sign_in(Client(), account)["Location"] == "/accounts/inactive/"
