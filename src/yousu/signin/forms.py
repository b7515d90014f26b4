"""登录表单: the library's forms, counted against guessing, refused in our words."""

from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateByCodeForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.core.exceptions import ValidationError

from yousu.org import lockout
from yousu.org.models import Account
from yousu.platform import addresses
from yousu.signin import words
from yousu.signin.adapter import failed


class _Worded(forms.Form):
    """Says in our words that something is missing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages["required"] = words.REQUIRED


class Login(_Worded, LoginForm):
    """用户名、密码."""


class Reauthenticate(_Worded, ReauthenticateForm):
    """再次输入密码."""


class Authenticate(_Worded, AuthenticateForm):
    """验证码."""

    def clean_code(self) -> str:
        """The code, if it is right. Raises ValidationError."""
        return _counted(self.user, super().clean_code)


class AuthenticateAgain(_Worded, ReauthenticateByCodeForm):
    """再次输入验证码."""

    def clean_code(self) -> str:
        """The code, if it is right. Raises ValidationError."""
        return _counted(self.user, super().clean_code)


class ChangePassword(_Worded, ChangePasswordForm):
    """修改密码."""

    def clean_oldpassword(self) -> str:
        """The present password; trying it is counted like signing in. Raises ValidationError."""
        typed = str(self.cleaned_data.get("oldpassword", ""))
        if not get_adapter().reauthenticate(self.user, typed):
            raise get_adapter().validation_error("enter_current_password")
        return typed

    def clean(self) -> dict[str, Any]:
        """The new password twice the same."""
        first, second = self.cleaned_data.get("password1"), self.cleaned_data.get("password2")
        if first and second and first != second:
            self.add_error("password2", str(words.NOT_THE_SAME_TWICE))
        return dict(self.cleaned_data)


class AddPasskey(_Worded, AddWebAuthnForm):
    """添加通行密钥: by itself enough to sign in, unless that is ticked off."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].initial = True


def _counted(account: Account, check: Callable[[], str]) -> str:
    """What `check` finds right. Codes may be tried as often as passwords, counted apart from them."""
    request = context.request
    try:
        attempt = lockout.begin("code", str(account.pk), address=addresses.address_of(request.META))
    except lockout.Locked as refusal:
        raise ValidationError(words.locked(refusal.until), code="locked") from refusal
    try:
        code = check()
    except ValidationError:
        failed(account, "code", attempt, request)
        raise
    attempt.succeeded()
    return code
