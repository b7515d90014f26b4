"""账号: makes accounts and tokens; turns a request's account or token into an actor."""

import re
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, connection, transaction

from yousu.ledger import log
from yousu.ledger.events import event
from yousu.org import capabilities, signins
from yousu.org.actors import Actor
from yousu.org.city import city, per_city
from yousu.org.models import Account, AccountRole, ApiToken
from yousu.org.offering import is_offered
from yousu.org.signins import AccountRolesChanged
from yousu.platform import clock

STREAM = "config/accounts"
# It becomes part of the actor's code in every event: a post's name, short and plain.
_USER = re.compile(r"[a-z][a-z0-9_.-]{0,39}")
_LONGEST_NAME = 60
# Their rights go by a unit; without one they would see nothing.
_BY_UNIT = frozenset({"own_unit", "own_tree"})


@event("account_created")
@dataclass(frozen=True, kw_only=True)
class AccountCreated:
    """开户: an account was made, with these roles, for this unit. No person's data: the user name is a post's."""

    user: str
    roles: tuple[str, ...]
    unit: str


@event("account_addressed")
@dataclass(frozen=True, kw_only=True)
class AccountAddressed:
    """通知邮箱: an account got an address for its notices, or lost it. Which one stands with the account alone."""

    user: str
    has_address: bool


class AccountRefused(ValueError):
    """An account that cannot be made; `field` is what is wrong."""

    def __init__(self, field: str, why: str) -> None:
        super().__init__(why)
        self.field = field


def open_account(
    user: str, *, roles: Sequence[str], unit: str = "", name_zh: str, name_en: str, by: Actor
) -> tuple[Account, str]:
    """开户: a new account, and its first password, good for one sign-in, kept nowhere. Raises AccountRefused."""
    _check(user, roles, unit, {"name_zh": name_zh, "name_en": name_en})
    password = secrets.token_urlsafe(12)
    try:
        with transaction.atomic():
            names = {"name_zh": name_zh, "name_en": name_en}
            account = create(user, password, roles=roles, unit=unit, **names, must_change_password=True)
            record_created(account, roles, by=by)
    except IntegrityError as error:
        raise AccountRefused("user", f"there is an account {user!r} already") from error
    return account, password


def set_email(user: str, email: str, *, by: Actor) -> None:
    """通知邮箱 of an account; empty: none. Raises AccountRefused, Account.DoesNotExist."""
    try:
        if email:
            validate_email(email)
            # Mail servers that take other letters are few; a wrong address is found out now.
            email.encode("ascii")
    except (ValidationError, UnicodeEncodeError) as error:
        raise AccountRefused("email", f"{email!r} is no address") from error
    with transaction.atomic():
        account = Account.objects.select_for_update().get(user=user)
        account.email = email
        account.save(update_fields=["email"])
        log.append(STREAM, AccountAddressed(user=user, has_address=bool(email)), by=by, at=clock.now())


def set_roles(user: str, *, roles: Sequence[str], unit: str = "", by: Actor) -> None:
    """角色和单位 of an account, in force with its next request. Nobody changes the own ones.

    Raises AccountRefused, Account.DoesNotExist.
    """
    require_another(user, by)
    with transaction.atomic():
        account = Account.objects.select_for_update().get(user=user)
        _check_roles(roles, unit)
        former = tuple(sorted(account.roles.values_list("role", flat=True)))
        if (former, account.unit) == (tuple(sorted(roles)), unit):
            return
        fact = AccountRolesChanged(roles=tuple(sorted(roles)), unit=unit, former_roles=former, former_unit=account.unit)
        account.unit = unit
        account.save(update_fields=["unit"])
        AccountRole.objects.filter(account=account).delete()
        AccountRole.objects.bulk_create(AccountRole(account=account, role=role) for role in roles)
        signins.record(account, fact, by=by)


def require_another(user: str, by: Actor) -> None:
    """Raises AccountRefused where somebody would change the own account's rights."""
    if by.code == f"account:{user}":
        raise AccountRefused("own", "nobody changes the own roles, unit or standing")


def record_created(account: Account, roles: Iterable[str], *, by: Actor) -> None:
    """Writes down who made the account, when, with which roles."""
    fact = AccountCreated(user=account.user, roles=tuple(roles), unit=account.unit)
    log.append(STREAM, fact, by=by, at=clock.now())


def _check(user: str, roles: Sequence[str], unit: str, names: dict[str, str]) -> None:
    if not _USER.fullmatch(user):
        raise AccountRefused("user", f"{user!r} is no user name: a-z, 0-9 and _.- (at most 40), a letter first")
    if Account.objects.filter(user=user).exists():
        raise AccountRefused("user", f"there is an account {user!r} already")
    for field, name in names.items():
        if not name.strip() or not name.isprintable() or len(name) > _LONGEST_NAME:
            raise AccountRefused(field, "a short name is needed, of printable signs")
    _check_roles(roles, unit)


def _check_roles(roles: Sequence[str], unit: str) -> None:
    unknown = [role for role in roles if role not in city().roles]
    if unknown or not roles or len(set(roles)) < len(roles):
        known = ", ".join(city().roles)
        raise AccountRefused("role", f"{', '.join(unknown) or 'none, or one twice'}: the city's roles are {known}")
    _check_unit(roles, unit)


def _check_unit(roles: Sequence[str], unit: str) -> None:
    if unit and (unit not in city().units or not is_offered(city().units[unit])):
        raise AccountRefused("unit", f"the city has no unit {unit!r}, or it is ended")
    by_unit = sorted({role for (role, _), scope in capabilities.table().items() if role in roles and scope in _BY_UNIT})
    if by_unit and not unit:
        raise AccountRefused("unit", f"the role {by_unit[0]} works for a unit, and none is given")


def create(
    user: str,
    password: str | None,
    *,
    roles: Iterable[str],
    unit: str = "",
    name_zh: str,
    name_en: str,
    must_change_password: bool = False,
) -> Account:
    """A new account with its roles. `must_change_password`: the password was given and is good for one sign-in."""
    with transaction.atomic():
        account = Account.objects.create_user(
            user, password, unit=unit, name_zh=name_zh, name_en=name_en, must_change_password=must_change_password
        )
        AccountRole.objects.bulk_create(AccountRole(account=account, role=role) for role in roles)
    return account


def is_known(user: str) -> bool:
    """Whether there is an account of this name."""
    return Account.objects.filter(user=user).exists()


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
    return _actor(account.pk, account.user, account.unit, roles_of(account))


def roles_of(account: Account) -> list[str]:
    """The codes of its roles; asked for only when they did not come with the account."""
    loaded: list[str] | None = getattr(account, "role_codes", None)
    if loaded is not None:
        return loaded
    return list(AccountRole.objects.filter(account=account).values_list("role", flat=True))


def known_as(code: str, *, roles: Iterable[str], unit: str | None) -> Actor:
    """An actor whose account was asked for before; no statement."""
    return Actor(code=code, roles=frozenset(roles), unit=unit, tree=_tree(unit or ""))


def _actor(account_id: int, user: str, unit: str, roles: list[str]) -> Actor:
    return Actor(
        code=f"account:{user}",
        roles=frozenset(roles),
        unit=unit or None,
        account_id=account_id,
        tree=_tree(unit),
    )


@per_city
def _tree(unit: str) -> frozenset[str]:
    return city().tree_of(unit) if unit in city().units else frozenset()


def _digest(token: str) -> bytes:
    return sha256(token.encode()).digest()
