"""总览的数: everything an overview shows, counted in three statements, and kept for a minute."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from threading import Lock
from zoneinfo import ZoneInfo

from yousu.figures.queries import Count, Period
from yousu.figures.several import Days, by_day, cuts, summed
from yousu.figures.showing.periods import Span, trend_of
from yousu.platform import clock, environment

FIGURES = ("accepted", "completion", "on_time", "unfinished_overdue", "solution", "response")
CUTS: tuple[tuple[str, ...], ...] = (("channel",), ("topic",), ("district",), ("district", "topic"))
# How old an overview of the present may be.
FRESH = timedelta(seconds=60)
_MOST_KEPT = 64


@dataclass(frozen=True, kw_only=True)
class Numbers:
    """What was counted for a period as known at `as_of`; `before` as known just as long after its own days."""

    span: Span
    as_of: datetime
    now: Mapping[str, Count]
    before: Mapping[str, Count]
    trend: tuple[date, date]
    days: Mapping[str, Days]
    cuts: Mapping[tuple[str, ...], list[Count]]

    @property
    def trend_days(self) -> list[date]:
        """The whole days up to the period's end, 28 of them at most.

        Days before anything was ever recorded are left out: they are not days without appeals.
        """
        accepted, (first, last) = self.days["accepted"], self.trend
        known = [day for day in accepted if first <= day <= last]
        return [min(known) + timedelta(days=n) for n in range((last - min(known)).days + 1)] if known else []


def at(span: Span, as_of: datetime) -> Numbers:
    """The numbers of a period as known then."""
    with _lock:
        if (span, as_of) not in _kept:
            keep(counted(span, as_of))
        return _kept[span, as_of]


def at_present(span: Span) -> Numbers:
    """The numbers of a period as they are now, or were less than a minute ago."""
    return at(span, fresh(span) or clock.now())


def fresh(span: Span) -> datetime | None:
    """The as-of of the newest numbers that are kept and still new enough for the present."""
    now = clock.now()
    return max((as_of for kept, as_of in list(_kept) if kept == span and now - FRESH < as_of <= now), default=None)


def keep(numbers: Numbers) -> None:
    """Keeps what was counted, here or elsewhere; the oldest makes room."""
    while len(_kept) >= _MOST_KEPT:
        _kept.pop(next(iter(_kept)))
    _kept[numbers.span, numbers.as_of] = numbers


def forget() -> None:
    """Drops what is kept: another database is in use."""
    _kept.clear()


_kept: dict[tuple[Span, datetime], Numbers] = {}
# One process counts one overview at a time: who asks for the same gets the same.
_lock = Lock()


def counted(span: Span, as_of: datetime) -> Numbers:
    """The numbers of a period, counted now whatever is kept. Three statements."""
    first, last = trend_of(span, as_of, zone())
    whole = Period(first=min(first, span.first), last=max(last, span.last), as_of=as_of)
    earlier = span.before
    # Equally long after its days, or the older period would always look better: it had more time.
    until = Period(first=earlier.first, last=earlier.last, as_of=as_of - span.back)
    days, days_before = by_day(FIGURES, whole), by_day(FIGURES, until)
    return Numbers(
        span=span,
        as_of=as_of,
        now={figure: summed(figure, days[figure], first=span.first, last=span.last) for figure in FIGURES},
        before={figure: summed(figure, days_before[figure], first=until.first, last=until.last) for figure in FIGURES},
        trend=(first, last),
        days=days,
        cuts=cuts("accepted", Period(first=span.first, last=span.last, as_of=as_of), by=CUTS),
    )


@cache
def zone() -> ZoneInfo:
    """The city's zone."""
    return ZoneInfo(environment.text("YOUSU_TIME_ZONE"))
