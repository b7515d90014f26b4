"""人员页: accounts with roles and unit; made, changed, blocked, reset by a security administrator, each an event."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yousu.cases.rules import FieldWrong
from yousu.desk import labels
from yousu.desk.access import StaffRequest, staff
from yousu.desk.forms import Asked, Field, Refused, asked, line, unit_code
from yousu.org import accounts, recovery
from yousu.org.accounts import AccountRefused
from yousu.org.city import city
from yousu.org.models import Account

_PAGE = 50
_NAMES = (
    Field(name="user", label=_("登录名"), hint=_("岗位的名字，不是人名：小写字母、数字和 _.-")),
    Field(name="name_zh", label=_("中文名称")),
    Field(name="name_en", label=_("英文名称")),
)
_UNIT = Field(name="unit", label=_("单位"), kind="unit", is_required=False)
_EMAIL = Field(name="email", label=_("通知邮箱"), is_required=False, hint=_("岗位的邮箱；空着就只在工作台提醒"))
_WHY: labels.Words = {
    "user": _("登录名只用小写字母、数字和 _.-，以字母开头，最多 40 个，不能与已有的相同。"),
    "role": _("至少选一个角色。"),
    "unit": _("没有这个单位、单位已停用，或者角色要有单位才能工作。"),
    "name_zh": _("请填写简短的名称。"),
    "name_en": _("请填写简短的名称。"),
    "email": _("邮箱写得不对，请核对。"),
}


@require_safe
@staff("accounts")
def index(request: StaffRequest) -> HttpResponse:
    """人员: found by user name, name, unit or role."""
    try:
        words = line(request.GET, "q")[:100]
        after = line(request.GET, "after")[:60]
    except FieldWrong:
        words = after = ""
    found = Account.objects.order_by("user").prefetch_related("roles")
    for word in words.split():
        found = found.filter(_matching(word))
    listed = list(found.filter(user__gt=after)[: _PAGE + 1])
    shown = {
        "people": [(one, _roles(one), labels.unit(one.unit)) for one in listed[:_PAGE]],
        "following": f"?{urlencode({'q': words, 'after': listed[_PAGE - 1].user})}" if len(listed) > _PAGE else "",
        "asked": {"words": words},
    }
    return render(request, "desk/people.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@staff("accounts")
def new(request: StaffRequest) -> HttpResponse:
    """开户: the first password is shown once, on the page that answers."""
    refused = Refused()
    if request.method == "POST":
        try:
            given = {field.name: line(request.POST, field.name) for field in _NAMES}
            unit, roles = _unit(request), request.POST.getlist("role")
            account, password = accounts.open_account(**given, roles=roles, unit=unit, by=request.actor)
            return render(request, "desk/person_password.html", {"account": account, "password": password})
        except (AccountRefused, FieldWrong) as wrong:
            _refuse(refused, wrong)
    data = request.POST if request.method == "POST" else None
    shown = {
        "asked": asked((*_NAMES, _UNIT), data=data, refused=refused, proposed={}),
        "roles": _choices(request.POST.getlist("role")),
        "refused": refused if data is not None else None,
    }
    return render(request, "desk/person_new.html", shown, status=422 if data is not None else 200)


@require_safe
@staff("accounts")
def show(request: StaffRequest, user: str) -> HttpResponse:
    """One account, and what may be done with it."""
    return _page(request, _found(user))


@require_POST
@staff("accounts")
def change(request: StaffRequest, user: str, word: str) -> HttpResponse:
    """角色和单位, 通知邮箱, 停用, 恢复, 重置."""
    account = _found(user)
    refused = Refused()
    try:
        if word == "reset":
            accounts.require_another(user, request.actor)
            password = recovery.reset(user, by=request.actor)
            return render(request, "desk/person_password.html", {"account": account, "password": password})
        _CHANGES[word](request, user)
        return redirect("desk:account", user)
    except (AccountRefused, FieldWrong) as wrong:
        _refuse(refused, wrong)
        return _page(request, account, refused=refused, word=word, status=422)


def _set_roles(request: StaffRequest, user: str) -> None:
    accounts.set_roles(user, roles=request.POST.getlist("role"), unit=_unit(request), by=request.actor)


_CHANGES: dict[str, Callable[[StaffRequest, str], None]] = {
    "roles": _set_roles,
    "email": lambda request, user: accounts.set_email(user, line(request.POST, "email"), by=request.actor),
    "block": lambda request, user: recovery.block(user, by=request.actor),
    "unblock": lambda request, user: recovery.unblock(user, by=request.actor),
}


def _page(
    request: StaffRequest, account: Account, *, refused: Refused | None = None, word: str = "", status: int = 200
) -> HttpResponse:
    chosen = request.POST.getlist("role") if word == "roles" else [row.role for row in account.roles.all()]
    shown = {
        "account": account,
        "unit": labels.unit(account.unit),
        "held": _roles(account),
        "is_self": request.actor.code == f"account:{account.user}",
        "roles": _choices(chosen),
        "asked_unit": _one(_UNIT, request, labels.unit(account.unit), refused if word == "roles" else None),
        "asked_email": _one(_EMAIL, request, account.email, refused if word == "email" else None),
        "refused": refused,
    }
    return render(request, "desk/account.html", shown, status=status)


def _one(field: Field, request: StaffRequest, value: str, refused: Refused | None) -> Asked:
    data = request.POST if refused else None
    return asked((field,), data=data, refused=refused, proposed={field.name: (value, "")})[0]


def _refuse(refused: Refused, wrong: AccountRefused | FieldWrong) -> None:
    if isinstance(wrong, FieldWrong):
        refused.add(wrong)
    elif wrong.field == "own":
        refused.banner = gettext("谁也不能改自己的角色、单位和状态，请另一位安全管理员来改。")
    else:
        refused.errors[wrong.field] = labels.word(_WHY, wrong.field)


def _matching(word: str) -> Q:
    known = city()
    units = [code for code, one in known.units.items() if word in (code, one.name_zh) or word in one.name_zh]
    roles = [code for code, one in known.roles.items() if word in (code, one.name_zh, one.name_en)]
    named = Q(user__icontains=word) | Q(name_zh__icontains=word) | Q(name_en__icontains=word)
    held = Account.objects.filter(roles__role__in=roles).values("pk") if roles else None
    return named | Q(unit__in=units) | (Q(pk__in=held) if held is not None else Q(pk=None))


def _roles(account: Account) -> str:
    return str(_("、")).join(labels.named(city().roles, row.role) for row in account.roles.all())


def _choices(chosen: list[str]) -> list[tuple[str, str, bool]]:
    return [(code, role.name(labels.language()), code in chosen) for code, role in city().roles.items()]


def _unit(request: StaffRequest) -> str:
    words: Any = line(request.POST, "unit")
    return unit_code("unit", words) if words else ""


def _found(user: str) -> Account:
    account = Account.objects.filter(user=user).prefetch_related("roles").first()
    if account is None:
        raise Http404
    return account
