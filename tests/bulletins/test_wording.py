"""措辞: one small bulletin, word for word, in both languages; and what is said only when there is something to say."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.bulletins.press import DAY, MIDNIGHT, NOON, WEEK, WEEK_OVER, answered, called_back, frozen, taken

from yousu.bulletins import queries, rendering
from yousu.bulletins.queries import Bulletin
from yousu.documents.model import Lang
from yousu.org import accounts

pytestmark = pytest.mark.django_db(transaction=True)
GOLDENS = Path(__file__).parent / "goldens"


def small_week() -> Bulletin:
    """A frozen week with something in each of its paragraphs."""
    for user, zh, en in (("publisher", "甲", "One"), ("reviewer", "乙", "Two"), ("signer", "丙", "Three")):
        accounts.create(user, None, roles=[], name_zh=zh, name_en=en)
    for _ in range(3):
        taken(place="人民公园")
    answered(channel="wechat")
    answered(channel="mayor_mailbox")
    called_back()
    return queries.show(WEEK)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_small_bulletin_word_for_word(hands: Any, lang: Lang) -> None:
    hands.move_to(NOON - timedelta(days=7))
    for _ in range(4):
        taken()
    hands.move_to(NOON)
    small_week()
    hands.move_to(WEEK_OVER)
    for day in range(4, 11):
        frozen(f"daily-2024-03-{day:02}")
    frozen(WEEK)
    text = rendering.as_text(queries.show(WEEK), lang=lang)
    # The digest covers case numbers, which another installation counts from elsewhere.
    text = re.sub(r"sha256 (?:[0-9a-f]{4} ){3}[0-9a-f]{4}", "sha256 0000 0000 0000 0000", text)
    assert text == (GOLDENS / f"week.{lang}.txt").read_text(encoding="utf-8")


def test_one_of_a_thing_is_one_in_english(hands: Any) -> None:
    called_back()
    text = rendering.as_text(queries.show(DAY), lang="en")
    for said in ("1 appeal was accepted", "1 call and 0 written messages", "Of 1 call,", "1 call-back was made."):
        assert said in text


def test_without_calls_nothing_is_said_of_their_handling(hands: Any) -> None:
    answered(channel="wechat")
    assert "本期没有来电诉求。" in rendering.as_text(queries.show(DAY))
    assert "There were no calls." in rendering.as_text(queries.show(DAY), lang="en")


@pytest.mark.parametrize(
    ("digits", "zh", "en"),
    [(0, "取整数", "to whole numbers"), (1, "保留一位小数", "to one digit"), (2, "保留两位小数", "to two digits")],
)
def test_the_note_says_how_many_digits_are_kept(
    hands: Any, monkeypatch: pytest.MonkeyPatch, digits: int, zh: str, en: str
) -> None:
    from yousu.org.city import city

    answered()
    monkeypatch.setitem(city().settings, "percent", {"rounding": "truncate", "digits": digits})  # type: ignore[arg-type]
    shown = queries.show(DAY)
    assert shown.json["completion"]["digits"] == digits
    assert f"百分比截尾，{zh}；" in rendering.as_text(shown)
    assert f"percentages cut off {en};" in rendering.as_text(shown, lang="en")
    assert all(check["holds"] for check in shown.json["checks"])


def test_after_a_day_without_appeals_there_is_nothing_to_compare_with(hands: Any) -> None:
    answered()
    change = queries.show(DAY).json["statements"][-1]
    assert (change["figure"], change["value"], change["this"], change["last"]) == ("change", None, 1, 0)
    assert "变化–（本日1件，前一日0件）" in rendering.as_text(queries.show(DAY))
    hands.move_to(MIDNIGHT + timedelta(hours=1))
    assert "受理量下降100.00%（本日0件，前一日1件）" in rendering.as_text(queries.show("daily-2024-03-06"))
