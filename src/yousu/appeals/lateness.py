"""超期与临期: what is late, what will be by the end of the next working day, and at which units. Reads only."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Self

from django.db.models import Count, Min, Q, QuerySet

from yousu.appeals.dispatching import grades
from yousu.appeals.state import OPEN_STAGES
from yousu.cases.models import CaseNow
from yousu.platform import clock
from yousu.worktime.deadlines import after_working_days


@dataclass(frozen=True, kw_only=True)
class Bounds:
    """The moments between late, due today, and due by the end of the next working day."""

    now: datetime
    today: datetime
    soon: datetime

    @classmethod
    def at_present(cls) -> Self:
        """From now on."""
        return cls.at(clock.now())

    @classmethod
    def at(cls, now: datetime) -> Self:
        """From a moment on. Raises CalendarMissing before the calendar's first year."""
        known = grades()
        midnight = datetime.combine(now.astimezone(known.zone).date() + timedelta(days=1), time(0), known.zone)
        return cls(now=now, today=midnight, soon=after_working_days(now, 1, known.calendar, zone=known.zone).at)


@dataclass(frozen=True, kw_only=True)
class UnitLoad:
    """What one unit has open, and how much of it presses."""

    unit: str
    open: int
    late: int
    today: int
    soon: int
    oldest: datetime | None


def pressing(cases: QuerySet[CaseNow], bounds: Bounds) -> QuerySet[CaseNow]:
    """The cases that are late or will be by the end of the next working day."""
    return _running(cases).filter(due_at__lte=bounds.soon)


def loads(cases: QuerySet[CaseNow], bounds: Bounds) -> list[UnitLoad]:
    """Every unit with something pressing, the latest first: one statement."""
    late, today, soon = Q(due_at__lt=bounds.now), Q(due_at__lte=bounds.today), Q(due_at__lte=bounds.soon)
    found = (
        _running(cases)
        .values("lead_unit")
        .annotate(
            open=Count("number"),
            late=Count("number", filter=late),
            today=Count("number", filter=today & ~late),
            soon=Count("number", filter=soon & ~today),
            oldest=Min("due_at", filter=late),
        )
        .filter(Q(late__gt=0) | Q(today__gt=0) | Q(soon__gt=0))
        .order_by("-late", "-today", "-soon", "lead_unit")
    )
    return [
        UnitLoad(
            unit=row["lead_unit"],
            open=row["open"],
            late=row["late"],
            today=row["today"],
            soon=row["soon"],
            oldest=row["oldest"],
        )
        for row in found
    ]


def _running(cases: QuerySet[CaseNow]) -> QuerySet[CaseNow]:
    # 已答复 waits for the desk, not for the unit; 未解决 for a judge.
    waiting = sorted(OPEN_STAGES - {"recorded", "handled", "unsolved"})
    return cases.filter(kind="appeal", stage__in=waiting, due_at__isnull=False, lead_unit__isnull=False)
