"""A month's assessment through its commands: composed, shown, objected to, judged, frozen; what verify says."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import world

from yousu.appeals import commands as appeals
from yousu.assessments import commands, queries
from yousu.assessments.queries import AssessmentMissing
from yousu.assessments.rules import MonthWrong, NotReady
from yousu.assessments.state import AssessmentState
from yousu.cases.rules import FieldWrong
from yousu.cases.verification import whole
from yousu.figures.kept import ListBroken, ListMissing
from yousu.ledger import texts
from yousu.ledger.log import StreamMoved, rows_of
from yousu.org.actors import Actor
from yousu.org.capabilities import Forbidden
from yousu.platform import clock

pytestmark = pytest.mark.django_db(transaction=True)
# A Monday after the month: three working days end on Thursday, 4 April … which is Qingming; so on Sunday, the 7th.
MARCH, APRIL = datetime(2024, 3, 5, 4, tzinfo=UTC), datetime(2024, 4, 1, 4, tzinfo=UTC)
MONTH = "2024-03"
JUDGE = world.actor("super2", "supervisor", unit="centre")
HEATING_LEADER = world.actor("heat9", "unit_leader", unit=world.HEATING)


@pytest.fixture
def hands() -> Iterator[Any]:
    """March, with call-backs of the heating company and a case at a street of the east."""
    with clock.held(MARCH) as held:
        yield held


def said(level: str, *, solved: bool = True) -> str:
    """A case of the heating company whose resident was called back."""
    case = world.closed()
    appeals.call_back(
        case.number,
        reached="reached",
        responded=True,
        solved=solved,
        satisfied=level,
        by=world.CALLER_BACK,
        seen=case.version,
    )
    return case.number


def composed(hands: Any) -> tuple[AssessmentState, list[str]]:
    """March as it was composed on the first of April."""
    numbers = [said("satisfied"), said("basically"), said("not", solved=False)]
    world.forwarded(lead_unit=world.EAST_STREET)
    hands.move_to(APRIL)
    return commands.compose(MONTH, by=world.SUPERVISOR, seen=0), numbers


def shown(hands: Any) -> tuple[AssessmentState, list[str]]:
    """… and shown to the units."""
    state, numbers = composed(hands)
    return commands.show(MONTH, by=world.SUPERVISOR, seen=state.version), numbers


def objected(number: str, *, by: Actor = world.HEATING_HANDLER, **more: Any) -> AssessmentState:
    """The heating company objects."""
    usual: dict[str, Any] = {"figure": "solution", "reason": "beyond_control", "note": "住户家中无人，多次上门"}
    return commands.object_to(MONTH, number=number, by=by, **{**usual, **more})


def refused(act: Callable[[], Any]) -> str:
    with pytest.raises(NotReady) as caught:
        act()
    return caught.value.why


def test_what_is_composed_are_the_units_sets_with_their_lists(hands: Any) -> None:
    state, numbers = composed(hands)
    assert state.sizes["heating"]["solution"] == {"counted": 2, "base": 3, "excluded": 0}
    assert state.sizes["east"]["accepted"]["counted"] == 1
    assert set(state.groups) == {"east", "west", "heating", "water"}
    assert list(queries.numbers_behind(state, "heating.solution.base", world.SUPERVISOR)) == sorted(numbers)
    assert list(queries.numbers_behind(state, "heating.not_satisfied.counted", world.SUPERVISOR)) == [numbers[2]]


def test_later_progress_moves_nothing_that_was_composed(hands: Any) -> None:
    state, _ = composed(hands)
    said("not", solved=False)
    assert queries.get(MONTH).sizes == state.sizes
    again = commands.compose(MONTH, by=world.SUPERVISOR, seen=state.version)
    assert (again.version, again.sizes) == (2, state.sizes)


def test_units_learn_of_it_when_it_is_shown_and_of_their_own_figures_alone(hands: Any) -> None:
    composed(hands)
    with pytest.raises(AssessmentMissing):
        queries.seen_by(world.HEATING_HANDLER, MONTH)
    state = commands.show(MONTH, by=world.SUPERVISOR, seen=1)
    assert queries.seen_by(world.HEATING_HANDLER, MONTH) == state
    assert [one.unit for one in queries.results(state, world.STREET_HANDLER)] == ["east"]
    assert len(queries.results(state, world.SUPERVISOR)) == 4
    with pytest.raises(AssessmentMissing):
        queries.numbers_behind(state, "heating.solution.base", world.WATER_HANDLER)


def test_the_time_to_object_is_counted_in_working_days(hands: Any) -> None:
    state, _ = shown(hands)
    assert state.objections_until == datetime(2024, 4, 7, 15, 59, 59, tzinfo=UTC)


def test_a_unit_objects_somebody_else_judges_and_the_case_is_out(hands: Any) -> None:
    _, numbers = shown(hands)
    state = objected(numbers[2])
    one = state.objections[0]
    assert (one.unit, one.counted, one.granted) == ("heating", (), None)
    assert one.note is not None
    assert texts.read_one(one.note) == "住户家中无人，多次上门"
    state = commands.judge_objection(MONTH, objection=one.id, grant=True, note="属实", by=JUDGE, seen=state.version)
    [result] = queries.results(state, world.HEATING_HANDLER)
    assert result.sizes["solution"] == {"counted": 2, "base": 2, "excluded": 1}
    kinds = [row.kind for row in rows_of(f"assessment/{MONTH}")]
    assert kinds == ["assessment_composed", "assessment_shown", "objected", "objection_judged"]


def test_a_leader_of_the_unit_may_object_too(hands: Any) -> None:
    _, numbers = shown(hands)
    assert objected(numbers[0], by=HEATING_LEADER, figure="satisfaction").objections[0].counted == ("satisfied",)


def test_what_an_objection_looks_into_is_read_once_nobody_can_replace_it(hands: Any) -> None:
    _, numbers = shown(hands)
    with CaptureQueriesContext(connection) as taken:
        objected(numbers[2])
    asked = [query["sql"] for query in taken]
    locked = next(at for at, sql in enumerate(asked) if "pg_advisory_xact_lock" in sql)
    read = [at for at, sql in enumerate(asked) if "assessment_now" in sql or "assessment_set" in sql]
    assert read and min(read) > locked


def test_nobody_objects_for_another_unit_nor_to_a_case_that_does_not_count(hands: Any) -> None:
    _, numbers = shown(hands)
    assert refused(lambda: objected(numbers[2], by=world.WATER_HANDLER)) == "not_in_figure"
    assert refused(lambda: objected("2400000000")) == "not_in_figure"
    with pytest.raises(Forbidden):
        objected(numbers[2], by=world.SUPERVISOR)


@pytest.mark.parametrize(
    ("field", "value"), [("figure", "accepted"), ("figure", "nothing"), ("reason", "because"), ("reason", "")]
)
def test_codes_that_nobody_knows_are_refused(field: str, value: str, hands: Any) -> None:
    _, numbers = shown(hands)
    with pytest.raises(FieldWrong) as caught:
        objected(numbers[2], **{field: value})
    assert caught.value.field == field


def test_the_composer_does_not_judge(hands: Any) -> None:
    _, numbers = shown(hands)
    one = objected(numbers[2]).objections[0]
    act = lambda: commands.judge_objection(MONTH, objection=one.id, grant=True, by=world.SUPERVISOR)  # noqa: E731
    assert refused(act) == "same_person"


def test_it_is_frozen_after_the_time_with_everything_judged_and_then_stays(hands: Any) -> None:
    _, numbers = shown(hands)
    state = objected(numbers[2])
    freeze = lambda: commands.freeze(MONTH, by=world.SUPERVISOR)  # noqa: E731 - tried at several moments
    assert refused(freeze) == "time_runs"
    hands.move_to(APRIL + timedelta(days=7))
    assert refused(freeze) == "objections_wait"
    commands.judge_objection(MONTH, objection=state.objections[0].id, grant=False, by=JUDGE)
    state = freeze()
    assert state.stage == "frozen"
    assert state.results is not None
    assert state.results["heating"]["rates"] == {"response": "100.00", "solution": "66.67", "satisfaction": "53.33"}
    # 30 + 35 × 2/3 + 35 × 1.6/3
    assert (state.results["heating"]["score"], state.results["heating"]["zone"]) == ("72.00", "red")
    assert (state.results["east"]["per_10000"], state.results["water"]["score"]) == ("0.10", None)
    assert refused(freeze) == "already_frozen"
    assert refused(lambda: objected(numbers[0])) == "time_is_over"
    assert refused(lambda: commands.compose(MONTH, by=world.SUPERVISOR)) == "already_shown"


def test_a_page_that_is_older_than_the_assessment_changes_nothing(hands: Any) -> None:
    composed(hands)
    for act in (commands.compose, commands.show, commands.freeze):
        with pytest.raises(StreamMoved):
            act(MONTH, by=world.SUPERVISOR, seen=7)
    assert queries.get(MONTH).version == 1


@pytest.mark.parametrize("who", [world.DISPATCHER, world.HEATING_HANDLER, world.LEADER, world.ANALYST])
def test_only_supervisors_compose_show_judge_and_freeze(who: Actor, hands: Any) -> None:
    composed(hands)
    for act in (commands.compose, commands.show, commands.freeze):
        with pytest.raises(Forbidden):
            act(MONTH, by=who)
    with pytest.raises(Forbidden):
        commands.judge_objection(MONTH, objection=1, grant=True, by=who)


def test_a_month_that_is_none_is_not_over_or_was_never_composed(hands: Any) -> None:
    with pytest.raises(MonthWrong):
        commands.compose("2024-3", by=world.SUPERVISOR)
    assert refused(lambda: commands.compose(MONTH, by=world.SUPERVISOR)) == "month_not_over"
    with pytest.raises(AssessmentMissing):
        commands.show(MONTH, by=world.SUPERVISOR)


def test_a_list_that_is_another_one_now_is_not_given_out_and_verify_finds_it(hands: Any) -> None:
    state, _ = composed(hands)
    assert whole.run().is_clean
    with connection.cursor() as cursor:
        cursor.execute("UPDATE assessment_set SET numbers = '[]' WHERE path = 'heating.solution.base'")
    with pytest.raises(ListBroken):
        queries.numbers_behind(state, "heating.solution.base", world.SUPERVISOR)
    with pytest.raises(ListMissing):
        queries.numbers_behind(state, "heating.nothing.base", world.SUPERVISOR)
    found = [(one.table, one.column) for one in whole.run().findings.differences]
    assert found == [("assessment_set", "heating.solution.base")]
