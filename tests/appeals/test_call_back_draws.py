"""回访抽样: a share of each finished day, by a seed that stays on record; nobody chooses whom to ask."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from tests import world

from yousu.appeals import call_back_draws as draws
from yousu.appeals import commands, waiting
from yousu.appeals import mark_commands as marks
from yousu.appeals.state import AppealState
from yousu.cases import queries
from yousu.cases.verification import whole
from yousu.ledger.log import rows_of
from yousu.org import capabilities
from yousu.org import city as cities
from yousu.org.actors import SYSTEM
from yousu.platform import clock

pytestmark = pytest.mark.django_db(transaction=True)
ZONE = ZoneInfo("Asia/Shanghai")
DAY = datetime(2024, 1, 22, 9, tzinfo=ZONE)
OFFICER = world.actor("call1", "call_back_officer", unit="centre")


@pytest.fixture(autouse=True)
def a_third(monkeypatch: pytest.MonkeyPatch) -> None:
    set_percent(monkeypatch, 34)


def set_percent(monkeypatch: pytest.MonkeyPatch, percent: int) -> None:
    settings = cities.city().settings
    changed = replace(cities.city(), settings={**settings, "call_back": {**settings["call_back"], "percent": percent}})
    monkeypatch.setattr(draws, "city", lambda: changed)


@pytest.fixture
def hands() -> Iterator[Any]:
    with clock.held(DAY) as held:
        yield held


def queue() -> list[str]:
    return sorted(waiting.on("calls", OFFICER).values_list("number", flat=True))


def now(case: AppealState) -> AppealState:
    state: AppealState = queries.state_of(queries.now(case.number))
    return state


def test_a_third_of_the_day_is_drawn_the_next_morning_and_nobody_else_is_called(hands: Any) -> None:
    closed = [world.closed() for _ in range(4)]
    world.closed(phone=None, name=None)
    assert (draws.draw_due(by=SYSTEM), queue()) == (0, [])
    hands.move_to(DAY + timedelta(days=1))
    assert draws.draw_due(by=SYSTEM) == 2
    sample, before = draws.latest(5)
    assert before.fact.eligible == ()
    assert sample.fact.eligible == tuple(case.number for case in closed)
    assert queue() == list(sample.fact.cases) and len(queue()) == 2
    assert whole.run().is_clean


def test_the_same_seed_draws_the_same_cases_again(hands: Any) -> None:
    for _ in range(6):
        world.closed()
    hands.move_to(DAY + timedelta(days=1))
    draws.draw_due(by=SYSTEM)
    fact = draws.latest(1)[0].fact
    assert tuple(draws.drawn(fact.seed, fact.eligible, percent=fact.percent)) == fact.cases
    # On any other machine, without Yousu: the order is the digest's.
    order = sorted(fact.eligible, key=lambda number: sha256(f"{fact.seed}:{number}".encode()).digest())
    assert set(order[:3]) == set(fact.cases)


def test_a_day_is_drawn_once_and_days_that_were_missed_are_made_up_for(hands: Any) -> None:
    world.closed()
    hands.move_to(DAY + timedelta(days=1))
    world.closed()
    assert (draws.draw_due(by=SYSTEM), draws.draw_due(by=SYSTEM)) == (1, 0)
    hands.move_to(DAY + timedelta(days=4))
    draws.draw_due(by=SYSTEM)
    assert [one.fact.day.day for one in draws.latest(9)] == [25, 24, 23, 22]


def test_where_everybody_is_called_nothing_is_drawn(hands: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    set_percent(monkeypatch, 100)
    case = world.closed()
    hands.move_to(DAY + timedelta(days=1))
    assert (draws.draw_due(by=SYSTEM), draws.latest(1), queue()) == (0, [], [case.number])


def test_what_is_reopened_must_be_drawn_again(hands: Any) -> None:
    case = world.closed()
    hands.move_to(DAY + timedelta(days=1))
    draws.draw_due(by=SYSTEM)
    case = now(case)
    assert case.chosen_on == DAY.date()
    case = commands.reopen(case.number, reason="new_facts", by=world.SUPERVISOR, seen=case.version)
    assert case.chosen_on is None


def test_who_waited_before_anything_was_drawn_is_still_called(hands: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    waits = world.closed()
    hands.move_to(DAY + timedelta(days=5))
    draws.draw_due(by=SYSTEM)
    assert queue() == [waits.number]


def test_what_is_parked_is_not_drawn(hands: Any) -> None:
    case = world.closed()
    marks.park(
        case.number,
        plan="明年改造",
        leader="某某",
        review_on=(DAY + timedelta(days=60)).date(),
        by=world.SUPERVISOR,
        seen=case.version,
    )
    hands.move_to(DAY + timedelta(days=1))
    draws.draw_due(by=SYSTEM)
    assert (draws.latest(1)[0].fact.eligible, queue()) == ((), [])


def test_nobody_draws_by_hand() -> None:
    with pytest.raises(capabilities.Forbidden):
        draws.draw_due(by=world.SUPERVISOR)


def test_no_word_of_whom_is_asked_in_the_sample(hands: Any) -> None:
    world.closed()
    hands.move_to(DAY + timedelta(days=1))
    draws.draw_due(by=SYSTEM)
    (row,) = rows_of("call_backs/2024-01-22")
    assert row.kind == "call_backs_drawn" and world.ZHANG not in row.data
