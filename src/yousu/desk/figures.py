"""指标背后: the cases that a figure counts, those it does not, and those excluded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from yousu.cases import queries as cases
from yousu.desk import labels, rows
from yousu.desk.access import StaffRequest, staff
from yousu.figures import members, trees
from yousu.figures.queries import FigureMissing, Period, definition
from yousu.figures.showing import wording
from yousu.org import capabilities
from yousu.org.actors import Actor
from yousu.org.city import city
from yousu.platform import clock

PAGE = 50
# The earliest and latest days that a database takes without a word.
_FIRST, _LAST = date(2000, 1, 1), date(2199, 12, 31)
_DIMENSIONS = ("channel", "topic", "district", "unit", "category")
_PARTS: Mapping[str, Promise] = {
    "counted": _("计入的"),
    "rest": _("没有计入的"),
    "excluded": _("剔除的"),
    "base": _("分母"),
}


@dataclass(frozen=True, kw_only=True)
class _Asked:
    """What the address asks for."""

    period: Period
    where: Mapping[str, Sequence[str | None]]
    # What the page says it is narrowed to.
    narrowed: Sequence[tuple[Promise, str]]
    part: str


@require_safe
@staff("rates")
def figure(request: StaffRequest, figure: str) -> HttpResponse:
    """The cases behind a figure, as the figure was known at the address's as-of."""
    try:
        found = definition(figure)
    except FigureMissing as missing:
        raise Http404 from missing
    asked = _asked(request, request.actor)
    sizes = members.sizes(figure, asked.period, asked.where)
    after = request.GET.get("after", "").replace("\x00", "")[:20]
    numbers = members.page(figure, asked.period, asked.where, part=asked.part, after=after, size=PAGE + 1)
    page = numbers[:PAGE]
    visible = list(cases.visible_to(request.actor).filter(number__in=page).order_by("number"))
    shown = {
        "name": wording.figure_name(found),
        "sentence": wording.sentence(found),
        "days": wording.days(asked.period.first, asked.period.last),
        "as_of": asked.period.as_of,
        "narrowed": asked.narrowed,
        "count": getattr(sizes, asked.part),
        "tabs": _tabs(request, sizes, asked.part, is_rate=found.is_rate),
        "lines": rows.lines(visible),
        "hidden": len(page) - len(visible),
        "following": f"?{_address(request, after=page[-1])}" if len(numbers) > PAGE else "",
        "governs": _governs(request),
    }
    return render(request, "desk/figure.html", shown)


def _asked(request: HttpRequest, actor: Actor) -> _Asked:
    asked = request.GET
    part = asked.get("part", "counted")
    exact: dict[str, Sequence[str | None]] = {
        name: [value.replace("\x00", "")[:200] or None for value in asked.getlist(name)]
        for name in _DIMENSIONS
        if name in asked
    }
    trees_of = {
        name: asked[f"{name}_tree"].replace("\x00", "")[:200] for name in trees.DIMENSIONS if f"{name}_tree" in asked
    }
    where = {**exact, **{name: trees.below(name, code, city()) for name, code in trees_of.items()}}
    try:
        first, last = date.fromisoformat(asked.get("from", "")), date.fromisoformat(asked.get("to", ""))
        as_of = datetime.fromisoformat(asked["as_of"]) if "as_of" in asked else clock.now()
        as_of = min(as_of, clock.now())
    except (ValueError, TypeError) as error:
        # A moment without its zone is no moment.
        raise Http404 from error
    if not _FIRST <= first <= last <= _LAST or as_of.year < _FIRST.year or part not in members.PARTS:
        raise Http404
    return _Asked(
        period=Period(first=first, last=last, as_of=as_of),
        where=_within(where, actor),
        narrowed=_narrowed({**exact, **{name: [code] for name, code in trees_of.items()}}),
        part=part,
    )


def _governs(request: StaffRequest) -> str:
    """Where a governance task of what is shown is opened; empty if it is about no one topic or category."""
    asked = request.GET
    found = {
        name: values[0]
        for name, key in (("topic", "topic"), ("category", "category"), ("category", "category_tree"))
        if len(values := asked.getlist(key)) == 1 and values[0]
    }
    if len(found) != 1 or not capabilities.may(request.actor, "open-governance"):
        return ""
    for name, key in (("district", "district"), ("within", "unit")):
        values = [value for value in (*asked.getlist(key), *asked.getlist(f"{key}_tree")) if value]
        found |= {name: values[0]} if len(values) == 1 else {}
    return f"{reverse('desk:governance_new')}?{urlencode(found)}"


def _within(where: Mapping[str, Sequence[str | None]], actor: Actor) -> Mapping[str, Sequence[str | None]]:
    """Of units that have no right to the whole city's figures, their own trees."""
    if "all" in capabilities.scopes(actor, "rates"):
        return where
    asked = where.get("unit")
    own = sorted(actor.tree) if asked is None else [unit for unit in asked if unit in actor.tree]
    return {**where, "unit": own}


def _tabs(request: HttpRequest, sizes: members.Sizes, part: str, *, is_rate: bool) -> list[dict[str, Any]]:
    if not is_rate:
        return []
    return [
        {
            "href": f"?{_address(request, part=code)}",
            "label": label,
            "count": getattr(sizes, code),
            "is_here": code == part,
        }
        for code, label in _PARTS.items()
    ]


def _address(request: HttpRequest, **changed: str) -> str:
    kept = {name: request.GET.getlist(name) for name in request.GET if name != "after"}
    return urlencode({**kept, **changed}, doseq=True)


def _narrowed(where: Mapping[str, Sequence[str | None]]) -> list[tuple[Promise, str]]:
    names = {
        "channel": _("渠道"),
        "topic": _("主题"),
        "district": _("区县"),
        "unit": _("单位"),
        "category": _("分类"),
    }
    nothing = str(_("没有写明"))
    return [
        (names[name], str(_("、")).join(labels.DIMENSIONS[name](value) if value else nothing for value in values))
        for name, values in where.items()
    ]
