"""看板: a unit's work in columns by the time that is left."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yousu.appeals.dispatching import grades
from yousu.cases import queries
from yousu.cases.models import CaseNow
from yousu.desk import chips, moments, rows
from yousu.desk.rows import Line
from yousu.platform import clock
from yousu.worktime.deadlines import working_days_left

# More than this nobody overlooks; the list has them all.
MOST = 200
# 剩余工作日: the last day of each column; what has no limit stands in the last.
_COLUMNS: tuple[tuple[str, Promise, int | None], ...] = (
    ("late", _("已超期"), -1),
    ("today", _("今天到期"), 0),
    ("soon", _("两个工作日内"), 2),
    ("later", _("以后到期"), 10_000),
    ("none", _("不计时限"), None),
)


@dataclass
class Column:
    """One column with its cases, soonest first."""

    code: str
    title: Promise
    lines: list[Line] = field(default_factory=list)


def columns(cases: Sequence[CaseNow]) -> list[Column]:
    """The cases, already soonest first, by what is left. Empty columns stay: nothing late is worth seeing."""
    found = [Column(code, title) for code, title, _last in _COLUMNS]
    for row in cases:
        found[_place(row)].lines.append(rows.line(row, queries.state_of(row)))
    return found


def _place(row: CaseNow) -> int:
    due = chips.owed(queries.state_of(row))
    if due is None:
        return len(_COLUMNS) - 1
    left = working_days_left(clock.now(), due.at, grades().calendar, moments.zone())
    return next(at for at, (_code, _title, last) in enumerate(_COLUMNS) if last is not None and left <= last)
