"""办理期限: what holds for every start and every grade."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from yousu.worktime.calendar import load
from yousu.worktime.deadlines import Deadline, Pause, after_calendar_days, after_hours, after_months, after_working_days

ZONE = ZoneInfo("Asia/Shanghai")
GRADES = (1, 3, 7, 11)

starts = st.datetimes(datetime(2023, 1, 1), datetime(2027, 3, 1)).map(lambda moment: moment.replace(tzinfo=ZONE))
grades = st.sampled_from(GRADES)


@st.composite
def pauses_after(draw: st.DrawFn, start: datetime) -> list[Pause]:
    """Up to four pauses that do not overlap; the first may begin before the start."""
    hours = draw(st.lists(st.integers(-48, 600), min_size=2, max_size=8, unique=True).map(sorted))
    moments = [start + timedelta(hours=hour) for hour in hours]
    return [Pause(begin, end) for begin, end in zip(moments[::2], moments[1::2], strict=False)]


def in_each_unit(start: datetime, amount: int, pauses: list[Pause]) -> list[Deadline]:
    return [
        after_working_days(start, amount, load(), zone=ZONE, pauses=pauses),
        after_calendar_days(start, amount, load(), zone=ZONE, pauses=pauses),
        after_calendar_days(start, amount, load(), zone=ZONE, pauses=pauses, roll=True),
        after_months(start, amount, load(), zone=ZONE, pauses=pauses, roll=True),
        after_hours(start, amount, zone=ZONE, pauses=pauses),
    ]


@given(starts, starts, grades)
def test_a_later_start_never_gives_an_earlier_due_time(one: datetime, other: datetime, grade: int) -> None:
    earlier, later = sorted((one, other))
    for before, after in zip(in_each_unit(earlier, grade, []), in_each_unit(later, grade, []), strict=True):
        assert before.at <= after.at


@given(st.data(), starts, grades)
def test_another_pause_never_makes_the_due_time_earlier(data: st.DataObject, start: datetime, grade: int) -> None:
    pauses = data.draw(pauses_after(start))
    fewer = pauses.copy()
    fewer.pop(data.draw(st.integers(0, len(pauses) - 1)))
    for less, more in zip(in_each_unit(start, grade, fewer), in_each_unit(start, grade, pauses), strict=True):
        assert less.at <= more.at


@given(st.data(), starts, grades)
def test_a_working_day_grade_falls_due_on_a_working_day(data: st.DataObject, start: datetime, grade: int) -> None:
    pauses = data.draw(pauses_after(start))
    deadline = after_working_days(start, grade, load(), zone=ZONE, pauses=pauses)
    assert load().day(deadline.at.date()).working
    assert not any(pause.begin <= deadline.at < pause.end for pause in pauses)
    assert sum(step.counted for step in deadline.steps) == grade


@given(starts, grades)
def test_starts_from_the_last_working_day_through_a_rest_block_fall_due_together(start: datetime, grade: int) -> None:
    due = after_working_days(start, grade, load(), zone=ZONE).at
    moment = start
    while not load().day((moment + timedelta(days=1)).date()).working:
        moment += timedelta(days=1)
        assert after_working_days(moment, grade, load(), zone=ZONE).at == due


@given(starts)
def test_a_higher_grade_never_falls_due_before_a_lower_one(start: datetime) -> None:
    dues = [after_working_days(start, grade, load(), zone=ZONE).at for grade in GRADES]
    assert dues == sorted(dues)
