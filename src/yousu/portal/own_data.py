"""我的个人信息: a resident asks to see, have, correct or erase what is kept, follows that, fetches it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from yousu.appeals.data_requests import commands, queries
from yousu.appeals.data_requests import words as kept_words
from yousu.appeals.data_requests.commands import Ask
from yousu.appeals.data_requests.queries import DataRequestMissing
from yousu.appeals.data_requests.state import DataRequestState
from yousu.cases.rules import FieldWrong
from yousu.cases.transitions import NotPossible
from yousu.ledger import texts
from yousu.org.actors import resident
from yousu.org.city import city
from yousu.platform import sheets
from yousu.portal import limits
from yousu.portal.requests import address_of, is_open

_TYPED = ("sort", "corrected", "value", "words", "phone")
_LONGEST = 3000


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own_data(request: HttpRequest, number: str) -> HttpResponse:
    """What was asked so far and what came of it; POST asks."""
    if not is_open(request, number):
        return redirect("portal:follow")
    if request.method != "POST":
        return _page(request, number)
    if (wait_s := _must_wait(request)) is not None:
        return _too_often(request, number, wait_s)
    typed = {name: request.POST.get(name, "")[:_LONGEST] for name in _TYPED}
    try:
        _check_readable(typed)
        commands.ask(Ask(case=number, **typed), by=resident(number))
    except FieldWrong as wrong:
        return _page(request, number, errors={wrong.field: wrong.why}, typed=typed, status=422)
    return redirect("portal:own_data", number)


@never_cache
@require_POST
def fetch(request: HttpRequest, number: str, which: str) -> HttpResponseBase:
    """取走: the file, to whoever names the phone again; the receipt of one case does not open the others."""
    if not is_open(request, number):
        return redirect("portal:follow")
    if (wait_s := _must_wait(request)) is not None:
        return _too_often(request, number, wait_s)
    typed = {"phone": request.POST.get("phone", "")[:40]}
    try:
        _check_readable(typed)
        if queries.state(int(which)).case != number:
            raise Http404
        rows = commands.hand_over(int(which), by=resident(number), phone=typed["phone"])
    except DataRequestMissing as missing:
        raise Http404 from missing
    except FieldWrong as wrong:
        return _page(request, number, errors={f"phone-{which}": wrong.why}, status=422)
    except NotPossible:
        return _page(request, number, banner=_("现在没有可以下载的。"), status=409)
    kind = sheets.KINDS["xlsx"]
    answer = StreamingHttpResponse(kind.written(kept_words.heads(), kept_words.lines(rows)), content_type=kind.type)
    answer["Content-Disposition"] = f'attachment; filename="request-{which}.{kind.suffix}"'
    return answer


def _page(request: HttpRequest, number: str, *, status: int = 200, **more: Any) -> HttpResponse:
    asked = queries.shown_by(number)
    opened = texts.read([ref.id for each in asked for ref in (each.note, each.explanation) if ref is not None])
    shown = {
        "number": number,
        "asked": [
            {
                "state": each,
                "sort": kept_words.SORTS[each.sort],
                "stage": kept_words.STAGES[each.stage],
                "reason": _reason(each),
                "explanation": opened.get(each.explanation.id, "") if each.explanation else "",
                "note": opened.get(each.note.id, "") if each.note else "",
                "error": more.get("errors", {}).get(f"phone-{each.number}", ""),
            }
            for each in asked
        ],
        "sorts": kept_words.SORTS.items(),
        "correctable": kept_words.CORRECTABLE.items(),
        "days": int(city().settings["data_request"]["working_days"]),
        **more,
    }
    return render(request, "portal/own_data.html", shown, status=status)


def _reason(state: DataRequestState) -> Any:
    return city().reasons["refuse-request"].get(state.reason) if state.reason else None


def _check_readable(typed: dict[str, str]) -> None:
    for field, words in typed.items():
        if "\x00" in words:
            raise FieldWrong(field, "unreadable")


def _must_wait(request: HttpRequest) -> int | None:
    address = address_of(request)
    return None if limits.LIMIT.takes(address) else limits.LIMIT.wait_s(address)


def _too_often(request: HttpRequest, number: str, wait_s: int) -> HttpResponse:
    banner = _("操作太频繁，请过 %(seconds)s 秒再试。") % {"seconds": wait_s}
    response = _page(request, number, banner=banner, status=429)
    response["Retry-After"] = str(wait_s)
    return response
