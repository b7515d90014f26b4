"""全部诉求: search by stage, unit, channel, district, lateness and words; the filters stand in the address."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render

from yousu.cases import numbers, queries
from yousu.cases.models import CaseNow
from yousu.cases.rules import FieldWrong
from yousu.desk import forms, labels, paging, rows
from yousu.desk.access import StaffRequest, staff
from yousu.figures.lateness import overdue
from yousu.org.city import city
from yousu.platform import clock

_PLAIN = ("stage", "channel", "district")


@staff()
def cases(request: StaffRequest) -> HttpResponse:
    """全部诉求. A whole number opens its case."""
    asked = {name: _typed(request.GET, name) for name in (*_PLAIN, "unit", "overdue", "q")}
    if numbers.is_number(asked["q"]):
        return redirect("desk:case", asked["q"])
    found = _filtered(queries.visible_to(request.actor).filter(kind="appeal"), asked)
    page = paging.page_of(found, paging.NEWEST, after=request.GET.get("after", ""))
    kept = {name: value for name, value in asked.items() if value}
    shown: dict[str, Any] = {
        "lines": rows.lines(page.rows),
        "following": f"?{urlencode({**kept, 'after': page.after})}" if page.after else "",
        "asked": asked,
        "is_filtered": bool(kept),
        "stages": _choices(city().stages),
        "channels": _choices(city().channels),
        "districts": [(unit.code, labels.district(unit.code)) for unit in city().districts()],
    }
    return render(request, "desk/search_results.html" if request.htmx else "desk/search.html", shown)


def _filtered(found: QuerySet[CaseNow], asked: dict[str, str]) -> QuerySet[CaseNow]:
    found = found.filter(**{name: asked[name] for name in _PLAIN if asked[name]})
    if asked["unit"]:
        try:
            found = found.filter(units__contains=[forms.unit_code("unit", asked["unit"])])
        except FieldWrong:
            # A unit that does not exist has no cases; the page says that nothing was found.
            return found.none()
    if asked["overdue"]:
        found = found.filter(overdue(clock.now()))
    if asked["q"]:
        words = asked["q"]
        found = found.filter(Q(matter__icontains=words) | Q(title__icontains=words) | Q(number__startswith=words))
    return found


def _typed(data: QueryDict, name: str) -> str:
    return data.get(name, "").replace("\x00", "").strip()[:100]


def _choices(known: Any) -> list[tuple[str, str]]:
    return [(code, label.name(labels.language())) for code, label in known.items()]
