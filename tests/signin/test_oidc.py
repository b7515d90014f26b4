"""Signing in by an OpenID Connect provider: a real one, the whole code flow, and whatever can be wrong with it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from allauth.socialaccount.models import SocialAccount
from django.conf import settings as django_settings
from django.test import Client
from pytest_django import Settings
from tests.signin.people import code, data, kinds, said, sign_in, somebody, with_app
from tests.signin.providing import Provider, parameters, provided

from yousu.org.models import Account
from yousu.platform import environment, oidc

LOGIN, LABEL = "/accounts/oidc/", "市统一身份认证"


@pytest.fixture(scope="module")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Provider]:
    """One for all tests of this file."""
    with provided(tmp_path_factory.mktemp("oidc") / "provider.log") as running:
        yield running


@pytest.fixture(autouse=True)
def installed(provider: Provider, monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path) -> None:
    """As if Yousu had been started with these settings."""
    secret = tmp_path / "secret"
    secret.write_text("what the provider and Yousu share\n", encoding="utf-8")
    monkeypatch.setenv("YOUSU_OIDC_SECRET_FILE", str(secret))
    monkeypatch.setenv("YOUSU_OIDC_ISSUER", provider.issuer)
    monkeypatch.setenv("YOUSU_OIDC_CLIENT_ID", "yousu")
    monkeypatch.setenv("YOUSU_OIDC_LABEL", LABEL)
    settings.SOCIALACCOUNT_PROVIDERS = {"oidc": {"APPS": oidc.apps(), "OAUTH_PKCE_ENABLED": True}}


def asked(client: Client, **query: str) -> str:
    """Where the sign-in page's link leads: the provider's authorization address."""
    answer = client.get(LOGIN, query)
    assert answer.status_code == 302, said(answer)
    return str(answer["Location"])


def back(client: Client, address: str) -> "object":
    """The browser comes back from the provider."""
    return client.get("/accounts/oidc/callback/", parameters(address))


def known(provider: Provider, account: Account, **claims: object) -> str:
    """The account's user at the provider; returns the subject."""
    subject = f"sub-{account.user}"
    provider.knows(subject, preferred_username=account.user, name="王小明", email="wang@example.com", **claims)
    return subject


def test_the_sign_in_page_offers_it_by_its_name() -> None:
    page = said(Client().get("/accounts/login/?next=/desk/cases/"))
    assert f"用{LABEL}登录" in page and "/accounts/oidc/?next=/desk/cases/" in page


def test_an_account_signs_in_through_the_whole_flow(provider: Provider) -> None:
    account, client = somebody(), Client()
    subject = known(provider, account)
    address = asked(client, next="/desk/cases/")
    query = parameters(address)
    assert query["response_type"] == "code" and set(query["scope"].split()) == {"openid", "profile"}
    assert query["code_challenge_method"] == "S256" and query["nonce"] and query["state"]
    assert query["redirect_uri"] == f"{django_settings.BASE_URL}/accounts/oidc/callback/"
    answer = back(client, provider.confirm(address, subject))
    assert (answer.status_code, answer["Location"]) == (302, "/desk/cases/")
    assert account.name_zh in said(client.get("/desk/cases/"))
    assert kinds(account) == ["provider_linked", "signed_in"]
    assert '"how":"oidc"' in data(account)


def test_nothing_of_the_person_is_kept(provider: Provider) -> None:
    account, client = somebody(), Client()
    back(client, provider.confirm(asked(client), known(provider, account)))
    [linked] = SocialAccount.objects.filter(user=account)
    stored = repr(linked.extra_data) + repr(Account.objects.filter(pk=account.pk).values())
    assert "王小明" not in stored and "wang@" not in stored


def test_signing_in_again_needs_no_link_again(provider: Provider) -> None:
    account = somebody()
    subject = known(provider, account)
    for _ in range(2):
        client = Client()
        assert back(client, provider.confirm(asked(client), subject)).status_code == 302
    assert kinds(account) == ["provider_linked", "signed_in", "signed_in"]


def test_roles_stay_what_they_are_here(provider: Provider) -> None:
    account, client = somebody("call_taker"), Client()
    back(client, provider.confirm(asked(client), known(provider, account, roles=["auditor"], groups=["auditor"])))
    assert client.get("/accounts/sign-ins/").status_code == 403


def test_a_second_factor_is_asked_all_the_same(provider: Provider, factors_asked: None) -> None:
    account, client = somebody("dispatcher"), Client()
    secret = with_app(account)
    answer = back(client, provider.confirm(asked(client), known(provider, account)))
    assert answer["Location"] == "/accounts/2fa/authenticate/"
    client.post("/accounts/2fa/authenticate/", {"code": code(secret)})
    assert client.get("/desk/inbox/").status_code == 200
    assert '"factor":"totp"' in data(account) and '"how":"oidc"' in data(account)


def test_a_user_without_an_account_is_told_so_and_none_is_made(provider: Provider) -> None:
    provider.knows("sub-stranger", preferred_username="stranger")
    before, client = Account.objects.count(), Client()
    answer = back(client, provider.confirm(asked(client), "sub-stranger"))
    assert answer.status_code == 403
    assert "认出您是“stranger”，但本系统没有可以用它登录的账号" in said(answer)
    assert Account.objects.count() == before
    assert client.get("/desk/mine/").status_code == 302


def test_a_user_without_the_claim_is_refused(provider: Provider) -> None:
    provider.knows("sub-nameless", name="无名")
    client = Client()
    answer = back(client, provider.confirm(asked(client), "sub-nameless"))
    assert answer.status_code == 401 and "没有给出可以接受的答复" in said(answer)


def test_the_claim_is_a_setting(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUSU_OIDC_USER_CLAIM", "employee")
    account, client = somebody(), Client()
    provider.knows("sub-employee", preferred_username="other", employee=account.user)
    assert back(client, provider.confirm(asked(client), "sub-employee")).status_code == 302
    assert kinds(account)[-1] == "signed_in"


def test_a_name_given_to_somebody_else_opens_no_linked_account(provider: Provider) -> None:
    account, client = somebody(), Client()
    back(client, provider.confirm(asked(client), known(provider, account)))
    provider.knows("sub-newcomer", preferred_username=account.user)
    answer = back(other := Client(), provider.confirm(asked(other), "sub-newcomer"))
    assert answer.status_code == 403
    assert other.get("/desk/mine/").status_code == 302


def test_a_blocked_account_stays_out(provider: Provider) -> None:
    account, client = somebody(), Client()
    subject = known(provider, account)
    Account.objects.filter(pk=account.pk).update(is_active=False)
    answer = back(client, provider.confirm(asked(client), subject))
    assert answer["Location"] == "/accounts/inactive/"
    assert client.get("/desk/mine/").status_code == 302


@pytest.mark.parametrize("state", ["", "made-up", None])
def test_a_wrong_state_is_refused(provider: Provider, state: str | None) -> None:
    account, client = somebody(), Client()
    query = parameters(provider.confirm(asked(client), known(provider, account)))
    query = {name: value for name, value in {**query, "state": state}.items() if value is not None}
    answer = client.get("/accounts/oidc/callback/", query)
    assert answer.status_code == 401 and "请再试一次" in said(answer)
    assert client.get("/desk/mine/").status_code == 302 and kinds(account) == []


def test_an_answer_for_another_browser_is_refused(provider: Provider) -> None:
    account, attacker, victim = somebody(), Client(), Client()
    asked(victim)
    answer = back(victim, provider.confirm(asked(attacker), known(provider, account)))
    assert answer.status_code == 401 and victim.get("/desk/mine/").status_code == 302


def test_an_answer_counts_once(provider: Provider) -> None:
    account, client = somebody(), Client()
    address = provider.confirm(asked(client), known(provider, account))
    assert back(client, address).status_code == 302
    client.post("/accounts/logout/")
    assert back(client, address).status_code == 401


@pytest.mark.parametrize("nonce", ["made-up", ""])
def test_a_wrong_nonce_is_refused(provider: Provider, nonce: str) -> None:
    account, client = somebody(), Client()
    address = asked(client)
    changed = address.replace(f"nonce={parameters(address)['nonce']}", f"nonce={nonce}" if nonce else "x=1")
    answer = back(client, provider.confirm(changed, known(provider, account)))
    assert answer.status_code == 401 and "没有给出可以接受的答复" in said(answer)
    assert client.get("/desk/mine/").status_code == 302
    assert not SocialAccount.objects.filter(user=account).exists()


def test_a_wrong_code_is_refused(provider: Provider) -> None:
    client = Client()
    state = parameters(asked(client))["state"]
    answer = client.get("/accounts/oidc/callback/", {"state": state, "code": "made-up"})
    assert answer.status_code == 401


def test_cancelling_says_so(provider: Provider) -> None:
    client = Client()
    query = parameters(asked(client))
    answer = client.get("/accounts/oidc/callback/", {"state": query["state"], "error": "access_denied"}, follow=True)
    assert f"您在{LABEL}取消了登录" in said(answer)


@pytest.mark.parametrize("query", [{"auth_params": "nonce=x&prompt=none"}, {"scope": "admin"}, {"process": "connect"}])
def test_an_address_changes_nothing_of_what_is_asked(provider: Provider, query: dict[str, str]) -> None:
    account, client = somebody(), Client()
    address = asked(client, **query)
    told = parameters(address)
    assert set(told["scope"].split()) == {"openid", "profile"} and told["nonce"] != "x" and "prompt" not in told
    assert back(client, provider.confirm(address, known(provider, account))).status_code == 302
    assert kinds(account)[-1] == "signed_in"


def test_a_provider_that_is_away_is_said_in_words(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUSU_OIDC_ISSUER", "http://127.0.0.1:9")
    settings.SOCIALACCOUNT_PROVIDERS = {"oidc": {"APPS": oidc.apps()}}
    answer = Client().get(LOGIN)
    assert answer.status_code == 401 and "暂时不可用" in said(answer)


def test_the_password_works_beside_it() -> None:
    assert sign_in(Client(), somebody()).status_code == 302


def test_without_the_setting_there_is_none(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("YOUSU_OIDC_ISSUER")
    settings.SOCIALACCOUNT_PROVIDERS = {"oidc": {"APPS": oidc.apps()}}
    assert "/accounts/oidc/" not in said(Client().get("/accounts/login/"))
    assert Client().get(LOGIN).status_code == 404
    assert Client().get("/accounts/oidc/callback/?code=1&state=2").status_code == 404


def test_an_issuer_without_a_client_or_with_an_unreadable_secret_stops_the_start(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("YOUSU_OIDC_SECRET_FILE", "/nowhere/secret")
    with pytest.raises(environment.SettingWrong, match="YOUSU_OIDC_SECRET_FILE"):
        oidc.apps()
    monkeypatch.delenv("YOUSU_OIDC_CLIENT_ID")
    with pytest.raises(environment.SettingWrong, match="YOUSU_OIDC_CLIENT_ID"):
        oidc.apps()
