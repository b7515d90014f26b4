"""指标接口: the catalogue names every figure; a weighted one says of what it is the sum."""

from tests.api.callers import Caller, bring

Callers = dict[str, Caller]


def test_the_catalogue_has_the_weighted_figures_too(callers: Callers) -> None:
    answer = callers["leader"].get("/figures")
    names = [one["figure"] for one in answer.json()["figures"]]
    assert {"satisfaction", "contacted_in_time", "sent_back", "cleared", "red"} <= set(names)


def test_satisfaction_is_a_weighted_sum_of_its_levels_by_unit(callers: Callers) -> None:
    case = bring(callers, "closed")
    said = {"reached": "reached", "responded": True, "solved": True, "satisfied": "basically"}
    done = callers["caller_back"].post(f"/appeals/{case['number']}/call-back", said, seen=case["version"])
    assert done.status_code == 200, done.content
    told = callers["leader"].get("/figures/satisfaction?by=unit").json()
    assert (told["numerator"], told["denominator"], told["value"]) == (0.6, 1, "60.00")
    assert told["parts"] == {"satisfied": 0, "basically_satisfied": 1, "not_satisfied": 0}
    assert [row["unit"] for row in told["by"]] == ["heating"]
    assert told["by"][0]["parts"] == told["parts"]


def test_other_figures_have_whole_numbers_and_no_parts(callers: Callers) -> None:
    told = callers["leader"].get("/figures/red").json()
    assert isinstance(told["numerator"], int) and "parts" not in told
