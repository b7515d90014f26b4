"""Days as people say them, where a sentence begins and inside one."""

from datetime import timedelta

import pytest
from django.utils import translation

from yousu.desk import moments
from yousu.platform import clock


@pytest.mark.parametrize(
    ("language", "days", "alone", "inside"),
    [
        ("en", 0, "Today", "today"),
        ("en", -1, "Yesterday", "yesterday"),
        ("en", 1, "Tomorrow", "tomorrow"),
        ("zh-hans", 0, "今天", "今天"),
    ],
)
def test_a_day_is_no_capital_inside_an_english_sentence(language: str, days: int, alone: str, inside: str) -> None:
    at = clock.now() + timedelta(days=days)
    day = at.astimezone(moments.zone()).date()
    with translation.override(language):
        assert (moments.day(day), moments.day(day, is_within=True)) == (alone, inside)
        assert moments.said(at).startswith(alone) and moments.said(at, is_within=True).startswith(inside)


def test_the_name_of_a_weekday_keeps_its_capital_inside_a_sentence() -> None:
    with translation.override("en"):
        far = clock.now() - timedelta(days=9)
        assert moments.day(far.astimezone(moments.zone()).date(), is_within=True)[:1].isupper()
