"""会改变什么: what a change of the city's data would do, told before it is saved. Reads only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _

from yousu.appeals import configuring
from yousu.appeals.routing import trying
from yousu.desk import labels
from yousu.org.city import City
from yousu.platform import clock

_DAYS = 90
_MOVES = 10


@dataclass(frozen=True)
class Told:
    """A sentence, and where the cases behind it open (empty: nowhere)."""

    words: str
    address: str = ""


def of(table: str, key: str, cells: Mapping[str, str], *, before: City, after: City) -> list[Told]:
    """What would be another way with the city `after`."""
    if table == "routing":
        return _routing(before, after)
    if table == "units" and key:
        return [_unit(key)]
    if table == "grades" and key:
        return [_grade(key, cells, before)]
    if table == "categories" and key:
        return [_category(key)]
    return []


def _routing(before: City, after: City) -> list[Told]:
    last = clock.now()
    first = last - timedelta(days=_DAYS)
    moved = trying.differing(trying.rules_of(before), trying.rules_of(after), first=first, last=last)
    told = [
        Told(
            _("过去 %(days)s 天转出的 %(cases)s 件里，有 %(n)s 件会转到与现行规则不同的地方。")
            % {"days": _DAYS, "cases": moved.cases, "n": sum(moved.elsewhere.values())}
        )
    ]
    for (was, would), n in list(moved.elsewhere.items())[:_MOVES]:
        names = {"was": labels.unit(was) or _("没有规则"), "would": labels.unit(would) or _("没有规则"), "n": n}
        told.append(Told(_("%(was)s → %(would)s：%(n)s 件") % names))
    return told


def _unit(code: str) -> Told:
    n = configuring.open_cases([code]).get(code, 0)
    if n == 0:
        return Told(_("这个单位没有未办结的诉求。"))
    return Told(_("这个单位有 %(n)s 件未办结的诉求。") % {"n": n}, f"/desk/cases/?unit={code}")


def _grade(code: str, cells: Mapping[str, str], before: City) -> Told:
    n = configuring.open_by_grade()[code]
    if code in before.grades and str(before.grades[code].working_days or "") != cells.get("working_days", ""):
        return Told(_("用这个等级的未办结诉求有 %(n)s 件，它们的期限不变；以后转交的按新的算。") % {"n": n})
    return Told(_("用这个等级的未办结诉求有 %(n)s 件。") % {"n": n})


def _category(path: str) -> Told:
    n = configuring.open_in_category(path)
    return Told(
        _("这个分类有 %(n)s 件未办结的诉求，它们不变。") % {"n": n}, f"/desk/cases/?category={path}" if n else ""
    )
