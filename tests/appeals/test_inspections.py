"""质检: the same seed draws the same sample; scores say why; who was scored objects once and somebody else judges."""

from datetime import date, timedelta
from typing import Any

import pytest
from tests import world

from yousu.appeals.inspections import commands, drawing, queries, sheets
from yousu.appeals.inspections.commands import Ask, Given
from yousu.appeals.inspections.models import InspectedItem, InspectedNow
from yousu.appeals.inspections.queries import InspectedMissing
from yousu.appeals.inspections.state import InspectedState, SampleState
from yousu.cases.rules import FieldWrong
from yousu.cases.transitions import NotPossible
from yousu.cases.verification import whole
from yousu.ledger import log
from yousu.ledger.log import StreamMoved
from yousu.org.actors import Actor
from yousu.org.capabilities import Forbidden
from yousu.platform import clock

pytestmark = pytest.mark.django_db(transaction=True)

INSPECTOR = world.actor("quality1", "quality_inspector")
OTHER_INSPECTOR = world.actor("quality2", "quality_inspector")
FULL = Given(points={"greeting": 10, "answer": 60, "record": 30}, remarks={})
SHORT = Given(points={"greeting": 10, "answer": 40, "record": 30}, remarks={"answer": "没有说明依据"})


def today() -> date:
    return log.local_day_of(clock.now())


def ask(**more: Any) -> Ask:
    return Ask(**{"sort": "call", "first": today(), "last": today(), "count": 3, "seed": "spring", **more})


def drawn(*, by: Actor = INSPECTOR, calls: int = 3, **more: Any) -> SampleState:
    for _ in range(calls):
        world.recorded()
    return commands.draw_sample(ask(**more), by=by)


def scored(given: Given = SHORT) -> InspectedState:
    sample = drawn()
    return commands.score_work(sample.number, sample.cases[0].number, given, by=INSPECTOR, seen=0)


def objected() -> InspectedState:
    state = scored()
    return commands.object_to_score(
        state.sample, state.case, reason="我说了依据", by=world.CALL_TAKER, seen=state.version
    )  # fmt: skip


def test_the_same_seed_draws_the_same_sample_and_another_seed_another() -> None:
    for _ in range(30):
        world.recorded()
    first = commands.draw_sample(ask(count=8), by=INSPECTOR)
    again = commands.draw_sample(ask(count=8), by=OTHER_INSPECTOR)
    other = commands.draw_sample(ask(count=8, seed="autumn"), by=INSPECTOR)
    assert first.cases == again.cases != other.cases
    assert len(first.cases) == 8 and first.eligible == 30
    assert {one.person for one in first.cases} == {world.CALL_TAKER.code}


def test_a_larger_sample_of_a_seed_holds_the_smaller_one() -> None:
    few, more = drawn(calls=12, count=3), commands.draw_sample(ask(count=9), by=INSPECTOR)
    assert set(few.cases) < set(more.cases)


def test_a_share_is_rounded_up_and_without_a_seed_one_is_made_and_kept() -> None:
    sample = drawn(calls=5, count=None, percent=30, seed="")
    assert len(sample.cases) == 2 and len(sample.seed) == 8
    assert commands.draw_sample(ask(count=2, seed=sample.seed), by=INSPECTOR).cases == sample.cases


def test_orders_are_the_work_of_who_forwarded_them_and_letters_are_no_calls() -> None:
    world.forwarded()
    world.recorded(channel="wechat")
    (order,) = drawing.draw("order", today(), today(), seed="x", size=9)
    assert order.person == world.DISPATCHER.code
    assert drawing.eligible("call", today(), today()) == 1
    assert drawing.eligible("call", today() - timedelta(days=9), today() - timedelta(days=1)) == 0


@pytest.mark.parametrize(
    ("field", "why", "given"),
    [
        ("sort", "unknown_code", {"sort": "letter"}),
        ("last", "ends_before_it_begins", {"first": date(2024, 2, 1), "last": date(2024, 1, 1)}),
        ("first", "in_the_future", {"first": date(2999, 1, 1), "last": date(2999, 1, 2)}),
        ("last", "too_long_a_period", {"first": date(2020, 1, 1), "last": date(2024, 1, 1)}),
        ("count", "number_or_share", {"count": 3, "percent": 3}),
        ("count", "number_or_share", {"count": None}),
        ("count", "not_1_to_500", {"count": 501}),
        ("percent", "not_1_to_100", {"count": None, "percent": 101}),
        ("seed", "not_a_seed", {"seed": "春"}),
        ("first", "nothing_to_draw", {"first": date(2010, 1, 1), "last": date(2010, 1, 2)}),
    ],
)
def test_what_cannot_be_drawn_names_its_field(field: str, why: str, given: dict[str, Any]) -> None:
    with pytest.raises(FieldWrong, match=f"{field}: {why}"):
        drawn(calls=1, **given)


def test_only_an_inspector_draws_and_scores() -> None:
    with pytest.raises(Forbidden):
        drawn(by=world.SUPERVISOR)
    sample = drawn()
    with pytest.raises(Forbidden):
        commands.score_work(sample.number, sample.cases[0].number, FULL, by=world.CALL_TAKER, seen=0)


def test_the_sheet_is_that_of_the_periods_last_day() -> None:
    assert sheets.in_force("call", date(2019, 12, 31)) == date(2000, 1, 1)
    assert sheets.in_force("call", date(2020, 1, 1)) == date(2020, 1, 1)
    assert [item.points for item in sheets.items("call", date(2020, 1, 1))] == [10, 60, 30]
    with pytest.raises(FieldWrong, match="last: no_score_sheet"):
        sheets.in_force("call", date(1999, 12, 31))


def test_a_score_adds_up_and_says_why_points_were_taken_off() -> None:
    state = scored()
    assert (state.points, state.of, state.stage) == (80, 100, "scored")
    sample = drawn()
    for given, field in (
        (Given(points={"greeting": 10, "answer": 60}, remarks={}), "record: required"),
        (Given(points={"greeting": 11, "answer": 60, "record": 30}, remarks={}), "greeting: not_within_points"),
        (Given(points={"greeting": 9, "answer": 60, "record": 30}, remarks={}), "greeting_remark: required"),
    ):
        with pytest.raises(FieldWrong, match=field):
            commands.score_work(sample.number, sample.cases[0].number, given, by=INSPECTOR, seen=0)


def test_work_is_scored_once_and_never_by_who_did_it() -> None:
    state = scored()
    with pytest.raises(StreamMoved):
        commands.score_work(state.sample, state.case, FULL, by=OTHER_INSPECTOR, seen=0)
    with pytest.raises(NotPossible, match="scored_already"):
        commands.score_work(state.sample, state.case, FULL, by=OTHER_INSPECTOR, seen=1)
    both = world.actor("call1", "quality_inspector", "call_taker")
    sample = drawn()
    with pytest.raises(NotPossible, match="own_work"):
        commands.score_work(sample.number, sample.cases[0].number, FULL, by=both, seen=0)
    with pytest.raises(InspectedMissing):
        commands.score_work(sample.number, "2400000000", FULL, by=INSPECTOR, seen=0)


def test_who_was_scored_objects_once_and_nobody_else_does() -> None:
    state = scored()
    with pytest.raises(Forbidden):
        commands.object_to_score(state.sample, state.case, reason="不服", by=world.OTHER_CALL_TAKER, seen=1)
    with pytest.raises(FieldWrong, match="reason: required"):
        commands.object_to_score(state.sample, state.case, reason=" ", by=world.CALL_TAKER, seen=1)
    after = commands.object_to_score(state.sample, state.case, reason="不服", by=world.CALL_TAKER, seen=1)
    assert after.stage == "objected"
    with pytest.raises(NotPossible, match="objected_already"):
        commands.object_to_score(state.sample, state.case, reason="不服", by=world.CALL_TAKER, seen=2)


def test_an_objection_that_comes_too_late_is_refused() -> None:
    state = scored()
    with clock.held(clock.now() + timedelta(days=6)), pytest.raises(NotPossible, match="too_late_to_object"):
        commands.object_to_score(state.sample, state.case, reason="不服", by=world.CALL_TAKER, seen=1)
    with clock.held(clock.now() + timedelta(days=5)):
        commands.object_to_score(state.sample, state.case, reason="不服", by=world.CALL_TAKER, seen=1)


def test_the_scorer_never_judges_the_objection() -> None:
    state = objected()
    with pytest.raises(NotPossible, match="own_score"):
        commands.judge_score(state.sample, state.case, uphold=False, reason="维持", by=INSPECTOR, seen=2)
    judged = commands.judge_score(state.sample, state.case, uphold=False, reason="维持", by=OTHER_INSPECTOR, seen=2)
    assert (judged.stage, judged.points) == ("judged", 80)
    with pytest.raises(NotPossible, match="objected_already"):
        commands.object_to_score(state.sample, state.case, reason="再申诉", by=world.CALL_TAKER, seen=3)
    with pytest.raises(NotPossible, match="nobody_objected"):
        commands.judge_score(state.sample, state.case, uphold=False, reason="再审", by=world.SUPERVISOR, seen=3)


def test_an_upheld_objection_changes_score_and_results() -> None:
    state = objected()
    with pytest.raises(FieldWrong, match="uphold: required"):
        commands.judge_score(state.sample, state.case, uphold=True, reason="有理", by=world.SUPERVISOR, seen=2)
    judged = commands.judge_score(
        state.sample, state.case, uphold=True, reason="有理", given=FULL, by=world.SUPERVISOR, seen=2
    )  # fmt: skip
    assert judged.points == 100 and judged.upheld
    (person,) = queries.by_person(today(), today())
    assert (person.person, person.cases, person.points, person.objected, person.upheld) == (
        *(world.CALL_TAKER.code, 1, 100, 1),
        1,
    )


def test_results_by_person_and_item_are_the_cases_behind_them() -> None:
    state = scored()
    commands.score_work(state.sample, queries.sample(state.sample).cases[1].number, FULL, by=INSPECTOR, seen=0)
    items = {one.item: one for one in queries.by_item(today(), today())}
    assert (items["answer"].cases, items["answer"].short, items["answer"].points) == (2, 1, 100)
    wanted = queries.Wanted(first=today(), last=today(), item="answer")
    assert [row.case_number for row in queries.behind(wanted)] == [state.case]
    wanted = queries.Wanted(first=today(), last=today(), person=world.CALL_TAKER.code)
    assert queries.behind(wanted).count() == 2
    assert [row.case_number for row in queries.own(world.OTHER_CALL_TAKER.code)] == []


def test_what_is_kept_is_what_the_events_say() -> None:
    objected()
    assert not whole.run().findings.differences and not whole.run().findings.broken
    InspectedItem.objects.filter(item="answer").update(points=60)
    InspectedNow.objects.filter(version=0).first().delete()  # type: ignore[union-attr]  # there are two
    found = {(one.table, one.column) for one in whole.run().findings.differences}
    assert found == {("inspected_item", "points"), ("inspected_now", "*")}
