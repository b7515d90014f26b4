"""The sample days' bulletins come out by counting."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.bulletins.test_opening import figures
from tests.sample.conftest import Demo

from yousu import cities

pytestmark = pytest.mark.timeout(600)

WEEK = "weekly-2024-01-28"
DAY = "daily-2024-01-31"


@pytest.fixture(scope="session")
def week(demo: Demo) -> Any:
    return demo.yousu("bulletin", "weekly", "2024-01-28")


@pytest.fixture(scope="session")
def day(demo: Demo) -> Any:
    return demo.yousu("bulletin", "daily", "2024-01-31")


def test_the_week_counts_6736_accepted_by_channel(week: Any) -> None:
    assert week["accepted"]["total"] == 6736
    assert week["accepted"]["by_channel"] == {
        "hotline": 6665,
        "wechat": 18,
        "city_portal": 32,
        "state_council_portal": 5,
        "province_portal": 9,
        "people_cn": 6,
        "national_service_platform": 1,
    }


def test_6168_are_closed_at_the_weeks_end_and_the_rest_is_within_its_limits(week: Any) -> None:
    completion = week["completion"]
    assert (completion["numerator"], completion["denominator"], completion["excluded"]) == (6168, 6736, 0)
    assert completion["unfinished_overdue"] == 0
    # The city printed 91.56, which only cutting off gives; half up it is 91.57.
    assert (completion["percent"], completion["rounding"]) == ("91.57", "half_up")


def test_cut_off_instead_of_rounded_the_same_numbers_print_what_the_city_printed(
    demo: Demo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    city = tmp_path / "xining"
    shutil.copytree(Path(cities.__file__).parent / "xining", city)
    settings = (city / "city.toml").read_text(encoding="utf-8")
    (city / "city.toml").write_text(settings.replace('"half_up"', '"truncate"'), encoding="utf-8")
    cut = Demo(demo.home, demo.told, YOUSU_CITY=str(city))
    completion = cut.yousu("bulletin", "weekly", "2024-01-28", "--as-of", "2024-01-29T00:00:00+08:00")["completion"]
    assert (completion["numerator"], completion["denominator"]) == (6168, 6736)
    assert (completion["percent"], completion["rounding"]) == ("91.56", "truncate")


def test_the_last_day_counts_as_the_city_printed(day: Any) -> None:
    assert day["calls"] == 983
    assert day["messages"] == {"total": 9, "by_channel": {"mayor_mailbox": 5, "wechat": 3, "people_cn": 1}}
    assert (day["handling"]["direct"], day["handling"]["forwarded"]) == (602, 381)
    assert sum(day["handling"].values()) == 983
    assert day["callbacks"] == 228


def test_its_topics_are_wages_heating_and_traffic_and_only_wages_has_a_place(day: Any) -> None:
    assert [(topic["code"], topic["count"]) for topic in day["topics"]] == [
        ("wages", 70),
        ("heating", 51),
        ("traffic_order", 42),
    ]
    places = [topic["place"] for topic in day["topics"]]
    assert places[0] is not None
    assert places[1:] == [None, None]


def test_both_are_frozen_and_every_identity_holds(week: Any, day: Any) -> None:
    for bulletin in (week, day):
        assert bulletin["frozen"]
        assert all(check["holds"] for check in bulletin["checks"])


def test_every_printed_number_opens_onto_as_many_cases(demo: Demo, week: Any) -> None:
    paths = {
        "accepted.total": week["accepted"]["total"],
        "accepted.by_channel.hotline": 6665,
        "completion.numerator": 6168,
        "completion.denominator": 6736,
        "calls": week["calls"],
        "callbacks": week["callbacks"],
        "topics.1.count": week["topics"][1]["count"],
        "topics.0.units.0.count": week["topics"][0]["units"][0]["count"],
    }
    for path, size in paths.items():
        assert len(demo.yousu("drill", WEEK, path)["numbers"]) == size, path


def test_every_number_of_both_bulletins_opens(demo: Demo, week: Any, day: Any) -> None:
    for bulletin in (week, day):
        found = dict(figures(bulletin))
        sizes = demo.python(_SIZES.format(bulletin=bulletin["id"], paths=list(found)))
        assert sizes == found


_SIZES = """
import django; django.setup()
import json
from yousu.bulletins.queries import numbers_behind
print(json.dumps({{path: len(numbers_behind("{bulletin}", path)) for path in {paths}}}))
"""


def test_days_on_which_nobody_was_urged_or_supervised_have_no_part_on_it(week: Any, day: Any) -> None:
    assert "supervision" not in week and "supervision" not in day


def test_the_week_is_the_sum_of_its_dailies_and_has_a_daily_average(week: Any) -> None:
    said = {statement["figure"]: statement for statement in week["statements"]}
    assert (said["daily_average"]["value"], said["daily_average"]["numerator"]) == ("962", 6736)
    assert (said["dailies"]["dailies"], said["dailies"]["value"]) == (6736, "0")
    assert said["change"]["this"] == 6736


def test_the_played_days_and_their_bulletins_verify(demo: Demo) -> None:
    found = demo.yousu("verify")
    assert (found["broken"], found["projection_differences"]) == ([], [])


def test_a_named_unit_had_a_case_of_the_topic(demo: Demo, day: Any) -> None:
    for place, topic in enumerate(day["topics"]):
        of_topic = set(demo.yousu("drill", DAY, f"topics.{place}.count")["numbers"])
        for at, unit in enumerate(topic["units"]):
            assert unit["count"] >= 1
            assert set(demo.yousu("drill", DAY, f"topics.{place}.units.{at}.count")["numbers"]) <= of_topic


def test_the_weeks_figures_are_the_same_when_counted_again_as_of_then(demo: Demo, week: Any) -> None:
    again = demo.yousu("bulletin", "weekly", "2024-01-28", "--as-of", "2024-01-29T00:00:00+08:00")
    for key in ("accepted", "calls", "messages", "handling", "callbacks", "completion", "topics", "statements"):
        assert again[key] == week[key], key


@pytest.mark.long
def test_another_seed_gives_the_same_totals_with_other_cases(
    demo_of: Callable[[int], Demo], week: Any, day: Any
) -> None:
    other = demo_of(2)
    other_week = other.yousu("bulletin", "weekly", "2024-01-28")
    other_day = other.yousu("bulletin", "daily", "2024-01-31")
    for key in ("total", "by_channel"):
        assert other_week["accepted"][key] == week["accepted"][key]
    assert other_week["completion"] == week["completion"]
    assert (other_day["calls"], other_day["messages"], other_day["callbacks"]) == (983, day["messages"], 228)
    assert other_day["handling"] == day["handling"]
    assert [topic["count"] for topic in other_day["topics"]] == [70, 51, 42]
    assert other_week["accepted"]["by_type"] != week["accepted"]["by_type"]


_WITHOUT_ONE = """
import django; django.setup()
import json
from datetime import datetime
from django.db import connection, transaction
from yousu.bulletins import content, rules
spell = rules.spell_of("weekly-2024-01-28")
as_of = datetime.fromisoformat("2024-01-29T00:00:00+08:00")
before = content.compiled(spell, as_of=as_of).sets
number = sorted(set(before["completion.numerator"]) & set(before["topics.0.count"]) & set(before["callbacks"]))[0]
with transaction.atomic(), connection.cursor() as cursor:
    cursor.execute("ALTER TABLE event DISABLE TRIGGER event_is_final")
    cursor.execute("DELETE FROM case_version WHERE number = %s", [number])
    cursor.execute("DELETE FROM event WHERE stream = %s", ["appeal/" + number])
    after = content.compiled(spell, as_of=as_of).sets
    transaction.set_rollback(True)
print(json.dumps({path: [numbers.count(number), len(numbers), len(after.get(path, []))]
                  for path, numbers in before.items() if not path.startswith("topics.0.place")}))
"""


def test_taking_one_case_away_changes_every_figure_that_held_it_and_no_other(demo: Demo) -> None:
    sizes = demo.python(_WITHOUT_ONE)
    # What other bulletins froze stays whatever happens to the case.
    sizes = {path: found for path, found in sizes.items() if not path.endswith(".dailies")}
    held = {path: found for path, found in sizes.items() if found[0]}
    assert len(held) >= 10
    for path, (times, before, after) in sizes.items():
        assert after == before - times, path
