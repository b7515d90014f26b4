"""登录的用语: what the sign-in pages say about refusals, about what was done, and about what happened."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _L
from django.utils.translation import ngettext

from yousu.org.signins import Entry
from yousu.platform import clock, environment

# What the library refuses, by its codes.
REFUSALS: Mapping[str, Promise] = {
    "username_password_mismatch": _L("用户名或密码不对，请核对后再试。密码区分大小写。"),
    "incorrect_password": _L("密码不对，请重新输入。密码区分大小写。"),
    "enter_current_password": _L("现在的密码不对，请重新输入。"),
    "incorrect_code": _L("验证码不对或已经用过，请输入应用里新出现的验证码。"),
    "too_many_login_attempts": _L("试得太频繁，请一分钟后再试。"),
    "rate_limited": _L("试得太频繁，请一分钟后再试。"),
    "account_inactive": _L("这个账号已停用，请联系安全管理员。"),
}
FACTOR_REFUSALS: Mapping[str, Promise] = {
    "incorrect_code": REFUSALS["incorrect_code"],
    "cannot_delete_authenticator": _L("您的岗位需要两步验证，请先设置另一种，再停用这一种。"),
    "cannot_generate_recovery_codes": _L("请先设置动态口令或通行密钥，再生成恢复码。"),
}
PASSKEY_REFUSED = _L("通行密钥没有通过验证，请再试一次，或换一种方式登录。")
REQUIRED = _L("请填写这一项。")
NOT_THE_SAME_TWICE = _L("两次输入的新密码不一样，请重新输入。")

# What the library did, by the template of its own message; what is not here goes without saying.
DONE: Mapping[str, Promise] = {
    "account/messages/logged_out.txt": _L("已退出登录。"),
    "account/messages/password_changed.txt": _L("密码已修改，其他设备上的登录已全部结束。"),
    "mfa/messages/totp_activated.txt": _L("动态口令已启用。"),
    "mfa/messages/totp_deactivated.txt": _L("动态口令已停用。"),
    "mfa/messages/webauthn_added.txt": _L("通行密钥已添加。"),
    "mfa/messages/webauthn_removed.txt": _L("通行密钥已移除。"),
    "mfa/messages/recovery_codes_generated.txt": _L("新的恢复码已生成，旧的已作废。"),
}

FACTORS: Mapping[str, Promise] = {
    "totp": _L("动态口令"),
    "webauthn": _L("通行密钥"),
    "recovery_codes": _L("恢复码"),
}
_KINDS: Mapping[str, Promise] = {
    "signed_in": _L("登录"),
    "sign_in_failed": _L("登录失败"),
    "sign_in_locked": _L("已锁定"),
    "signed_out": _L("退出"),
    "sessions_ended": _L("结束其他登录"),
    "password_changed": _L("修改密码"),
    "factor_added": _L("启用两步验证"),
    "factor_removed": _L("停用两步验证"),
    "account_roles_changed": _L("角色或单位变更"),
    "account_reset": _L("账号被重置"),
    "account_blocked": _L("账号被停用"),
    "account_unblocked": _L("账号被恢复"),
    "provider_linked": _L("关联统一身份认证"),
}
_STEPS: Mapping[str, Promise] = {"password": _L("密码不对"), "code": _L("验证码不对")}
_MARK_SHOWN = 4


def locked(until: datetime) -> str:
    """Refused for some time: how long, and what to do."""
    minutes = max(1, -int((clock.now() - until).total_seconds() // 60))
    return ngettext(
        "连续失败次数太多，已锁定。请 %(minutes)s 分钟后再试；急用请联系安全管理员。",
        "连续失败次数太多，已锁定。请 %(minutes)s 分钟后再试；急用请联系安全管理员。",
        minutes,
    ) % {"minutes": minutes}


def provider_name() -> str:
    """What the provider is called here."""
    label = "YOUSU_OIDC_LABEL"
    return environment.text(label) if environment.is_given(label) else _("统一身份认证")


def kind(entry: Entry) -> str:
    """What happened, in a word."""
    return str(_KINDS[entry.kind])


def details(entry: Entry) -> str:
    """What else is known about it."""
    fact = entry.fact
    if entry.kind == "signed_in":
        parts = [_how(fact.how), *([] if fact.factor in ("", "webauthn") and fact.how == "passkey" else _factor(fact))]
        return " + ".join(parts)
    if entry.kind == "sign_in_failed":
        failures = ngettext("连续第 %(n)s 次", "连续第 %(n)s 次", fact.failures) % {"n": fact.failures}
        return f"{_STEPS[fact.step]} · {failures}"
    if entry.kind in ("factor_added", "factor_removed"):
        return str(FACTORS[fact.factor])
    if entry.kind == "sessions_ended":
        return ngettext("%(n)s 处", "%(n)s 处", fact.sessions) % {"n": fact.sessions}
    return ""


def place(mark: str, here: str) -> str:
    """Where from, as far as a mark tells."""
    if not mark:
        return ""
    return _("现在这个地址") if mark == here else _("其他地址 %(mark)s") % {"mark": mark[:_MARK_SHOWN]}


def _how(how: str) -> str:
    if how == "oidc":
        return provider_name()
    return {"password": _("密码"), "passkey": _("通行密钥")}[how]


def _factor(fact: object) -> list[str]:
    code = getattr(fact, "factor", "")
    return [str(FACTORS[code])] if code else []
