"""时刻: moments as tables write them; without an offset they are local to the city."""

import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

from yousu.cases.rules import FieldWrong

_WRITTEN = re.compile(
    r"(?P<year>\d{4})[-/](?P<month>\d{1,2})[-/](?P<day>\d{1,2})"
    r"(?:(?:T| +)(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,](?P<fraction>\d{1,9}))?)?"
    r" *(?P<offset>[Zz]|[+-]\d{2}(?::?\d{2})?)?)?",
    re.ASCII,
)
_PARTS = ("year", "month", "day", "hour", "minute", "second")


def moment(value: object, *, field: str, zone: tzinfo) -> datetime | None:
    """A moment with offset, or None for an empty value. A day alone is its midnight.

    Takes ISO 8601, `2024-01-31 10:00[:00]`, `2024/1/31 9:05`, and dates of cells. Raises FieldWrong.
    """
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=zone)
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day, tzinfo=zone)
    if value is None:
        return None
    if not isinstance(value, str):
        raise FieldWrong(field, "not_a_moment")
    text = value.strip()
    return _read(text, field, zone) if text else None


def _read(text: str, field: str, zone: tzinfo) -> datetime:
    found = _WRITTEN.fullmatch(text)
    try:
        if found is None:
            raise ValueError(text)
        year, month, day, hour, minute, second = (int(found[part] or 0) for part in _PARTS)
        microsecond = int((found["fraction"] or "").ljust(6, "0")[:6])
        offset = _offset(found["offset"]) if found["offset"] else zone
        return datetime(year, month, day, hour, minute, second, microsecond, tzinfo=offset)
    except ValueError:
        raise FieldWrong(field, "not_a_moment") from None


def _offset(written: str) -> tzinfo:
    if written in "Zz":
        return UTC
    digits = written[1:].replace(":", "").ljust(4, "0")
    span = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-span if written[0] == "-" else span)
