"""登录页的用语: what depends on settings and on who is signed in."""

import json
from typing import Any

from django import template
from django.contrib.auth.password_validation import get_default_password_validators
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from yousu.org import accounts, policy
from yousu.org.models import Account
from yousu.platform import clock, oidc
from yousu.signin import words
from yousu.signin.backend import has_factor

register = template.Library()


@register.simple_tag
def oidc_label() -> str:
    """The provider's name; empty without one."""
    return words.provider_name() if oidc.is_set() else ""


@register.simple_tag
def password_rule() -> str:
    """What a password must be, in one line."""
    between = "" if (get_language() or "zh").startswith("zh") else " "
    return between.join(validator.get_help_text() for validator in get_default_password_validators())


@register.simple_tag(takes_context=True)
def password_reason(context: dict[str, Any]) -> str:
    """Why the password must be changed first; empty: it need not be."""
    account: Account = context["user"]
    if not policy.must_change_password(account, at=clock.now()):
        return ""
    if account.must_change_password:
        return _("这是别人给您的一次性密码，请先换成只有您知道的密码。")
    return _("密码用得太久了，请先换一个，再继续工作。")


@register.simple_tag(takes_context=True)
def needs_factor(context: dict[str, Any]) -> bool:
    """Whether a second factor must be set up before anything else."""
    account: Account = context["user"]
    return policy.asks_second_factor(accounts.roles_of(account)) and not has_factor(account)


@register.filter(name="json")
def as_json(value: Any) -> str:
    """As an attribute holds it; the template escapes it."""
    return json.dumps(value)
