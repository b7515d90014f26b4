"""跟踪的页面: look-up, the case behind a receipt, and what its resident may do with it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yousu.appeals import commands as appeals
from yousu.cases import attaching
from yousu.cases.rules import FieldWrong
from yousu.cases.transitions import NotPossible
from yousu.intake import supports
from yousu.ledger.attachments import AttachmentGone
from yousu.ledger.log import StreamMoved
from yousu.ledger.persons import PhoneWrong
from yousu.org.actors import resident
from yousu.portal import following, joined, limits, reporting, sending
from yousu.portal.requests import address_of, is_open, keep_listed, listed, open_case, open_joined
from yousu.portal.requests import joined as joined_number

_LONGEST_VERSION = 10
# 解决了吗: a part solved is not solved, and the note says so.
_SOLVED = {"yes": True, "partly": False, "no": False}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """查询: number with code opens the case, a supporter's code alone what was joined; with a phone it lists cases."""
    if request.method != "POST":
        return render(request, "portal/follow.html", {"typed": {}})
    if not limits.LIMIT.takes(address_of(request)):
        wait_s = limits.LIMIT.wait_s(address_of(request))
        banner = _("查询太频繁，请过 %(seconds)s 秒再试。") % {"seconds": wait_s}
        response = _not_found(request, banner=banner, status=429)
        response["Retry-After"] = str(wait_s)
        return response
    number, secret, phone = (request.POST.get(name, "").strip()[:40] for name in ("number", "secret", "phone"))
    if secret and not number:
        return _joined_by(request, secret)
    if secret:
        if not following.is_receipt(number, secret):
            return _not_found(request, why="no_match")
        open_case(request, number)
        return redirect("portal:case", number)
    try:
        found = following.numbers_of_phone(number, phone)
    except PhoneWrong:
        return _not_found(request, why="not_a_phone" if phone else "required", wrong="phone")
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
@require_safe
def of_supporter(request: HttpRequest) -> HttpResponse:
    """附议的进展, for the browser that has shown the code of a support."""
    number = joined_number(request)
    if number is None:
        return redirect("portal:follow")
    return render(request, "portal/joined.html", {"case": joined.joined(number)})


@never_cache
@require_POST
def correct(request: HttpRequest, number: str) -> HttpResponse:
    """更正: the resident's own words, as long as nobody has taken them up."""
    value = request.POST.get("value", "")

    def act(seen: int) -> None:
        words = _readable("value", value)
        if len(words) > reporting.LONGEST["text"]:
            raise FieldWrong("value", "too_long")
        appeals.correct(number, field="text", value=words, why=_OWN_WORDS, by=resident(number), seen=seen)

    moved = _("已经过了十分钟，或者已经有人在办理，不能再改。您写的还在下面，可以打电话补充。")
    return _acted(request, number, act, moved=moved, typed={"value": value})


@never_cache
@require_POST
def withdraw(request: HttpRequest, number: str) -> HttpResponse:
    """撤回."""
    reason = request.POST.get("reason", "")

    def act(seen: int) -> None:
        appeals.withdraw(number, reason=_readable("reason", reason), by=resident(number), seen=seen)

    moved = _("刚才有了新进展，没有撤回。请看现在的情况再决定。")
    return _acted(request, number, act, moved=moved, typed={"reason": reason})


@never_cache
@require_POST
def call_back(request: HttpRequest, number: str) -> HttpResponse:
    """解决了吗: the resident's own word, as a call-back that reached them."""
    said, note = request.POST.get("solved", ""), request.POST.get("note", "")

    def act(seen: int) -> None:
        if said not in _SOLVED:
            raise FieldWrong("solved", "required")
        words = _readable("note", note)
        if said == "partly":
            words = f"{_PARTLY}{words and '：'}{words}"
        appeals.call_back(
            number, reached="reached", solved=_SOLVED[said], note=words, by=resident(number), seen=seen
        )  # fmt: skip

    moved = _("刚才有了新进展，您的话没有记下。请看现在的情况再说。")
    return _acted(request, number, act, moved=moved, typed={"note": note})


@never_cache
@require_POST
def attach(request: HttpRequest, number: str) -> HttpResponse:
    """补照片."""
    photo = request.FILES.get("file")

    def act(_seen: int) -> None:
        if photo is None:
            raise FieldWrong("file", "required")
        sending.attach(number, photo)

    return _acted(request, number, act, moved=_("现在不能再补照片。"), typed={})


@never_cache
@require_safe
def file(request: HttpRequest, number: str, file_id: str) -> HttpResponseBase:
    """A file that the resident sent."""
    if not is_open(request, number):
        return redirect("portal:follow")
    try:
        found = attaching.download(number, UUID(file_id), resident(number))
    except (AttachmentGone, ValueError) as gone:
        raise Http404 from gone
    return StreamingHttpResponse(
        found.pieces, content_type=found.attachment.media_type, headers=found.headers()
    )  # fmt: skip


# What the desk reads in the note, whatever language the resident's page had.
_PARTLY = "部分解决"
_OWN_WORDS = "反映人自己更正"


def _acted(
    request: HttpRequest, number: str, act: Callable[[int], None], *, moved: str, typed: dict[str, str]
) -> HttpResponse:
    """Does what a form of the case's page asks; what cannot be done comes back with what was typed."""
    if not is_open(request, number):
        return redirect("portal:follow")
    if not limits.LIMIT.takes(address_of(request)):
        wait_s = limits.LIMIT.wait_s(address_of(request))
        banner = _("操作太频繁，请过 %(seconds)s 秒再试。") % {"seconds": wait_s}
        return _case(request, number, banner=banner, status=429, **typed)
    seen = request.POST.get("seen", "")
    try:
        act(int(seen) if seen.isdecimal() and len(seen) < _LONGEST_VERSION else 0)
    except FieldWrong as wrong:
        return _case(request, number, errors={wrong.field: wrong.why}, status=422, **typed)
    except (NotPossible, StreamMoved):
        return _case(request, number, banner=moved, status=409, **typed)
    return redirect("portal:case", number)


def _joined_by(request: HttpRequest, secret: str) -> HttpResponse:
    number = supports.number_by_code(secret)
    if number is None:
        return _not_found(request, why="no_match")
    open_joined(request, number)
    return redirect("portal:joined")


def _readable(field: str, words: str) -> str:
    if "\x00" in words:
        raise FieldWrong(field, "unreadable")
    return words


def _not_found(
    request: HttpRequest, *, why: str = "", wrong: str = "number", banner: str = "", status: int = 422
) -> HttpResponse:
    # What was typed comes back, less the secret.
    typed = {name: request.POST.get(name, "")[:40] for name in ("number", "phone")}
    shown = {"typed": typed, "why": why, "wrong": "" if banner else wrong, "banner": banner}
    return render(request, "portal/follow.html", shown, status=status)


def _case(request: HttpRequest, number: str, *, status: int = 200, **more: Any) -> HttpResponse:
    return render(request, "portal/case.html", {"case": following.followed(number), **more}, status=status)
