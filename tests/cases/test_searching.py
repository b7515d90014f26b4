"""查找: exactly the cases that contain the words and meet the filters, newest first, in pages."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests import world

from yousu.appeals import commands as appeals
from yousu.appeals.recording import Said, next_numbers
from yousu.cases import commands as cases
from yousu.cases import search_keys, searching
from yousu.cases.models import CaseNow, CaseSearch
from yousu.cases.search_sql import Before
from yousu.cases.searching import NothingToFind, Wanted
from yousu.cases.verification import whole
from yousu.org.actors import Actor
from yousu.platform import clock
from yousu.understanding import bigrams

pytestmark = pytest.mark.django_db(transaction=True)

LETTERS = "小区暖气不热在aA１1%_'，"
WORDS = st.text(LETTERS + " ", min_size=1, max_size=10).filter(str.strip)


def found(words: str = "", *, by: Actor = world.DISPATCHER, limit: int = 50, **filters: object) -> list[str]:
    """The numbers of what is found."""
    return [row.number for row in searching.newest(Wanted(words=words, **filters), by=by, limit=limit)]  # type: ignore[arg-type]  # as the test says


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(texts=st.lists(st.tuples(WORDS, WORDS, WORDS), min_size=1, max_size=6), typed=st.lists(WORDS, max_size=6))
def test_every_text_that_contains_the_words_is_found_and_nothing_else(
    texts: list[tuple[str, str, str]], typed: list[str]
) -> None:
    CaseSearch.objects.all().delete()
    CaseNow.objects.all().delete()
    said = [Said(channel="hotline", text=text, title=title, place=place) for text, title, place in texts]
    appeals.record_many(said, new_numbers=next_numbers(len(said)), by=world.CALL_TAKER)
    rows = list(CaseNow.objects.all())
    for asked in [*typed, texts[0][0], texts[0][1][1:3]]:
        query = bigrams.query(asked)
        if not query.pairs:
            continue
        # A word may stand in any of the three texts, but not across two of them.
        holds = {row.number for row in rows if _holds(row, query.terms)}
        assert set(found(asked)) == holds, asked
        assert set(found(asked, stage="recorded")) == holds, asked


def test_the_newest_come_first_and_pages_follow_without_gap_or_repeat() -> None:
    began = clock.now() - timedelta(days=60)
    numbers = []
    for n in range(12):
        # Two a moment, so that numbers decide between them; weeks apart, so that many are gone through.
        with clock.held(began + timedelta(days=5) * (n // 2)):
            numbers.append(world.recorded("路灯不亮").number)
    expected = sorted(numbers, key=lambda number: (numbers.index(number) // 2, number), reverse=True)
    assert found("路灯") == expected
    seen, after = [], None
    while rows := searching.newest(Wanted(words="路灯"), by=world.DISPATCHER, after=after, limit=5):
        seen += [row.number for row in rows]
        after = Before(rows[-1].received_at, rows[-1].number)
    assert seen == expected


@pytest.mark.parametrize(
    ("filters", "is_found"),
    [
        ({"stage": "forwarded"}, True),
        ({"stage": "recorded"}, False),
        ({"unit": "heating"}, True),
        ({"unit": "water"}, False),
        ({"channel": "wechat"}, True),
        ({"channel": "hotline"}, False),
        ({"district": "east"}, True),
        ({"district": "west"}, False),
        ({"category": world.COLD}, True),
        ({"category": "城乡建设"}, True),
        ({"category": "城乡"}, False),
        ({"category": world.DRY}, False),
        ({"type": "tip_off"}, True),
        ({"type": "praise"}, False),
        ({"overdue": True}, True),
        ({"overdue": False}, False),
        ({"received_from": datetime(2026, 1, 5, tzinfo=UTC)}, True),
        ({"received_from": datetime(2026, 1, 6, tzinfo=UTC)}, False),
        ({"received_before": datetime(2026, 1, 6, tzinfo=UTC)}, True),
        ({"received_before": datetime(2026, 1, 5, tzinfo=UTC)}, False),
        ({"unit": "heating", "channel": "wechat", "stage": "forwarded", "category": "城乡建设"}, True),
    ],
)
@pytest.mark.parametrize("words", ["", "特别的事"])
@pytest.mark.parametrize("few", [5_000, -1])
def test_each_filter_narrows_alone_and_with_words_whichever_way_is_gone(
    filters: dict[str, object], is_found: bool, words: str, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "_FEW", few)
    with clock.held(datetime(2026, 1, 5, 3, tzinfo=UTC)):
        case = world.forwarded(text="特别的事", channel="wechat", type="tip_off", place="城东区某路")
        other = world.recorded("特别的东西")
    numbers = found(words, **filters)
    assert (case.number in numbers) is is_found
    assert not (words and other.number in numbers)


def test_names_of_units_and_categories_find_their_cases_too() -> None:
    ours, others = world.forwarded(text="甲"), world.forwarded(text="乙", lead_unit="water", category=world.DRY)
    assert found("青陵热力公司") == [ours.number]
    assert found("供水保障") == [others.number]
    assert set(found("城乡建设")) == {ours.number, others.number}
    assert found("Heating") == found("青陵热力公司")
    assert found("青陵", district="east") == []
    assert found("热力公司", stage="forwarded") == [ours.number]
    named, written = world.recorded("丙", category=world.WAGES), world.recorded("青陵供水公司的人来过")
    assert found("供水公司") == [written.number, others.number]
    assert named.number not in found("供水公司")


def test_a_whole_number_finds_its_case_and_no_other() -> None:
    case = world.recorded()
    world.recorded(f"关于{case.number}")
    assert found(case.number) == [case.number]
    assert found(case.number, stage="forwarded") == []


def test_a_unit_finds_its_own_cases_and_a_district_those_of_its_tree() -> None:
    ours, others = world.forwarded(text="水管漏水"), world.forwarded(text="水管漏水", lead_unit="water")
    below = world.forwarded(text="水管漏水", lead_unit="east_street")
    assert found("水管", by=world.HEATING_HANDLER) == [ours.number]
    assert found("水管", by=world.EAST_DISPATCHER) == [below.number]
    assert set(found("水管", by=world.SUPERVISOR)) == {ours.number, others.number, below.number}
    assert found("供水公司", by=world.HEATING_HANDLER) == []
    assert found(others.number, by=world.HEATING_HANDLER) == []
    assert found("水管", by=world.ANALYST) == []


def test_a_unit_of_many_cases_finds_no_others_week_by_week(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "_FEW", -1)
    ours, _ = world.forwarded(text="水管漏水"), world.forwarded(text="水管漏水", lead_unit="water")
    assert found("水管", by=world.HEATING_HANDLER) == [ours.number]
    assert found("供热保障", by=world.HEATING_HANDLER) == [ours.number]
    assert found("供水公司", by=world.HEATING_HANDLER) == []


def test_corrected_words_and_codes_are_found_and_the_old_ones_no_longer() -> None:
    case = world.recorded("楼道没有灯", title="照明")
    case = appeals.correct(case.number, field="text", value="楼道没有水", why="听错", by=world.DISPATCHER, seen=1)
    assert (found("没有灯"), found("没有水"), found("照明")) == ([], [case.number], [case.number])
    case = appeals.classify(case.number, category=world.DRY, by=world.DISPATCHER, seen=case.version)
    assert found("楼道", category=world.DRY) == [case.number]
    assert found("楼道", category=world.COLD) == []
    appeals.undo(case.number, by=world.DISPATCHER, seen=case.version)
    assert found("楼道", category=world.COLD) == [case.number]
    assert whole.run().is_clean


def test_erased_words_are_found_no_longer_and_the_case_still_by_its_codes() -> None:
    case = world.forwarded(text="独一无二的话", title="标题在此", channel="wechat", place="城东区某路")
    assert case.person_id is not None
    cases.erase(case.person_id, reason="本人申请", by=world.SECURITY)
    row = CaseSearch.objects.get(number=case.number)
    assert row.words == ""
    assert all(search_keys.is_code(key) for key in row.keys)
    assert found("独一无二") == found("标题在此") == found("城东区某路") == []
    assert found(channel="wechat") == [case.number]
    assert whole.run().is_clean


@pytest.mark.parametrize("words", ["暖", "%", "，。！", "_%_", "\u200f", "暖 气", "🔥"])
def test_nothing_is_looked_for_where_no_two_letters_stand_side_by_side(words: str) -> None:
    with pytest.raises(NothingToFind):
        found(words)


@pytest.mark.parametrize(
    "words",
    ["100%暖气", "暖气_", "'暖气", "暖气'); DROP TABLE case_search; --", "\\暖气", "\u202e暖气", "暖气" * 5_000],
)
def test_hostile_words_are_words(words: str) -> None:
    world.recorded("暖气不热")
    world.recorded(f"说的是{words}啊")
    terms = bigrams.query(words).terms
    assert set(found(words)) == {row.number for row in CaseNow.objects.all() if _holds(row, terms)}


def _holds(row: CaseNow, terms: tuple[str, ...]) -> bool:
    texts = "\n".join(bigrams.folded(text) for text in (row.title, row.matter, row.place) if text)
    return all(term in texts for term in terms)
