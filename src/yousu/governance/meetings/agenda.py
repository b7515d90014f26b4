"""议程: what lies before a meeting at a moment: cases by part, governance tasks, special reports, tasks still owed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from yousu.cases.models import CaseNow
from yousu.figures import queries as figures
from yousu.figures.queries import Period
from yousu.figures.sets import Sets
from yousu.governance.models import GovernedNow
from yousu.governance.specials import queries as specials
from yousu.governance.tasks.state import RUNNING

# Which figure counts what was done in the days before.
_FIGURES = {"supervised": "supervised", "escalated": "escalated", "parked": "parked"}


@dataclass(frozen=True, kw_only=True)
class Agenda:
    """The sets of cases by part, and the numbers of what else is talked about."""

    sets: Sets
    governance: tuple[int, ...]
    specials: tuple[int, ...]
    owed: tuple[int, ...]


def at(first: date, last: date, *, as_of: datetime) -> Agenda:
    """The agenda as it is now; a case is in a part once, however often."""
    sets, period = Sets(), Period(first=first, last=last, as_of=as_of)
    for part, figure in _FIGURES.items():
        sets.count(part, sorted(set(figures.numbers(figure, period))))
    sets.count("sent_back", _sent_back_often())
    return Agenda(
        sets=sets,
        governance=_numbers("governance", ("open",)),
        specials=tuple(one.number for one in specials.issued_between(first, last)),
        owed=_numbers("task", RUNNING),
    )


def _sent_back_often() -> list[str]:
    """Those that wait for a supervisor because a unit sent them back for the third time."""
    waiting = CaseNow.objects.filter(kind="appeal", marks__contains=["sent_back_often"]).exclude(marks=[])
    return list(waiting.order_by("number").values_list("number", flat=True))


def _numbers(kind: str, stages: Sequence[str]) -> tuple[int, ...]:
    rows = GovernedNow.objects.filter(kind=kind, stage__in=stages).order_by("day", "number")
    return tuple(rows.values_list("number", flat=True))
