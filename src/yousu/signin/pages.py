"""个人中心: one's own names, factors, sessions and sign-ins; those of others for who looks after them."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import cast

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from yousu.org import capabilities, policy, sessions, signins
from yousu.org.actors import Actor
from yousu.org.city import city
from yousu.org.models import Account, BrowserSession
from yousu.platform import addresses, clock
from yousu.signin import words

_SHOWN = 20
_SHOWN_TO_AUDITORS = 200
# 审计员 and 安全管理员 read what happened at anybody's door.
_WATCH = ("audit-log", "accounts")


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of the record, in words."""

    at: datetime
    kind: str
    details: str
    place: str


@dataclass(frozen=True, kw_only=True)
class Device:
    """One session as its owner sees it."""

    id: str
    began_at: datetime
    seen_at: datetime
    place: str
    is_this: bool


@require_safe
@login_required
def profile(request: HttpRequest) -> HttpResponse:
    """个人中心."""
    account, here = _account(request), _here(request)
    rows = sessions.of(account)
    facts = {
        "account": account,
        "role_names": [_named(role) for role in sorted(_actor(request).roles)],
        "unit_name": _unit(account.unit),
        "factors": _factors(account),
        "needs_factor": policy.asks_second_factor(_actor(request).roles),
        "password_until": policy.password_lasts_until(account),
        "devices": [_device(row, request, here) for row in rows],
        "lines": _lines(account, here, _SHOWN),
        "watches": _watches(request),
    }
    return render(request, "signin/profile.html", facts)


@require_POST
@login_required
def end_sessions(request: HttpRequest) -> HttpResponse:
    """结束登录: one session of one's own, or all others."""
    account, which = _account(request), request.POST.get("session", "")
    others = partial(sessions.end_others, account, keep=request.session.session_key)
    ended = sessions.end(account, which) if which else others()
    if ended:
        signins.record(account, signins.SessionsEnded(sessions=ended))
    said = ngettext("已结束 %(n)s 处登录。", "已结束 %(n)s 处登录。", ended) % {"n": ended}
    messages.success(request, said if ended else _("没有其他登录需要结束。"))
    return redirect("account_profile")


@require_safe
@login_required
def sign_ins(request: HttpRequest) -> HttpResponse:
    """登录记录 of any account, for those who look after them."""
    if not _watches(request):
        raise PermissionDenied
    asked = request.GET.get("user", "").strip()
    found = Account.objects.filter(user=asked).first() if asked and "\0" not in asked else None
    facts = {
        "user_name": asked,
        "found": found,
        "lines": _lines(found, _here(request), _SHOWN_TO_AUDITORS) if found else [],
    }
    return render(request, "signin/sign_ins.html", facts, status=404 if asked and not found else 200)


@login_required
def no_password(request: HttpRequest) -> HttpResponse:
    """没有密码: who signs in elsewhere has none to change."""
    return render(request, "signin/no_password.html")


def _account(request: HttpRequest) -> Account:
    return cast(Account, request.user)


def _actor(request: HttpRequest) -> Actor:
    return cast(Actor, request.actor)  # type: ignore[attr-defined]  # set by the middleware


def _watches(request: HttpRequest) -> bool:
    return any(capabilities.may(_actor(request), action) for action in _WATCH)


def _here(request: HttpRequest) -> str:
    return addresses.mark_of(addresses.address_of(request.META))


def _named(role: str) -> str:
    roles = city().roles
    return roles[role].name(get_language() or "zh-hans") if role in roles else role


def _unit(code: str) -> str:
    units = city().units
    return units[code].name(get_language() or "zh-hans") if code in units else code


def _factors(account: Account) -> list[str]:
    kinds = Authenticator.objects.filter(user=account).order_by("pk").values_list("type", flat=True)
    return [str(words.FACTORS[kind]) for kind in dict.fromkeys(kinds)]


def _device(row: BrowserSession, request: HttpRequest, here: str) -> Device:
    # Sessions live by the world's time, pages show a demonstration's.
    shift = clock.now() - clock.wall()
    return Device(
        id=row.pk,
        began_at=row.began_at + shift,
        seen_at=row.seen_at + shift,
        place=words.place(row.address, here),
        is_this=row.pk == sessions.digest(request.session.session_key or ""),
    )


def _lines(account: Account, here: str, limit: int) -> list[Line]:
    return [
        Line(
            at=entry.at,
            kind=words.kind(entry),
            details=words.details(entry),
            place=words.place(getattr(entry.fact, "address", ""), here),
        )
        for entry in signins.last(account, limit=limit)
    ]
