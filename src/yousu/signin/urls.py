"""登录的地址: the library's pages that exist here, by name; nothing by mail, nothing to sign up."""

from collections.abc import Callable
from functools import wraps

from allauth.account import views
from allauth.core.internal.ratelimit import consume, respond_429
from allauth.mfa.webauthn.views import login_webauthn
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.generic import RedirectView

from yousu.signin import oidc, pages


def _sparingly(view: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Begins a session for a stranger, who must not fill the table with them."""

    @wraps(view)
    def answer(request: HttpRequest) -> HttpResponse:
        if not consume(request, app="allauth.account", action="begin", limit_get=True):
            refused: HttpResponse = respond_429(request)
            return refused
        return view(request)

    return answer


urlpatterns = [
    path("", RedirectView.as_view(pattern_name="account_profile")),
    path("login/", views.login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("signup/", views.signup, name="account_signup"),
    path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("password/change/", views.password_change, name="account_change_password"),
    path("password/set/", pages.no_password, name="account_set_password"),
    path("2fa/webauthn/login/", _sparingly(login_webauthn), name="mfa_login_webauthn"),
    path("2fa/", include("allauth.mfa.urls")),
    path("oidc/", _sparingly(oidc.login), name="oidc_login"),
    path("oidc/callback/", oidc.callback, name="oidc_callback"),
    path("oidc/cancelled/", oidc.cancelled, name="socialaccount_login_cancelled"),
    path("profile/", pages.profile, name="account_profile"),
    path("sessions/end/", pages.end_sessions, name="account_end_sessions"),
    path("sign-ins/", pages.sign_ins, name="account_sign_ins"),
]
