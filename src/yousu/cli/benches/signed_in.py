"""已登录: the cookie of somebody signed in, as the server would have given it."""

from django.test import Client

from yousu.cli.benches import staff
from yousu.org.accounts import create
from yousu.org.models import Account


def cookie(role: str) -> str:
    """The Cookie header of a new account of a role."""
    account = create(staff.user_of(role), None, roles=[role], unit=staff.unit_of(role), name_zh=role, name_en=role)
    return cookie_of(account)


def cookie_of(account: Account) -> str:
    """The Cookie header of an account."""
    client = Client()
    client.force_login(account)
    return "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
