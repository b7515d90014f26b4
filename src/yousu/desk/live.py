"""实时的另一条路: what a page asks every 15 seconds where it cannot listen, and where it gets a new ticket."""

from typing import cast

from django.http import HttpResponse, JsonResponse

from yousu.appeals import waiting
from yousu.cases import numbers, queries
from yousu.desk import navigation
from yousu.desk.access import StaffRequest, staff
from yousu.org.models import Account


@staff("")
def live(request: StaffRequest) -> HttpResponse:
    """Counts of the own lists, the version of the case that is open, and a ticket."""
    lengths, position = waiting.lengths(navigation.lists_of(request.actor), request.actor)
    open_case = request.GET.get("case", "")
    seen = queries.visible_to(request.actor).filter(number=open_case) if numbers.is_number(open_case) else None
    version = None if seen is None else seen.values_list("version", flat=True).first()
    told = {
        "ticket": navigation.ticket(cast(Account, request.user), request.actor),
        "position": position,
        "counts": {code: length.shown for code, length in lengths.items()},
        "case": None if version is None else {"number": open_case, "version": version},
    }
    return JsonResponse(told)
