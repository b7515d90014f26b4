"""Every address of /accounts/ × every role: who gets in is what this table says, and no address is missing from it."""

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.test import Client
from tests.test_rights_matrix import ANYBODY, ROLES, SIGNED_IN, account_of, routes

pytestmark = pytest.mark.django_db

WATCHES = {"auditor", "security_administrator"}
# Pages of the own account are for everybody signed in; those that begin or end a visit for everybody.
ACCOUNTS = {
    "accounts/": ANYBODY,
    "accounts/login/": ANYBODY,
    "accounts/logout/": ANYBODY,
    "accounts/inactive/": ANYBODY,
    "accounts/signup/": ANYBODY,
    "accounts/2fa/authenticate/": ANYBODY,
    "accounts/2fa/webauthn/login/": ANYBODY,
    "accounts/oidc/cancelled/": ANYBODY,
    "accounts/reauthenticate/": SIGNED_IN,
    "accounts/password/change/": SIGNED_IN,
    "accounts/password/set/": SIGNED_IN,
    "accounts/profile/": SIGNED_IN,
    "accounts/2fa/": SIGNED_IN,
    "accounts/2fa/reauthenticate/": SIGNED_IN,
    "accounts/2fa/totp/activate/": SIGNED_IN,
    "accounts/2fa/totp/deactivate/": SIGNED_IN,
    "accounts/2fa/recovery-codes/": SIGNED_IN,
    "accounts/2fa/recovery-codes/generate/": SIGNED_IN,
    "accounts/2fa/recovery-codes/download/": SIGNED_IN,
    "accounts/2fa/webauthn/": SIGNED_IN,
    "accounts/2fa/webauthn/add/": SIGNED_IN,
    "accounts/2fa/webauthn/reauthenticate/": SIGNED_IN,
    "accounts/sign-ins/": WATCHES,
}
ACCOUNTS_POSTS = {"accounts/sessions/end/": SIGNED_IN}
# A passkey of somebody else's is not there for anybody; without a provider its addresses are not there at all.
NOBODYS = {
    "accounts/2fa/webauthn/keys/{key}/edit/",
    "accounts/2fa/webauthn/keys/{key}/remove/",
    "accounts/oidc/",
    "accounts/oidc/callback/",
}


def with_everything(role: str) -> Client:
    """Signed in by hand, a moment ago, with a factor: nothing else stands in the way."""
    account = account_of(role)
    account.set_password("Correct horse 7")
    account.save()
    client = Client()
    assert client.post("/accounts/login/", {"login": account.user, "password": "Correct horse 7"}).status_code == 302
    TOTP.activate(account, generate_totp_secret())
    RecoveryCodes.activate(account)
    return client


@pytest.mark.parametrize("role", sorted(ROLES - {"channel"}))
def test_the_pages_of_accounts_open_for_a_role_exactly_where_the_table_says(role: str) -> None:
    client = with_everything(role)
    owner = account_of("inspector")
    other = WebAuthn.add(owner, "somebody else's", {}).instance
    wrong = []
    for route, allowed in ACCOUNTS.items():
        response = client.get("/" + route)
        at_login = response.get("Location", "").startswith("/accounts/login/")
        if (response.status_code not in (403, 404) and not at_login) != (role in allowed):
            wrong.append(f"{route}: {response.status_code}")
    for route in NOBODYS:
        response = client.get("/" + route.format(key=other.pk))
        if response.status_code != 404:
            wrong.append(f"{route}: {response.status_code}")
    if client.post("/accounts/sessions/end/").status_code != 302:
        wrong.append("POST accounts/sessions/end/")
    assert wrong == []


def test_a_stranger_opens_no_page_of_accounts_but_those_to_sign_in() -> None:
    client = Client()
    for route, allowed in ACCOUNTS.items():
        response = client.get("/" + route)
        led_to = response.get("Location", "")
        if "nobody" not in allowed:
            opened = response.status_code == 200 or ("login" not in led_to and "reauthenticate" not in led_to)
            assert not opened or response.status_code == 404, route
    for route in ACCOUNTS_POSTS:
        assert client.post("/" + route)["Location"].startswith("/accounts/login/")


def test_every_address_of_accounts_is_in_the_table() -> None:
    table = {*ACCOUNTS, *ACCOUNTS_POSTS, *NOBODYS}
    found = {route.replace("<int:pk>", "{key}") for route in routes() if route.startswith("accounts/")}
    assert found - table == set()
