"""The sample's words: varied, repeatable, invented."""

import csv
import json
import os
import random
import re
from importlib.resources import files
from pathlib import Path

import pytest

from yousu.cities.xining.phrases import phrases, speeches
from yousu.cities.xining.places import Place, places
from yousu.cities.xining.texts import Words, kinds, person, write

CITY = files("yousu.cities.xining")
SHARED = Path(os.environ.get("YOUSU_SHARED", "../shared"))
BIG = [
    ("劳动和社会保障", "工资支付"),
    ("城乡建设", "供热保障"),
    ("交通运输", "道路通行秩序"),
    ("城乡建设", "小区物业服务"),
    ("城乡建设", "供水服务"),
    ("城乡建设", "停车管理"),
    ("环境保护", "噪声扰民"),
    ("商贸旅游", "消费退费纠纷"),
]
with (CITY / "categories.csv").open(encoding="utf-8") as lines:
    ROWS = [row for row in csv.DictReader(lines) if row["path"].count("/") >= 1]


def drawn(count: int, *, seed: int) -> list[Words]:
    """Appeals as the sample's days would have them."""
    rng = random.Random(seed)
    return [one(rng) for _ in range(count)]


def one(rng: random.Random) -> Words:
    """One appeal of any category, mostly by telephone."""
    category = rng.choice(ROWS)["path"]
    channel = rng.choice(["hotline"] * 8 + ["wechat", "mayor_mailbox"])
    return write(rng, category, place_for(rng, category), channel=channel)


def place_for(rng: random.Random, category: str) -> Place | None:
    """A place where such matters happen, or none."""
    kind = rng.choice(kinds(category))
    return rng.choice([place for place in places() if place.kind == kind]) if rng.random() < 0.9 else None


@pytest.fixture(scope="module")
def ten_thousand() -> list[Words]:
    return drawn(10_000, seed=20240131)


def test_nine_thousand_of_ten_thousand_texts_differ(ten_thousand: list[Words]) -> None:
    assert len({words.text for words in ten_thousand}) >= 9_000


def test_the_same_seed_gives_the_same_words() -> None:
    assert drawn(200, seed=7) == drawn(200, seed=7)
    assert drawn(200, seed=7) != drawn(200, seed=8)


def test_no_slot_is_left_open_and_nothing_is_empty(ten_thousand: list[Words]) -> None:
    for words in ten_thousand:
        for part in (words.title, words.text, words.reply, words.result):
            assert part and not re.search(r"[{}]|（）|。。", part), part


def test_every_category_below_the_top_has_words() -> None:
    rng = random.Random(1)
    for row in ROWS:
        assert write(rng, row["path"], None, channel="hotline").text


def test_an_unknown_category_is_refused() -> None:
    with pytest.raises(KeyError):
        write(random.Random(1), "城乡建设/供热保障/没有这一类", None, channel="hotline")


def test_the_words_name_the_leaves_of_the_categories() -> None:
    said = {
        f"{top}/{second}/{leaf}"
        for top, table in speeches().items()
        for second in table
        for leaf in table[second].facts
    }
    paths = {row["path"] for row in ROWS}
    assert said == paths - {path.rpartition("/")[0] for path in paths} - {p for p in paths if p.count("/") < 2}


def test_every_second_level_has_four_patterns_and_the_big_ones_twelve() -> None:
    assert all(len(said.patterns) >= 4 for table in speeches().values() for said in table.values())
    assert all(len(speeches()[top][second].patterns) >= 12 for top, second in BIG)


def test_every_type_of_appeal_can_be_asked_for() -> None:
    for appeal_type in ("consultation", "help_request", "complaint", "tip_off", "suggestion", "praise", "other"):
        words = write(
            random.Random(3), "城乡建设/供热保障/暖气不热", places()[0], channel="hotline", appeal_type=appeal_type
        )
        assert words.appeal_type == appeal_type
        assert ("咨询" in words.text) == (appeal_type == "consultation")


def test_letters_are_longer_than_calls_and_speak_of_themselves() -> None:
    rng = random.Random(5)
    letters = [write(rng, row["path"], None, channel="mayor_mailbox").text for row in ROWS]
    calls = [write(rng, row["path"], None, channel="hotline").text for row in ROWS]
    assert sum(map(len, letters)) > 1.3 * sum(map(len, calls))
    assert not any("来电人" in letter for letter in letters)


def test_telephone_numbers_look_real_and_were_never_assigned() -> None:
    rng = random.Random(11)
    people = [person(rng) for _ in range(2_000)]
    assert all(re.fullmatch(r"154\d{8}", who.phone) and re.match(r"^1[3-9]\d{9}$", who.phone) for who in people)
    assert len({who.name for who in people}) > 1_000
    assert any(who.name in phrases("names")["tibetan"] for who in people)


def test_some_texts_name_the_appellant(ten_thousand: list[Words]) -> None:
    naming = [words.text for words in ten_thousand if re.search(r"154\d{8}", words.text)]
    assert 300 < len(naming) < 3_000
    assert not any(re.search(r"(?<!\d)1[3-9]\d{9}", re.sub(r"154\d{8}", "", words.text)) for words in ten_thousand)


def test_a_given_appellant_is_the_one_who_is_named() -> None:
    rng = random.Random(13)
    who = person(rng)
    texts = [write(rng, row["path"], None, channel="hotline", appellant=who).text for row in ROWS]
    phones = {phone for text in texts for phone in re.findall(r"154\d{8}", text)}
    assert phones == {who.phone}


def test_no_text_is_copied_from_the_shared_messages(ten_thousand: list[Words]) -> None:
    messages = SHARED / "data" / "messages"
    if not messages.is_dir():
        pytest.skip("no shared messages: YOUSU_SHARED")
    ours = {piece for words in ten_thousand for piece in pieces(words.text)}
    copied: set[str] = set()
    for name in ("labelled", "topics", "replies", "unlabelled"):
        for line in (messages / f"{name}.jsonl").read_text(encoding="utf-8").strip().split("\n"):
            copied |= ours & pieces("。".join(str(value) for value in json.loads(line).values()))
    assert copied == set()


def test_the_categories_below_the_top_are_our_own() -> None:
    taxonomy = SHARED / "data" / "messages" / "taxonomy.json"
    if not taxonomy.is_file():
        pytest.skip("no shared taxonomy: YOUSU_SHARED")
    theirs = json.loads(taxonomy.read_text(encoding="utf-8"))
    assert {row["path"].split("/")[0] for row in ROWS} == set(theirs)
    names = {name for seconds in theirs.values() for second, thirds in seconds.items() for name in (second, *thirds)}
    assert names.isdisjoint(name for row in ROWS for name in row["path"].split("/")[1:])


def pieces(text: str) -> set[str]:
    """The clauses of a text that are long enough to be somebody's own words."""
    return {clause for clause in re.split(r"[，。！？；：、\s]", text) if len(clause) >= 16}
