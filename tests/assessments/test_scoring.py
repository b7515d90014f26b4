"""Scores are exact weighted sums; zones, places and figures per 10,000 follow the method they were composed by."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from yousu.assessments import rules, scoring
from yousu.assessments.events import Method, Objected, People
from yousu.assessments.rules import MonthWrong, NotReady
from yousu.assessments.state import AssessmentState, Objection

THEN = datetime(2024, 4, 1, 1, tzinfo=UTC)
METHOD = Method(
    figures={
        "response": {"response": "1"},
        "solution": {"solution": "1"},
        "satisfaction": {"satisfied": "1", "basically_satisfied": "0.6", "not_satisfied": "0"},
    },
    weights={"response": "0.30", "solution": "0.35", "satisfaction": "0.35"},
    red="80",
    yellow="90",
    small=5,
    ranking=False,
    rounding="half_up",
    digits=2,
)


def sizes(
    base: int, *, response: int, solved: int, satisfied: int, basically: int = 0, accepted: int = 0
) -> dict[str, dict[str, int]]:
    counted = {
        "accepted": accepted,
        "response": response,
        "solution": solved,
        "satisfied": satisfied,
        "basically_satisfied": basically,
        "not_satisfied": base - satisfied - basically,
    }
    return {name: {"counted": n, "base": base, "excluded": 0} for name, n in counted.items()}


def state(**changes: object) -> AssessmentState:
    """Two departments and a district, composed by one."""
    known = AssessmentState(
        id="2024-03",
        version=1,
        stage="shown",
        first=date(2024, 3, 1),
        last=date(2024, 3, 31),
        as_of=THEN,
        definitions="sha256:0",
        method=METHOD,
        groups={"east": "district", "heating": "company", "water": "company"},
        people={"east": People(people=100_000, valid_from=date(2024, 1, 1), source="made up")},
        sizes={
            "east": sizes(670, response=670, solved=663, satisfied=614, basically=34, accepted=1_153),
            "heating": sizes(10, response=10, solved=8, satisfied=7, basically=1),
            "water": sizes(4, response=4, solved=4, satisfied=4),
        },
        lists={},
        composed_by="account:super1",
        objections_until=THEN,
    )
    return replace(known, **changes)  # type: ignore[arg-type] - fields by name


def objection(**changes: object) -> Objection:
    """The heating company's, about a case that was not solved."""
    known = Objection(
        id=3,
        unit="heating",
        figure="solution",
        number="2400000018",
        counted=(),
        reason="beyond_control",
        by="account:heat1",
        at=THEN,
        granted=True,
    )
    return replace(known, **changes)  # type: ignore[arg-type] - fields by name


def of(found: AssessmentState, unit: str) -> scoring.Result:
    return next(one for one in scoring.results(found) if one.unit == unit)


def test_a_score_is_the_weighted_sum_of_exact_rates_rounded_once() -> None:
    east = of(state(), "east")
    assert east.rates == {"response": "100.00", "solution": "98.96", "satisfaction": "94.69"}
    # 30 + 35 × 663/670 + 35 × 634.4/670 = 97.7746…
    assert (east.score, east.zone, east.is_small) == ("97.77", "blue", False)


def test_zones_are_cut_by_the_exact_score() -> None:
    heating = of(state(), "heating")
    # 30 + 28 + 26.6
    assert (heating.score, heating.zone) == ("84.60", "yellow")
    sizes_ = {**state().sizes, "heating": sizes(10, response=10, solved=6, satisfied=6)}
    assert (of(state(sizes=sizes_), "heating").score, of(state(sizes=sizes_), "heating").zone) == ("72.00", "red")


def test_accepted_per_10000_people_needs_a_count_of_people() -> None:
    assert of(state(), "east").per_10000 == "115.30"
    assert of(state(), "heating").per_10000 is None


def test_over_nobody_there_is_no_score_and_no_zone() -> None:
    nobody = {**state().sizes, "water": sizes(0, response=0, solved=0, satisfied=0)}
    assert (of(state(sizes=nobody), "water").score, of(state(sizes=nobody), "water").zone) == (None, None)


def test_nobody_has_a_place_unless_the_city_ranks_and_the_small_never() -> None:
    assert {one.place for one in scoring.results(state())} == {None}
    ranked = state(method=replace(METHOD, ranking=True))
    assert {one.unit: one.place for one in scoring.results(ranked)} == {"east": 1, "heating": 1, "water": None}
    assert of(ranked, "water").is_small


def test_equal_scores_share_a_place() -> None:
    same = sizes(10, response=10, solved=10, satisfied=10)
    tied = state(method=replace(METHOD, ranking=True), sizes={**state().sizes, "heating": same, "water": same})
    assert (of(tied, "heating").place, of(tied, "water").place) == (1, 1)


def test_a_granted_objection_takes_the_case_out_of_that_figure_alone() -> None:
    found = of(state(objections=(objection(),)), "heating")
    assert found.sizes["solution"] == {"counted": 8, "base": 9, "excluded": 1}
    assert found.sizes["response"]["base"] == 10
    assert found.rates["solution"] == "88.89"


def test_of_a_weighted_figure_it_goes_from_every_level() -> None:
    out = objection(figure="satisfaction", counted=("not_satisfied",))
    found = of(state(objections=(out,)), "heating")
    assert found.sizes["not_satisfied"] == {"counted": 1, "base": 9, "excluded": 1}
    assert found.sizes["satisfied"] == {"counted": 7, "base": 9, "excluded": 1}
    # 7.6 of 9
    assert found.rates["satisfaction"] == "84.44"


@pytest.mark.parametrize("granted", [None, False])
def test_one_that_waits_or_was_refused_changes_nothing(granted: bool | None) -> None:
    assert of(state(objections=(objection(granted=granted),)), "heating") == of(state(), "heating")


@pytest.mark.parametrize(
    "wrong", ["2024-13", "2024-00", "202401", "2024-1", "1999-01", "2024-01-31", "", "２０２４-01"]
)
def test_what_is_no_month_has_no_assessment(wrong: str) -> None:
    with pytest.raises(MonthWrong):
        rules.month_of(wrong)


def test_a_month_has_both_its_ends_in_leap_years_too() -> None:
    month = rules.month_of("2024-02")
    assert (month.first, month.last, month.id) == (date(2024, 2, 1), date(2024, 2, 29), "2024-02")


def why(step: object) -> str:
    with pytest.raises(NotReady) as caught:
        step()  # type: ignore[operator] - a function without parameters
    return caught.value.why


def test_a_month_that_is_not_over_and_what_units_have_seen_is_not_composed() -> None:
    march = rules.month_of("2024-03")
    assert why(lambda: rules.may_compose(None, today=date(2024, 3, 31), month=march)) == "month_not_over"
    assert why(lambda: rules.may_compose(state(), today=date(2024, 4, 1), month=march)) == "already_shown"
    rules.may_compose(state(stage="composed"), today=date(2024, 4, 1), month=march)


def test_units_object_in_their_time_once_and_to_what_counts() -> None:
    said = Objected(unit="heating", figure="solution", number="2400000018", counted=(), reason="beyond_control")
    late = THEN.replace(hour=2)
    assert why(lambda: rules.object_to(state(), said, is_in_base=True, at=late)) == "time_is_over"
    assert why(lambda: rules.object_to(state(stage="composed"), said, is_in_base=True, at=THEN)) == "not_shown"
    assert why(lambda: rules.object_to(state(), said, is_in_base=False, at=THEN)) == "not_in_figure"
    assert (
        why(lambda: rules.object_to(state(), replace(said, unit=""), is_in_base=True, at=THEN)) == "unit_not_assessed"
    )
    again = state(objections=(objection(granted=False),))
    assert why(lambda: rules.object_to(again, said, is_in_base=True, at=THEN)) == "objected_before"
    assert rules.object_to(state(), said, is_in_base=True, at=THEN) == said


@pytest.mark.parametrize("by", ["account:heat1", "account:super1"])
def test_neither_who_objected_nor_who_composed_judges(by: str) -> None:
    asked = state(objections=(objection(granted=None),))
    assert why(lambda: rules.judge(asked, 3, granted=True, by=by)) == "same_person"
    assert rules.judge(asked, 3, granted=True, by="account:super2").granted


def test_what_is_judged_stays_judged() -> None:
    assert why(lambda: rules.judge(state(objections=(objection(),)), 3, granted=False, by="x")) == "already_judged"
    assert why(lambda: rules.judge(state(), 9, granted=False, by="x")) == "no_such_objection"


def test_it_is_frozen_when_the_time_is_over_and_nothing_waits() -> None:
    later = THEN.replace(hour=2)
    assert why(lambda: rules.may_freeze(state(), at=THEN)) == "time_runs"
    waits = state(objections=(objection(granted=None),))
    assert why(lambda: rules.may_freeze(waits, at=later)) == "objections_wait"
    assert why(lambda: rules.may_freeze(state(stage="composed"), at=later)) == "not_shown"
    assert why(lambda: rules.may_freeze(state(stage="frozen"), at=later)) == "already_frozen"
    rules.may_freeze(state(), at=later)
