"""知识库: ready answers by category first, by words after that; expired ones are absent and cannot be cited."""

import csv
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

import pytest
from tests import world

from yousu.appeals import commands as appeals
from yousu.appeals import knowledge
from yousu.appeals.articles import queries
from yousu.appeals.events import Answered
from yousu.cases.rules import FieldWrong
from yousu.ledger.events import decode
from yousu.ledger.log import rows_of
from yousu.org import city as cities
from yousu.org.city import CityWrong
from yousu.platform import clock
from yousu.understanding import redaction

pytestmark = pytest.mark.django_db


def codes(category: str | None, words: str = "", **more: int) -> list[str]:
    return [article.code for article in knowledge.articles_for(category, words, **more)]


def test_the_category_comes_first_and_words_decide_among_equals() -> None:
    assert codes(world.COLD, "暖气不热") == ["cold_room", "heating_fee"]
    assert codes(world.COLD, "取暖费多收了") == ["heating_fee", "cold_room"]
    assert codes(world.COLD, limit=1) == ["cold_room"]


def test_words_alone_find_what_shares_enough_of_them() -> None:
    assert codes(None, "我家停水了") == ["no_water"]
    assert codes(world.WAGES, "家里停水") == ["no_water", "cold_room"]
    assert codes(None, "天气真好") == []
    assert codes(None) == []


def test_a_class_stands_for_its_branch_and_a_leaf_is_answered_by_its_class() -> None:
    assert codes("城乡建设") == ["cold_room", "heating_fee", "no_water"]
    assert knowledge._nearness("城乡建设/供热保障", "城乡建设/供热保障/暖气不热") == 2
    assert knowledge._nearness("城乡建设/供热保障/停暖", "城乡建设/供热保障/暖气不热") == 1
    assert knowledge._nearness("城乡建设/供热保障", "城乡建设/供水保障") == 0


def test_expired_articles_are_absent() -> None:
    assert "last_winter" not in codes(world.COLD, "上个供暖季", limit=9)
    assert "last_winter" not in [article.code for article in knowledge.articles()]
    with clock.held(datetime(2020, 3, 15, 12, tzinfo=UTC)):
        assert "last_winter" in codes(world.COLD, limit=9)


def test_articles_of_a_branch_are_those_of_everything_below() -> None:
    assert [article.code for article in knowledge.articles("城乡建设")] == ["cold_room", "heating_fee", "no_water"]
    assert len(knowledge.articles()) == 4


@pytest.mark.parametrize(("code", "why"), [("no_such", "unknown_code"), ("last_winter", "expired")])
def test_an_answer_cites_what_there_is_and_what_holds(code: str, why: str) -> None:
    case = world.recorded()
    with pytest.raises(FieldWrong, match=f"article: {why}"):
        appeals.answer(case.number, reply="好", article=code, by=world.CALL_TAKER, seen=1)


def test_the_event_holds_the_cited_code() -> None:
    case = world.recorded()
    appeals.answer(case.number, reply="好", article="cold_room", by=world.CALL_TAKER, seen=1)
    (_, row) = rows_of(f"appeal/{case.number}")
    fact = decode(row.kind, row.shape, row.data)
    assert isinstance(fact, Answered) and fact.article == "cold_room"


def test_an_article_is_cited_by_its_number_and_the_event_holds_its_code() -> None:
    number = str(queries.get("cold_room").number)
    case = world.recorded()
    appeals.answer(case.number, reply="好", article=number, by=world.CALL_TAKER, seen=1)
    (_, row) = rows_of(f"appeal/{case.number}")
    fact = decode(row.kind, row.shape, row.data)
    assert isinstance(fact, Answered) and fact.article == "cold_room"
    for nonsense in ("0", "9" * 40, "²"):
        with pytest.raises(FieldWrong, match="article: unknown_code"):
            appeals.answer(case.number, reply="好", article=nonsense, by=world.CALL_TAKER, seen=2)


def test_the_sample_city_has_articles_for_its_common_matters_and_they_name_nobody() -> None:
    xining = cities.load("xining")
    assert len(xining.articles) >= 40
    for article in xining.articles.values():
        assert article.title_zh and article.title_en.isascii() and article.source
        assert 20 <= len(article.text) <= 200, article.code
        assert article.unit is None or article.unit in xining.units
        assert not redaction.redact(article.text), article.code
        # No clause is quoted: what a law says is for its own unit to say.
        assert "条" not in article.text.replace("条件", "").replace("整条", "").replace("工资条", ""), article.code


@pytest.mark.parametrize(("column", "value"), [("category", "天气"), ("valid_until", "明天")])
def test_a_citys_wrong_article_is_told_when_it_is_read(tmp_path: Path, column: str, value: str) -> None:
    import shutil

    folder = tmp_path / "city"
    shutil.copytree(Path(__file__).parents[1] / "city", folder)
    with (folder / "articles.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    rows[0][column] = value
    with (folder / "articles.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    with pytest.raises(CityWrong, match=value):
        cities.load(str(folder))


def test_the_sample_citys_codes_are_unique() -> None:
    with (files("yousu.cities.xining") / "articles.csv").open(encoding="utf-8") as lines:
        found = [row["code"] for row in csv.DictReader(lines)]
    assert len(found) == len(set(found))
