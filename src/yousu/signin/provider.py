"""统一身份认证的对话: the library's, with a nonce, with every signature checked, and keeping nothing about a person."""

import secrets
from collections.abc import Mapping
from typing import Any

import jwt
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from yousu.platform import oidc

_NEEDED = ("issuer", "authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri")
# Keys of the provider's own alone: a shared secret proves nothing about who signed.
_ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
_CLOCKS_DIFFER_S = 30


class Conversation(OpenIDConnectOAuth2Adapter):
    """Asks the provider and reads its answers."""

    @property
    def openid_config(self) -> Mapping[str, Any]:
        """What the provider says of itself. Raises OAuth2Error when it is not what was set."""
        config: Mapping[str, Any] = super().openid_config
        if missing := [name for name in _NEEDED if not config.get(name)]:
            raise OAuth2Error(f"the provider names no {missing[0]}")
        return config

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:
        """Where the provider sends its users back to; it must know this address."""
        return f"{settings.BASE_URL}{reverse('oidc_callback')}"

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **kwargs: Any) -> Any:
        """Who it is. Raises OAuth2Error for an answer that does not hold together."""
        encoded = kwargs["response"].get("id_token")
        if not encoded:
            raise OAuth2Error("no id_token came")
        claims = self._decode_id_token(app, encoded)
        told = self._fetch_user_info(token.token)
        if told.get("sub") != claims.get("sub"):
            raise OAuth2Error("id_token and userinfo speak of two users")
        answer = {"id_token": claims, "userinfo": {**claims, **told}}
        return self.get_provider().sociallogin_from_response(request, answer)

    def _decode_id_token(self, app: Any, id_token: str) -> dict[str, Any]:
        try:
            return jwt.decode(
                id_token,
                self._key(id_token),
                algorithms=_ALGORITHMS,
                audience=app.client_id,
                issuer=self.openid_config["issuer"],
                options={"require": ["iss", "sub", "aud", "exp", "iat"]},
                leeway=_CLOCKS_DIFFER_S,
            )
        except jwt.PyJWTError as error:
            raise OAuth2Error("the id_token is not valid") from error

    def _key(self, id_token: str) -> jwt.PyJWK:
        named = jwt.get_unverified_header(id_token).get("kid")
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
            keys = jwt.PyJWKSet.from_dict(answer.json()).keys
        # A provider with a single key need not name it.
        fitting = [key for key in keys if key.key_id == named] if named else keys
        if len(fitting) != 1:
            raise OAuth2Error("the id_token is signed with no known key")
        return fitting[0]


class Provider(OpenIDConnectProvider):
    """The one provider there can be."""

    id = oidc.PROVIDER
    name = "OpenID Connect"
    oauth2_adapter_class = Conversation

    def get_default_scope(self) -> list[str]:
        """No more than the user name needs."""
        return ["openid", "profile"]

    def get_redirect_from_request_kwargs(self, request: HttpRequest) -> dict[str, Any]:
        """Only where to go afterwards: an address cannot change what is asked of the provider."""
        asked = super().get_redirect_from_request_kwargs(request)
        return {"process": "login", "next_url": asked.get("next_url")}

    def redirect(self, request: HttpRequest, process: str, **kwargs: Any) -> HttpResponse:
        """To the provider, with a nonce that its answer must repeat."""
        nonce = secrets.token_urlsafe(24)
        response: HttpResponse = super().redirect(request, process, auth_params={"nonce": nonce}, nonce=nonce, **kwargs)
        return response

    def extract_extra_data(self, data: Mapping[str, Any]) -> dict[str, str]:
        """All that is kept: the user name, and the nonce until it is compared."""
        user = data["userinfo"].get(oidc.user_claim())
        if not isinstance(user, str) or not user:
            raise OAuth2Error(f"the provider tells no {oidc.user_claim()}")
        return {"user": user, "nonce": str(data["id_token"].get("nonce", ""))}

    def extract_common_fields(self, data: Mapping[str, Any]) -> dict[str, str]:
        """None: accounts have names of their own."""
        return {}

    def extract_email_addresses(self, data: Mapping[str, Any]) -> list[Any]:
        """None."""
        return []


provider_classes = [Provider]
