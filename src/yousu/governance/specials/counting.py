"""专报的数字: each the size of a set that opens: total, period before, complete, late, by district, category, place."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from yousu.bulletins.names import label
from yousu.bulletins.topics import SAME_PLACE
from yousu.cases import queries as cases
from yousu.figures import members
from yousu.figures.queries import Period
from yousu.figures.rates import percent
from yousu.figures.sets import Sets
from yousu.governance.topics.counting import where
from yousu.governance.topics.events import Subject
from yousu.org.city import City, city

_MOST = 5
_MOST_PLACES = 3


def counted(subject: Subject, first: date, last: date, *, as_of: datetime) -> tuple[dict[str, Any], Sets]:
    """The numbers with the names of then, and the sets behind them by path."""
    sets, known = Sets(), city()
    period = Period(first=first, last=last, as_of=as_of)
    back = timedelta(days=(last - first).days + 1)
    before = replace(period, first=first - back, last=last - back)
    rows = members.rows("accepted", period, where(subject), "number", "district", "category", "place")
    content = {
        "total": sets.count("total", [row[0] for row in rows]),
        "before": sets.count("before", members.numbers("accepted", before, where(subject))),
        "completion": _completion(sets, subject, period, known),
        "overdue": sets.count("overdue", members.numbers("unfinished_overdue", period, where(subject))),
        "districts": _ranked(sets, "districts", ((row[0], row[1]) for row in rows), known.units),
        "categories": _ranked(sets, "categories", ((row[0], row[2]) for row in rows), known.categories),
        "places": _places(sets, [(row[0], row[3]) for row in rows], known),
    }
    return content, sets


def _completion(sets: Sets, subject: Subject, period: Period, known: City) -> dict[str, Any]:
    rows = members.rows("completion", period, where(subject), "number", "counted", "excluded")
    done = sets.count("completion.numerator", [number for number, is_counted, _ in rows if is_counted])
    base = sets.count("completion.denominator", [number for number, _, excluded in rows if not excluded])
    setting = known.settings["percent"]
    return {
        "numerator": done,
        "denominator": base,
        "percent": percent(done, base, rounding=setting["rounding"], digits=setting["digits"]),
    }


def _ranked(
    sets: Sets, path: str, rows: Iterable[tuple[str, str | None]], names: Mapping[str, Any]
) -> list[dict[str, Any]]:  # fmt: skip
    found: dict[str | None, list[str]] = defaultdict(list)
    for number, code in rows:
        found[code].append(number)
    ranked = sorted(found, key=lambda code: (-len(found[code]), code or ""))[:_MOST]
    return [
        {"code": code, **_names(names, code), "count": sets.count(f"{path}.{at}.count", found[code])}
        for at, code in enumerate(ranked)
    ]


def _names(names: Mapping[str, Any], code: str | None) -> dict[str, str | None]:
    if code is None:
        return {"zh": None, "en": None}
    one = label(names, code)
    # A district is said as a place, not as the office that governs it.
    place = getattr(one, "place", one.name)
    return {"zh": place("zh"), "en": place("en")}


def _places(sets: Sets, rows: list[tuple[str, str | None]], known: City) -> list[dict[str, Any]]:
    """集中反映地址: named by as many appeals as a bulletin asks for."""
    found: dict[str, list[str]] = defaultdict(list)
    for number, place in rows:
        if place is not None:
            found[place].append(number)
    least = int(known.settings["bulletin"]["concentration"])
    ranked = sorted((key for key in found if len(found[key]) >= least), key=lambda key: (-len(found[key]), key))
    return [
        {
            "text": cases.place_words(key, found[key]) or SAME_PLACE,
            "count": sets.count(f"places.{at}.count", found[key]),
        }
        for at, key in enumerate(ranked[:_MOST_PLACES])
    ]
