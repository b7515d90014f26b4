"""统一身份认证: the settings of an OpenID Connect provider, as the sign-in library wants them."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from yousu.platform import environment

PROVIDER = "oidc"


def is_set() -> bool:
    """Whether anybody signs in that way."""
    return environment.is_given("YOUSU_OIDC_ISSUER")


def apps() -> list[Mapping[str, Any]]:
    """The provider; none without an issuer. Raises SettingWrong."""
    if not is_set():
        return []
    client = environment.text("YOUSU_OIDC_CLIENT_ID")
    if not client:
        raise environment.SettingWrong("YOUSU_OIDC_CLIENT_ID must be set when YOUSU_OIDC_ISSUER is")
    return [
        {
            "provider_id": PROVIDER,
            "name": environment.text("YOUSU_OIDC_LABEL"),
            "client_id": client,
            "secret": _secret(),
            "settings": {"server_url": environment.url("YOUSU_OIDC_ISSUER")},
        }
    ]


def user_claim() -> str:
    """Which claim is the user name."""
    return environment.text("YOUSU_OIDC_USER_CLAIM")


def _secret() -> str:
    named = environment.text("YOUSU_OIDC_SECRET_FILE")
    if not named:
        return ""
    try:
        return Path(named).expanduser().read_text(encoding="utf-8").strip()
    except OSError as error:
        raise environment.SettingWrong(f"YOUSU_OIDC_SECRET_FILE: {error}") from error
