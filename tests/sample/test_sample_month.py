"""The sample month at a tenth of its size: every kind of act occurs, every figure opens, a seed decides all."""

import csv
import shutil
from collections import Counter
from pathlib import Path

import pytest
from tests.bulletins.test_opening import figures
from tests.played import Demo

from yousu import cities
from yousu.cities.xining import month, month_plan
from yousu.org.city import City, load

pytestmark = pytest.mark.timeout(900)

_SHARE = 10
_MONTH = ("--from", "2024-01-01", "--to", "2024-01-31")
# A calendar loaded later, files, and looks at many cases at once are no part of the sample.
_NOT_ACTED = {"deadline_recounted", "call_back_chosen", "attached", "searched", "exported"}


def _city(folder: Path, *, days: int = 31, least: bool = True) -> Path:
    """The sample city with a tenth of the appeals: how many come, and of what at least, is data."""
    city = folder / "xining"
    shutil.copytree(Path(cities.__file__).parent / "xining", city)
    month_table, courses = city / "schedule_month.csv", city / "schedule_courses.csv"
    sizes = [f"{row['day']},{int(row['accepted']) // _SHARE}" for row in _rows(month_table)[:days]]
    month_table.write_text("\n".join(["day,accepted", *sizes, ""]), encoding="utf-8")
    if not least:
        told = [f"{row['course']},{row['per_mille']},0" for row in _rows(courses)]
        courses.write_text("\n".join(["course,per_mille,least", *told, ""]), encoding="utf-8")
    return city


def _play(city: Path, home: Path, *, seed: int) -> Demo:
    home.mkdir()
    told = Demo(home, {}, YOUSU_CITY=str(city)).yousu("demo", "--sample", "month", "--seed", str(seed), "--no-serve")
    return Demo(home / "demo-month", told, YOUSU_CITY=str(city))


@pytest.fixture(scope="module")
def january(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    folder = tmp_path_factory.mktemp("month")
    return _play(_city(folder), folder / "home", seed=1)


@pytest.fixture(scope="module")
def xining() -> City:
    return load("xining")


_KINDS = """
import django; django.setup()
import json
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("SELECT DISTINCT kind FROM event WHERE stream LIKE 'appeal/%' OR stream LIKE 'access/%'")
    print(json.dumps({"played": [row[0] for row in cursor.fetchall()]}))
"""
_KNOWN = """
import django; django.setup()
import json
from yousu.appeals import events, mark_events, merge_events, part_events, shield_events, urgent_events
from yousu.cases import events as shared
found = set()
for module in (events, mark_events, merge_events, part_events, shield_events, urgent_events, shared):
    for each in vars(module).values():
        if isinstance(each, type) and each.__module__ == module.__name__ and hasattr(each, "kind"):
            found.add(each.kind)
print(json.dumps(sorted(found)))
"""


def test_every_kind_of_act_occurs(january: Demo) -> None:
    occurred = set(january.python(_KINDS)["played"])
    assert set(january.python(_KNOWN)) - _NOT_ACTED - occurred == set()


_OUTCOMES = """
import django; django.setup()
import json
from django.db import connection
def count(kind, where):
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM event WHERE kind = %s AND data::jsonb @> %s::jsonb", [kind, where])
        return cursor.fetchone()[0]
asked = {
    "sent back and upheld": ("send_back_judged", '{"upheld": true}'),
    "sent back and refused": ("send_back_judged", '{"upheld": false}'),
    "climbing": ("inner_send_back_judged", '{"upheld": true}'),
    "approved": ("approved", '{"approved": true}'),
    "repeat": ("merged", '{"how": "repeat"}'),
    "parallel": ("merged", '{"how": "parallel"}'),
    "extended": ("extension_judged", '{"granted": true}'),
    "not extended": ("extension_judged", '{"granted": false}'),
    "excluded": ("exclusion_judged", '{"granted": true}'),
    "not excluded": ("exclusion_judged", '{"granted": false}'),
    "handled again": ("unsolved_judged", '{"decision": "reopen"}'),
    "finalised": ("unsolved_judged", '{"decision": "finalise"}'),
    "parked as unsolved": ("unsolved_judged", '{"decision": "park"}'),
}
found = {name: count(*wanted) for name, wanted in asked.items()}
with connection.cursor() as cursor:
    cursor.execute("SELECT count(*) FROM event WHERE kind = 'send_back_judged' AND actor LIKE '%supervise%'")
    found["third time"] = cursor.fetchone()[0]
    cursor.execute("SELECT count(*) FROM case_now WHERE closed_at > due_at")
    found["late"] = cursor.fetchone()[0]
print(json.dumps(found))
"""


def test_judgements_go_both_ways_and_the_third_send_back_is_the_supervisors(january: Demo) -> None:
    found = january.python(_OUTCOMES)
    assert [name for name, count in found.items() if not count] == []


def test_the_played_month_and_its_bulletins_verify(january: Demo) -> None:
    found = january.yousu("verify")
    assert (found["broken"], found["projection_differences"]) == ([], [])


_OPENED = """
import django; django.setup()
import json
from datetime import date, datetime
from yousu.figures import queries
from yousu.figures.definitions import catalogue
period = queries.Period(
    first=date(2024, 1, 1), last=date(2024, 1, 31), as_of=datetime.fromisoformat("2024-02-01T00:00:00+08:00")
)
found = {}
for name, known in catalogue().items():
    whole = queries.total(name, period)
    counted = queries.numbers(name, period)
    base = queries.numbers(name, period, counted_only=False)
    found[name] = [whole.numerator, len(counted), whole.denominator, len(base) if known.is_rate else None]
print(json.dumps(found))
"""


def test_every_figure_of_the_month_opens_its_cases(january: Demo) -> None:
    found = january.python(_OPENED)
    assert len(found) > 15
    for name, (numerator, opened, denominator, base) in found.items():
        assert (opened, base) == (numerator, denominator), name
    assert found["accepted"][0] == _accepted(january)


def test_every_number_of_the_months_bulletins_opens(january: Demo) -> None:
    for kind, day in (("daily", "2024-01-16"), ("daily", "2024-01-31"), ("weekly", "2024-01-28")):
        bulletin = january.yousu("bulletin", kind, day)
        assert bulletin["frozen"] and all(check["holds"] for check in bulletin["checks"])
        found = dict(figures(bulletin))
        assert january.python(_SIZES.format(bulletin=bulletin["id"], paths=list(found))) == found


_SIZES = """
import django; django.setup()
import json
from yousu.bulletins.queries import numbers_behind
print(json.dumps({{path: len(numbers_behind("{bulletin}", path)) for path in {paths}}}))
"""


def test_the_weeks_of_the_month_tell_what_was_urged_supervised_sent_back_extended_and_parked(january: Demo) -> None:
    told: Counter[str] = Counter()
    for day in ("2024-01-14", "2024-01-21", "2024-01-28"):
        week = january.yousu("bulletin", "weekly", day)
        assert week["supervision"].keys() == {"urged", "supervised", "sent_back", "extensions_asked", "parked"}
        for name, count in week["supervision"].items():
            assert len(january.yousu("drill", week["id"], f"supervision.{name}")["numbers"]) == count
        told.update(week["supervision"])
    assert len(+told) == 5


_QUEUES = """
import django; django.setup()
import json
from yousu.desk import navigation
from yousu.desk.queues import BY_PATH
from yousu.org.accounts import actor_of
from yousu.org.models import Account
found = {}
for user in ("dispatch1", "supervise1", "callback1"):
    actor = actor_of(Account.objects.get(user=user))
    paths = [place.path for place in navigation.places_of(actor) if place.path in BY_PATH]
    found[user] = {path: BY_PATH[path].cases(actor).count() for path in paths}
print(json.dumps(found))
"""


def test_the_month_leaves_work_to_whoever_opens_it(january: Demo) -> None:
    assert january.told["as_of"].startswith("2024-02-01T00:30:00")
    queues = january.python(_QUEUES)
    for user, path in (
        ("dispatch1", "/desk/inbox/"),
        ("dispatch1", "/desk/returns/"),
        ("dispatch1", "/desk/reviews/"),
        ("supervise1", "/desk/unsolved/"),
        ("callback1", "/desk/calls/"),
    ):
        assert queues[user][path] > 0, (user, path)


_NUMBERS = """
import django; django.setup()
import json
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute(
        "SELECT number, seq, stage, lead_unit, due_at::text, known_from::text FROM case_version ORDER BY number, seq"
    )
    print(json.dumps(cursor.fetchall()))
"""


@pytest.mark.long
def test_the_same_seed_plays_the_same_days_and_another_seed_others(tmp_path: Path) -> None:
    city = _city(tmp_path, days=5, least=False)
    first, again, other = (
        _play(city, tmp_path / f"home{place}", seed=seed).python(_NUMBERS) for place, seed in enumerate([1, 1, 2])
    )
    assert len(first) > 200
    assert first == again
    assert first != other


def test_every_course_of_the_schedule_is_written_and_every_written_one_is_in_the_schedule(xining: City) -> None:
    listed = {row["course"] for row in _rows(xining.folder / "schedule_courses.csv")}
    for name in listed:
        assert month.course_of(name).__doc__
    cast = month_plan.roles_by_day(seed=1, city=xining)
    assert {role.course for roles in cast.values() for role in roles} == listed | {month_plan.ANSWERED}


def test_a_month_comes_by_its_table_and_by_its_seed(xining: City) -> None:
    cast = month_plan.roles_by_day(seed=1, city=xining)
    wanted = {row["day"]: int(row["accepted"]) for row in _rows(xining.folder / "schedule_month.csv")}
    assert {str(day): len(roles) for day, roles in cast.items()} == wanted
    assert len(wanted) == 31 and max(wanted.values()) < 300
    assert _told(month_plan.roles_by_day(seed=1, city=xining)) == _told(cast)
    assert _told(month_plan.roles_by_day(seed=2, city=xining)) != _told(cast)


def test_whoever_is_merged_tells_of_its_heads_matter(xining: City) -> None:
    merged = [role for roles in month_plan.roles_by_day(seed=3, city=xining).values() for role in roles if role.head]
    assert len(merged) > 50
    for role in merged:
        assert role.head is not None
        assert role.life.received_at > role.head.life.received_at
        assert (role.life.category, role.life.place) == (role.head.life.category, role.head.life.place)
        assert (role.life.appellant == role.head.life.appellant) == (role.course == "repeats")


def test_a_month_too_small_for_its_courses_is_refused(xining: City, tmp_path: Path) -> None:
    tiny = _city(tmp_path)
    (tiny / "schedule_month.csv").write_text("day,accepted\n2024-01-01,40\n", encoding="utf-8")
    with pytest.raises(month_plan.MonthTooSmall, match="40"):
        month_plan.roles_by_day(seed=1, city=load(str(tiny)))


def _accepted(demo: Demo) -> int:
    table = Path(demo.settings["YOUSU_CITY"]) / "schedule_month.csv"
    return sum(int(row["accepted"]) for row in _rows(table))


def _rows(table: Path) -> list[dict[str, str]]:
    with table.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _told(cast: dict[object, list[month_plan.Role]]) -> list[tuple[object, ...]]:
    return [
        (role.life.key, role.life.received_at, role.course, role.life.words.text)
        for roles in cast.values()
        for role in roles
    ]
