"""转交规则: a small language, checked before it holds, tried on past cases, explained on each."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import world

from yousu.appeals.routing import conditions, table, trying
from yousu.appeals.routing.conditions import ALWAYS, ConditionWrong, Facts
from yousu.appeals.routing.table import RuleWrong
from yousu.org.city import city, load
from yousu.platform import clock

ZONE = ZoneInfo("Asia/Shanghai")
FACTS = Facts(
    category=world.COLD,
    district="east",
    place=None,
    words="楼道里的暖气不热",
    channel="hotline",
    appellant="person",
    type="complaint",
    at=datetime(2024, 3, 5, 19, 30, tzinfo=ZONE),
    is_working=True,
)
HEAD = "code,at,when,to,note_zh,note_en\n"
NIGHT_AND_DAY = (
    "night_heating,,category under 城乡建设/供热保障 and time between 18:00-08:00,centre,,\n"
    "heating,,分类 属于 城乡建设/供热保障,heating,供热由热力公司承办,\n"
)


def holds(text: str, facts: Facts = FACTS) -> bool:
    return conditions.read(text, city()).holds(facts)


def wrong_condition(text: str) -> tuple[int, int, str]:
    with pytest.raises(ConditionWrong) as caught:
        conditions.read(text, city())
    return caught.value.at, caught.value.length, caught.value.why


def wrong_rules(rows: str) -> tuple[int, str, str]:
    with pytest.raises(RuleWrong) as caught:
        table.read(HEAD + rows, city())
    return caught.value.row, caught.value.column, caught.value.why


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", True),
        ("category under 城乡建设", True),
        ("category is 城乡建设", False),
        ("分类 属于 城乡建设 且 区县 是 城东区", True),
        ("district is 城西区 or words has 暖气, 供水", True),
        ("not (district is east and words has 暖气)", False),
        ("非 区县 是 east 或 渠道 是 hotline", True),
        ('words has "楼道里的 暖气"', False),
        ("words has “楼道里的暖气”", True),
        ("time between 18:00-08:00", True),
        ("时刻 在 08:00-18:00", False),
        ("time between 19:30-19:30", True),
        ("day is working", True),
        ("日子 是 休息日", False),
        ("date between 2024-03-01..2024-03-05", True),
        ("date between 2024-03-06..2024-03-31", False),
        ("appellant is 企业", False),
        ("type is complaint and channel is hotline and not place is 某路", None),
    ],
)
def test_a_condition_holds_as_it_reads(text: str, expected: bool | None) -> None:
    if expected is None:
        # 某路 is no landmark of the city.
        assert wrong_condition(text)[2] == "unknown_value"
    else:
        assert holds(text) is expected


def test_and_binds_stronger_than_or() -> None:
    assert holds("district is west and words has 供水 or words has 暖气")
    assert not holds("district is west and (words has 供水 or words has 暖气)")


def test_what_is_not_known_fulfils_nothing_but_a_not() -> None:
    nowhere = replace(FACTS, district=None, category=None)
    assert not holds("district is east", nowhere)
    assert not holds("category under 城乡建设", nowhere)
    assert holds("not district is east", nowhere)


@pytest.mark.parametrize(
    ("text", "at", "length", "why"),
    [
        ("category below 城乡建设", 9, 5, "not_understood"),
        ("district is mars", 12, 4, "unknown_value"),
        ("district under east", 9, 5, "relation_not_for_field"),
        ("words has 暖气 and", 13, 3, "not_understood"),
        ("time between 8点-9点", 13, 5, "unknown_value"),
        ("(district is east", 13, 4, "incomplete"),
        ("区县 是 城东区 且 天气 是 晴", 11, 2, "not_understood"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(text: str, at: int, length: int, why: str) -> None:
    assert wrong_condition(text) == (at, length, why)


@given(st.text(max_size=60))
def test_no_text_breaks_the_reader(text: str) -> None:
    try:
        conditions.read(text, city())
    except ConditionWrong as wrong:
        assert 0 <= wrong.at <= len(text)
        assert wrong.length >= 1


@pytest.mark.parametrize(
    ("text", "never"),
    [
        ("district is east and district is west", True),
        ("category under 城乡建设/供热保障 and category is 城乡建设/供水保障", True),
        ("category under 城乡建设 and category is 城乡建设/供水保障", False),
        ("district is east or district is west", False),
        ("words has 暖气 and words has 供水", False),
    ],
)
def test_a_rule_that_can_match_nothing_is_known(text: str, never: bool) -> None:
    assert conditions.never(conditions.read(text, city())) is never


@pytest.mark.parametrize(
    ("rows", "row", "column", "why"),
    [
        ("a,,district is mars,heating,,\n", 2, "when", "unknown_value"),
        ("a,,,mars,,\n", 2, "to", "unknown_unit"),
        ("a,mars,,east_street,,\n", 2, "at", "unknown_unit"),
        ("a,,district is east,heating,,\na,,district is west,heating,,\n", 3, "code", "twice"),
        ("a,,district is east and district is west,heating,,\n", 2, "when", "never_holds"),
        (
            "a,,category under 城乡建设,heating,,\nb,,category under 城乡建设/供水保障,water,,\n",
            3,
            "when",
            "never_reached",
        ),
        ("a,,,heating,,\nb,,district is east,water,,\n", 3, "when", "never_reached"),
        ("a,east,,heating,,\n", 2, "to", "not_below"),
        ("a,east_street,,east,,\n", 2, "to", "not_below"),
        ("a,east,,east,,\n", 2, "to", "not_below"),
        (",,,heating,,\n", 2, "code", "required"),
        ("a,,,heating,,,,more\n", 2, "code", "ragged"),
    ],
)
def test_rules_that_cannot_hold_are_refused_with_row_and_column(rows: str, row: int, column: str, why: str) -> None:
    assert wrong_rules(rows) == (row, column, why)


def test_a_table_without_its_columns_is_refused() -> None:
    with pytest.raises(RuleWrong, match="column_missing"):
        table.read("code,when\n", city())


def test_the_first_rule_that_holds_decides_and_says_why() -> None:
    rules = table.read(HEAD + NIGHT_AND_DAY, city())
    routed = rules.route(FACTS)
    assert routed is not None
    assert (routed.rule.code, routed.unit) == ("night_heating", "centre")
    day = rules.route(replace(FACTS, at=datetime(2024, 3, 5, 10, tzinfo=ZONE)))
    assert day is not None
    assert (day.unit, day.rule.note("zh")) == ("heating", "供热由热力公司承办")
    assert rules.route(replace(FACTS, category=world.WAGES, words="工资")) is None


def test_a_unit_has_rules_of_its_own_and_they_lead_down() -> None:
    rules = trying.in_force()
    routed = rules.route(FACTS, at="east")
    assert routed is not None
    assert routed.unit == "east_street"
    assert rules.route(replace(FACTS, words="路灯不亮"), at="east") is None


def test_to_the_district_needs_a_district() -> None:
    rules = table.read(HEAD + "a,,,district,,\n", city())
    routed = rules.route(FACTS)
    assert routed is not None
    assert routed.unit == "east"
    assert rules.route(replace(FACTS, district=None)) is None


def test_an_unconditional_rule_to_the_district_hides_none_after_it() -> None:
    rules = table.read(HEAD + "a,,,district,,\nb,,words has 暖气,heating,,\n", city())
    nowhere = rules.route(replace(FACTS, district=None))
    assert nowhere is not None
    assert nowhere.rule.code == "b"


@pytest.mark.django_db(transaction=True)
def test_rules_are_tried_on_past_cases_and_say_how_many_would_go_elsewhere() -> None:
    with clock.held(datetime(2024, 3, 5, 2, tzinfo=UTC)):
        for text in ("家里暖气不热", "暖气管漏水"):
            world.forwarded(text=text)
        world.forwarded(lead_unit=world.WATER, text="暖气片不热")
        world.recorded("还没有转交")
        rules = table.read(HEAD + "wet,,words has 漏水,water,,\nrest,,category under 城乡建设,heating,,\n", city())
        now = clock.now()
        tried = trying.tried(rules, first=now - timedelta(days=1), last=now + timedelta(days=1))
    assert (tried.cases, tried.same, tried.unrouted) == (3, 1, 0)
    assert tried.by_rule == {"wet": 1, "rest": 2}
    assert tried.elsewhere == {("heating", "water"): 1, ("water", "heating"): 1}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_rule_without_a_reason_says_its_condition(language: str) -> None:
    [night, _] = table.read(HEAD + NIGHT_AND_DAY, city()).rules
    assert night.note(language) == "category under 城乡建设/供热保障 and time between 18:00-08:00"


def test_the_sample_citys_rules_can_be_read() -> None:
    known = load("xining")
    assert table.read((known.folder / "routing.csv").read_text(encoding="utf-8"), known).rules


def test_an_empty_condition_is_always() -> None:
    assert conditions.read("  ", city()) is ALWAYS
