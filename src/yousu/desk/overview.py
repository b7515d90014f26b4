"""总览页: how are we doing against last week and against what was promised? Every number opens its cases."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from yousu.desk.access import StaffRequest, staff
from yousu.figures.showing import ahead, charts, counting, tables
from yousu.figures.showing.counting import Numbers
from yousu.figures.showing.overview import Overview
from yousu.figures.showing.overview import overview as overview_of
from yousu.figures.showing.parts import Opens
from yousu.figures.showing.periods import PERIODS, Span, span
from yousu.platform import clock

_USUAL = "week"
# Nothing is recorded for days before.
_FIRST = date(2001, 1, 1)


@require_safe
@staff("figures")
def overview(request: StaffRequest) -> HttpResponse:
    """总览."""
    chosen = _span(request)
    today, numbers = _today(), ahead.at_present(chosen)
    shown = {
        "overview": _shown(numbers),
        "as_of": numbers.as_of,
        "tabs": [
            {"href": f"?{urlencode(_kept(code, request))}", "label": label, "is_here": code == chosen.code}
            for code, label in PERIODS.items()
        ],
        "period": chosen.code,
        "to": chosen.last.isoformat(),
        "latest": today.isoformat(),
        "asked": urlencode(_kept(chosen.code, request)),
    }
    return render(request, "desk/overview.html", shown)


@require_safe
@staff("figures")
def table(request: StaffRequest, chart: str) -> HttpResponse:
    """The table behind one chart as CSV."""
    if chart not in charts.CHARTS:
        raise Http404
    chosen = _span(request)
    found = next(each for each in _shown(ahead.at_present(chosen)).charts if each.id == chart)
    return tables.csv_of(found, f"{chart}-{chosen.first}-{chosen.last}")


def _shown(numbers: Numbers) -> Overview:
    return overview_of(numbers, _opens(numbers.span, numbers.as_of))


def _opens(span: Span, as_of: datetime) -> Opens:
    def address(figure: str, where: Mapping[str, Sequence[str | None]], _count: int) -> str:
        # A point of the trend is a day of its own, which may lie before the period.
        day = where.get("day", [None])[0]
        days = {"from": day or span.first.isoformat(), "to": day or span.last.isoformat()}
        values = {name: [value or "" for value in allowed] for name, allowed in where.items() if name != "day"}
        asked = urlencode({**days, "as_of": as_of.isoformat(), **values}, doseq=True)
        return f"{reverse('desk:figure', args=[figure])}?{asked}"

    return address


def _span(request: HttpRequest) -> Span:
    code = request.GET.get("period", "")
    return span(code if code in PERIODS else _USUAL, _last(request))


def _last(request: HttpRequest) -> date:
    try:
        asked = date.fromisoformat(request.GET.get("to", ""))
    except ValueError:
        return _today()
    return asked if _FIRST <= asked <= _today() else _today()


def _kept(code: str, request: HttpRequest) -> dict[str, str]:
    last = _last(request)
    return {"period": code} if last == _today() else {"period": code, "to": last.isoformat()}


def _today() -> date:
    return clock.now().astimezone(counting.zone()).date()
