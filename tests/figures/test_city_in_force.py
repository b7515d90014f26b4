"""An as-of counts by the topics and kinds of channels that were in force at it, whatever the city's files say today."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from tests import world

from yousu.figures import queries
from yousu.figures.queries import Period
from yousu.ledger.log import local_day_of
from yousu.org.city import City, city
from yousu.org.install import put_in_force
from yousu.org.models import CategoryRow, ChannelRow
from yousu.platform import clock

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def tomorrow() -> Iterator[Any]:
    """After the data of the test city came into force, which was today."""
    with clock.held(clock.now() + timedelta(days=1)) as held:
        yield held


def changed(digest: str, *, topic: str | None = None, kind: str = "message") -> City:
    """The test city, with cold flats under another topic or its WeChat of another kind."""
    known = city()
    cold, wechat = known.categories[world.COLD], known.channels["wechat"]
    return replace(
        known,
        digest=digest,
        categories={**known.categories, world.COLD: replace(cold, topic=topic or cold.topic)},
        channels={**known.channels, "wechat": replace(wechat, kind=kind)},
    )


def topics(as_of: datetime) -> dict[Any, int]:
    """Accepted by topic over a year until the as-of."""
    return {row.where["topic"]: row.numerator for row in queries.counts("accepted", year(as_of), by=("topic",))}


def year(as_of: datetime) -> Period:
    """All days that these cases can have."""
    return Period(first=local_day_of(as_of - timedelta(days=300)), last=local_day_of(as_of), as_of=as_of)


def test_a_category_counts_by_the_topic_it_had_at_the_as_of(tomorrow: Any) -> None:
    world.recorded()
    before = clock.now()
    tomorrow.move_to(before + HOUR)
    put_in_force(changed("other", topic="water"))
    assert topics(before) == {"heating": 1}
    assert topics(clock.now()) == {"water": 1}


def test_a_channel_counts_by_the_kind_it_had_at_the_as_of(tomorrow: Any) -> None:
    world.recorded(channel="wechat")
    before = clock.now()
    tomorrow.move_to(before + HOUR)
    put_in_force(changed("other", kind="other"))
    then, now = year(before), year(clock.now())
    assert [queries.total(figure, then).numerator for figure in ("messages", "others")] == [1, 0]
    assert [queries.total(figure, now).numerator for figure in ("messages", "others")] == [0, 1]


def test_going_back_to_an_old_topic_counts_every_case_once_at_every_moment(tomorrow: Any) -> None:
    world.recorded()
    moments = [clock.now()]
    for digest, topic in (("second", "water"), ("third", "heating"), ("fourth", "heating")):
        tomorrow.move_to(moments[-1] + HOUR)
        put_in_force(changed(digest, topic=topic))
        moments.append(clock.now())
    assert [topics(moment) for moment in moments] == [{"heating": 1}, {"water": 1}, {"heating": 1}, {"heating": 1}]


def test_what_was_recorded_before_the_first_data_counts_by_them() -> None:
    with clock.held(clock.now() - timedelta(days=30)):
        world.recorded()
        assert topics(clock.now()) == {"heating": 1}


def test_only_rows_that_change_are_dated_and_none_is_removed(tomorrow: Any) -> None:
    categories, channels = CategoryRow.objects.count(), ChannelRow.objects.count()
    assert not CategoryRow.objects.exclude(known_from=None, known_to=None)
    put_in_force(changed("other", topic="water"))
    old, new = CategoryRow.objects.filter(path=world.COLD).order_by("pk")
    assert (old.topic, old.known_from, old.known_to) == ("heating", None, clock.now())
    assert (new.topic, new.known_from, new.known_to) == ("water", clock.now(), None)
    assert (CategoryRow.objects.count(), ChannelRow.objects.count()) == (categories + 1, channels)


def test_a_clock_set_back_gives_no_code_two_rows_at_one_moment(tomorrow: Any) -> None:
    world.recorded()
    put_in_force(changed("second", topic="water"))
    later = clock.now()
    tomorrow.move_to(later - 12 * HOUR)
    put_in_force(changed("third", topic="wages"))
    assert [topics(later), topics(later + HOUR)] == [{"wages": 1}, {"wages": 1}]
