"""办理期限: counts from a start to the moment something is due, and tells each step that led there.

Source: 民法典 art. 201–203 (starting day not counted, corresponding day, rest days). That hotline limits count by
analogy, that hours run through nights and holidays, and the defaults of Rules are ASSUMED; no hotline text says so.
Starts and pauses carry an offset; days are local to `zone`; due moments are local, too. Every function raises
NotCountable for a period or pauses that make no sense, CalendarMissing before the calendar's first year, OverflowError
after the year 9999. An extension counts on from the old due day, as it was before it rolled to a working day.
"""

from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import pairwise
from typing import NamedTuple

from yousu.worktime.calendar import Calendar
from yousu.worktime.calendar import Step as Step
from yousu.worktime.reasons import (
    CALENDAR_DAY,
    CORRESPONDING_DAY,
    HOURS_END,
    PAUSED,
    RECEIVED_AFTER_HOURS,
    ROLLED_OVER,
)

_ONE_DAY = timedelta(days=1)


class NotCountable(ValueError):
    """A period of no length, or pauses that overlap, end before they begin, or have no offset."""


@dataclass(frozen=True, kw_only=True)
class Deadline:
    """办理时限: due at `at` (a local moment); provisional while a year it was counted through is not published."""

    at: datetime
    provisional: bool
    steps: tuple[Step, ...]
    before_extension: datetime | None = None


@dataclass(frozen=True)
class Pause:
    """暂停计时: the clock stands still from begin until just before end."""

    begin: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.begin.utcoffset() is None or self.end.utcoffset() is None:
            raise NotCountable("a pause needs moments with an offset")
        if self.end < self.begin:
            raise NotCountable(f"a pause ends at {self.end.isoformat()}, before it begins")


@dataclass(frozen=True, kw_only=True)
class Rules:
    """A city's settings: `due_time` ends a due day; what comes after office hours may count as the next day's."""

    due_time: time = time(23, 59, 59)
    after_hours_counts_next_day: bool = False
    office_closes: time = time(18, 0)


USUAL = Rules()


def after_working_days(
    start: datetime,
    working_days: int,
    calendar: Calendar,
    *,
    zone: tzinfo,
    pauses: Iterable[Pause] = (),
    extension: int = 0,
    rules: Rules = USUAL,
) -> Deadline:
    """工作日期限: the last working day's end; the starting day and days paused at their end are not counted."""
    _check_period(working_days, extension)
    clock = _Clock(zone, _in_order(pauses), rules)
    received = _local(start, zone)
    steps: list[Step] = []
    first = received.date()
    if _is_after_hours(received, calendar, rules):
        first += _ONE_DAY
        steps.append(Step(first, False, RECEIVED_AFTER_HOURS))

    def unless_paused(day: date) -> Step:
        step = calendar.step(day)
        return Step(day, False, PAUSED) if step.counted and clock.is_paused(day) else step

    judge = unless_paused if clock.pauses else calendar.step
    steps += _walk(first, working_days, judge)
    before_extension = clock.end_of(steps[-1].date) if extension else None
    steps += _walk(steps[-1].date, extension, judge)
    last = steps[-1].date
    provisional = calendar.is_provisional(steps[0].date, last)
    return Deadline(
        at=clock.end_of(last), provisional=provisional, steps=tuple(steps), before_extension=before_extension
    )


def after_calendar_days(
    start: datetime,
    days: int,
    calendar: Calendar,
    *,
    zone: tzinfo,
    pauses: Iterable[Pause] = (),
    extension: int = 0,
    roll: bool = False,
    rules: Rules = USUAL,
) -> Deadline:
    """自然日期限: day 1 is the next date; `roll` moves a due day that is a rest day to the next working day."""
    clock = _Clock(zone, _in_order(pauses), rules)
    return _by_date(start, (days, extension), lambda _, amount: amount, clock, calendar=calendar if roll else None)


def after_months(
    start: datetime,
    months: int,
    calendar: Calendar,
    *,
    zone: tzinfo,
    pauses: Iterable[Pause] = (),
    extension: int = 0,
    roll: bool = False,
    rules: Rules = USUAL,
) -> Deadline:
    """按月期限: the corresponding day, else the month's last; paused days are made up for by as many calendar days."""
    clock = _Clock(zone, _in_order(pauses), rules)
    deadline = _by_date(start, (months, extension), _days_in_months, clock, calendar=calendar if roll else None)
    return replace(deadline, steps=_without_plain_days(deadline.steps))


def after_hours(
    start: datetime, hours: int, *, zone: tzinfo, pauses: Iterable[Pause] = (), extension: int = 0
) -> Deadline:
    """按小时期限: runs through nights and holidays; every pause that begins before the due moment is added."""
    _check_period(hours, extension)
    in_order = _in_order(pauses)
    begin = _local(start, zone)
    at, _ = _after_pauses(begin, timedelta(hours=hours), in_order)
    extended, stopped = _after_pauses(begin, timedelta(hours=hours + extension), in_order)
    paused = [Step(pause.begin.astimezone(zone).date(), False, PAUSED) for pause in stopped]
    last = extended.astimezone(zone)
    steps = (*paused, Step(last.date(), True, HOURS_END))
    before_extension = at.astimezone(zone) if extension else None
    return Deadline(at=last, provisional=False, steps=steps, before_extension=before_extension)


def is_overdue(now: datetime, due: datetime) -> bool:
    """超期: the due moment itself is still in time."""
    return now > due


def working_days_left(now: datetime, due: datetime, calendar: Calendar, zone: tzinfo) -> int:
    """剩余工作日: working days after today up to the due day; 0 when none is left; below 0 once overdue.

    Overdue counts begun working days: -1 from the first moment to the end of the first working day after the due day.
    """
    today, due_day = now.astimezone(zone).date(), due.astimezone(zone).date()
    if is_overdue(now, due):
        return min(-1, -_working_days_between(due_day, today, calendar))
    return _working_days_between(today, due_day, calendar)


def working_days_ago(now: datetime, amount: int, calendar: Calendar, zone: tzinfo) -> datetime:
    """The moment before which at least so many working days, today's among them, have begun since a day's end."""
    day = now.astimezone(zone).date()
    while amount > 0:
        amount -= calendar.day(day).working
        day -= _ONE_DAY
    return datetime.combine(day + _ONE_DAY, time(0), zone)


class _Clock(NamedTuple):
    """The day's end by a city's rules, and the pauses in order."""

    zone: tzinfo
    pauses: tuple[Pause, ...]
    rules: Rules

    def end_of(self, day: date) -> datetime:
        return datetime.combine(day, self.rules.due_time, self.zone)

    def is_paused(self, day: date) -> bool:
        # Asked at the due time, not at midnight: a pause that begins after the due moment must have no effect.
        end = self.end_of(day)
        return any(pause.begin <= end < pause.end for pause in self.pauses)


def _by_date(
    start: datetime,
    amounts: tuple[int, int],
    days_in: Callable[[date, int], int],
    clock: _Clock,
    *,
    calendar: Calendar | None,
) -> Deadline:
    amount, extension = amounts
    _check_period(amount, extension)

    def judge(day: date) -> Step:
        return Step(day, False, PAUSED) if clock.is_paused(day) else Step(day, True, CALENDAR_DAY)

    first = _local(start, clock.zone).date()
    steps = _walk(first, days_in(first, amount), judge)
    before_extension = None
    if extension:
        old = steps[-1].date
        before_extension = clock.end_of([*steps, *_roll(old, clock, calendar)][-1].date)
        steps += _walk(old, days_in(old, extension), judge)
    nominal = steps[-1].date
    steps += _roll(nominal, clock, calendar)
    due_day = steps[-1].date
    provisional = calendar is not None and calendar.is_provisional(nominal, due_day)
    return Deadline(
        at=clock.end_of(due_day), provisional=provisional, steps=tuple(steps), before_extension=before_extension
    )


def _walk(after: date, amount: int, judge: Callable[[date], Step]) -> list[Step]:
    """Steps forward from the day after `after` until `amount` days have been counted."""
    steps: list[Step] = []
    day = after
    while amount:
        day += _ONE_DAY
        step = judge(day)
        steps.append(step)
        amount -= step.counted
    return steps


def _roll(nominal: date, clock: _Clock, calendar: Calendar | None) -> list[Step]:
    """The days after a due day that is a rest day, up to the working day that takes its place."""
    steps: list[Step] = []
    day = nominal
    # Without a calendar the rule does not roll.
    while calendar is not None and not (calendar.day(day).working and not clock.is_paused(day)):
        day += _ONE_DAY
        found = calendar.day(day)
        # Nothing may fall due while its clock stands still, so a paused working day does not end the rest.
        steps.append(Step(day, False, PAUSED if clock.is_paused(day) else ROLLED_OVER if found.working else found.why))
    return steps


def _after_pauses(begin: datetime, period: timedelta, pauses: tuple[Pause, ...]) -> tuple[datetime, list[Pause]]:
    # In UTC: with one zone on both sides Python would add wall-clock time, wrong where summer time is kept.
    due, stopped = begin.astimezone(UTC) + period, list[Pause]()
    for pause in pauses:
        # A pause that was on before the start stops only what is left of it.
        since = max(pause.begin, begin)
        if since < due and pause.end > since:
            due += pause.end - since
            stopped.append(pause)
    return due, stopped


def _days_in_months(day: date, months: int) -> int:
    years, month0 = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month0 + 1
    if year > date.max.year:
        raise OverflowError("the deadline lies after the year 9999")
    corresponding = date(year, month, min(day.day, monthrange(year, month)[1]))
    return (corresponding - day).days


def _without_plain_days(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    # Months are not counted day by day: only the day they end on, what was paused and the rest days after it matter.
    ending = max(index for index, step in enumerate(steps) if step.counted)
    kept = [step for step in steps[:ending] if not step.counted]
    return (*kept, steps[ending]._replace(why=CORRESPONDING_DAY), *steps[ending + 1 :])


def _working_days_between(after: date, until: date, calendar: Calendar) -> int:
    days = (until - after).days
    return sum(calendar.day(after + n * _ONE_DAY).working for n in range(1, days + 1))


def _is_after_hours(received: datetime, calendar: Calendar, rules: Rules) -> bool:
    if not rules.after_hours_counts_next_day or received.time() <= rules.office_closes:
        return False
    return calendar.day(received.date()).working


def _in_order(pauses: Iterable[Pause]) -> tuple[Pause, ...]:
    in_order = tuple(sorted(pauses, key=lambda pause: pause.begin))
    for earlier, later in pairwise(in_order):
        if later.begin < earlier.end:
            raise NotCountable(f"pauses overlap: one begins at {later.begin.isoformat()} while another lasts")
    return in_order


def _local(start: datetime, zone: tzinfo) -> datetime:
    if start.utcoffset() is None:
        raise NotCountable("the start needs an offset")
    return start.astimezone(zone)


def _check_period(amount: int, extension: int) -> None:
    if amount < 1:
        raise NotCountable(f"a period must be at least 1, not {amount}")
    if extension < 0:
        raise NotCountable(f"an extension cannot be negative: {extension}")
