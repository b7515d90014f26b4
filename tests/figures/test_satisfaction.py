"""满意率: satisfied, basically and not, weighed as the city says; 城中区 of June 2024 as it was printed."""

from datetime import date
from typing import Any

import pytest
from tests import world
from tests.figures.counting import as_it_will_be, at, period

from yousu.cases.models import CaseVersion
from yousu.figures import answers, members, queries, weighted
from yousu.figures.queries import FigureMissing, Period

pytestmark = pytest.mark.django_db
# xncz.gov.cn info/3937/194045: reached 670, responded 670, solved 663; satisfied 614, basically 34, not 22.
PRINTED = {"response": "100.00", "solution": "98.96", "satisfaction": "94.69"}
LEVELS = {"satisfied": 614, "basically": 34, "not": 22}
REACHED, SOLVED = 670, 663
JUNE = Period(first=date(2024, 6, 1), last=date(2024, 6, 30), as_of=at(31).replace(month=7))


@pytest.fixture
def june(hands: Any) -> None:
    """The district's call-backs of the month: rows like that of one real case, with what their residents said."""
    pattern = CaseVersion.objects.get(number=world.called_back().number, known_to=None)
    said = [level for level, count in LEVELS.items() for _ in range(count)]
    for at_, level in enumerate(said):
        pattern.number, pattern.seq = f"24{at_:07}", 1
        pattern.called_back_day = date(2024, 6, 1 + at_ % 30)
        pattern.responded, pattern.solved, pattern.satisfied = True, at_ < SOLVED, level
        pattern.save(force_insert=True)


def test_the_printed_rates_of_chengzhong_are_what_its_numbers_give(june: None) -> None:
    assert {figure: answers.answer(figure, JUNE, by=())["value"] for figure in PRINTED} == PRINTED
    found = answers.answer("satisfaction", JUNE, by=())
    assert (found["numerator"], found["denominator"], found["excluded"]) == (634.4, REACHED, 0)
    assert found["parts"] == {"satisfied": 614, "basically_satisfied": 34, "not_satisfied": 22}


def test_its_parts_have_no_case_in_common_and_each_opens(june: None) -> None:
    parts = weighted.definition("satisfaction").parts
    lists = [set(queries.numbers(part, JUNE)) for part in parts]
    assert [len(numbers) for numbers in lists] == list(LEVELS.values())
    assert len(set().union(*lists)) == REACHED
    assert [members.sizes(part, JUNE, {}).counted for part in parts] == list(LEVELS.values())


def test_by_unit_every_row_is_weighed_for_itself(hands: Any) -> None:
    for level, unit in (("satisfied", "heating"), ("basically", "heating"), ("not", "water"), (None, "water")):
        as_it_will_be(world.called_back().number, {"satisfied": level, "lead_unit": unit})
    rows = {row["unit"]: row for row in answers.answer("satisfaction", period(5), by=["unit"])["by"]}
    assert (rows["heating"]["value"], rows["heating"]["numerator"]) == ("80.00", 1.6)
    # Reached, and without a word on it: in the base, like every level of weight 0.
    assert (rows["water"]["value"], rows["water"]["denominator"]) == ("0.00", 2)


def test_excluded_ones_have_no_weight(hands: Any) -> None:
    as_it_will_be(world.called_back().number, {"satisfied": "not", "excluded": True})
    as_it_will_be(world.called_back().number, {"satisfied": "satisfied"})
    found = answers.answer("satisfaction", period(5), by=())
    assert (found["value"], found["denominator"], found["excluded"]) == ("100.00", 1, 1)


def test_over_nobody_there_is_no_satisfaction(hands: Any) -> None:
    assert answers.answer("satisfaction", period(5), by=())["value"] is None


def test_only_what_is_weighed_is_a_weighted_figure() -> None:
    with pytest.raises(FigureMissing):
        weighted.definition("response")
