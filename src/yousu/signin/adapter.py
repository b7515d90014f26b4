"""登录适配: the library's flow with our lock-out, our record of what happened, our words; nobody signs up."""

import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from yousu.org import lockout, sessions, signins
from yousu.org.models import Account
from yousu.platform import addresses, clock
from yousu.signin import words

# The library tells the owner of these by mail; nobody here has any, the record is where they are told.
_NOTICES = {
    "mfa/email/totp_activated": signins.FactorAdded(factor="totp"),
    "mfa/email/totp_deactivated": signins.FactorRemoved(factor="totp"),
    "mfa/email/webauthn_added": signins.FactorAdded(factor="webauthn"),
    "mfa/email/webauthn_removed": signins.FactorRemoved(factor="webauthn"),
    "mfa/email/recovery_codes_generated": signins.FactorAdded(factor="recovery_codes"),
    "socialaccount/email/account_connected": signins.ProviderLinked(),
}


class Adapter(DefaultAccountAdapter):
    """What the library asks about accounts."""

    error_messages = DefaultAccountAdapter.error_messages | words.REFUSALS

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: accounts are made by the city's administrators."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """As everywhere in Yousu."""
        return addresses.address_of(request.META)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Account | None:
        """The account of a name and a password, as long as neither name nor address is locked."""
        user, address = credentials.get("username", ""), self.get_client_ip(request)
        try:
            attempt = lockout.begin("password", user, address=address)
        except lockout.Locked as refusal:
            raise ValidationError(words.locked(refusal.until), code="locked") from refusal
        account: Account | None = super().authenticate(request, **credentials)
        if account is not None:
            attempt.succeeded()
            return account
        failed(Account.objects.filter(user__iexact=user).first(), "password", attempt, request)
        return None

    def post_login(self, request: HttpRequest, user: Account, **how: Any) -> HttpResponse:
        """Signed in: recorded, and the session knows where it began."""
        mark = addresses.mark_of(self.get_client_ip(request))
        request.session[sessions.ADDRESS] = mark
        signins.record(user, _signed_in(get_authentication_records(request, user), mark))
        response: HttpResponse = super().post_login(request, user, **how)
        return response

    def logout(self, request: HttpRequest) -> None:
        """Signed out: the session's row goes."""
        if isinstance(request.user, Account):
            signins.record(request.user, signins.SignedOut())
        super().logout(request)

    def set_password(self, user: Account, password: str) -> None:
        """A new password: whoever else used the old one is out."""
        user.password_changed_at, user.must_change_password = clock.now(), False
        super().set_password(user, password)
        sessions.end_others(user, keep=context.request.session.session_key)
        signins.record(user, signins.PasswordChanged())

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to the profile."""
        return reverse("account_profile")

    def send_notification_mail(self, template_prefix: str, user: Account, *more: Any, **even_more: Any) -> None:
        """Something changed about how one signs in: it is recorded."""
        fact = _NOTICES.get(template_prefix)
        if fact is not None:
            signins.record(user, fact)

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *args: Any, **more: Any
    ) -> None:
        """In our words or not at all."""
        said = words.DONE.get(message_template or "")
        if said is None and level == messages.ERROR:
            said = words.PASSKEY_REFUSED
        if said is not None:
            messages.add_message(request, level, str(said))

    def is_reauthentication_required(self, *, app: str, **more: Any) -> bool:
        """Not within minutes of having signed in: who is led to set up a factor has just typed the password."""
        request = context.request
        records = get_authentication_records(request, request.user)
        if records and time.time() - records[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT:
            return False
        return bool(super().is_reauthentication_required(app=app, **more))


def failed(account: Account | None, step: str, attempt: lockout.Attempt, request: HttpRequest) -> None:
    """A try failed: recorded for whom it concerns. Raises ValidationError when it was one too many."""
    if account is not None:
        signins.record_failure(
            account,
            step,
            address=addresses.mark_of(addresses.address_of(request.META)),
            failures=attempt.failures,
            locked_until=attempt.locked_until,
        )
    if attempt.locked_until is not None:
        raise ValidationError(words.locked(attempt.locked_until), code="locked")


def _signed_in(records: list[dict[str, Any]], mark: str) -> signins.SignedIn:
    how, factor = "password", ""
    for record in records:
        if record["method"] == "mfa":
            factor = record["type"]
            how = "passkey" if record.get("passwordless") else how
        else:
            how, factor = ("oidc" if record["method"] == "socialaccount" else "password"), ""
    return signins.SignedIn(how=how, factor=factor, address=mark)
