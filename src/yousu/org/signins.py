"""登录记录: what happened at an account's door: events of its stream `account/<id>`, without names and addresses."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from yousu.ledger import log
from yousu.ledger.events import decode, event
from yousu.org.actors import RESIDENT, Actor
from yousu.org.models import Account
from yousu.platform import clock


@event("signed_in")
@dataclass(frozen=True, kw_only=True)
class SignedIn:
    """登录: how (password, passkey, oidc), with which factor (totp, webauthn, recovery_codes or none), from where."""

    how: str
    factor: str
    address: str


@event("sign_in_failed")
@dataclass(frozen=True, kw_only=True)
class SignInFailed:
    """登录失败: the step that failed (password, code) and how many failures in a row that makes."""

    step: str
    failures: int
    address: str


@event("sign_in_locked")
@dataclass(frozen=True, kw_only=True)
class SignInLocked:
    """账号锁定: after so many failures nothing is tried before a moment."""

    step: str
    failures: int
    until: datetime


@event("signed_out")
@dataclass(frozen=True, kw_only=True)
class SignedOut:
    """退出."""


@event("sessions_ended")
@dataclass(frozen=True, kw_only=True)
class SessionsEnded:
    """结束会话: so many other sessions of the account were ended by its owner."""

    sessions: int


@event("password_changed")
@dataclass(frozen=True, kw_only=True)
class PasswordChanged:
    """修改密码: the account's other sessions ended with it."""


@event("factor_added")
@dataclass(frozen=True, kw_only=True)
class FactorAdded:
    """启用两步验证: a second factor was set up (totp, webauthn, recovery_codes)."""

    factor: str


@event("factor_removed")
@dataclass(frozen=True, kw_only=True)
class FactorRemoved:
    """停用两步验证: a second factor was taken away."""

    factor: str


@event("provider_linked")
@dataclass(frozen=True, kw_only=True)
class ProviderLinked:
    """关联统一身份认证: the provider's user signs in as this account from now on."""


@event("account_reset")
@dataclass(frozen=True, kw_only=True)
class AccountReset:
    """重置账号: a new password for one sign-in; second factors, sessions and locks are gone."""


@event("account_blocked")
@dataclass(frozen=True, kw_only=True)
class AccountBlocked:
    """停用账号: nobody signs in with it, and its sessions and tokens are over."""


@event("account_unblocked")
@dataclass(frozen=True, kw_only=True)
class AccountUnblocked:
    """恢复账号: it may be used again."""


@event("account_roles_changed")
@dataclass(frozen=True, kw_only=True)
class AccountRolesChanged:
    """角色变更: the account has these roles and this unit from now on, instead of those."""

    roles: tuple[str, ...]
    unit: str
    former_roles: tuple[str, ...]
    former_unit: str


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One line of the record."""

    at: datetime
    kind: str
    fact: Any


def record(account: Account, fact: Any, *, by: Actor | None = None) -> None:
    """Records a fact of an account; by its owner unless nobody has proved to be that."""
    author = by or Actor(code=f"account:{account.user}")
    log.append(_stream(account), fact, by=author, at=clock.now())


def record_failure(account: Account, step: str, *, address: str, failures: int, locked_until: datetime | None) -> None:
    """Records a failed try, and the lock that it brought."""
    record(account, SignInFailed(step=step, failures=failures, address=address), by=RESIDENT)
    if locked_until is not None:
        record(account, SignInLocked(step=step, failures=failures, until=locked_until), by=RESIDENT)


def last(account: Account, *, limit: int) -> Sequence[Entry]:
    """The newest facts of an account."""
    rows = log.rows_of(_stream(account), newest_first=True, limit=limit)
    return [Entry(at=row.recorded_at, kind=row.kind, fact=decode(row.kind, row.shape, row.data)) for row in rows]


def _stream(account: Account) -> str:
    return f"account/{account.pk}"
