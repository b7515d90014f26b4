"""The sample city's files agree with each other and with what the city published."""

import csv
import json
import re
import tomllib
from collections import Counter, defaultdict
from datetime import date, timedelta
from importlib.resources import files

import pytest

CITY = files("yousu.cities.xining")
WEEK = [str(date(2024, 1, 22) + timedelta(days=n)) for n in range(7)]
LAST, MORNING = "2024-01-31", "2024-02-01"
PARTS = ("direct", "forwarded", "transferred", "declined", "withdrawn", "undecided")


def rows(name: str) -> list[dict[str, str]]:
    """The rows of one of the city's files."""
    with (CITY / f"{name}.csv").open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def codes(name: str) -> set[str]:
    """The codes of one of the city's files."""
    return {row["code"] for row in rows(name)}


CODED = ("units", "channels", "types", "grades", "lawful_channels", "stages", "roles", "events", "topics")


@pytest.mark.parametrize("name", CODED)
def test_codes_are_unique_snake_case_and_named_in_both_languages(name: str) -> None:
    found = [row["code"] for row in rows(name)]
    assert len(found) == len(set(found))
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", code) for code in found)
    assert all(row["name_zh"] and row["name_en"].isascii() for row in rows(name))


def test_every_unit_has_a_parent_that_exists() -> None:
    assert all(row["parent"] in codes("units") | {""} for row in rows("units"))
    kinds = {row["code"]: row["kind"] for row in rows("units")}
    assert set(kinds.values()) == {"centre", "district", "bureau", "company", "street", "section"}
    assert all(kinds[row["parent"]] == "district" for row in rows("units") if row["kind"] == "street")


def test_units_hold_all_districts_and_streets_of_the_divisions() -> None:
    divisions = {row["code"]: row for row in rows("divisions")}
    districts = {row["division"]: row["code"] for row in rows("units") if row["kind"] == "district"}
    streets = {row["division"]: row["parent"] for row in rows("units") if row["kind"] == "street"}
    assert set(districts) == {code for code, row in divisions.items() if row["level"] == "district"}
    assert set(streets) == {code for code, row in divisions.items() if row["level"] == "street"}
    assert all(districts[divisions[code]["parent"]] == parent for code, parent in streets.items())


def test_channels_are_the_published_tree() -> None:
    parents = {row["code"]: row["parent"] for row in rows("channels")}
    assert parents.pop("mayor_mailbox") == "city_portal"
    assert set(parents.values()) == {""}
    assert [row["code"] for row in rows("channels") if row["kind"] == "call"] == ["hotline"]
    # Letters, visits, media and what others hand over: neither calls nor messages over the internet.
    others = {row["code"] for row in rows("channels") if row["kind"] == "other"}
    assert others == {"mail", "walk_in", "media", "police_110", "fire_96119"}


def test_grades_are_one_three_seven_and_eleven_days() -> None:
    assert {row["code"]: row["working_days"] for row in rows("grades")} == {
        "g1": "1",
        "g3": "3",
        "g7": "7",
        "g11": "11",
        "none": "",
    }


def test_reasons_are_unique_and_a_refusal_names_the_lawful_channel() -> None:
    pairs = [(row["command"], row["code"]) for row in rows("reasons")]
    assert len(pairs) == len(set(pairs))
    declined = [row for row in rows("reasons") if row["command"] == "decline"]
    assert declined and all(row["lawful_channel"] in codes("lawful_channels") for row in declined)
    assert {"send-back", "reopen", "judge-unsolved"} <= {command for command, _ in pairs}


def test_categories_are_a_tree_of_at_most_four_levels() -> None:
    paths = [row["path"] for row in rows("categories")]
    assert len(paths) == len(set(paths))
    assert all(len(path.split("/")) <= 4 for path in paths)
    assert all(path.rpartition("/")[0] in {*paths, ""} for path in paths)
    assert len({path.split("/")[0] for path in paths}) == 15


def test_there_are_more_than_350_leaf_categories() -> None:
    paths = {row["path"] for row in rows("categories")}
    inner = {path.rpartition("/")[0] for path in paths}
    assert len(paths - inner) >= 350


def test_every_category_has_grade_topic_and_routing_that_exist() -> None:
    for row in rows("categories"):
        assert row["name_en"], row
        assert row["grade"] in codes("grades"), row
        assert row["topic"] in codes("topics") | {""}, row
        assert row["routing"] in codes("units") | {"district", "street"}, row


def test_every_topic_has_categories_and_a_main_complaint() -> None:
    assert len(rows("topics")) >= 30
    assert {row["topic"] for row in rows("categories")} - {""} == codes("topics")
    assert all(row["main_complaint_zh"] and row["main_complaint_en"] for row in rows("topics"))


def test_places_lie_in_districts_and_streets_that_exist() -> None:
    parents = {row["code"]: row["parent"] for row in rows("units")}
    names = [(row["name"], row["district"]) for row in rows("places")]
    assert len(names) == len(set(names)) >= 400
    for row in rows("places"):
        assert row["district"] in parents, row
        assert not row["street"] or parents[row["street"]] == row["district"], row


def test_places_with_a_position_lie_in_the_bounding_box() -> None:
    box = tomllib.loads((CITY / "city.toml").read_text(encoding="utf-8"))["bounding_box"]
    placed = [row for row in rows("places") if row["lon"]]
    assert len(placed) >= 200
    for row in placed:
        assert box["west"] < float(row["lon"]) < box["east"] and box["south"] < float(row["lat"]) < box["north"], row


def test_bulletins_print_channels_that_exist() -> None:
    bulletin = tomllib.loads((CITY / "city.toml").read_text(encoding="utf-8"))["bulletin"]
    assert set(bulletin["daily"]["channels"]) == codes("channels")
    assert set(bulletin["weekly"]["channels"]) == codes("channels") - {"mayor_mailbox"}


def test_accounts_have_a_role_and_a_unit_and_ascii_names() -> None:
    users = [row["user"] for row in rows("accounts")]
    assert len(users) == len(set(users))
    for row in rows("accounts"):
        assert re.fullmatch(r"[a-z][a-z0-9_]*", row["user"])
        assert row["role"] in codes("roles") and row["unit"] in codes("units"), row


def test_every_routed_unit_has_a_handler_and_every_district_a_platform() -> None:
    units = defaultdict(set)
    for row in rows("accounts"):
        units[row["role"]].add(row["unit"])
    routed = {row["routing"] for row in rows("categories")} - {"district", "street", "centre"}
    assert routed <= units["handler"]
    assert {row["code"] for row in rows("units") if row["kind"] == "district"} == units["second_level"]


def test_accounts_cover_the_roles_at_work() -> None:
    roles = Counter(row["role"] for row in rows("accounts"))
    assert roles["call_taker"] == 3
    assert roles["dispatcher"] == roles["call_back_officer"] == roles["supervisor"] == 2
    single = "leader publisher bulletin_reviewer bulletin_signer quality_inspector analyst administrator"
    assert all(roles[role] for role in [*single.split(), "security_administrator", "auditor", "unit_leader"])


def accepted(days: list[str]) -> Counter[str]:
    """Accepted appeals by channel in the sample days."""
    found: Counter[str] = Counter()
    for row in rows("schedule"):
        if row["day"] in days:
            found[row["channel"]] += int(row["accepted"])
    return found


def test_the_parts_of_each_row_of_the_schedule_add_up() -> None:
    for row in rows("schedule"):
        assert row["channel"] in codes("channels")
        assert int(row["accepted"]) == sum(int(row[part]) for part in PARTS), row
        assert all(int(row[part]) >= 0 for part in PARTS), row


def test_the_week_adds_up_to_the_published_channels() -> None:
    week = accepted(WEEK)
    assert week["city_portal"] + week.pop("mayor_mailbox") == 32
    assert week.pop("city_portal") > 0
    assert week == {
        "hotline": 6665,
        "wechat": 18,
        "state_council_portal": 5,
        "province_portal": 9,
        "people_cn": 6,
        "national_service_platform": 1,
    }
    assert sum(accepted(WEEK).values()) == 6736


def test_the_31st_has_the_published_calls_messages_and_call_backs() -> None:
    assert accepted([LAST]) == {"hotline": 983, "mayor_mailbox": 5, "wechat": 3, "people_cn": 1}
    calls = next(row for row in rows("schedule") if row["day"] == LAST and row["channel"] == "hotline")
    assert [calls[part] for part in PARTS] == ["602", "381", "0", "0", "0", "0"]
    day = next(row for row in rows("schedule_days") if row["day"] == LAST)
    assert day["call_backs"] == "228"


def test_other_days_have_some_transferred_declined_and_withdrawn() -> None:
    for part in ("transferred", "declined", "withdrawn"):
        assert all(
            int(row[part])
            for row in rows("schedule")
            if row["channel"] == "hotline" and row["day"] not in (LAST, MORNING)
        )


def test_only_the_morning_leaves_appeals_undecided_and_its_topics_add_up() -> None:
    undecided = {row["day"] for row in rows("schedule") if int(row["undecided"])}
    assert undecided == {MORNING}
    assert accepted([MORNING]) == {"hotline": 20, "wechat": 2, "mayor_mailbox": 1, "city_portal": 1}
    topics = [row for row in rows("schedule_topics") if row["day"] == MORNING]
    assert sum(int(row["count"]) for row in topics) == 24
    assert {row["topic"] for row in topics} <= codes("topics") | {""}
    assert MORNING not in {row["day"] for row in rows("schedule_days")}


def test_topics_of_a_day_add_up_to_all_accepted() -> None:
    for day in rows("schedule_days"):
        of_day = [row for row in rows("schedule_topics") if row["day"] == day["day"]]
        assert {row["topic"] for row in of_day} <= codes("topics") | {""}
        assert sum(int(row["count"]) for row in of_day) == int(day["accepted"])
        assert sum(accepted([day["day"]]).values()) == int(day["accepted"])


def test_wages_heating_and_traffic_lead_the_31st_and_the_others_differ() -> None:
    counts = {row["topic"]: int(row["count"]) for row in rows("schedule_topics") if row["day"] == LAST}
    counts.pop("")
    assert [counts.pop(topic) for topic in ("wages", "heating", "traffic_order")] == [70, 51, 42]
    assert max(counts.values()) <= 38
    assert len(set(counts.values())) == len(counts)


def test_6168_of_the_week_are_complete_when_it_ends() -> None:
    forwarded: Counter[str] = Counter()
    for row in rows("schedule"):
        forwarded[row["day"]] += int(row["forwarded"])
    week = [row for row in rows("schedule_days") if row["closed_by_week_end"]]
    assert [row["day"] for row in week] == WEEK
    assert sum(int(row["closed_by_week_end"]) for row in week) == 6168
    for row in week:
        assert 0 < int(row["accepted"]) - int(row["closed_by_week_end"]) < forwarded[row["day"]]


def test_hours_spread_a_thousand_appeals() -> None:
    hours = rows("hours")
    assert [int(row["hour"]) for row in hours] == list(range(24))
    assert sum(int(row["working_day"]) for row in hours) == sum(int(row["rest_day"]) for row in hours) == 1000


def test_the_map_draws_every_district_with_few_points_and_says_that_it_is_a_scheme() -> None:
    drawn = json.loads((CITY / "districts.geojson").read_text(encoding="utf-8"))
    assert drawn["schematic"] is True
    found = {feature["properties"]["code"]: feature["geometry"]["coordinates"] for feature in drawn["features"]}
    assert set(found) == {row["code"] for row in rows("units") if row["kind"] == "district"}
    assert all(len(ring) <= 30 and ring[0] == ring[-1] for rings in found.values() for ring in rings)
    # Neighbours share their corners: no gap lies between them.
    corners = Counter(tuple(point) for rings in found.values() for ring in rings for point in ring[:-1])
    assert sum(1 for times in corners.values() if times > 1) >= 14
