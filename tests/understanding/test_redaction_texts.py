"""The set that judges redaction is itself in order: reproducible, rightly labelled, varied, with fair traps."""

import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from functools import cache

import pytest
from tests.understanding.redaction_data.numbers import id_holds, luhn_holds
from tests.understanding.redaction_texts import KINDS, Sample, Span, score, texts

NARROW = {0xFEE0 + code: chr(code) for code in range(0x21, 0x7F)}
ID_CUE = re.compile(r"(身份证|公民身份号码|证件号码)[^。，\n]{0,8}$")


@cache
def samples() -> tuple[Sample, ...]:
    return tuple(texts())


def values(kind: str, *, decoys: bool = False) -> list[tuple[Sample, Span, str]]:
    """Each labelled stretch of a kind, narrowed and without separators."""
    return [
        (sample, span, re.sub(r"[^\w]", "", sample.text[span.start : span.end].translate(NARROW)))
        for sample in samples()
        for span in (sample.decoys if decoys else sample.found)
        if span.kind == kind
    ]


def ordinary(sample: Sample) -> str:
    """The text with its personal data struck out."""
    text = sample.text
    for span in sample.found:
        text = text[: span.start] + "□" * (span.end - span.start) + text[span.end :]
    return text.translate(NARROW)


def test_the_same_seed_gives_the_same_texts_and_another_seed_others() -> None:
    assert list(texts(50, seed=7)) == list(texts(50, seed=7))
    assert list(texts(50, seed=7)) == list(texts(80, seed=7))[:50]
    assert list(texts(50, seed=7)) != list(texts(50, seed=8))


def test_another_process_makes_the_same_texts() -> None:
    program = "from tests.understanding.redaction_texts import texts; print(ascii(list(texts(20))))"
    environment = {**os.environ, "PYTHONHASHSEED": "99", "PYTHONPATH": os.pathsep.join(sys.path)}
    run = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == ascii(list(samples()[:20]))


def test_texts_are_many_and_different() -> None:
    assert len(samples()) == 2000
    assert len({sample.text for sample in samples()}) > 1950
    lengths = sorted(len(sample.text) for sample in samples())
    assert lengths[0] >= 4
    assert lengths[200] < 60 and lengths[-200] > 130


def test_spans_lie_in_their_text_in_order_and_apart() -> None:
    for sample in samples():
        end = 0
        for span in sorted((*sample.found, *sample.decoys), key=lambda span: span.start):
            assert end <= span.start < span.end <= len(sample.text)
            assert not sample.text[span.start].isspace() and not sample.text[span.end - 1].isspace()
            end = span.end
        assert list(sample.found) == sorted(sample.found, key=lambda span: span.start)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_there_often_and_in_many_values(kind: str) -> None:
    found = values(kind)
    assert len(found) > 120
    assert len({value for _, _, value in found}) > 0.5 * len(found)


def test_no_other_kind_is_labelled() -> None:
    assert {span.kind for sample in samples() for span in sample.found} == set(KINDS)


def test_a_third_of_the_texts_hold_no_personal_data() -> None:
    empty = [sample for sample in samples() if not sample.found]
    assert 0.3 < len(empty) / len(samples()) < 0.37
    assert sum(bool(sample.decoys) for sample in empty) > 0.75 * len(empty)


def test_half_the_texts_hold_a_hard_negative() -> None:
    assert sum(bool(sample.decoys) for sample in samples()) > 0.5 * len(samples())
    assert len({span.kind for sample in samples() for span in sample.decoys}) > 30


def test_bank_cards_satisfy_luhn_and_look_alikes_do_not() -> None:
    for _, _, value in values("bank_card"):
        assert 16 <= len(value) <= 19 and luhn_holds(value)
    alike = [value for sort in ("order", "meter", "sms_sender") for _, _, value in values(sort, decoys=True)]
    assert sum(16 <= len(value) <= 19 for value in alike) > 30
    assert not any(luhn_holds(value) for value in alike)


def test_identity_cards_are_right_unless_a_cue_announces_them() -> None:
    right, slips, old = 0, 0, 0
    for sample, span, value in values("id_card"):
        cue = ID_CUE.search(sample.text[: span.start].translate(NARROW))
        right += id_holds(value)
        old += len(value) == 15
        slips += len(value) == 18 and not id_holds(value)
        assert id_holds(value) or cue, sample.text
    assert right > 100 and old > 10 and slips > 5
    assert {value[-1] for _, _, value in values("id_card")} >= {"X", "x"}


def test_orders_shaped_like_identity_cards_are_none() -> None:
    shaped = [value for _, _, value in values("order", decoys=True) if re.fullmatch(r"6[23]\d{16}", value)]
    assert len(shaped) > 10
    assert not any(id_holds(value) for value in shaped)


def test_check_digits_agree_with_published_examples() -> None:
    assert id_holds("11010519491231002X") and not id_holds("110105194912310021")
    assert luhn_holds("4111111111111111") and not luhn_holds("4111111111111112")


@pytest.mark.parametrize(
    "shape",
    [
        r"(?<![0-9a-zA-Z])1[3-9]\d{9}(?![0-9])",
        r"(?<!\d)1[3-9]\d[ -]\d{4}[ -]\d{4}(?!\d)",
        r"(?<!\d)0\d{2,3}[-—)]\d{7,8}(?!\d)",
        r"[京津沪渝青甘陕川豫][A-Z][·• -]?[0-9A-Z]{5,6}",
        r"[\w.-]+@[\w-]+\.(?!gov)[\w.]*com",
        r"(?:微信号?|vx|wx|VX|WX|V信|薇信)[:：是 ]*[a-z][\w-]{5,19}",
        r"\d+(?:号楼|栋|幢|号院) ?\d单元",
        r"\d+-\d-\d{3,4}(?![\d-])",
    ],
)
def test_nothing_of_a_clear_shape_is_left_unlabelled(shape: str) -> None:
    left = [found.group() for sample in samples() for found in re.finditer(shape, ordinary(sample))]
    assert [text for text in left if not re.match(r"\d{4}-\d+-\d+$", text)] == []


def test_names_never_take_their_title_or_cue_along() -> None:
    for sample, span, value in values("name"):
        written = sample.text[span.start : span.end]
        assert not re.search(r"先生|女士|师傅|老师|医生|经理|主任|叫|姓|人$", written), written
        assert 1 <= len(value) <= 9


def test_a_surname_alone_has_a_title_behind_or_the_word_surname_before_it() -> None:
    alone = [(sample, span) for sample, span, value in values("name") if len(value) == 1]
    assert len(alone) > 100
    for sample, span in alone:
        before, after = sample.text[: span.start], sample.text[span.end :]
        assert before.endswith("姓") or re.match(r"[\u4e00-\u9fff]{2}", after), sample.text


def test_names_of_every_people_occur() -> None:
    found = [sample.text[span.start : span.end] for sample, span, _ in values("name")]
    assert sum("·" in value or "•" in value for value in found) > 10
    assert sum(value.startswith(("才让", "扎西", "卓玛", "多杰")) for value in found) > 5
    assert sum(value.startswith(("欧阳", "上官", "司马", "尉迟", "慕容")) for value in found) > 5


def test_numbers_come_plain_grouped_wide_and_with_area_code() -> None:
    written = [sample.text[span.start : span.end] for sample, span, _ in values("phone")]
    for shape in (
        r"1[3-9][0-9]{9}",
        r"[0-9]{3}-[0-9]{4}-[0-9]{4}",
        r"\+86.*",
        r"[（(]0.*",
        r"[０-９－]{11,13}",
        r"[4-8][0-9]{6}",
    ):
        assert any(re.fullmatch(shape, value) for value in written), shape


def test_a_perfect_redactor_scores_one_and_an_idle_one_nothing() -> None:
    known = {sample.text: sample.found for sample in samples()}
    kinds, overall = score(samples(), lambda text: known[text])
    assert overall == (1.0, 1.0) and set(kinds.values()) == {(1.0, 1.0)}
    kinds, overall = score(samples(), lambda text: ())
    assert overall == (0.0, 1.0) and list(kinds) == list(KINDS)


def test_hiding_everything_finds_all_and_is_right_nowhere() -> None:
    def all_of_it(text: str) -> Iterable[Span]:
        return [Span("name", 0, len(text))]

    kinds, (recall, precision) = score(samples(), all_of_it)
    assert recall == 1.0 and precision < 0.05
    assert kinds["phone"] == (1.0, 1.0) and kinds["name"][1] == precision


def test_separators_unit_words_and_country_codes_need_not_be_covered() -> None:
    phone = Sample("电话+86 138-1234-5678", (Span("phone", 2, 19),))
    assert score([phone], lambda text: [Span("phone", n, n + 4) for n in (6, 10, 15)])[1][0] == 1.0
    assert score([phone], lambda text: [Span("phone", 6, 18)])[1][0] == 0.0
    house = Sample("住3号楼2单元501室", (Span("house_number", 1, 11),))
    assert score([house], lambda text: [Span("house_number", 1, 10)])[1][0] == 1.0


def test_recall_asks_for_any_kind_and_precision_for_more_than_half() -> None:
    sample = Sample("我叫马晓燕。", (Span("name", 2, 5),))
    kinds, overall = score([sample], lambda text: [Span("wechat", 0, 5)])
    assert overall == (1.0, 1.0) and kinds["name"][0] == 1.0 and kinds["wechat"][1] == 1.0
    assert score([sample], lambda text: [Span("name", 0, 4)])[1] == (0.0, 0.0)
    assert Counter(span.kind for span in sample.found) == {"name": 1}
