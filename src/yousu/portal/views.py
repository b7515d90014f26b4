"""门户: report, follow, withdraw. No account; no secret and no phone ever stands in an address."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yousu.appeals import commands as appeals
from yousu.cases.rules import FieldWrong
from yousu.cases.transitions import NotPossible
from yousu.intake.arrivals import ContentDiffers, accept
from yousu.ledger.log import StreamMoved
from yousu.ledger.persons import PhoneWrong
from yousu.org.actors import RESIDENT, resident
from yousu.org.city import city
from yousu.portal import following, limits, reporting
from yousu.portal.requests import (
    Receipt,
    address_of,
    is_open,
    keep_listed,
    keep_receipt,
    kept_receipt,
    listed,
    open_case,
)

# What residents may choose; the rest are for the desk to judge.
_TYPES = ("help_request", "complaint", "consultation", "suggestion", "tip_off", "praise")
_LONGEST_VERSION = 10


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """首页."""
    return render(request, "portal/home.html")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """反映问题."""
    if request.method != "POST":
        return _form(request, reporting.empty())
    sent = reporting.typed(request.POST)
    if not limits.LIMIT.takes(address_of(request)):
        return _form(request, sent, banner=_("提交太频繁，请过一分钟再试。"), status=429)
    delivery = sent.delivery()
    if delivery is None:
        return _form(request, sent, status=422)
    try:
        accepted = accept(delivery, by=RESIDENT)
    except FieldWrong as wrong:
        sent.refuse(wrong)
        return _form(request, sent, status=422)
    except ContentDiffers:
        renewed = reporting.Report(typed={**sent.typed, "form": reporting.empty().typed["form"]})
        return _form(request, renewed, banner=_("这张表已经提交过。要再反映一件，请再提交一次。"), status=409)
    if accepted.receipt_secret is not None:
        keep_receipt(request, Receipt(number=accepted.number, secret=accepted.receipt_secret))
        open_case(request, accepted.number)
    return redirect("portal:received")


@never_cache
@require_safe
def received(request: HttpRequest) -> HttpResponse:
    """回执."""
    receipt = kept_receipt(request)
    if receipt is None:
        return redirect("portal:follow")
    return render(request, "portal/received.html", {"receipt": receipt})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """查询: number with secret opens the case; number with phone lists where that phone's cases stand."""
    if request.method != "POST":
        return render(request, "portal/follow.html", {"typed": {}})
    if not limits.LIMIT.takes(address_of(request)):
        return _not_found(request, banner=_("查询太频繁，请过一分钟再试。"), status=429)
    number, secret, phone = (request.POST.get(name, "").strip()[:40] for name in ("number", "secret", "phone"))
    if secret:
        if not following.is_receipt(number, secret):
            return _not_found(request, why="no_match")
        open_case(request, number)
        return redirect("portal:case", number)
    try:
        found = following.numbers_of_phone(number, phone)
    except PhoneWrong:
        return _not_found(request, why="not_a_phone" if phone else "required")
    if not found:
        return _not_found(request, why="no_match")
    keep_listed(request, found)
    return redirect("portal:listed")


@never_cache
@require_safe
def by_phone(request: HttpRequest) -> HttpResponse:
    """按电话查到的诉求: numbers and stages, nothing else."""
    found = listed(request)
    if not found:
        return redirect("portal:follow")
    return render(request, "portal/listed.html", {"standings": following.standings(found)})


@never_cache
@require_safe
def case(request: HttpRequest, number: str) -> HttpResponse:
    """诉求进展, for the browser that has shown the receipt."""
    if not is_open(request, number):
        return redirect("portal:follow")
    return _case(request, number)


@never_cache
@require_POST
def withdraw(request: HttpRequest, number: str) -> HttpResponse:
    """撤回."""
    if not is_open(request, number):
        return redirect("portal:follow")
    seen, reason = request.POST.get("seen", ""), request.POST.get("reason", "")
    try:
        if "\x00" in reason:
            raise FieldWrong("reason", "unreadable")
        version = int(seen) if seen.isdecimal() and len(seen) < _LONGEST_VERSION else 0
        appeals.withdraw(number, reason=reason, by=resident(number), seen=version)
    except FieldWrong as wrong:
        return _case(request, number, error=wrong.why, reason=reason, status=422)
    except (NotPossible, StreamMoved):
        banner = _("刚才有了新进展，没有撤回。请看现在的情况再决定。")
        return _case(request, number, banner=banner, reason=reason, status=409)
    return redirect("portal:case", number)


def _form(request: HttpRequest, sent: reporting.Report, *, banner: str = "", status: int = 200) -> HttpResponse:
    shown = {
        "typed": sent.typed,
        "errors": sent.errors,
        "problems": [(name, reporting.LABELS.get(name, ""), why) for name, why in sent.errors.items()],
        "banner": banner,
        "types": [city().types[code] for code in _TYPES if code in city().types],
    }
    return render(request, "portal/report.html", shown, status=status)


def _not_found(request: HttpRequest, *, why: str = "", banner: str = "", status: int = 422) -> HttpResponse:
    # What was typed comes back, less the secret.
    typed = {name: request.POST.get(name, "")[:40] for name in ("number", "phone")}
    return render(request, "portal/follow.html", {"typed": typed, "why": why, "banner": banner}, status=status)


def _case(request: HttpRequest, number: str, *, status: int = 200, **more: Any) -> HttpResponse:
    return render(request, "portal/case.html", {"case": following.followed(number), **more}, status=status)
