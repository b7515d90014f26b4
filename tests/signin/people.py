"""Accounts that sign in, and what their pages say."""

import itertools
import time
from html import unescape
from typing import Any

from allauth.mfa.totp.internal import auth as totp
from django.test import Client

from yousu.ledger import log
from yousu.org import accounts
from yousu.org.models import Account

PASSWORD = "Correct horse 7"
ANOTHER = "Another horse 8"
_numbers = itertools.count(1)


def somebody(role: str = "call_taker", *, password: str = PASSWORD, **more: Any) -> Account:
    """A new account that can sign in."""
    number = next(_numbers)
    names = {"name_zh": f"登录{number}号", "name_en": f"Sign-in {number}"}
    return accounts.create(f"person{number}", password, roles=[role], unit="centre", **{**names, **more})


def sign_in(client: Client, account: Account, password: str = PASSWORD, **more: str) -> Any:
    """Posts the form."""
    return client.post("/accounts/login/", {"login": account.user, "password": password, **more})


def signed_in(account: Account, password: str = PASSWORD) -> Client:
    """A browser in which the account is signed in."""
    client = Client()
    assert sign_in(client, account, password).status_code == 302
    return client


def said(answer: Any) -> str:
    """A page's text."""
    return unescape(answer.content.decode())


def kinds(account: Account) -> list[str]:
    """What is recorded of an account, oldest first."""
    return [row.kind for row in log.rows_of(f"account/{account.pk}")]


def data(account: Account) -> str:
    """Everything recorded of an account, as text."""
    return " ".join(row.data for row in log.rows_of(f"account/{account.pk}"))


def with_app(account: Account) -> str:
    """Sets up an authenticator app; returns its secret."""
    secret: str = totp.generate_totp_secret()
    totp.TOTP.activate(account, secret)
    return secret


def code(secret: str) -> str:
    """What the app shows now; waits when the next one is a moment away."""
    if time.time() % 30 > 28:
        time.sleep(30 - time.time() % 30)
    counter = next(totp.yield_hotp_counters_from_time())
    return str(totp.format_hotp_value(totp.hotp_value(secret, counter)))
