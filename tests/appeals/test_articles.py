"""知识库: articles are written, revised, confirmed and withdrawn; what has ended is neither offered nor cited."""

from datetime import date, timedelta
from typing import Any

import pytest
from tests import world

from yousu.appeals import commands as appeals
from yousu.appeals import knowledge
from yousu.appeals.articles import commands, initial, queries
from yousu.appeals.articles.commands import Draft
from yousu.appeals.articles.models import ArticleNow
from yousu.appeals.articles.queries import Wanted
from yousu.appeals.articles.state import standing
from yousu.cases.rules import FieldWrong
from yousu.cases.transitions import NotPossible
from yousu.ledger import log
from yousu.ledger.log import StreamMissing, StreamMoved
from yousu.org.actors import Actor
from yousu.org.capabilities import Forbidden
from yousu.platform import clock

pytestmark = pytest.mark.django_db

ADMINISTRATOR = world.actor("admin1", "administrator")
HEATING_LEADER = world.actor("boss1", "unit_leader", unit=world.HEATING)


def today() -> date:
    return log.local_day_of(clock.now())


def draft(**more: Any) -> Draft:
    usual: dict[str, Any] = {
        "title_zh": "下水道堵了找谁",
        "text": "小区里的先找物业，路面上的登记后转排水单位疏通。",
        "categories": (world.DRY,),
        "sources": (("law", "《城镇排水与污水处理条例》"), ("link", "https://example.gov.cn/drain")),
        "unit": world.HEATING,
        "is_public": True,
    }
    return Draft(**{**usual, **more})


def written(*, by: Actor = ADMINISTRATOR, **more: Any) -> queries.Article:
    return queries.get(commands.write_article(draft(**more), by=by).code)


def test_a_written_article_is_found_while_typing_and_may_be_cited() -> None:
    article = written()
    assert next(one.code for one in knowledge.articles_for(world.DRY, "下水道堵了")) == article.code
    case = world.recorded()
    appeals.answer(case.number, reply="好", article=article.code, by=world.CALL_TAKER, seen=1)
    assert queries.answered_from([article.code]) == {article.code: 1}
    assert queries.numbers_answered_from(article.code) == [case.number]


def test_numbers_go_on_from_those_of_the_citys_file() -> None:
    first, second = written(), written()
    assert second.number > first.number > ArticleNow.objects.get(code="cold_room").number
    assert first.code == str(first.number)


def test_an_undone_answer_is_counted_for_no_article() -> None:
    case = world.recorded()
    appeals.answer(case.number, reply="好", article="cold_room", by=world.CALL_TAKER, seen=1)
    appeals.undo(case.number, by=world.CALL_TAKER, seen=2)
    assert queries.answered_from(["cold_room"]) == {}


@pytest.mark.parametrize("by", [world.CALL_TAKER, world.SUPERVISOR, world.WATER_HANDLER, world.ANALYST])
def test_who_does_not_own_an_article_writes_none(by: Actor) -> None:
    with pytest.raises(Forbidden):
        commands.write_article(draft(), by=by)


def test_a_unit_keeps_its_own_articles_and_gives_none_of_others_away() -> None:
    article = written(by=world.HEATING_HANDLER)
    commands.revise_article(article.code, draft(title_zh="改过"), by=world.HEATING_HANDLER, seen=1)
    with pytest.raises(Forbidden):
        commands.revise_article(article.code, draft(unit=world.WATER), by=world.WATER_HANDLER, seen=2)
    with pytest.raises(Forbidden):
        commands.revise_article(article.code, draft(unit=world.WATER), by=world.HEATING_HANDLER, seen=2)
    with pytest.raises(Forbidden):
        commands.withdraw_article(article.code, reason="不用了", by=world.HEATING_HANDLER, seen=2)
    commands.withdraw_article(article.code, reason="不用了", by=HEATING_LEADER, seen=2)


def test_a_withdrawn_article_vanishes_is_not_cited_and_cannot_be_changed() -> None:
    article = written()
    commands.withdraw_article(article.code, reason="规定变了", by=ADMINISTRATOR, seen=1)
    assert article.code not in [one.code for one in knowledge.articles_for(world.DRY, "下水道堵了", limit=9)]
    case = world.recorded()
    with pytest.raises(FieldWrong, match="article: withdrawn"):
        appeals.answer(case.number, reply="好", article=article.code, by=world.CALL_TAKER, seen=1)
    with pytest.raises(NotPossible, match="article_withdrawn"):
        commands.revise_article(article.code, draft(), by=ADMINISTRATOR, seen=2)


def test_an_expired_article_vanishes_and_comes_back_when_it_is_confirmed() -> None:
    article = written(valid_until=today())
    with clock.held(clock.now() + timedelta(days=2)):
        assert queries.get(article.code).standing == "expired"
        assert article.code not in [one.code for one in knowledge.articles()]
        commands.confirm_article(article.code, valid_until=None, by=world.HEATING_HANDLER, seen=1)
        assert article.code in [one.code for one in knowledge.articles()]


def test_what_holds_from_tomorrow_is_not_cited_today() -> None:
    article = written(valid_from=today() + timedelta(days=1))
    case = world.recorded()
    with pytest.raises(FieldWrong, match="article: not_yet"):
        appeals.answer(case.number, reply="好", article=article.code, by=world.CALL_TAKER, seen=1)


def test_an_older_page_revises_nothing() -> None:
    article = written()
    commands.confirm_article(article.code, valid_until=None, by=ADMINISTRATOR, seen=1)
    with pytest.raises(StreamMoved):
        commands.revise_article(article.code, draft(), by=ADMINISTRATOR, seen=1)
    with pytest.raises(StreamMissing):
        commands.revise_article("nothing", draft(), by=ADMINISTRATOR, seen=1)


@pytest.mark.parametrize(
    ("field", "why", "given"),
    [
        ("title_zh", "required", {"title_zh": " "}),
        ("text", "required", {"text": ""}),
        ("text", "too_long", {"text": "长" * 4001}),
        ("text", "personal_data", {"text": "请联系身份证号11010519491231002X的同志"}),
        ("categories", "unknown_category", {"categories": ("天气",)}),
        ("unit", "unknown_code", {"unit": "nobody"}),
        ("valid_until", "day_is_over", {"valid_until": date(2020, 1, 1)}),
        ("valid_until", "ends_before_it_begins", {"valid_from": date(2999, 1, 2), "valid_until": date(2999, 1, 1)}),
        ("link", "not_a_link", {"sources": (("link", "javascript:alert(1)"),)}),
        ("sources", "unknown_code", {"sources": (("hearsay", "听说"),)}),
    ],
)
def test_what_cannot_be_an_article_names_its_field(field: str, why: str, given: dict[str, Any]) -> None:
    with pytest.raises(FieldWrong, match=f"{field}: {why}"):
        commands.write_article(draft(**given), by=ADMINISTRATOR)


def test_an_offices_telephone_and_address_may_stand_in_an_answer() -> None:
    assert "0971-8230000" in written(text="请拨打供热服务电话0971-8230000，或到营业厅办理。").text


def test_a_second_set_up_brings_nothing_in_and_takes_no_change_back() -> None:
    before = ArticleNow.objects.count()
    changed = queries.get("cold_room")
    commands.revise_article("cold_room", draft(title_zh="改过的标题"), by=ADMINISTRATOR, seen=changed.version)
    initial.bring_in()
    assert ArticleNow.objects.count() == before
    assert queries.get("cold_room").title_zh == "改过的标题"


def test_the_owner_is_told_of_what_has_ended_and_of_what_soon_will() -> None:
    before = queries.to_confirm(world.HEATING_HANDLER).count()
    written(valid_until=today() + timedelta(days=5))
    written(valid_until=today() + timedelta(days=300))
    assert queries.to_confirm(world.HEATING_HANDLER).count() == before + 1
    assert queries.to_confirm(world.CALL_TAKER).count() == 0
    expiring = queries.page(Wanted(standing="expiring", unit=world.HEATING)).articles
    assert [one.standing for one in expiring] == ["expiring"]
    expired = queries.page(Wanted(standing="expired")).articles
    assert "last_winter" in [one.code for one in expired]


def test_articles_are_listed_by_words_category_and_page() -> None:
    article = written()
    assert [one.code for one in queries.page(Wanted(words="下水道 物业")).articles] == [article.code]
    assert article.code in [one.code for one in queries.page(Wanted(category="城乡建设")).articles]
    first = queries.page(Wanted(), size=2)
    assert len(first.articles) == 2 and first.following is not None
    assert queries.page(Wanted(), after=first.following, size=2).articles[0].number > first.following


def test_only_public_articles_answer_a_resident_who_has_not_sent_yet() -> None:
    inside, outside = written(is_public=False), written()
    found = [one.code for one in knowledge.public_for("小区的下水道堵了好几天，满地都是水，没有人来管")]
    assert outside.code in found and inside.code not in found


def test_the_row_of_an_article_is_what_its_events_say() -> None:
    from yousu.ledger import projections

    article = written()
    commands.revise_article(article.code, draft(title_zh="改过"), why="写错", by=ADMINISTRATOR, seen=1)
    stream = f"article/{article.code}"
    projection = projections.responsible(stream)
    state = projections.fold(projection, log.rows_of(stream))
    assert isinstance(projection, projections.Checkable)
    assert list(projection.unlike(stream, state)) == []
    ArticleNow.objects.filter(code=article.code).update(text="动过手脚", valid_until=date(2030, 1, 1))
    assert {one.column for one in projection.unlike(stream, state)} == {"text", "valid_until"}


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (None, None, "in_force"),
        (date(2024, 1, 2), None, "not_yet"),
        (None, date(2023, 12, 31), "expired"),
        (None, date(2024, 1, 1), "expiring"),
        (None, date(2024, 1, 30), "expiring"),
        (None, date(2024, 1, 31), "in_force"),
    ],
)
def test_how_an_article_stands_on_a_day(first: date | None, last: date | None, expected: str) -> None:
    assert standing(first, last, is_withdrawn=False, today=date(2024, 1, 1), soon_days=30) == expected
