"""Cards and charts: their numbers are the figures', their titles say what the numbers say, in both languages."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from tests import world
from tests.figures.counting import TUESDAY, at

from yousu.appeals import commands
from yousu.figures import queries
from yousu.figures.queries import Period
from yousu.figures.showing import cards, counting, tables
from yousu.figures.showing.counting import FIGURES, Numbers
from yousu.figures.showing.overview import Overview, overview
from yousu.figures.showing.parts import Card, Chart, Row
from yousu.figures.showing.periods import PERIODS, span
from yousu.org.city import city, load

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    counting.forget()
    yield
    counting.forget()


def _address(figure: str, where: Mapping[str, Sequence[str | None]], count: int) -> str:
    return f"{figure} {dict(where)} {count}"


def numbers(code: str, last: int, *, as_of: Any = None) -> Numbers:
    return counting.at(span(code, date(2024, 3, last)), as_of or at(last + 1, 0))


def shown(code: str, last: int, **more: Any) -> Overview:
    return overview(numbers(code, last), _address, **more)


def card(of: Overview, figure: str) -> Card:
    return next(each for each in of.cards if each.figure == figure)


def chart(of: Overview, name: str) -> Chart:
    return next(each for each in of.charts if each.id == name)


def row(of: Chart, label: str) -> Row:
    return next(each for each in of.rows if each.label == label)


def two_weeks(hands: Any) -> None:
    """Last week: two on Tuesday. This week: Tuesday three in two districts, Wednesday a message, Sunday one more."""
    hands.move_to(at(TUESDAY))
    first, _second = world.recorded(place="东关大街"), world.recorded()
    commands.answer(first.number, reply="已答复", by=world.DISPATCHER, seen=1)
    hands.move_to(at(12))
    done = [world.recorded(place="东关大街"), world.recorded(place="五四大街", category=world.DRY)]
    world.recorded(place="东关大街", category=world.DRY)
    for case in done:
        commands.answer(case.number, reply="已答复", by=world.DISPATCHER, seen=1)
    hands.move_to(at(13))
    world.recorded(channel="mayor_mailbox")
    hands.move_to(at(17))
    world.recorded(category=world.WAGES)


@pytest.mark.parametrize("code", PERIODS)
def test_every_card_says_what_its_figure_counts(code: str, hands: Any) -> None:
    two_weeks(hands)
    world.called_back(solved=False)
    found = numbers(code, 17)
    period = Period(first=found.span.first, last=found.span.last, as_of=found.as_of)
    for figure in FIGURES:
        counted = queries.total(figure, period)
        for part in ("numerator", "denominator", "excluded"):
            assert getattr(found.now[figure], part) == getattr(counted, part), (figure, part)


def test_the_period_before_is_as_known_just_as_long_after_its_own_days(hands: Any) -> None:
    hands.move_to(at(TUESDAY))
    case = world.recorded()
    hands.move_to(at(TUESDAY + 3))
    # Answered when last week's Tuesday was long over: this Tuesday has not had that time yet.
    commands.answer(case.number, reply="已答复", by=world.DISPATCHER, seen=1)
    hands.move_to(at(12))
    answered = world.recorded()
    commands.answer(answered.number, reply="已答复", by=world.DISPATCHER, seen=1)
    found = numbers("day", 12)
    assert (found.before["completion"].numerator, found.before["completion"].denominator) == (0, 1)
    change = card(overview(found, _address), "completion").change
    assert (change.direction, change.tone, change.words) == ("up", "better", "比上周同日高 100.00 个百分点")


def test_a_change_is_said_in_words_and_by_a_sign(hands: Any) -> None:
    two_weeks(hands)
    week = shown("week", 17)
    assert card(week, "accepted").change.words == "比上周同期多 3 件"
    assert (card(week, "accepted").change.icon, card(week, "accepted").change.tone) == ("▲", "plain")
    assert card(week, "unfinished_overdue").change.words == "与上周同期持平"
    assert card(week, "completion").of == "5 件中的 2 件"
    assert card(shown("week", 10), "accepted").change.words == "上周同期没有可比的数"
    with translation.override("en"):
        assert card(shown("week", 17), "accepted").change.words == "3 more than the same days last week"


def test_a_promise_is_kept_by_the_whole_numbers_and_not_by_their_rounding() -> None:
    for counted, base, kept in ((95, 100, True), (949_999, 1_000_000, False), (0, 0, None)):
        count = queries.Count(numerator=counted, denominator=base, excluded=0, where={})
        promise = cards._promise(queries.definition("on_time"), count)
        assert promise is not None and promise.is_kept is kept
    late = queries.Count(numerator=1, denominator=None, excluded=0, where={})
    promise = cards._promise(queries.definition("unfinished_overdue"), late)
    assert promise is not None and (promise.words, promise.is_kept) == ("承诺一件不超，还没有做到", False)


@pytest.mark.parametrize("name", [None, "xining"])
def test_every_promise_of_a_city_is_about_a_figure_that_is_shown(name: str | None) -> None:
    known = load(name) if name else city()
    assert set(known.settings["promise"]) <= set(FIGURES)


def test_charts_add_up_to_what_was_accepted_and_every_row_opens_the_number_it_shows(hands: Any) -> None:
    two_weeks(hands)
    week = shown("week", 17, least=0)
    for name in ("channels", "topics", "districts"):
        assert sum(each.value for each in chart(week, name).rows) == card(week, "accepted").numerator == 5
    for each in week.charts:
        assert all(line.href.endswith(f" {line.value}") for line in each.rows if line.value)
    # The mailbox counts with the portal it stands under.
    assert row(chart(week, "channels"), "市政府门户").href == "accepted {'channel': ['mayor_mailbox']} 1"
    assert row(chart(week, "districts"), "市外或没有写明").href == "accepted {'district': [None]} 2"


def test_the_trend_holds_whole_days_only_and_begins_with_the_first_appeal(hands: Any) -> None:
    two_weeks(hands)
    found = overview(numbers("week", 17, as_of=at(17, 13)), _address)
    trend = chart(found, "trend")
    assert [trend.rows[0].label, trend.rows[-1].label] == ["3月5日 周二", "3月16日 周六"]
    assert [each.value for each in trend.rows] == [2, 0, 0, 0, 0, 0, 0, 3, 1, 0, 0, 0]
    assert [each.label[-2:] for each in trend.rows if each.marks and each.marks["is_rest"]] == ["周六", "周日", "周六"]
    assert len(card(found, "accepted").trend) == len(trend.rows)


TITLES = {
    "zh-hans": {
        "trend": "近 13 天日均受理 1 件，休息日比工作日少 62%",
        "channels": "12345热线占 80.0%，其次是市政府门户，占 20.0%",
        "topics": "反映最多的是供暖：2 件，占 40.0%",
        "districts": "城东区最多：2 件，占 40.0%；城西区最少：1 件",
    },
    "en": {
        "trend": "1 appeal a day over 13 days, 62% fewer on days off than on working days",
        "channels": "Hotline brings 80.0%, City portal comes next with 20.0%",
        "topics": "Heating comes first: 2 appeals, 40.0% of all",
        "districts": "East District has the most: 2, 40.0% of all; West District the fewest: 1",
    },
}


@pytest.mark.parametrize("language", TITLES)
def test_a_charts_title_states_what_it_shows(language: str, hands: Any) -> None:
    two_weeks(hands)
    with translation.override(language):
        assert {each.id: each.title for each in shown("week", 17).charts} == TITLES[language]


def test_nothing_is_said_as_nothing_and_one_day_as_one_day(hands: Any) -> None:
    empty = shown("day", 20)
    assert {each.title for each in empty.charts} == {"这段时间没有受理诉求"}
    assert [each.value for each in empty.cards] == ["0", "—", "—", "0", "—", "—"]
    assert chart(empty, "trend").rows == ()
    counting.forget()
    hands.move_to(at(20))
    world.recorded()
    assert chart(shown("day", 20), "trend").title == "3月20日 周三受理 1 件"
    assert chart(shown("day", 20), "channels").title == "全部来自12345热线"
    assert chart(shown("day", 20), "districts").title == "受理的诉求都没有写明区县"


def test_a_small_cell_of_district_and_topic_is_not_shown_to_the_public(hands: Any) -> None:
    two_weeks(hands)
    east = row(chart(shown("week", 17), "districts"), "城东区")
    assert east.cells[-1] == "供暖（1）"
    assert row(chart(shown("week", 17, least=5), "districts"), "城东区").cells[-1] == ""


def test_the_map_is_darker_where_more_came_and_is_bars_where_a_city_has_no_outlines(
    hands: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    two_weeks(hands)
    drawn = chart(shown("week", 17), "districts")
    assert drawn.kind == "map" and {each.name: each.shade for each in drawn.shapes} == {"城西区": 1, "城东区": 4}
    assert "示意图" in drawn.note
    monkeypatch.setattr("yousu.figures.showing.outlines.FILE", "no_such_file")
    from yousu.org.city import forget

    forget()
    assert chart(shown("week", 17), "districts").kind == "bar"
    forget()


def test_an_overview_takes_three_statements_and_is_kept_for_a_minute(hands: Any) -> None:
    two_weeks(hands)
    this_week = span("week", date(2024, 3, 17))
    with CaptureQueriesContext(connection) as taken:
        first = counting.at_present(this_week)
    assert len(taken) == 3
    world.recorded()
    hands.move_to(at(17) + timedelta(seconds=59))
    assert counting.at_present(this_week) is first
    hands.move_to(at(17) + timedelta(seconds=61))
    later = counting.at_present(this_week)
    assert later.now["accepted"].numerator == first.now["accepted"].numerator + 1


def test_no_cell_of_a_download_is_taken_for_a_formula(hands: Any) -> None:
    two_weeks(hands)
    found = chart(shown("week", 17), "topics")
    hostile = Row(label="=HYPERLINK(1)", value=6_736, cells=("+1", "-", "@a", "\t", "1,234"))
    answer = tables.csv_of(Chart(**{**vars(found), "rows": (hostile,)}), "topics")
    written = answer.content.decode()
    assert written.startswith("\ufeff主题,")
    assert written.splitlines()[1] == "'=HYPERLINK(1),6736,'+1,'-,'@a,'\t,1234"
