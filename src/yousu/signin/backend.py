"""认证后端: an account comes with its roles and whether it has a second factor, in the one statement that loads it."""

from allauth.account.auth_backends import AuthenticationBackend
from allauth.mfa.models import Authenticator
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef

from yousu.org.models import Account, AccountRole

_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


class Backend(AuthenticationBackend):
    """The library's, with another way to load the signed-in account."""

    def get_user(self, user_id: int) -> Account | None:
        """The account of a session; None once it is blocked: every session of it ends with that."""
        roles = AccountRole.objects.filter(account=OuterRef("pk")).values("role")
        factors = Authenticator.objects.filter(user=OuterRef("pk"), type__in=_FACTORS)
        return (
            Account.objects.filter(pk=user_id, is_active=True)
            .annotate(role_codes=ArraySubquery(roles), has_factor=Exists(factors))
            .first()
        )


def has_factor(account: Account) -> bool:
    """两步验证: whether one is set up; recovery codes alone are none."""
    loaded: bool | None = getattr(account, "has_factor", None)
    if loaded is not None:
        return loaded
    return bool(Authenticator.objects.filter(user=account, type__in=_FACTORS).exists())
