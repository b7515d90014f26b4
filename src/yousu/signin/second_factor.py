"""两步验证适配: secrets lie sealed, names are ours, and who must have a factor keeps the last one."""

from base64 import b64decode, b64encode

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from yousu.org import accounts, policy
from yousu.org.city import city
from yousu.org.models import Account
from yousu.platform import keys
from yousu.signin import words

_SEALED, _PURPOSE = "sealed:", b"second factor"
_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


class Adapter(DefaultMFAAdapter):
    """What the library asks about second factors."""

    error_messages = DefaultMFAAdapter.error_messages | words.FACTOR_REFUSALS

    def encrypt(self, text: str) -> str:
        """Sealed under the master key: a copy of the database makes no codes."""
        return _SEALED + b64encode(keys.seal(text.encode(), purpose=_PURPOSE)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """What `encrypt` sealed."""
        return keys.open_sealed(b64decode(encrypted_text.removeprefix(_SEALED)), purpose=_PURPOSE).decode()

    def get_totp_issuer(self) -> str:
        """The hotline, as the app on the phone shows it."""
        return _hotline()

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """For whom a passkey is good: this host."""
        return {"id": context.request.get_host().partition(":")[0], "name": _hotline()}

    def generate_authenticator_name(self, user: Account, type: Authenticator.Type) -> str:
        """通行密钥 2."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return _("通行密钥 %(number)s") % {"number": number}

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Whether the account may do without it."""
        account = authenticator.user
        others = Authenticator.objects.filter(user=account, type__in=_FACTORS).exclude(pk=authenticator.pk)
        return not policy.asks_second_factor(accounts.roles_of(account)) or others.exists()


def _hotline() -> str:
    suffix = "zh" if (get_language() or "zh").startswith("zh") else "en"
    return str(city().settings[f"hotline_name_{suffix}"])
