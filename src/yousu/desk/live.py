"""实时的另一条路: what a page asks every 15 seconds where it cannot listen, and where it gets a new ticket."""

from typing import Any, cast

from django.http import HttpResponse, JsonResponse

from yousu.appeals import waiting
from yousu.cases import numbers, queries
from yousu.desk import navigation
from yousu.desk.access import StaffRequest, staff
from yousu.org import presence
from yousu.org.models import Account
from yousu.org.presence import Page


@staff("")
def live(request: StaffRequest) -> HttpResponse:
    """Counts of the own lists, the version of the case that is open, and a ticket.

    A page that names itself says that it is there, and is told who else is.
    """
    lengths, position = waiting.lengths(navigation.lists_of(request.actor), request.actor)
    asked = request.POST if request.method == "POST" else request.GET
    open_case = asked.get("case", "")
    seen = queries.visible_to(request.actor).filter(number=open_case) if numbers.is_number(open_case) else None
    version = None if seen is None else seen.values_list("version", flat=True).first()
    told: dict[str, Any] = {
        "ticket": navigation.ticket(cast(Account, request.user), request.actor),
        "position": position,
        "counts": {code: length.shown for code, length in lengths.items()},
        "case": None if version is None else {"number": open_case, "version": version},
    }
    if request.method == "POST" and presence.is_page(asked.get("page", "")):
        told["people"] = _people(request, case="" if version is None else open_case)
    return JsonResponse(told)


def _people(request: StaffRequest, *, case: str) -> list[dict[str, Any]]:
    page, form = request.POST["page"], request.POST.get("form", "")
    account = cast(Account, request.user)
    if not case:
        presence.leave(page, actor=request.actor.code)
        return []
    form = form if presence.is_form(form) else ""
    own = Page(page, request.actor.code, account.name_zh, account.name_en, case, form, since=presence.now())
    return presence.told(presence.ask(own))
