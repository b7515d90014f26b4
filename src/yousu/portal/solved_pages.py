"""回访链接的页面: whoever got the message says in three taps whether it is solved, and how it was."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from yousu.appeals import call_back_links as links
from yousu.appeals import commands as appeals
from yousu.appeals.call_back_links import LinkGone
from yousu.cases.rules import FieldWrong
from yousu.cases.transitions import NotPossible
from yousu.ledger.log import StreamMoved
from yousu.org.actors import resident
from yousu.portal import limits
from yousu.portal.requests import address_of

_LONGEST = 2000
_YES_NO = {"yes": True, "no": False, "": None}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def solved(request: HttpRequest, number: str, token: str) -> HttpResponse:
    """解决了吗, by a link. Without a valid one: 404, whatever was wrong with it."""
    if not limits.LIMIT.takes(address_of(request)):
        wait_s = limits.LIMIT.wait_s(address_of(request))
        response = render(request, "portal/link_gone.html", {"wait_s": wait_s}, status=429)
        response["Retry-After"] = str(wait_s)
        return response
    try:
        asked = links.opened(number, token)
    except LinkGone:
        return render(request, "portal/link_gone.html", status=404)
    if request.method != "POST":
        return render(request, "portal/link.html", {"asked": asked})
    typed = {name: request.POST.get(name, "") for name in ("responded", "solved", "satisfied", "note")}
    try:
        _say(number, typed, seen=asked.version)
    except FieldWrong as wrong:
        shown = {"asked": asked, "typed": typed, "errors": {wrong.field: wrong.why}}
        return render(request, "portal/link.html", shown, status=422)
    except (NotPossible, StreamMoved):
        return render(request, "portal/link_gone.html", status=409)
    return render(request, "portal/link_thanks.html", {"is_solved": typed["solved"] == "yes"})


def _say(number: str, typed: dict[str, str], *, seen: int) -> None:
    for name in ("responded", "solved"):
        if typed[name] not in _YES_NO:
            raise FieldWrong(name, "unknown_code")
    if len(typed["note"]) > _LONGEST or "\x00" in typed["note"]:
        raise FieldWrong("note", "too_long" if len(typed["note"]) > _LONGEST else "unreadable")
    appeals.call_back(
        number,
        reached="reached",
        responded=_YES_NO[typed["responded"]],
        solved=_YES_NO[typed["solved"]],
        satisfied=typed["satisfied"] or None,
        note=typed["note"],
        by=resident(number),
        seen=seen,
    )
