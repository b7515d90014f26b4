"""像是同一件: open and public ones alone, nearest first, each with its reason; quick among a hundred thousand."""

import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from tests import world

from yousu.appeals import commands as appeals
from yousu.appeals import similar
from yousu.appeals.similar import Similar, similar_open
from yousu.cases.verification import whole
from yousu.platform import clock

pytestmark = pytest.mark.django_db(transaction=True)
LONG = os.environ.get("YOUSU_LONG") == "1"
NOON = datetime(2024, 3, 15, 4, 0, tzinfo=UTC)
ROAD, OTHER_ROAD = "五四大街3号", "东关大街8号"
COLD = "家里暖气不热，室温只有十几度"


@pytest.fixture
def held() -> Iterator[Any]:
    """A clock at noon."""
    with clock.held(NOON) as at:
        yield at


def numbers(*asked: Any, **more: Any) -> list[str]:
    return [each.number for each in similar_open(*asked, **more)]


def ago(days: int) -> dict[str, datetime]:
    return {"occurred_at": NOON - timedelta(days=days)}


def one(*asked: Any, **more: Any) -> Similar:
    (found,) = similar_open(*asked, **more)
    return found


def test_the_same_place_and_category_is_found_with_its_reason(held: Any) -> None:
    case = world.recorded(COLD, place=ROAD, **ago(3))
    found = one("暖气一直不热", "五四大街", world.COLD)
    assert (found.number, found.same_place, found.same_category, found.days_ago) == (case.number, True, True, 3)
    assert (found.place, found.people) == (ROAD, 1)
    assert found.reason == "同一地点、同一类、说法相近，3 天前"
    with translation.override("en"):
        assert found.reason == "same place, same category, similar words; 3 days ago"


def test_without_words_place_and_category_are_enough(held: Any) -> None:
    world.recorded("物业不开灯", place=ROAD, **ago(1))
    assert one("", "五四大街", world.COLD).reason == "同一地点、同一类，昨天"


def test_another_place_and_other_words_are_not_the_same(held: Any) -> None:
    world.recorded("管道漏水把墙泡了", place=OTHER_ROAD)
    assert similar_open(COLD, "五四大街", world.COLD) == []


def test_another_place_with_the_same_words_is_said_to_be_of_the_same_category_alone(held: Any) -> None:
    world.recorded(COLD, place=OTHER_ROAD)
    assert one("家里暖气不热", "五四大街", world.COLD).reason == "同一类、说法相近，今天"


def test_a_landmark_in_the_words_is_a_place(held: Any) -> None:
    case = world.recorded("路灯不亮", place=ROAD, category=None)
    assert numbers("五四大街的路灯都不亮") == [case.number]


def test_a_place_that_is_no_landmark_is_found_by_its_hidden_key(held: Any) -> None:
    case = world.recorded("路灯不亮", place="幸福小区", category=None)
    assert numbers("路灯坏了不亮", "幸福小区") == [case.number]
    assert numbers("路灯坏了不亮", "吉祥小区") == []


def test_the_branch_is_what_stands_beside_the_category() -> None:
    assert similar._branch("城乡建设/供热保障/暖气不热") == ["城乡建设/供热保障"]
    assert similar._branch("城乡建设") == ["城乡建设"]
    assert similar._branch(None) == []


@pytest.mark.parametrize("hidden", [{"confidential": True}, {"type": "tip_off"}])
def test_confidential_cases_and_tip_offs_are_never_among_them(held: Any, hidden: dict[str, Any]) -> None:
    world.recorded(COLD, place=ROAD, **hidden)
    assert similar_open(COLD, "五四大街", world.COLD) == []


def test_what_is_over_old_or_the_case_itself_is_not_among_them(held: Any) -> None:
    closed, old, mine = (world.recorded(COLD, place=ROAD, **ago(days)) for days in (1, 31, 0))
    appeals.answer(closed.number, reply="好", by=world.DISPATCHER, seen=1)
    assert numbers(COLD, "五四大街", world.COLD, besides=mine.number) == []
    assert numbers(COLD, "五四大街", world.COLD, days=60) == [mine.number, old.number]


@pytest.mark.parametrize(
    "made", [world.forwarded, world.signed, world.handled, lambda **more: world.called_back(solved=False, **more)]
)
def test_every_open_stage_counts(made: Any) -> None:
    case = made(text=COLD, place=ROAD)
    assert one(COLD, "五四大街", world.COLD).stage == case.stage


def test_nearest_first_and_no_more_than_asked_for(held: Any) -> None:
    far = world.recorded(COLD, place=OTHER_ROAD)
    vague = world.recorded("小区里冷", place=ROAD)
    best = world.recorded(COLD, place=ROAD)
    assert numbers(COLD, "五四大街", world.COLD) == [best.number, vague.number, far.number]
    assert numbers(COLD, "五四大街", world.COLD, limit=1) == [best.number]


def test_supporters_are_counted(held: Any) -> None:
    case = world.recorded(COLD, place=ROAD)
    appeals.support(case.number, phone=world.ZHANG, by=world.CALL_TAKER)
    assert one(COLD, "五四大街", world.COLD).people == 2


def test_nothing_to_go_by_asks_nothing() -> None:
    with CaptureQueriesContext(connection) as seen:
        assert similar_open("你好") == []
    assert len(seen) == 0


def test_one_statement_whatever_is_found(held: Any) -> None:
    for _ in range(3):
        world.recorded(COLD, place=ROAD)
    with CaptureQueriesContext(connection) as seen:
        assert len(similar_open(COLD, "五四大街", world.COLD)) == 3
    assert len(seen) == 1
    assert whole.run().is_clean


_CROWD = """
INSERT INTO case_now
SELECT (jsonb_populate_record(t, jsonb_build_object(
    'number', 'X' || n, 'place_key', 'h:' || n %% 700, 'stage', (ARRAY['recorded', 'signed', 'closed'])[n %% 3 + 1],
    'category', (ARRAY['城乡建设/供热保障', '城乡建设/供水保障', '劳动和社会保障/工资福利'])[n %% 3 + 1],
    'received_at', t.received_at - n %% 43000 * interval '1 minute', 'matter', '家里不热' || n
))).*
FROM case_now t, generate_series(1, %s) AS n WHERE t.number = %s
"""


def test_in_a_crowd_it_reads_by_index_and_never_the_whole_table() -> None:
    case = world.recorded(COLD, place=ROAD)
    count = 100_000 if LONG else 20_000
    with connection.cursor() as cursor:
        cursor.execute(_CROWD, [count, case.number])
        cursor.execute("ANALYZE case_now")
    began = time.perf_counter()
    with CaptureQueriesContext(connection) as seen:
        found = similar_open("家里暖气不热", "五四大街", world.COLD)
    took_ms = (time.perf_counter() - began) * 1000
    assert found[0].number == case.number
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN " + seen[0]["sql"])
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "Seq Scan" not in plan and "case_open_place" in plan and "case_open_category" in plan, plan
    print(f"\n{took_ms:.1f} ms among {count}")
