"""Overviews of the present: counted ahead, the same numbers as counted anew, never older than a minute."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import world

from yousu.figures.showing import ahead, counting
from yousu.figures.showing.periods import PERIODS, span
from yousu.platform import clock

pytestmark = pytest.mark.django_db

WEDNESDAY = datetime(2024, 3, 6, 4, 0, tzinfo=UTC)
TODAY = WEDNESDAY.date()


@pytest.fixture(autouse=True)
def hands() -> Iterator[Any]:
    counting.forget()
    cache.clear()
    with clock.held(WEDNESDAY - timedelta(days=1)) as hands:
        world.called_back(solved=False, place="东关大街")
        hands.move_to(WEDNESDAY)
        world.recorded(category=world.WAGES)
        yield hands
    counting.forget()
    cache.clear()


@pytest.mark.parametrize("code", PERIODS)
def test_what_was_counted_ahead_is_what_would_be_counted_now(code: str) -> None:
    ahead.count()
    week = span(code, TODAY)
    with CaptureQueriesContext(connection) as taken:
        found = ahead.at_present(week)
    assert len(taken) == 1
    assert found == counting.counted(week, WEDNESDAY)
    with CaptureQueriesContext(connection) as taken:
        assert ahead.at_present(week) is found
    assert len(taken) == 0


def test_what_is_older_than_a_minute_or_of_other_days_is_counted_anew(hands: Any) -> None:
    ahead.count()
    hands.move_to(WEDNESDAY + timedelta(seconds=59))
    assert ahead.at_present(span("week", TODAY)).as_of == WEDNESDAY
    hands.move_to(WEDNESDAY + timedelta(seconds=61))
    assert ahead.at_present(span("week", TODAY)).as_of == clock.now()
    yesterday = span("day", TODAY - timedelta(days=1))
    assert ahead.at_present(yesterday).span == yesterday


def test_without_a_worker_it_is_counted_while_it_is_asked_for() -> None:
    assert ahead.at_present(span("week", TODAY)) == counting.counted(span("week", TODAY), WEDNESDAY)


@pytest.mark.django_db(transaction=True)
def test_the_counter_lays_them_ready_and_ends_when_told_to() -> None:
    counter = ahead.Counter()
    until = time.monotonic() + 20
    while cache.get("overview/1/28days") is None and time.monotonic() < until:
        time.sleep(0.05)
    counter.end()
    assert isinstance(cache.get("overview/1/28days"), counting.Numbers)
    assert not counter._thread.is_alive()
