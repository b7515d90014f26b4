"""反映的页面: form, look before sending, receipt, support. No account; no secret and no phone stands in an address."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_safe

from yousu.cases import numbers
from yousu.cases.queries import CaseMissing
from yousu.cases.rules import FieldWrong
from yousu.cases.transitions import NotPossible
from yousu.intake import supports
from yousu.intake.arrivals import ContentDiffers, Delivery
from yousu.ledger.log import StreamMissing
from yousu.org.actors import RESIDENT
from yousu.org.city import city
from yousu.org.offering import offered
from yousu.platform import environment
from yousu.portal import checking, following, limits, reporting, sending
from yousu.portal.requests import (
    Receipt,
    Support,
    address_of,
    keep_receipt,
    keep_support,
    kept_receipt,
    kept_support,
    open_case,
    open_joined,
)

# What residents may choose; the rest are for the desk to judge.
_TYPES = ("help_request", "complaint", "consultation", "suggestion", "tip_off", "praise")
# How a script asks for the look before sending without the page around it.
_PART = "X-Part"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """反映问题: the form; `do` says whether to look before sending, to go back to the form, or to send."""
    if request.method != "POST":
        return _form(request, reporting.empty())
    sent = reporting.typed(request.POST, request.FILES)
    if not limits.LIMIT.takes(address_of(request)):
        return _too_often(request, sent)
    if request.POST.get("do") == "edit":
        return _form(request, sent)
    delivery = sent.delivery()
    if delivery is None:
        return _form(request, sent, status=422)
    if request.POST.get("support"):
        return _support(request, sent, delivery)
    if request.POST.get("do") == "check":
        return _check(request, sent, delivery)
    return _send(request, sent, delivery)


@never_cache
@require_safe
def received(request: HttpRequest) -> HttpResponse:
    """回执."""
    receipt = kept_receipt(request)
    if receipt is None:
        return redirect("portal:follow")
    case = following.followed(receipt.number)
    return render(request, "portal/received.html", {"receipt": receipt, "case": case})


@never_cache
@require_safe
def supported(request: HttpRequest) -> HttpResponse:
    """已附议."""
    support = kept_support(request)
    if support is None:
        return redirect("portal:report")
    return render(request, "portal/supported.html", {"support": support})


@cache_control(public=True, max_age=3600)
@require_safe
def places(request: HttpRequest) -> HttpResponse:
    """The city's landmarks with a position, for the map: name, latitude, longitude."""
    marks = [(mark.name, mark.lat, mark.lon) for mark in city().landmarks if mark.lat is not None]
    box = city().settings["bounding_box"]
    return JsonResponse({"box": [[box["south"], box["west"]], [box["north"], box["east"]]], "places": marks})


def _send(request: HttpRequest, sent: reporting.Report, delivery: Delivery) -> HttpResponse:
    try:
        accepted = sending.send(delivery, sent.photos)
    except FieldWrong as wrong:
        sent.refuse(wrong)
        return _form(request, sent, status=422)
    except ContentDiffers:
        banner = _("这张表已经提交过。要再反映一件，请再提交一次。")
        return _form(request, sent.renewed(), banner=banner, status=409)
    if delivery.receipt_secret is not None:
        keep_receipt(request, Receipt(number=accepted.number, secret=delivery.receipt_secret))
        open_case(request, accepted.number)
    return redirect("portal:received")


def _support(request: HttpRequest, sent: reporting.Report, delivery: Delivery) -> HttpResponse:
    number, phone = request.POST.get("support", ""), sent.supporter_phone()
    if sent.errors:
        return _check(request, sent, delivery, status=422)
    try:
        if not numbers.is_number(number):
            raise CaseMissing(number)
        given = supports.support(
            number, phone=phone, channel=reporting.CHANNEL, key=sent.typed["form"], by=RESIDENT
        )  # fmt: skip
    except (CaseMissing, StreamMissing, NotPossible):
        return _form(request, sent, banner=_("这件事刚刚办完或者不能附议了，请照常反映。"), status=409)
    case, is_counted = given.case, phone is not None
    keep_support(request, Support(people=case.people, calls=case.calls, is_counted=is_counted, secret=given.secret))
    open_joined(request, number)
    return redirect("portal:supported")


def _check(request: HttpRequest, sent: reporting.Report, delivery: Delivery, *, status: int = 200) -> HttpResponse:
    shown = {**_shown(sent), "check": checking.check(delivery.said)}
    page = "portal/parts/check.html" if request.headers.get(_PART) else "portal/check.html"
    return render(request, page, shown, status=status)


def _too_often(request: HttpRequest, sent: reporting.Report) -> HttpResponse:
    wait_s = limits.LIMIT.wait_s(address_of(request))
    banner = _("提交太频繁。写的内容还在，请过 %(seconds)s 秒再试。") % {"seconds": wait_s}
    response = _form(request, sent, banner=banner, status=429)
    response["Retry-After"] = str(wait_s)
    return response


def _form(request: HttpRequest, sent: reporting.Report, *, banner: str = "", status: int = 200) -> HttpResponse:
    shown = {
        **_shown(sent),
        "banner": banner,
        "is_answered": request.method == "POST",
        "types": [known[code] for known in [offered(city().types)] for code in _TYPES if code in known],
        "landmarks": city().landmarks,
        "dangers": {number: "|".join(words) for number, words in city().dangers.items()},
        "tiles": environment.text("YOUSU_TILES_URL"),
        "tiles_credit": environment.text("YOUSU_TILES_CREDIT"),
    }
    return render(request, "portal/report.html", shown, status=status)


def _shown(sent: reporting.Report) -> dict[str, Any]:
    return {
        "typed": sent.typed,
        "errors": sent.errors,
        "problems": [(name, reporting.LABELS.get(name, ""), why) for name, why in sent.errors.items()],
    }
