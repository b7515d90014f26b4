"""考核指标页: how do units, districts, matters and channels compare in a period? Every number opens its cases."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _L
from django.views.decorators.http import require_safe

from yousu.desk import labels, rate_table
from yousu.desk.access import StaffRequest, staff
from yousu.desk.rate_table import Line, Sorting
from yousu.figures import comparing, trees
from yousu.figures.comparing import Row, Table
from yousu.figures.showing import counting, wording
from yousu.org import capabilities
from yousu.org.actors import Actor
from yousu.org.city import city
from yousu.platform import clock, sheets

DIMENSIONS: dict[str, Promise] = {
    "unit": _L("单位"),
    "district": _L("区县"),
    "category": _L("分类"),
    "channel": _L("渠道"),
}
PRESETS: dict[str, Promise] = {
    "week": _L("本周"),
    "last_week": _L("上周"),
    "month": _L("本月"),
    "last_month": _L("上月"),
}
# Nothing is recorded for days before, and a database takes these without a word.
_FIRST, _LAST = date(2001, 1, 1), date(2199, 12, 31)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the address asks for. `root`: above it this actor opens nothing; `units`: whose facts alone count."""

    first: date
    last: date
    dimension: str
    root: str | None
    under: str | None
    units: frozenset[str] | None
    sorting: Sorting
    is_wrong: bool

    def table(self) -> Table:
        """The figures."""
        return comparing.table(self.first, self.last, dimension=self.dimension, under=self.under, units=self.units)

    def address(self, **changed: str) -> str:
        """This page with something else."""
        kept = {"by": self.dimension, "from": self.first.isoformat(), "to": self.last.isoformat()}
        asked = {**kept, "under": self.under or "", **self.sorting.asked(), **changed}
        return "?" + urlencode({name: value for name, value in asked.items() if value})


@require_safe
@staff("rates")
def rates(request: StaffRequest) -> HttpResponse:
    """考核指标."""
    asked = _asked(request)
    table = asked.table()
    shown = {
        "asked": asked,
        "days": wording.days(asked.first, asked.last),
        "as_of": table.period.as_of,
        "heads": rate_table.heads(asked.sorting, asked.address),
        "lines": _lines(table, asked),
        "named": DIMENSIONS[asked.dimension],
        "trail": list(_trail(asked)),
        "dimensions": [
            {"label": label, "href": asked.address(by=code, under="", sort=""), "is_here": code == asked.dimension}
            for code, label in DIMENSIONS.items()
        ],
        "presets": list(_presets(asked)),
        "small": city().settings["rates"]["small"],
        "files": [
            (suffix.upper(), reverse("desk:rates_table", args=[suffix]) + asked.address()) for suffix in sheets.KINDS
        ],
    }
    return render(request, "desk/rates.html", shown, status=422 if asked.is_wrong else 200)


@require_safe
@staff("rates")
def table(request: StaffRequest, suffix: str) -> HttpResponseBase:
    """The same table as a file: numerator, base and excluded in columns of their own."""
    kind, asked = sheets.KINDS.get(suffix), _asked(request)
    if kind is None or asked.is_wrong:
        raise Http404
    heads, rows = rate_table.files(str(DIMENSIONS[asked.dimension]), _lines(asked.table(), asked))
    answer = StreamingHttpResponse(kind.written(heads, iter(rows)), content_type=kind.type)
    name = f"rates-{asked.dimension}-{asked.first}-{asked.last}.{suffix}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _asked(request: StaffRequest) -> Asked:
    given, dimension = request.GET, request.GET.get("by", "unit")
    if dimension not in DIMENSIONS:
        raise Http404
    first, last, is_wrong = _days(request)
    root, units = _own(request.actor, dimension)
    under = given.get("under") or root
    if under is not None and (under not in trees.codes(dimension, city()) or not _is_below(under, root, dimension)):
        raise Http404
    figure = given.get("sort")
    return Asked(
        first=first,
        last=last,
        dimension=dimension,
        root=root,
        under=under,
        units=units,
        sorting=Sorting(figure=figure if figure in comparing.FIGURES else None, is_rising="rising" in given),
        is_wrong=is_wrong,
    )


def _own(actor: Actor, dimension: str) -> tuple[str | None, frozenset[str] | None]:
    """Where a unit begins that has no right to the whole city's figures, and whose facts it sees."""
    if "all" in capabilities.scopes(actor, "rates"):
        return None, None
    if dimension == "unit" and actor.unit in city().units:
        return actor.unit, None
    return None, actor.tree


def _is_below(code: str, root: str | None, dimension: str) -> bool:
    return root is None or root in trees.line(dimension, code, city())


def _days(request: HttpRequest) -> tuple[date, date, bool]:
    """This month up to today unless told otherwise; whether what was told makes no sense."""
    today = clock.now().astimezone(counting.zone()).date()
    usual = today.replace(day=1), today
    if "from" not in request.GET and "to" not in request.GET:
        return *usual, False
    try:
        first = date.fromisoformat(request.GET.get("from") or usual[0].isoformat())
        last = date.fromisoformat(request.GET.get("to") or usual[1].isoformat())
    except ValueError:
        return *usual, True
    return (first, last, False) if _FIRST <= first <= last <= _LAST else (*usual, True)


def _presets(asked: Asked) -> Iterator[dict[str, Any]]:
    today = clock.now().astimezone(counting.zone()).date()
    monday, month = today - timedelta(days=today.weekday()), today.replace(day=1)
    before = month - timedelta(days=1)
    spans = {
        "week": (monday, today),
        "last_week": (monday - timedelta(days=7), monday - timedelta(days=1)),
        "month": (month, today),
        "last_month": (before.replace(day=1), before),
    }
    for code, (first, last) in spans.items():
        href = asked.address(**{"from": first.isoformat(), "to": last.isoformat()})
        yield {"label": PRESETS[code], "href": href, "is_here": (first, last) == (asked.first, asked.last)}


def _trail(asked: Asked) -> Iterator[dict[str, str]]:
    """The way down to what is opened, each step leading back to itself."""
    if asked.under is None:
        return
    way = trees.line(asked.dimension, asked.under, city())
    if asked.root is None:
        yield {"label": _("全部"), "href": asked.address(under="")}
    else:
        way = way[: way.index(asked.root) + 1]
    for code in reversed(way):
        yield {"label": labels.DIMENSIONS[asked.dimension](code), "href": asked.address(under=code)}


def _lines(table: Table, asked: Asked) -> list[Line]:
    return rate_table.lines(
        table,
        asked.sorting,
        named=lambda row: _named(row, asked),
        opened=lambda row: asked.address(under=row.code or "") if row.opens else "",
        total=_("合计"),
    )


def _named(row: Row, asked: Asked) -> str:
    if row.code is None:
        return _("还没有主办单位") if asked.dimension == "unit" else _("没有写明")
    name = labels.DIMENSIONS[asked.dimension](row.code)
    return _("%(name)s（本级）") % {"name": name} if row.is_own else name
