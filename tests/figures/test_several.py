"""Several figures, breakdowns and pages of cases in one statement: they say what each would say alone."""

from typing import Any

import pytest
from tests import world
from tests.figures.counting import period

from yousu.appeals import commands
from yousu.figures import members, queries, several
from yousu.figures.definitions import catalogue

pytestmark = pytest.mark.django_db


def test_days_of_every_figure_add_up_to_the_figure(hands: Any) -> None:
    world.called_back(solved=False)
    world.recorded(channel="wechat")
    asked = period(1, 31)
    days = several.by_day(list(catalogue()), asked)
    for figure in catalogue():
        alone = queries.total(figure, asked)
        summed = several.summed(figure, days[figure], first=asked.first, last=asked.last)
        assert (summed.numerator, summed.denominator, summed.excluded) == (
            alone.numerator,
            alone.denominator,
            alone.excluded,
        ), figure


def test_several_breakdowns_at_once_are_those_asked_one_by_one(hands: Any) -> None:
    world.recorded(place="东关大街")
    world.recorded(place="五四大街", category=world.DRY)
    world.recorded(category=None)
    groups: list[tuple[str, ...]] = [("channel",), ("topic",), ("district", "topic")]
    found = several.cuts("accepted", period(5), by=groups)
    for group in groups:
        alone = queries.counts("accepted", period(5), by=group)
        assert _sizes(found[group]) == _sizes(alone)


def _sizes(counts: list[queries.Count]) -> set[tuple[Any, ...]]:
    return {(frozenset(count.where.items()), count.numerator, count.denominator, count.excluded) for count in counts}


def test_an_unknown_dimension_is_refused() -> None:
    with pytest.raises(queries.DimensionMissing):
        several.cuts("accepted", period(5), by=[("number",)])
    with pytest.raises(queries.DimensionMissing):
        members.sizes("accepted", period(5), {"1=1; --": ["x"]})


def test_a_figures_cases_come_in_three_parts_and_page_by_page(hands: Any) -> None:
    done, left = world.recorded(place="东关大街"), world.recorded()
    commands.answer(done.number, reply="已答复", by=world.DISPATCHER, seen=1)
    sizes = members.sizes("completion", period(5), {})
    assert (sizes.counted, sizes.rest, sizes.excluded) == (1, 1, 0)

    def page(part: str, after: str = "", **where: Any) -> list[str]:
        return members.page("completion", period(5), where, part=part, after=after, size=50)

    assert (page("counted"), page("rest"), page("excluded")) == ([done.number], [left.number], [])
    assert page("rest", after=left.number) == []
    assert page("counted", district=["east"]) == [done.number]
    assert page("counted", district=[None]) == []
    assert page("rest", district=["east", None]) == [left.number]


def test_a_case_that_a_figure_counts_twice_is_one_case_of_the_list(hands: Any) -> None:
    case = world.called_back(solved=False)
    assert members.sizes("units_involved", period(5), {}).counted == 2
    assert members.page("units_involved", period(5), {}, part="counted", after="", size=50) == [case.number]
