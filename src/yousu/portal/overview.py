"""公开总览: what people complain about and what is done, for days that a published bulletin has told of.

Everything is counted as known at a published bulletin's as-of, for its days or for days before them: nothing that no
bulletin has told can be seen. A number opens only where a published bulletin prints the very same number.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from yousu.bulletins import queries
from yousu.bulletins.models import BulletinNow
from yousu.figures.showing import charts, counting, tables
from yousu.figures.showing.overview import Overview
from yousu.figures.showing.overview import overview as overview_of
from yousu.figures.showing.periods import PERIODS, TREND_DAYS, Span
from yousu.org.city import city

_KINDS = {"day": "daily", "week": "weekly"}
# Fewer appeals than these of one topic in one district might be known to neighbours.
_LEAST = 5
# So many bulletins may be asked for: four weeks of dailies and weeklies.
_NEWEST = 40


@dataclass(frozen=True, kw_only=True)
class _Public:
    """Days of which a published bulletin has told; the bulletin itself where it is of exactly these days."""

    span: Span
    told: BulletinNow
    is_exactly: bool


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """总览."""
    published = _published()
    chosen = _chosen(request, published)
    if chosen is None:
        return render(request, "portal/overview.html", {"overview": None})
    shown = {
        "overview": _shown(chosen, published),
        "as_of": chosen.told.as_of,
        "bulletin": chosen.told.id if chosen.is_exactly else "",
        "tabs": _tabs(chosen, published),
        "asked": urlencode(_address(chosen)),
        "least": _LEAST,
    }
    return render(request, "portal/overview.html", shown)


@require_safe
def table(request: HttpRequest, chart: str) -> HttpResponse:
    """The table behind one chart as CSV."""
    published = _published()
    chosen = _chosen(request, published)
    if chart not in charts.CHARTS or chosen is None:
        raise Http404
    found = next(each for each in _shown(chosen, published).charts if each.id == chart)
    return tables.csv_of(found, f"{chart}-{chosen.span.first}-{chosen.span.last}")


def _published() -> list[BulletinNow]:
    return list(queries.published().order_by("-period_end", "kind").defer("state")[:_NEWEST])


def _chosen(request: HttpRequest, published: Sequence[BulletinNow]) -> _Public | None:
    """What the address asks for, if it was told of; else the newest week, day, or what there is."""
    code, last = request.GET.get("period", ""), request.GET.get("to", "")
    wanted = [told for told in published if told.period_end.isoformat() == last]
    offered = {each.span.code: each for each in [*_offers(published), *_offers(wanted)] if each is not None}
    return offered.get(code) or offered.get("week") or offered.get("day")


def _offers(published: Sequence[BulletinNow]) -> list[_Public | None]:
    return [_offer(code, published) for code in PERIODS]


def _offer(code: str, published: Sequence[BulletinNow]) -> _Public | None:
    told = next((row for row in published if code not in _KINDS or row.kind == _KINDS[code]), None)
    if told is None:
        return None
    last = told.period_end
    first = told.period_start if code in _KINDS else last - timedelta(days=TREND_DAYS - 1)
    return _Public(span=Span(code=code, first=first, last=last), told=told, is_exactly=code in _KINDS)


def _shown(chosen: _Public, published: Sequence[BulletinNow]) -> Overview:
    return overview_of(counting.at(chosen.span, chosen.told.as_of), _Opens(chosen, published), least=_LEAST)


def _tabs(chosen: _Public, published: Sequence[BulletinNow]) -> list[dict[str, Any]]:
    offered = [each for each in _offers(published) if each is not None]
    return [
        {
            "href": f"?{urlencode({'period': each.span.code})}",
            "label": PERIODS[each.span.code],
            "is_here": each.span.code == chosen.span.code,
        }
        for each in offered
    ]


def _address(chosen: _Public) -> dict[str, str]:
    return {"period": chosen.span.code, "to": chosen.span.last.isoformat()}


class _Opens:
    """Where a number opens: the page of the published bulletin that prints the same number for the same days."""

    def __init__(self, chosen: _Public, published: Sequence[BulletinNow]) -> None:
        self._id = chosen.told.id if chosen.is_exactly else ""
        self._json = queries.published_one(self._id).json if self._id else {}
        self._kind = chosen.told.kind
        self._dailies = {row.period_end.isoformat(): row.id for row in published if row.kind == "daily"}

    def __call__(self, figure: str, where: Mapping[str, Sequence[str | None]], count: int) -> str:
        if "day" in where:
            daily = self._dailies.get(str(where["day"][0]))
            return reverse("portal:bulletin", args=[daily]) if daily else ""
        path = self._path(figure, where) if self._id else ""
        if not path or self._printed(path) != count:
            return ""
        return f"{reverse('portal:bulletin_numbers', args=[self._id])}?{urlencode({'figure': path})}"

    def _path(self, figure: str, where: Mapping[str, Sequence[str | None]]) -> str:
        if "channel" in where:
            level = city().settings["bulletin"][self._kind]["channels"]
            known = [code for code in where["channel"] if code and code in city().channels]
            return f"accepted.by_channel.{city().printed_channel(known[0], level)}" if known else ""
        if "topic" in where:
            codes = [topic["code"] for topic in self._json["topics"]]
            return f"topics.{codes.index(where['topic'][0])}.count" if where["topic"][0] in codes else ""
        if where:
            return ""
        statements = [said["figure"] for said in self._json["statements"]]
        if figure in statements:
            return f"statements.{statements.index(figure)}.numerator"
        return _PATHS.get(figure, "")

    def _printed(self, path: str) -> int | None:
        found: Any = self._json
        for step in path.split("."):
            found = found[int(step)] if isinstance(found, list) else found.get(step)
            if found is None:
                return None
        return int(found)


_PATHS = {
    "accepted": "accepted.total",
    "completion": "completion.numerator",
    "unfinished_overdue": "completion.unfinished_overdue",
}
