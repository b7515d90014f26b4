"""陈述: rates of the call-backs, daily average, change against the period before, a week beside its seven dailies."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from yousu.bulletins import identities, kept
from yousu.bulletins.names import RATES
from yousu.bulletins.rules import Spell
from yousu.figures import queries as figures
from yousu.figures.queries import Period
from yousu.figures.rates import percent
from yousu.figures.sets import Sets
from yousu.org.city import City

Statement = dict[str, Any]


def made(sets: Sets, spell: Spell, period: Period, known: City) -> list[Statement]:
    """Every statement that can be made; each number in them opens like any other."""
    found: list[Statement] = []
    for figure in RATES:
        rate = _rate(sets, figure, period, known, path=f"statements.{len(found)}")
        if rate is not None:
            found.append(rate)
    if spell.kind == "weekly":
        found.append(_average(sets, spell, path=f"statements.{len(found)}"))
    found.append(_change(sets, spell, period, known, path=f"statements.{len(found)}"))
    dailies = _dailies(sets, spell, path=f"statements.{len(found)}") if spell.kind == "weekly" else None
    return found if dailies is None else [*found, dailies]


def _rate(sets: Sets, figure: str, period: Period, known: City, *, path: str) -> Statement | None:
    rows = figures.rows(figure, period, "number", "counted", "excluded")
    base = [number for number, _, is_excluded in rows if not is_excluded]
    if not base:
        return None
    numerator = sets.count(f"{path}.numerator", [number for number, counts, _ in rows if counts])
    of = sets.count(f"{path}.of", base)
    return {
        "name": figures.definition(figure).name_zh,
        "figure": figure,
        "value": percent(numerator, of, **_printing(known)),
        "unit": "%",
        "numerator": numerator,
        "of": of,
    }


def _average(sets: Sets, spell: Spell, *, path: str) -> Statement:
    """日均受理量 (bulletins.md B13)."""
    total = sets.count(f"{path}.numerator", sets.sets["accepted.total"])
    return {
        "name": "日均受理量",
        "figure": "daily_average",
        "value": str(identities.daily_average(total, days=spell.days)),
        "unit": "件",
        "numerator": total,
        "of": None,
        "days": spell.days,
    }


def _change(sets: Sets, spell: Spell, period: Period, known: City, *, path: str) -> Statement:
    """受理量环比 (B14): both periods as known at the same as-of; no value after a period without any."""
    back = timedelta(days=spell.days)
    before = replace(period, first=period.first - back, last=period.last - back)
    this = sets.count(f"{path}.this", sets.sets["accepted.total"])
    last = sets.count(f"{path}.last", figures.numbers("accepted", before))
    return {
        "name": "受理量环比",
        "figure": "change",
        "value": identities.changed_by(this, last, **_printing(known)),
        "unit": "%",
        "numerator": None,
        "of": None,
        "this": this,
        "last": last,
    }


def _dailies(sets: Sets, spell: Spell, *, path: str) -> Statement | None:
    """与日报之差 (B19): beside the sum of the seven dailies, if all of them are frozen."""
    days = [(spell.first + timedelta(days=day)).isoformat() for day in range(spell.days)]
    lists = kept.lists_of([f"daily-{day}" for day in days], "accepted.total")
    if len(lists) < spell.days:
        return None
    weekly = sets.count(f"{path}.weekly", sets.sets["accepted.total"])
    dailies = sets.count(f"{path}.dailies", sorted(number for numbers in lists.values() for number in numbers))
    return {
        "name": "与七期日报合计之差",
        "figure": "dailies",
        "value": str(weekly - dailies),
        "unit": "件",
        "numerator": None,
        "of": None,
        "weekly": weekly,
        "dailies": dailies,
    }


def _printing(known: City) -> dict[str, Any]:
    setting = known.settings["percent"]
    return {"rounding": setting["rounding"], "digits": setting["digits"]}
