"""The city's data are changed by events: checked as a whole, in force at once, rebuilt from the log, told with why."""

from collections.abc import Callable
from functools import cache, partial
from typing import Any

import pytest
from django.db import connection
from tests import world
from tests.org.configuring import ADMIN, PARK

from yousu.appeals import commands as appeals
from yousu.appeals.dispatching import grades
from yousu.appeals.routing import trying
from yousu.cases.verification import whole
from yousu.ledger import log, texts
from yousu.ledger.events import decode
from yousu.notices import catalogue
from yousu.org import city as cities
from yousu.org import sheets
from yousu.org.capabilities import Forbidden
from yousu.org.city import CityWrong, city
from yousu.org.configuration import commands, laying, projection, settings
from yousu.org.models import CategoryRow, ConfigurationFile
from yousu.platform import environment

pytestmark = pytest.mark.django_db


def put(table: str, cells: dict[str, str], *, key: str | None = None, note: str = "会议纪要第3号", **more: Any) -> None:
    """A row by the administrator, in force here."""
    commands.put_row(table, cells, key=key, note=note, by=more.pop("by", ADMIN), **more)
    laying.refresh()


def facts(file: str) -> list[Any]:
    return [decode(row.kind, row.shape, row.data) for row in log.rows_of(f"config/{file}")]


def refused(change: Callable[[], Any]) -> tuple[str, int, str, str]:
    """Where a change is refused: file, row, field, why; and nothing is written."""
    before = ConfigurationFile.objects.count()
    with pytest.raises(CityWrong) as caught:
        change()
    assert ConfigurationFile.objects.count() == before
    return caught.value.file, caught.value.row, caught.value.field, caught.value.why


def test_a_new_unit_is_in_force_and_its_event_says_who_when_and_why() -> None:
    put("units", PARK)
    assert city().units["park"].name_zh == "园林局"
    (row,) = log.rows_of("config/units.csv")
    fact = decode(row.kind, row.shape, row.data)
    assert row.actor == "account:admin1" and texts.read_one(fact.note) == "会议纪要第3号"
    (change,) = fact.rows
    assert (change.key, change.before, change.after["name_zh"]) == ("park", None, "园林局")
    assert "园林局" not in cities.load(str(city().folder)).units


def test_a_change_touches_one_line_and_tells_what_was_before() -> None:
    put("units", PARK)
    before = ConfigurationFile.objects.get(name="units.csv").text
    put("units", {"name_zh": "园林绿化局"}, key="park")
    after = ConfigurationFile.objects.get(name="units.csv").text
    assert [line for line in after.split("\n") if line not in before.split("\n")] == ["park,园林绿化局,Parks,,bureau,"]
    fact = facts("units.csv")[-1]
    assert (fact.removed, fact.lines) == (1, ("park,园林绿化局,Parks,,bureau,",))
    assert fact.rows[0].before == {"name_zh": "园林局"} and fact.rows[0].after == {"name_zh": "园林绿化局"}


def test_what_is_made_of_the_city_follows_it() -> None:
    assert "g2" not in grades().working_days
    put("grades", {"code": "g2", "name_zh": "较急", "name_en": "Soon", "working_days": "2"})
    assert grades().working_days["g2"] == 2
    put("routing", {"code": "tap", "when": "内容 含 水龙头", "to": "water"})
    assert [rule.code for rule in trying.in_force().rules][-1] == "tap"
    put("notices", {"event": "parked", "only": "", "to": "unit", "way": "desk", "text": "urged"})
    assert "parked" in catalogue.rules()


def test_figures_join_what_came_into_force() -> None:
    put("categories", {"topic": "water"}, key=world.COLD)
    assert CategoryRow.objects.get(path=world.COLD, known_to=None).topic == "water"


def test_another_process_takes_a_change_up_and_asks_one_small_question_otherwise() -> None:
    put("units", PARK)
    cities.forget()
    assert "park" not in city().units
    assert laying.refresh() and "park" in city().units
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        assert not laying.refresh()
    assert len(asked) == 1


def test_one_city_holds_from_the_beginning_of_a_request_to_its_end() -> None:
    with cities.pinned():
        put("units", PARK)
        assert "park" not in city().units
    assert "park" in city().units


NAMED = {"name_zh": "甲", "name_en": "A"}
TAP = {"code": "tap", "when": "内容 含 水龙头", "to": "water"}
LATE = {"code": "x", "trigger": "late", "at_least": "3", "act": "summon", "how": "act", **NAMED}
TOLD = {"event": "urged", "only": "", "to": "unit", "way": "sms", "text": "urged"}
EARTH = {"path": "天/地", "name_en": "A", "grade": "g3", "routing": "district"}


@pytest.mark.parametrize(
    ("table", "cells", "row", "field", "why"),
    [
        ("units", {**PARK, "kind": "ministry"}, 8, "kind", "unknown_code"),
        ("units", {**PARK, "parent": "mars"}, 8, "parent", "unknown_code"),
        ("units", {**PARK, "code": "Park!"}, 8, "code", "not_a_code"),
        ("units", {**PARK, "code": "heating"}, 8, "code", "twice"),
        ("units", {**PARK, "name_zh": ""}, 8, "name_zh", "required"),
        ("grades", {"code": "g2", **NAMED, "working_days": "two"}, 7, "working_days", "not_a_number"),
        ("categories", EARTH, 7, "path", "no_class_above"),
        ("routing", {**TAP, "when": "内容 含"}, 4, "when", "incomplete"),
        ("routing", {**TAP, "when": "区县 是 城东区 且 区县 是 城西区"}, 4, "when", "never_holds"),
        ("routing", {**TAP, "at": "east", "to": "east"}, 4, "to", "not_below"),
        ("supervision", LATE, 11, "how", "never_alone"),
        ("notices", TOLD, 67, "way", "does_not_reach"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_place_and_nothing_is_written(
    table: str, cells: dict[str, str], row: int, field: str, why: str
) -> None:
    assert refused(lambda: put(table, cells)) == (f"{table}.csv", row, field, why)


def test_units_that_stand_above_each_other_are_refused() -> None:
    assert refused(lambda: put("units", {"parent": "east_street"}, key="east"))[2:] == ("parent", "loop")


def test_a_rule_that_is_never_reached_is_marked_where_its_words_begin() -> None:
    with pytest.raises(CityWrong) as caught:
        put("routing", {"code": "tap", "when": "内容 含 水 且 天气 是 晴", "to": "water"})
    assert caught.value.at > 0 and caught.value.field == "when"


def test_a_unit_with_open_cases_is_not_ended() -> None:
    world.forwarded()
    row = {"ended": "2024-01-31"}
    put("categories", {"routing": "district"}, key=world.COLD)
    with pytest.raises(CityWrong) as caught:
        put("units", row, key="heating")
    assert (caught.value.why, caught.value.word) == ("open_cases", "1")


def test_a_unit_to_which_categories_go_is_not_ended_under_them() -> None:
    assert refused(lambda: put("units", {"ended": "2024-01-31"}, key="heating"))[2:] == ("routing", "ended_code")


def test_what_cases_may_name_is_never_removed_and_its_code_stays() -> None:
    assert refused(lambda: commands.remove_row("units", "water", note="撤并", by=ADMIN))[3] == "is_named"
    assert refused(lambda: put("units", {"code": "other"}, key="water"))[3] == "key_stays"
    commands.remove_row("routing", "boiler", note="不再需要", by=ADMIN)
    laying.refresh()
    assert "boiler" not in [rule.code for rule in trying.in_force().rules]


def test_a_change_says_why_and_only_an_administrator_makes_one() -> None:
    assert refused(lambda: put("units", PARK, note=" "))[2:] == ("note", "required")
    with pytest.raises(Forbidden):
        put("units", PARK, by=world.DISPATCHER)


def test_an_older_page_is_told_so() -> None:
    put("units", PARK, seen=0)
    with pytest.raises(log.StreamMoved):
        put("units", {"name_zh": "绿化局"}, key="park", seen=0)


def test_saving_what_stands_there_already_is_no_event() -> None:
    put("units", {"name_zh": city().units["east"].name_zh}, key="east")
    assert not facts("units.csv")


@pytest.mark.django_db(transaction=True)
def test_files_are_rebuilt_from_their_events_and_what_was_tampered_with_is_found() -> None:
    put("units", PARK)
    put("units", {"name_zh": "园林绿化局"}, key="park")
    assert whole.run().is_clean
    stood = ConfigurationFile.objects.values().get()
    ConfigurationFile.objects.update(text="code\n")
    found = whole.run().findings.differences
    assert [one.stream for one in found] == ["config/units.csv"]
    ConfigurationFile.objects.all().delete()
    assert projection.rebuild() == 1
    assert ConfigurationFile.objects.values().get() == stood
    assert whole.run().is_clean


def test_a_case_is_forwarded_to_a_unit_that_was_just_added() -> None:
    put("units", PARK)
    case = world.recorded()
    assert appeals.forward(case.number, lead_unit="park", by=world.DISPATCHER, seen=1).lead_unit == "park"


def test_codes_that_a_newer_program_brings_are_known_under_older_files() -> None:
    text = city().texts["events.csv"].replace("recorded,登记受理,Recorded\n", "")
    merged = cities.with_laid({"events.csv": text.replace("answered,直接办理", "answered,当场办结")})
    assert merged.events["recorded"].name_zh == "登记受理" and merged.events["answered"].name_zh == "当场办结"


@pytest.mark.django_db(transaction=True)
def test_files_changed_under_an_older_program_are_changed_and_verified_under_a_newer_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    newer = cities._folder(environment.text("YOUSU_CITY"))
    older = {
        "reasons.csv": _without(newer["reasons.csv"], "suspend,"),
        "city.toml": _without(newer["city.toml"], "link_days"),
    }
    with monkeypatch.context() as before:
        before.setattr(cities, "_folder", lambda _name: {**newer, **older})
        put("reasons", {"name_zh": "不归本单位管"}, key="send-back|not_ours")
        hours = partial(settings.with_value, name="contact.hours", typed="48")
        commands.change({"city.toml": hours}, note="延长", by=ADMIN)
    cities.forget()
    laying.refresh()
    assert "suspend" in city().reasons and city().settings["call_back"]["link_days"] == 30
    put("reasons", {"name_zh": "不归本单位"}, key="send-back|not_ours")
    commands.change(
        {"city.toml": partial(settings.with_value, name="contact.hours", typed="36")}, note="缩短", by=ADMIN
    )
    laying.refresh()
    assert city().settings["contact"]["hours"] == 36
    stood = list(ConfigurationFile.objects.order_by("name").values())
    assert whole.run().is_clean
    projection.rebuild()
    assert list(ConfigurationFile.objects.order_by("name").values()) == stood


def _without(text: str, begins: str) -> str:
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith(begins))


def test_a_year_that_was_published_is_not_taken_out_of_the_calendar() -> None:
    text = city().texts["calendar.csv"]
    first = min(city().calendar.published_years)
    gone = "".join(line for line in text.splitlines(keepends=True) if not line.startswith(str(first)))
    assert refused(lambda: commands.put_files({"calendar.csv": gone}, note="整理", by=ADMIN))[3] == "year_gone"


def test_what_no_longer_fits_a_newer_program_is_put_right_by_an_import(monkeypatch: pytest.MonkeyPatch) -> None:
    put("units", PARK)
    newer = dict(cities._folder(environment.text("YOUSU_CITY")))
    newer["units.csv"] = sheets.with_row(newer["units.csv"], {**PARK, "code": "trees"})
    green = {"path": "绿化", "name_en": "Green", "grade": "g3", "routing": "trees"}
    newer["categories.csv"] = sheets.with_row(newer["categories.csv"], green)
    monkeypatch.setattr(cities, "_folder", cache(lambda _name: newer))
    cities.forget()
    with pytest.raises(CityWrong, match="trees"):
        laying.refresh()
    both = sheets.with_row(newer["units.csv"], PARK)
    assert commands.put_files({"units.csv": both}, note="补上新单位", by=ADMIN) == ["units.csv"]
    laying.refresh()
    assert {"park", "trees"} <= set(city().units)
