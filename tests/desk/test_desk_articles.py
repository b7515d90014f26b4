"""知识库页: its list, an article with history and cases, the forms; who may, and what a refusal keeps."""

import re
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests import world
from tests.desk.conftest import Page

from yousu.appeals import commands as appeals
from yousu.appeals.articles import queries
from yousu.appeals.articles.models import ArticleNow

GIVEN = {
    "title_zh": "公交卡丢了怎么办",
    "text": "先打公交公司电话挂失，再带身份证明到营业厅补办。",
    "category": world.DRY,
    "unit": world.HEATING,
    "law": "《城市公共交通条例》",
    "link": "https://example.gov.cn/card",
    "is_public": "yes",
}


def written(client: Client, **more: str) -> queries.Article:
    answer = client.post("/desk/articles/new/", {**GIVEN, **more})
    assert answer.status_code == 302, answer.content.decode()
    return queries.get(answer["Location"].strip("/").rpartition("/")[2])


def act(client: Client, code: str, word: str, **given: Any) -> Any:
    return client.post(f"/desk/articles/{code}/{word}/", given)


def test_an_article_is_written_shown_and_listed(signed_in: Page) -> None:
    client = signed_in("admin1")
    article = written(client)
    html = client.get(f"/desk/articles/{article.code}/").content.decode()
    assert GIVEN["text"] in html and "《城市公共交通条例》" in html and "新增条目" in html
    listed = client.get("/desk/articles/?q=公交卡").content.decode()
    assert GIVEN["title_zh"] in listed and "家里停水" not in listed


def test_a_unit_writes_its_own_and_is_refused_for_another(signed_in: Page) -> None:
    client = signed_in("heat1")
    assert written(client).unit == world.HEATING
    answer = client.post("/desk/articles/new/", {**GIVEN, "unit": world.WATER})
    assert answer.status_code == 422
    assert "只能写自己单位负责的条目。" in answer.content.decode() and GIVEN["text"] in answer.content.decode()


def test_who_may_not_write_reads_and_finds_no_button(signed_in: Page) -> None:
    article = written(signed_in("admin1"))
    client = signed_in("call1")
    html = client.get(f"/desk/articles/{article.code}/").content.decode()
    assert "确认仍然有效" not in html and "修订" not in html.partition("<main")[2].partition("经过")[0]
    assert client.get("/desk/articles/new/").status_code == 403
    assert act(client, article.code, "withdraw", seen="1", reason="不要").status_code == 403
    assert act(signed_in("water1"), article.code, "confirm", seen="1").status_code == 403


def test_a_revision_shows_what_was_said_before(signed_in: Page) -> None:
    client = signed_in("desk1")
    article = written(client)
    assert GIVEN["link"] in client.get(f"/desk/articles/{article.code}/revise/").content.decode()
    answer = act(
        client, article.code, "revise", **{**GIVEN, "text": "网上也能补办。", "why": "多了网上渠道", "seen": "1"}
    )
    assert answer.status_code == 302
    html = client.get(f"/desk/articles/{article.code}/").content.decode()
    assert "网上也能补办。" in html and GIVEN["text"] in html and "多了网上渠道" in html


def test_an_older_page_is_told_so_and_keeps_what_was_typed(signed_in: Page) -> None:
    client = signed_in("desk1")
    article = written(client)
    act(client, article.code, "confirm", seen="1")
    answer = act(client, article.code, "revise", **{**GIVEN, "text": "慢了一步", "seen": "1"})
    assert answer.status_code == 409 and "慢了一步" in answer.content.decode()
    assert act(client, article.code, "withdraw", seen="1", reason="不要").status_code == 409


def test_bad_input_is_named_at_its_field(signed_in: Page) -> None:
    client = signed_in("desk1")
    article = written(client)
    answer = client.post("/desk/articles/new/", {**GIVEN, "link": "ftp://x", "title_zh": ""})
    assert answer.status_code == 422 and 'href="#article-title_zh"' in answer.content.decode()
    answer = client.post("/desk/articles/new/", {**GIVEN, "link": "ftp://x"})
    assert "网址以 https:// 或 http:// 开头" in answer.content.decode()
    assert act(client, article.code, "confirm", seen="1", valid_until="2020-01-01").status_code == 422
    assert act(client, article.code, "withdraw", seen="1").status_code == 422
    assert act(client, article.code, "withdraw", reason="不要").status_code == 422
    assert client.get("/desk/articles/no-such/").status_code == 404
    assert client.get("/desk/articles/?q=%00&after=x&category=%E5%A4%A9&unit=?&state=no").status_code == 200


def test_a_withdrawn_article_has_no_forms_any_more(signed_in: Page) -> None:
    client = signed_in("desk1")
    article = written(client)
    assert act(client, article.code, "withdraw", seen="1", reason="规定变了").status_code == 302
    html = client.get(f"/desk/articles/{article.code}/").content.decode()
    assert "已撤下" in html and "规定变了" in html and "data-do>修订" not in html and "确认仍然有效" not in html
    assert act(client, article.code, "revise", **{**GIVEN, "seen": "2"}).status_code == 409


def test_the_cases_answered_from_an_article_open_from_its_page(signed_in: Page) -> None:
    article = written(signed_in("admin1"))
    case = world.recorded()
    appeals.answer(case.number, reply="好", article=article.code, by=world.CALL_TAKER, seen=1)
    assert case.number in signed_in("desk1").get(f"/desk/articles/{article.code}/").content.decode()
    html = signed_in("heat1").get(f"/desk/articles/{article.code}/").content.decode()
    assert case.number not in html and "据此直接办理的 1 件" in html


def test_the_navigation_tells_an_owner_how_many_wait_for_a_word(signed_in: Page) -> None:
    def told(user: str) -> str:
        html = signed_in(user).get("/desk/articles/").content.decode()
        found = re.search(r'知识库</span> <span class="count">(\d+)', html)
        return found[1] if found else ""

    before = int(told("heat1") or 0)
    # The test city's file has one of the heating company that ended in 2020.
    assert before >= 1
    written(signed_in("admin1"), valid_until="2999-01-01")
    assert int(told("heat1")) == before
    assert told("water1") == "" and told("call1") == ""


def test_the_list_costs_the_same_for_many_articles(signed_in: Page) -> None:
    client = signed_in("heat1")

    def statements() -> int:
        with CaptureQueriesContext(connection) as taken:
            assert client.get("/desk/articles/").status_code == 200
        return len(taken)

    few = statements()
    row = ArticleNow.objects.get(code="cold_room")
    ArticleNow.objects.bulk_create(
        ArticleNow(**{**_columns(row), "code": f"copy{n}", "number": 100_000 + n}) for n in range(200)
    )
    assert statements() == few <= 12
    ArticleNow.objects.filter(code__startswith="copy").delete()


def _columns(row: ArticleNow) -> dict[str, Any]:
    return {field.name: getattr(row, field.name) for field in ArticleNow._meta.concrete_fields}
