"""双字: which texts contain what was typed, and that the index never misses one."""

from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from yousu.understanding import bigrams

LETTERS = st.text("小区暖气不热 aAbＡ１1２%_'İΣς\n，🔥", max_size=12)
ANYTHING = st.text(max_size=30)


@given(text=LETTERS | ANYTHING)
def test_folding_keeps_every_letter_in_its_place(text: str) -> None:
    assert len(bigrams.folded(text)) == len(text)
    assert bigrams.folded(bigrams.folded(text)) == bigrams.folded(text)


@given(text=LETTERS | ANYTHING, begin=st.integers(0, 30), length=st.integers(2, 8))
@example(text="ΟΔΟΣ", begin=0, length=3)
def test_whatever_is_cut_out_of_a_text_leads_back_to_it(text: str, begin: int, length: int) -> None:
    cut = text[begin : begin + length]
    asked = bigrams.query(cut)
    plain = bigrams.folded(text)
    terms = [term for term in asked.terms if term in plain]
    # What is normalised or hidden may read otherwise; what is contained is always found by its pairs.
    assert all(bigrams.pairs(term) <= bigrams.pairs(plain) for term in terms)


@given(text=LETTERS, typed=LETTERS)
def test_a_text_contains_a_query_exactly_when_each_word_stands_in_it(text: str, typed: str) -> None:
    terms = bigrams.query(typed).terms
    assert bigrams.contains(text, terms) == all(term in bigrams.folded(text) for term in typed_terms(typed))


@given(text=LETTERS, typed=LETTERS)
def test_what_is_marked_is_what_was_found(text: str, typed: str) -> None:
    terms = bigrams.query(typed).terms
    spans = bigrams.spans(text, terms)
    assert bool(spans) == any(term in bigrams.folded(text) for term in terms)
    assert all(before < after for (_, before), (after, _) in pairwise(spans))


def test_width_and_case_of_letters_make_no_difference() -> None:
    assert bigrams.query("ＷｉＦｉ５G").terms == ("wifi5g",)
    assert bigrams.contains("小区WIFI5g信号", bigrams.query("ｗｉｆｉ５ｇ").terms)


def test_words_between_spaces_are_looked_for_each() -> None:
    asked = bigrams.query(" 小区　暖气 小区 ")
    assert asked.terms == ("小区", "暖气")
    assert bigrams.contains("暖气不热，小区里", asked.terms)
    assert not bigrams.contains("小区里", asked.terms)


def test_marks_of_direction_are_not_looked_for() -> None:
    assert bigrams.query("\u202e暖\u200b气\u200f").terms == ("暖气",)


def test_one_character_or_signs_alone_have_nothing_to_look_for() -> None:
    for typed in ("", "  ", "暖", "，。！", "%_", "暖 气", "a-b", "\u200f", "🔥🔥"):
        assert not bigrams.query(typed).pairs, typed


def typed_terms(typed: str) -> list[str]:
    """The words of a query, by the plainest way."""
    return bigrams.folded(typed).split()


@given(text=LETTERS | ANYTHING)
def test_pairs_are_all_that_stand_side_by_side_between_other_signs(text: str) -> None:
    plain = bigrams.folded(text)
    word = [letter.isalnum() for letter in plain]
    expected = {
        ord(a) << 32 | ord(b)
        for (a, b), (left, right) in zip(pairwise(plain), pairwise(word), strict=True)
        if left and right
    }
    assert bigrams.pairs(plain) == expected
