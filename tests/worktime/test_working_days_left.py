"""剩余工作日: the number on a case's deadline chip."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from yousu.worktime.calendar import CalendarMissing, load
from yousu.worktime.deadlines import working_days_left

ZONE = ZoneInfo("Asia/Shanghai")


def left(now: str, due: str) -> int:
    moments = [datetime.fromisoformat(text).replace(tzinfo=ZONE) for text in (now, due)]
    return working_days_left(moments[0], moments[1], load(), ZONE)


@pytest.mark.parametrize(
    ("now", "days"),
    [
        ("2024-03-04T09:00", 4),
        ("2024-03-07T23:59", 1),
        ("2024-03-08T00:00", 0),
        ("2024-03-08T23:59:59", 0),
    ],
)
def test_days_left_fall_to_none_on_the_due_day(now: str, days: int) -> None:
    assert left(now, "2024-03-08T23:59:59") == days


def test_rest_days_are_not_left_but_make_up_days_are() -> None:
    assert left("2024-02-09T09:00", "2024-02-19T23:59:59") == 2
    assert left("2024-02-10T09:00", "2024-02-18T23:59:59") == 1


def test_on_the_weekend_before_a_due_weekend_day_no_working_day_is_left() -> None:
    assert left("2024-03-09T09:00", "2024-03-10T23:59:59") == 0


@pytest.mark.parametrize(
    ("now", "days"),
    [
        ("2024-03-09T00:00", -1),
        ("2024-03-11T12:00", -1),
        ("2024-03-12T00:00", -2),
        ("2024-03-15T12:00", -5),
    ],
)
def test_lateness_counts_the_working_days_begun_since_the_due_day(now: str, days: int) -> None:
    assert left(now, "2024-03-08T23:59:59") == days


def test_late_on_the_due_day_itself_is_already_late() -> None:
    assert left("2024-03-08T10:00:01", "2024-03-08T10:00:00") == -1
    assert left("2024-03-08T10:00:00", "2024-03-08T10:00:00") == 0


def test_the_day_is_the_citys_whatever_offset_the_moments_carry() -> None:
    now = datetime.fromisoformat("2024-03-07T17:00:00+00:00")
    due = datetime.fromisoformat("2024-03-08T15:59:59+00:00")
    assert working_days_left(now, due, load(), ZONE) == 0


def test_days_before_the_calendar_are_refused() -> None:
    with pytest.raises(CalendarMissing):
        left("2019-03-08T10:00", "2019-03-12T10:00")
