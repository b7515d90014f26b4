"""Every printed number opens onto as many cases as it says, live and frozen, and no other list is given out."""

from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from tests.bulletins.press import (
    DAY,
    MIDNIGHT,
    NOON,
    WEEK,
    WEEK_OVER,
    answered,
    called_back,
    forwarded,
    frozen,
    taken,
)

from yousu.bulletins import queries
from yousu.figures.kept import ListBroken, ListMissing
from yousu.figures.sets import list_digest

pytestmark = pytest.mark.django_db(transaction=True)
# Whole numbers that count no cases.
NO_FIGURES = {"rank", "days", "digits", "issue_number"}
NO_PARTS = {"checks", "labels"}


def figures(json: Any, path: str = "") -> Iterator[tuple[str, int]]:
    """Every whole number of a bulletin that counts cases, with its path."""
    steps = json.items() if isinstance(json, dict) else enumerate(json) if isinstance(json, list) else ()
    for step, value in steps:
        here = f"{path}.{step}" if path else str(step)
        if here in NO_PARTS or step in NO_FIGURES:
            continue
        if isinstance(value, int) and not isinstance(value, bool):
            yield here, value
        else:
            yield from figures(value, here)


def everything_happened() -> None:
    """Cases for as many numbers as there can be."""
    for _ in range(3):
        taken(place="人民公园")
    answered()
    taken(channel="wechat")
    taken(channel="mayor_mailbox")
    taken(channel="walk_in")
    forwarded()
    called_back()
    called_back(satisfied="basically")


def test_every_number_of_a_day_and_a_week_opens_live_and_frozen(hands: Any) -> None:
    hands.move_to(NOON - timedelta(days=7))
    taken()
    hands.move_to(NOON)
    everything_happened()
    hands.move_to(WEEK_OVER)
    for bulletin_id in (DAY, WEEK):
        for is_frozen in (False, True):
            if is_frozen:
                frozen(bulletin_id)
            shown = queries.show(bulletin_id).json
            found = dict(figures(shown))
            assert len(found) > 30
            sizes = {path: len(queries.numbers_behind(bulletin_id, path)) for path in found}
            assert sizes == found
            assert shown["frozen"] == is_frozen


def test_the_week_is_set_beside_its_seven_dailies_once_they_are_frozen(hands: Any) -> None:
    answered()
    hands.move_to(WEEK_OVER)
    for day in range(4, 10):
        frozen(f"daily-2024-03-{day:02}")
    assert "dailies" not in {said["figure"] for said in queries.show(WEEK).json["statements"]}
    frozen("daily-2024-03-10")
    # Recorded long after its day: the daily lacks it, the week does not.
    late = answered(occurred_at=NOON)
    shown = queries.show(WEEK, as_of=WEEK_OVER).json
    said = next(one for one in shown["statements"] if one["figure"] == "dailies")
    assert (said["weekly"], said["dailies"], said["value"]) == (2, 1, "1")
    path = f"statements.{shown['statements'].index(said)}"
    assert late.number in queries.numbers_behind(WEEK, f"{path}.weekly")
    assert late.number not in queries.numbers_behind(WEEK, f"{path}.dailies")
    assert all(check["holds"] for check in shown["checks"])


def test_what_is_excluded_opens_like_any_other_number(hands: Any) -> None:
    case, other = answered(), answered()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE case_version SET excluded = true WHERE number = %s", [case.number])
    done = queries.show(DAY).json["completion"]
    assert (done["numerator"], done["denominator"], done["excluded"]) == (1, 1, 1)
    assert queries.numbers_behind(DAY, "completion.excluded") == [case.number]
    assert queries.numbers_behind(DAY, "completion.numerator") == [other.number]


def test_a_path_that_prints_no_number_opens_nothing(hands: Any) -> None:
    answered()
    for path in ("accepted.by_channel.pigeon", "accepted", "", "\x00", "checks.0.left"):
        with pytest.raises(ListMissing):
            queries.numbers_behind(DAY, path)
    hands.move_to(MIDNIGHT)
    frozen()
    for path in ("accepted.by_channel.pigeon", "accepted", "", "\x00"):
        with pytest.raises(ListMissing):
            queries.numbers_behind(DAY, path)


@pytest.mark.parametrize("change", ["numbers = numbers - 0", "numbers = '{}'", "path = 'accepted.moons'"])
def test_a_list_that_is_not_the_frozen_one_is_not_given_out(hands: Any, change: str) -> None:
    answered()
    hands.move_to(MIDNIGHT)
    frozen()
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE bulletin_figure SET {change} WHERE path = 'accepted.total'")
    with pytest.raises(ListBroken, match=r"daily-2024-03-05: the list behind accepted\.total"):
        queries.numbers_behind(DAY, "accepted.total")
    assert len(queries.numbers_behind(DAY, "calls")) == 1


def test_the_digest_of_a_list_is_that_of_the_specification() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "chain.md").read_text(encoding="utf-8")
    assert f"digest `{list_digest(['2400000026', '2400000018'])}`" in page
    assert list_digest([]) == sha256(b"").hexdigest()
    assert list_digest(["2400000018", "2400000018"]) != list_digest(["2400000018"])
