"""A bulletin has one name: other spellings of its day, and days that cannot be, are no bulletins."""

from typing import Any

import pytest
from tests.bulletins.press import PUBLISHER

from yousu.bulletins import commands, queries, rules
from yousu.bulletins.rules import PeriodWrong

WRONG = {
    "daily": "not_a_day",
    "": "unknown_kind",
    "hourly-2024-01-01": "unknown_kind",
    "daily-2024-13-01": "not_a_day",
    "daily-20240131": "not_a_day",
    "daily-2024-W05-3": "not_a_day",
    "daily-２０２４-01-31": "not_a_day",
    "daily-2024-01-31\x00": "not_a_day",
    "daily-2024-01-31\n": "not_a_day",
    "weekly-x": "not_a_day",
    "weekly-0001-01-01": "out_of_range",
    "daily-9999-12-31": "out_of_range",
    "daily-1999-12-31": "out_of_range",
    "weekly-2024-01-27": "not_a_sunday",
}


@pytest.mark.parametrize(("wrong", "why"), WRONG.items())
def test_a_second_spelling_of_a_day_is_no_bulletin(wrong: str, why: str) -> None:
    with pytest.raises(PeriodWrong) as refused:
        rules.spell_of(wrong)
    assert refused.value.why == why


@pytest.mark.parametrize("right", ["daily-2024-01-31", "weekly-2024-01-28", "daily-2000-01-01", "daily-2100-12-31"])
def test_a_bulletins_name_is_that_of_its_period(right: str) -> None:
    assert rules.spell_of(right).id == right


def test_a_week_runs_from_monday_to_sunday() -> None:
    spell = rules.spell("weekly", "2024-01-28")
    assert (spell.first.isoformat(), spell.first.isoweekday(), spell.days) == ("2024-01-22", 1, 7)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("wrong", WRONG)
def test_a_name_that_is_no_bulletins_is_refused(hands: Any, wrong: str) -> None:
    with pytest.raises(PeriodWrong):
        commands.compose(wrong, by=PUBLISHER)
    with pytest.raises(queries.BulletinMissing):
        queries.show(wrong)
    with pytest.raises(queries.BulletinMissing):
        queries.published_one(wrong)
    with pytest.raises(queries.BulletinMissing):
        queries.numbers_behind(wrong, "accepted.total")
