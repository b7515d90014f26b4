"""yousu due: 办理期限, counted from a start by working days, hours, calendar days or months."""

import re
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo

from yousu.cli import Answer, UsageError
from yousu.platform import environment
from yousu.worktime import calendar, deadlines
from yousu.worktime.deadlines import Deadline, Pause, Step
from yousu.worktime.reasons import LABELS

_LARGEST = 10_000
# fromisoformat takes any sign between day and time: it would read the offset of 2024-01-31+08:00 as eight o'clock.
_ISO_MOMENT = re.compile(r"[\dW-]+([T ][\d:.,]+(Z|[+-][\d:]+)?)?", re.ASCII)
_WEEKDAYS = "一二三四五六日"


def arguments(parser: ArgumentParser) -> None:
    """START, one period, pauses, an extension, rolling over."""
    parser.add_argument("start", metavar="START", help="moment in ISO 8601; without an offset it is local time")
    period = parser.add_mutually_exclusive_group(required=True)
    for unit in ("working-days", "hours", "calendar-days", "months"):
        period.add_argument(f"--{unit}", type=_amount, metavar="N")
    parser.add_argument(
        "--suspend", action="append", default=[], metavar="A/B", help="the clock stands still from A to B; repeatable"
    )
    parser.add_argument("--extend", type=_amount, default=0, metavar="N", help="N more of the same unit")
    parser.add_argument("--roll", action="store_true", help="a due day that is a rest day moves to a working day")


def run(options: Namespace) -> Answer:
    """The due moment, whether it is provisional, and each step that led to it."""
    zone = _zone()
    start = _moment(options.start, zone, field="START")
    try:
        deadline = _count(start, [_pause(text, zone) for text in options.suspend], options, zone)
    except deadlines.NotCountable as refusal:
        # START has an offset and every N was checked, so only the pauses are left to be wrong.
        raise UsageError(f"--suspend: {refusal}") from refusal
    except calendar.CalendarMissing as refusal:
        raise UsageError(f"START {options.start}: {refusal}") from refusal
    except OverflowError as refusal:
        raise UsageError(f"START {options.start}: the deadline lies outside the years 1 to 9999") from refusal
    return Answer(data=_data(deadline), text=_text(deadline))


def _count(start: datetime, pauses: list[Pause], options: Namespace, zone: tzinfo) -> Deadline:
    if options.hours:
        if options.roll:
            raise UsageError("--roll: hours run through rest days and do not roll over")
        return deadlines.after_hours(start, options.hours, zone=zone, pauses=pauses, extension=options.extend)
    days = calendar.load()
    if options.working_days:
        return deadlines.after_working_days(
            start, options.working_days, days, zone=zone, pauses=pauses, extension=options.extend
        )
    amount, count = (
        (options.months, deadlines.after_months)
        if options.months
        else (options.calendar_days, deadlines.after_calendar_days)
    )
    return count(start, amount, days, zone=zone, pauses=pauses, extension=options.extend, roll=options.roll)


def _amount(text: str) -> int:
    # The bound keeps a slip of the finger from counting thousands of years day by day.
    if text.isascii() and text.isdigit() and len(text) <= len(str(_LARGEST)) and 1 <= int(text) <= _LARGEST:
        return int(text)
    raise ArgumentTypeError(f"must be a whole number from 1 to {_LARGEST}, not {text!r}")


def _moment(text: str, zone: tzinfo, *, field: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text) if _ISO_MOMENT.fullmatch(text) else None
    except ValueError:
        moment = None
    if moment is None:
        raise UsageError(f"{field}: {text!r} is not a moment in ISO 8601, such as 2024-01-31T10:00+08:00")
    return moment.replace(tzinfo=zone) if moment.tzinfo is None else moment


def _pause(text: str, zone: tzinfo) -> Pause:
    begin, slash, end = text.partition("/")
    if not slash:
        raise UsageError(f"--suspend: {text!r} is not two moments A/B")
    return Pause(_moment(begin, zone, field="--suspend"), _moment(end, zone, field="--suspend"))


def _zone() -> ZoneInfo:
    name = environment.text("YOUSU_TIME_ZONE")
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise UsageError(f"YOUSU_TIME_ZONE: {name!r} is no time zone") from None


def _data(deadline: Deadline) -> dict[str, object]:
    old = deadline.before_extension
    return {
        "due": deadline.at.isoformat(),
        **({"due_before_extension": old.isoformat()} if old else {}),
        "provisional": deadline.provisional,
        "steps": [{"date": str(step.date), "counted": step.counted, "why": step.why} for step in deadline.steps],
    }


def _text(deadline: Deadline) -> str:
    lines = [f"办理期限 {deadline.at.isoformat(' ')}"]
    if deadline.before_extension:
        lines.append(f"延期前 {deadline.before_extension.isoformat(' ')}")
    if deadline.provisional:
        lines.append("暂定：所经年份的放假安排尚未公布")
    return "\n".join([*lines, *map(_line, deadline.steps)])


def _line(step: Step) -> str:
    counted = "计入" if step.counted else "不计"
    return f"  {step.date} 周{_WEEKDAYS[step.date.weekday()]} {counted} {LABELS[step.why]}"
