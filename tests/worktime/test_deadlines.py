"""办理期限: the worked examples, and the rules they do not reach."""

import csv
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from yousu.worktime.calendar import CalendarMissing, load
from yousu.worktime.deadlines import (
    Deadline,
    NotCountable,
    Pause,
    Rules,
    after_calendar_days,
    after_hours,
    after_months,
    after_working_days,
    is_overdue,
)

ZONE = ZoneInfo("Asia/Shanghai")
EXAMPLES = Path(__file__).with_name("deadline_examples.csv")


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def pauses_of(text: str) -> Iterator[Pause]:
    for pause in filter(None, text.split(";")):
        begin, _, end = pause.partition(" -> ")
        yield Pause(local(begin.strip()), local(end.strip()))


def count(example: dict[str, str], *, extension: int) -> Deadline:
    start, amount = local(example["start"]), int(example["amount"])
    pauses = tuple(pauses_of(example["pauses"]))
    roll = example["roll_to_working_day"] == "yes"
    match example["unit"]:
        case "working_day":
            return after_working_days(start, amount, load(), zone=ZONE, pauses=pauses, extension=extension)
        case "hour":
            return after_hours(start, amount, zone=ZONE, pauses=pauses, extension=extension)
        case "calendar_day":
            return after_calendar_days(start, amount, load(), zone=ZONE, pauses=pauses, extension=extension, roll=roll)
        case "month":
            return after_months(start, amount, load(), zone=ZONE, pauses=pauses, extension=extension, roll=roll)
    raise AssertionError(example["unit"])


def examples() -> list[dict[str, str]]:
    with EXAMPLES.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_every_worked_example_is_there() -> None:
    assert [example["id"] for example in examples()] == [f"D{n:02}" for n in range(1, 33)]


@pytest.mark.parametrize("example", examples(), ids=lambda example: example["id"])
def test_a_worked_example_comes_out_as_written(example: dict[str, str]) -> None:
    deadline = count(example, extension=0)
    assert deadline.at == local(example["due"])
    assert deadline.at.utcoffset() == timedelta(hours=8)
    assert (deadline.before_extension, deadline.provisional) == (None, False)


@pytest.mark.parametrize("example", [e for e in examples() if e["extension"]], ids=lambda example: example["id"])
def test_an_extended_example_keeps_the_old_due_time(example: dict[str, str]) -> None:
    deadline = count(example, extension=int(example["extension"]))
    assert deadline.at == local(example["due_extended"])
    assert deadline.before_extension == local(example["due"])


@pytest.mark.parametrize("example", [e for e in examples() if e["unit"] == "working_day"], ids=lambda e: e["id"])
def test_the_steps_name_the_holidays_and_make_up_days_crossed(example: dict[str, str]) -> None:
    steps = count(example, extension=0).steps
    crossed = {str(step.date) for step in steps if step.why == "holiday"}
    assert crossed == set(example["holidays_crossed"].split())
    assert {str(step.date) for step in steps if step.why == "makeup"} == set(example["makeup_days_crossed"].split())
    assert sum(step.counted for step in steps) == int(example["amount"])


def test_the_steps_are_every_day_from_the_day_after_the_start_to_the_due_day() -> None:
    deadline = after_working_days(local("2024-03-01T10:00"), 2, load(), zone=ZONE)
    assert deadline.steps == (
        (date(2024, 3, 2), False, "weekend"),
        (date(2024, 3, 3), False, "weekend"),
        (date(2024, 3, 4), True, "working_day"),
        (date(2024, 3, 5), True, "working_day"),
    )


def test_a_start_in_another_zone_counts_from_its_local_day() -> None:
    late_in_utc = datetime.fromisoformat("2024-03-04T17:00:00+00:00")
    assert after_working_days(late_in_utc, 1, load(), zone=ZONE).at == local("2024-03-06T23:59:59")


def test_a_count_into_an_unpublished_year_is_provisional() -> None:
    deadline = after_working_days(local("2026-12-30T10:00"), 3, load(), zone=ZONE)
    assert (deadline.at, deadline.provisional) == (local("2027-01-05T23:59:59"), True)
    assert not after_working_days(local("2026-12-30T10:00"), 1, load(), zone=ZONE).provisional


def test_calendar_days_are_provisional_only_where_rolling_asks_the_calendar() -> None:
    start = local("2026-12-30T10:00")
    assert not after_calendar_days(start, 7, load(), zone=ZONE).provisional
    assert after_calendar_days(start, 7, load(), zone=ZONE, roll=True).provisional
    assert not after_hours(start, 200, zone=ZONE).provisional


def test_a_start_before_the_calendar_cannot_be_counted_in_working_days() -> None:
    with pytest.raises(CalendarMissing):
        after_working_days(local("2019-05-01T10:00"), 3, load(), zone=ZONE)


def test_a_pause_after_the_due_time_has_no_effect() -> None:
    pause = Pause(local("2024-03-06T00:00"), local("2024-03-20T00:00"))
    assert after_working_days(local("2024-03-04T09:00"), 1, load(), zone=ZONE, pauses=[pause]).at == local(
        "2024-03-05T23:59:59"
    )
    assert after_hours(local("2024-03-04T09:00"), 2, zone=ZONE, pauses=[pause]).at == local("2024-03-04T11:00")


def test_a_pause_before_the_start_adds_no_hours_and_one_running_at_the_start_only_its_rest() -> None:
    over = Pause(local("2024-03-04T01:00"), local("2024-03-04T03:00"))
    running = Pause(local("2024-03-04T08:00"), local("2024-03-04T09:30"))
    due = after_hours(local("2024-03-04T09:00"), 2, zone=ZONE, pauses=[over, running])
    assert due.at == local("2024-03-04T11:30")


def test_a_pause_reached_only_through_an_earlier_pause_counts_for_hours() -> None:
    first = Pause(local("2024-03-04T10:00"), local("2024-03-04T12:00"))
    second = Pause(local("2024-03-04T12:30"), local("2024-03-04T13:30"))
    due = after_hours(local("2024-03-04T09:00"), 2, zone=ZONE, pauses=[second, first])
    assert due.at == local("2024-03-04T14:00")
    assert [step.why for step in due.steps] == ["paused", "paused", "hours_end"]


def test_calendar_days_paused_at_their_end_are_not_counted() -> None:
    pause = Pause(local("2024-03-05T10:00"), local("2024-03-07T10:00"))
    deadline = after_calendar_days(local("2024-03-04T09:00"), 3, load(), zone=ZONE, pauses=[pause])
    assert deadline.at == local("2024-03-09T23:59:59")


def test_nothing_rolls_onto_a_working_day_on_which_the_clock_stands_still() -> None:
    pause = Pause(local("2024-03-10T10:00"), local("2024-03-12T10:00"))
    deadline = after_calendar_days(local("2024-03-04T09:00"), 5, load(), zone=ZONE, pauses=[pause], roll=True)
    assert deadline.at == local("2024-03-12T23:59:59")


def test_paused_days_move_the_end_of_a_month_by_as_many_days() -> None:
    pause = Pause(local("2024-03-05T10:00"), local("2024-03-07T10:00"))
    deadline = after_months(local("2024-03-04T09:00"), 1, load(), zone=ZONE, pauses=[pause])
    assert deadline.at == local("2024-04-06T23:59:59")
    assert [step.why for step in deadline.steps] == ["paused", "paused", "corresponding_day"]


def test_months_extended_count_on_from_the_old_due_day() -> None:
    deadline = after_months(local("2024-01-31T09:00"), 3, load(), zone=ZONE, extension=3)
    assert (deadline.before_extension, deadline.at) == (local("2024-04-30T23:59:59"), local("2024-07-30T23:59:59"))


def test_an_extension_in_hours_meets_the_pauses_of_the_longer_time() -> None:
    pause = Pause(local("2024-03-04T11:30"), local("2024-03-04T12:30"))
    deadline = after_hours(local("2024-03-04T09:00"), 2, zone=ZONE, pauses=[pause], extension=1)
    assert (deadline.before_extension, deadline.at) == (local("2024-03-04T11:00"), local("2024-03-04T13:00"))


def test_hours_are_real_hours_where_the_clocks_are_put_forward() -> None:
    paris = ZoneInfo("Europe/Paris")
    start = datetime(2024, 3, 30, 12, tzinfo=paris)
    assert after_hours(start, 24, zone=paris).at == datetime(2024, 3, 31, 13, tzinfo=paris)


def test_a_city_may_end_its_days_when_the_office_closes() -> None:
    rules = Rules(due_time=time(17, 30))
    evening = Pause(local("2024-03-05T20:00"), local("2024-03-06T09:00"))
    deadline = after_working_days(local("2024-03-04T09:00"), 1, load(), zone=ZONE, rules=rules, pauses=[evening])
    assert deadline.at == local("2024-03-05T17:30")


@pytest.mark.parametrize(
    ("start", "due"),
    [
        ("2024-03-04T18:00", "2024-03-05T23:59:59"),
        ("2024-03-04T18:00:01", "2024-03-06T23:59:59"),
        ("2024-03-01T19:00", "2024-03-04T23:59:59"),
        ("2024-03-02T19:00", "2024-03-04T23:59:59"),
    ],
)
def test_a_city_may_count_what_comes_after_office_hours_as_the_next_days(start: str, due: str) -> None:
    rules = Rules(after_hours_counts_next_day=True)
    assert after_working_days(local(start), 1, load(), zone=ZONE, rules=rules).at == local(due)


def test_the_due_moment_itself_is_in_time() -> None:
    due = local("2024-03-05T23:59:59")
    assert not is_overdue(due, due)
    assert is_overdue(due + timedelta(microseconds=1), due)


@pytest.mark.parametrize(("amount", "extension"), [(0, 0), (-3, 0), (1, -1)])
def test_a_period_of_no_length_is_refused(amount: int, extension: int) -> None:
    start = local("2024-03-04T09:00")
    with pytest.raises(NotCountable):
        after_working_days(start, amount, load(), zone=ZONE, extension=extension)
    with pytest.raises(NotCountable):
        after_calendar_days(start, amount, load(), zone=ZONE, extension=extension)
    with pytest.raises(NotCountable):
        after_months(start, amount, load(), zone=ZONE, extension=extension)
    with pytest.raises(NotCountable):
        after_hours(start, amount, zone=ZONE, extension=extension)


def test_pauses_that_overlap_or_end_before_they_begin_are_refused() -> None:
    with pytest.raises(NotCountable, match="before it begins"):
        Pause(local("2024-03-05T00:00"), local("2024-03-04T00:00"))
    pauses = [
        Pause(local("2024-03-05T00:00"), local("2024-03-08T00:00")),
        Pause(local("2024-03-07T00:00"), local("2024-03-09T00:00")),
    ]
    with pytest.raises(NotCountable, match="overlap"):
        after_working_days(local("2024-03-04T09:00"), 3, load(), zone=ZONE, pauses=pauses)


def test_moments_without_an_offset_are_refused() -> None:
    with pytest.raises(NotCountable, match="offset"):
        after_hours(datetime(2024, 3, 4), 2, zone=ZONE)
    with pytest.raises(NotCountable, match="offset"):
        Pause(datetime(2024, 3, 4), datetime(2024, 3, 5))
