"""统一身份认证: users of an OpenID Connect provider sign in as accounts that exist; rights stay Yousu's own."""

import logging
from collections.abc import Mapping
from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.crypto import constant_time_compare
from requests import RequestException

from yousu.org.models import Account
from yousu.platform import oidc
from yousu.signin.provider import Conversation

_log = logging.getLogger("yousu.oidc")


class Adapter(DefaultSocialAccountAdapter):
    """What the library asks about somebody whom the provider sends."""

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Whose account it is. Raises OAuth2Error for an answer to another question, and answers strangers itself."""
        told: Mapping[str, str] = sociallogin.account.extra_data
        if not constant_time_compare(told.get("nonce", ""), sociallogin.state.get("nonce") or "-"):
            raise OAuth2Error("the nonce is another one")
        if sociallogin.is_existing:
            return
        account = Account.objects.filter(user=told["user"]).first()
        # Linked once, an account keeps its user of the provider: a name given to somebody else opens nothing.
        if account is None or SocialAccount.objects.filter(user=account, provider=oidc.PROVIDER).exists():
            page = render(request, "signin/unknown.html", {"user_name": told["user"]}, status=403)
            raise ImmediateHttpResponse(page)
        sociallogin.connect(request, account)

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, error: Any = None, exception: Exception | None = None, **more: Any
    ) -> None:
        """The page tells nobody why; the log tells the operator."""
        _log.warning("signing in by the provider failed: %s", error, exc_info=exception)

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Never."""
        return False


def login(request: HttpRequest) -> HttpResponse:
    """To the provider. 404 when none is set."""
    return _answer(OAuth2LoginView, request)


def callback(request: HttpRequest) -> HttpResponse:
    """Back from the provider."""
    return _answer(OAuth2CallbackView, request)


def cancelled(request: HttpRequest) -> HttpResponse:
    """The provider's user said no."""
    return render(request, "socialaccount/login_cancelled.html")


def _answer(view: Any, request: HttpRequest) -> HttpResponse:
    conversation = Conversation(request, oidc.PROVIDER)
    try:
        response: HttpResponse = view.adapter_view(conversation)(request)
    except SocialApp.DoesNotExist as missing:
        raise Http404 from missing
    except (RequestException, OAuth2Error) as error:
        response = render_authentication_error(request, conversation.get_provider(), exception=error)
    return response
