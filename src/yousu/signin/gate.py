"""关口: who must change a password or set up a second factor does that first. Notes who is at work."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

from yousu.org import accounts, policy
from yousu.org.models import Account
from yousu.platform import clock
from yousu.signin.backend import has_factor

# What a page asks for by itself: nobody is at work only because a page stands open.
_UNATTENDED = frozenset({"desk:live"})
_ALWAYS = frozenset({"account_logout", "set_language", "portal:looks"})
_TO_CHANGE_PASSWORD = _ALWAYS | {"account_change_password"}
_TO_SET_UP = _ALWAYS | {
    "account_reauthenticate",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
}


class Gate:
    """Looks at requests that come with a session; tokens of the API pass."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self._get_response(request)
        if request.path_info.startswith("/accounts/"):
            response["Cache-Control"] = "no-store"
        location = response.get("Location", "")
        if getattr(request, "htmx", False) and location.startswith("/accounts/"):
            # Followed by itself, the answer would land inside a part of the page.
            return HttpResponseClientRedirect(location)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Answers instead of the view when something else comes first."""
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or request.path_info.startswith("/api/"):
            return None
        if not isinstance(request.user, Account):
            return None
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name not in _UNATTENDED:
            request.session.is_seen()  # type: ignore[attr-defined]  # yousu.org.sessions
        return _first(request, request.user, name)


def _first(request: HttpRequest, account: Account, name: str) -> HttpResponse | None:
    if policy.must_change_password(account, at=clock.now()):
        if name in _TO_CHANGE_PASSWORD:
            return None
        path = request.get_full_path() if request.method == "GET" else settings.LOGIN_REDIRECT_URL
        return redirect(f"{reverse('account_change_password')}?{urlencode({'next': path})}")
    if policy.asks_second_factor(accounts.roles_of(account)) and not has_factor(account):
        return None if name in _TO_SET_UP else redirect("mfa_index")
    return None
