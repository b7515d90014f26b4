"""登录的地址: the library's pages that exist here, by name; nothing by mail, nothing to sign up."""

from allauth.account import views
from django.urls import include, path
from django.views.generic import RedirectView

from yousu.signin import oidc, pages

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="account_profile")),
    path("login/", views.login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("signup/", views.signup, name="account_signup"),
    path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("password/change/", views.password_change, name="account_change_password"),
    path("password/set/", pages.no_password, name="account_set_password"),
    path("2fa/", include("allauth.mfa.urls")),
    path("oidc/", oidc.login, name="oidc_login"),
    path("oidc/callback/", oidc.callback, name="oidc_callback"),
    path("oidc/cancelled/", oidc.cancelled, name="socialaccount_login_cancelled"),
    path("profile/", pages.profile, name="account_profile"),
    path("sessions/end/", pages.end_sessions, name="account_end_sessions"),
    path("sign-ins/", pages.sign_ins, name="account_sign_ins"),
]
