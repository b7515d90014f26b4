"""补救: who can sign in no more gets a new beginning; who must sign in no more is out at once."""

import secrets

from allauth.mfa.models import Authenticator
from django.db import transaction

from yousu.org import lockout, sessions, signins
from yousu.org.accounts import require_another
from yousu.org.actors import Actor
from yousu.org.models import Account
from yousu.platform import clock


def reset(user: str, *, by: Actor) -> str:
    """重置: a password for one sign-in, no second factor, no lock, no session. Raises Account.DoesNotExist."""
    password = secrets.token_urlsafe(12)
    with transaction.atomic():
        account = Account.objects.select_for_update().get(user=user)
        account.set_password(password)
        account.password_changed_at, account.must_change_password = clock.now(), True
        account.save(update_fields=["password", "password_changed_at", "must_change_password"])
        Authenticator.objects.filter(user=account).delete()
        sessions.end_others(account, keep=None)
        lockout.forgive(user, account_id=account.pk)
        signins.record(account, signins.AccountReset(), by=by)
    return password


def block(user: str, *, by: Actor) -> None:
    """停用: its sessions and tokens work no more, from this moment. Raises AccountRefused, Account.DoesNotExist."""
    require_another(user, by)
    with transaction.atomic():
        account = Account.objects.select_for_update().get(user=user)
        account.is_active = False
        account.save(update_fields=["is_active"])
        sessions.end_others(account, keep=None)
        signins.record(account, signins.AccountBlocked(), by=by)


def unblock(user: str, *, by: Actor) -> None:
    """恢复: may sign in again, as before. Raises Account.DoesNotExist."""
    with transaction.atomic():
        account = Account.objects.select_for_update().get(user=user)
        account.is_active = True
        account.save(update_fields=["is_active"])
        signins.record(account, signins.AccountUnblocked(), by=by)
