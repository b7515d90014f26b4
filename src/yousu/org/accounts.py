"""账号: makes accounts and tokens; turns a request's account or token into an actor."""

import secrets
from collections.abc import Iterable
from functools import cache
from hashlib import sha256

from django.db import connection, transaction

from yousu.org.actors import Actor
from yousu.org.city import city
from yousu.org.models import Account, AccountRole, ApiToken
from yousu.platform import clock


def create(
    user: str, password: str | None, *, roles: Iterable[str], unit: str = "", name_zh: str, name_en: str
) -> Account:
    """A new account with its roles."""
    with transaction.atomic():
        account = Account.objects.create_user(user, password, unit=unit, name_zh=name_zh, name_en=name_en)
        AccountRole.objects.bulk_create(AccountRole(account=account, role=role) for role in roles)
    return account


def create_token(user: str) -> str:
    """A token for an account, shown once. Raises Account.DoesNotExist."""
    token = "ys_" + secrets.token_urlsafe(32)
    account = Account.objects.get(user=user, is_active=True)
    ApiToken.objects.create(digest=_digest(token), account=account, created_at=clock.now())
    return token


_BY_TOKEN = """
SELECT a.id, a.user, a.unit, array(SELECT role FROM account_role r WHERE r.account_id = a.id)
FROM api_token t JOIN account a ON a.id = t.account_id
WHERE t.digest = %s AND t.revoked_at IS NULL AND a.is_active
"""


def by_token(token: str) -> Actor | None:
    """The actor behind a token; None when it is unknown or revoked."""
    with connection.cursor() as cursor:
        cursor.execute(_BY_TOKEN, [_digest(token)])
        row = cursor.fetchone()
    return None if row is None else _actor(*row)


def actor_of(account: Account) -> Actor:
    """The actor of a signed-in account."""
    roles = AccountRole.objects.filter(account=account).values_list("role", flat=True)
    return _actor(account.pk, account.user, account.unit, list(roles))


def _actor(account_id: int, user: str, unit: str, roles: list[str]) -> Actor:
    return Actor(
        code=f"account:{user}",
        roles=frozenset(roles),
        unit=unit or None,
        account_id=account_id,
        tree=_tree(unit),
    )


@cache
def _tree(unit: str) -> frozenset[str]:
    return city().tree_of(unit) if unit in city().units else frozenset()


def _digest(token: str) -> bytes:
    return sha256(token.encode()).digest()
