"""登录规则: who needs a second factor, how long passwords and sessions last: settings. A demonstration is lenient."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from yousu.org.models import Account
from yousu.platform import environment

_FACTOR_ROLES, _PASSWORD_DAYS = "YOUSU_SECOND_FACTOR_ROLES", "YOUSU_PASSWORD_DAYS"
_NOBODY = "none"


def asks_second_factor(roles: Iterable[str]) -> bool:
    """两步验证: whether somebody with these roles must have a second factor."""
    if environment.is_demo() and not environment.is_given(_FACTOR_ROLES):
        return False
    return not (set(environment.words(_FACTOR_ROLES)) - {_NOBODY}).isdisjoint(roles)


def password_lasts_until(account: Account) -> datetime | None:
    """When the password must be changed; None: never."""
    days = 0 if environment.is_demo() and not environment.is_given(_PASSWORD_DAYS) else password_days()
    return account.password_changed_at + timedelta(days=days) if days and account.has_usable_password() else None


def password_days() -> int:
    """密码有效期: 0 is without end."""
    return environment.integer(_PASSWORD_DAYS)


def must_change_password(account: Account, *, at: datetime) -> bool:
    """Whether the password was given by somebody else, or is too old."""
    until = password_lasts_until(account)
    return account.must_change_password or (until is not None and until <= at)


def idle() -> timedelta:
    """空闲时限."""
    return timedelta(minutes=environment.integer("YOUSU_SESSION_IDLE_MINUTES", least=1))


def longest() -> timedelta:
    """会话时限, whatever is done in it."""
    return timedelta(hours=environment.integer("YOUSU_SESSION_HOURS", least=1))
