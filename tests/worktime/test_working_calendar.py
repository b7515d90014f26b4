"""工作日历: which days are worked, and what is known of years whose list is not out yet."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from yousu.worktime.calendar import CalendarMissing, CalendarWrong, Row, load, rows_of

YEAR_2027 = (
    Row(date(2026, 12, 31), "holiday", "元旦"),
    Row(date(2027, 1, 1), "holiday", "元旦"),
    Row(date(2027, 1, 3), "makeup", "元旦"),
    Row(date(2027, 2, 8), "holiday", "春节"),
)


def working_days_of(year: int) -> int:
    days = load()
    first = date(year, 1, 1)
    return sum(days.day(first + timedelta(n)).working for n in range((date(year + 1, 1, 1) - first).days))


@pytest.mark.parametrize(("year", "working"), [(2023, 249), (2024, 251), (2025, 248), (2026, 248)])
def test_a_published_year_has_the_working_days_of_the_state_councils_list(year: int, working: int) -> None:
    assert working_days_of(year) == working


@pytest.mark.parametrize(
    ("day", "working", "why", "name"),
    [
        (date(2024, 2, 9), True, "working_day", None),
        (date(2024, 2, 4), True, "makeup", "春节"),
        (date(2024, 2, 18), True, "makeup", "春节"),
        (date(2025, 10, 6), False, "holiday", "中秋节"),
        (date(2025, 10, 8), False, "holiday", "国庆节"),
        (date(2023, 9, 29), False, "holiday", "中秋节"),
        (date(2023, 12, 31), False, "holiday", "元旦"),
        (date(2026, 9, 20), True, "makeup", "国庆节"),
        (date(2024, 3, 2), False, "weekend", None),
    ],
)
def test_a_days_kind_comes_from_the_list_and_then_from_the_weekday(
    day: date, working: bool, why: str, name: str | None
) -> None:
    assert load().day(day) == (working, why, name, False)


def test_the_shipped_calendar_is_read_once() -> None:
    assert load() is load()
    assert load().published_years == {2023, 2024, 2025, 2026}


@pytest.mark.parametrize("day", [(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)])
def test_in_an_unpublished_year_the_fixed_statutory_days_are_holidays(day: tuple[int, int]) -> None:
    found = load().day(date(2027, *day))
    assert (found.working, found.why, found.provisional) == (False, "holiday", True)


def test_in_an_unpublished_year_other_days_go_by_their_weekday_provisionally() -> None:
    assert load().day(date(2027, 2, 8)) == (True, "working_day", None, True)
    assert load().day(date(2027, 5, 8)) == (False, "weekend", None, True)


def test_a_day_before_the_first_year_is_refused() -> None:
    with pytest.raises(CalendarMissing, match="begins with 2023: 2022-12-31"):
        load().day(date(2022, 12, 31))


def test_loading_a_year_publishes_it_and_leaves_the_old_calendar_as_it_was() -> None:
    days = load().with_year(YEAR_2027)
    assert days.published_years == {2023, 2024, 2025, 2026, 2027}
    assert days.day(date(2027, 2, 8)) == (False, "holiday", "春节", False)
    assert days.day(date(2027, 1, 3)) == (True, "makeup", "元旦", False)
    assert days.day(date(2027, 5, 3)) == (True, "working_day", None, False)
    assert load().day(date(2027, 2, 8)).provisional


def test_the_new_year_block_may_begin_in_the_year_before() -> None:
    days = load().with_year(YEAR_2027)
    assert days.day(date(2026, 12, 31)) == (False, "holiday", "元旦", False)
    assert not days.day(date(2026, 10, 1)).working


def test_a_list_that_begins_in_december_does_not_publish_that_decembers_year() -> None:
    later = (Row(date(2027, 12, 31), "holiday", "元旦"), Row(date(2028, 1, 1), "holiday", "元旦"))
    days = load().with_year(later)
    assert days.published_years == {2023, 2024, 2025, 2026, 2028}
    assert days.day(date(2027, 12, 31)) == (False, "holiday", "元旦", True)
    assert days.is_provisional(date(2026, 12, 1), date(2028, 1, 10))


def test_a_year_published_again_is_replaced_whole() -> None:
    days = load().with_year([Row(date(2026, 1, 1), "holiday", "元旦")])
    assert days.day(date(2026, 2, 17)).working
    assert not days.day(date(2025, 10, 1)).working


def test_a_table_without_any_new_year_publishes_nothing_and_is_refused() -> None:
    with pytest.raises(CalendarWrong, match="publishes no year"):
        load().with_year([Row(date(2027, 2, 8), "holiday", "春节")])


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("date,kind\n2027-01-01,holiday\n", "2027.csv: row 1 has no column name"),
        ("date,kind,name\n2027-13-01,holiday,元旦\n", "2027.csv: row 2: date '2027-13-01'"),
        ("date,kind,name\n2027-01-01,day off,元旦\n", "2027.csv: row 2: kind 'day off'"),
        ("date,kind,name\n2027-01-01\n", "2027.csv: row 2: kind ''"),
        ("date,kind,name\n2027-01-01,holiday,元旦\n2027-01-01,makeup,元旦\n", "2027.csv: row 3: date 2027-01-01"),
        ("", "2027.csv: row 1 has no column date, kind, name"),
    ],
)
def test_a_wrong_table_is_refused_with_file_row_and_field(table: str, message: str) -> None:
    with pytest.raises(CalendarWrong, match=message):
        rows_of(table.splitlines(), source="2027.csv")


def test_a_table_saved_by_a_spreadsheet_is_read(tmp_path: Path) -> None:
    file = tmp_path / "2027.csv"
    file.write_bytes("\ufeffdate,kind,name\r\n2027-01-01,holiday,元旦\r\n".encode())
    assert load(file).day(date(2027, 1, 1)) == (False, "holiday", "元旦", False)
