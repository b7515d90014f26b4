"""Recording on one screen: what looks the same and what may be answered with, while words are typed."""

import re

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests import world
from tests.desk.conftest import Page

from yousu.appeals import knowledge
from yousu.cases.models import CaseNow

TYPED = {"channel": "hotline", "appellant_kind": "person", "type": "complaint", "form": "a" * 32}
COLD = {"text": "家里暖气一直不热，室温只有十五度", "place": "东关大街", "category": world.COLD}


def fragment(client: Client, **typed: str) -> str:
    """What appears beside the form."""
    response = client.post("/desk/new/beside/", {**TYPED, **typed}, HTTP_HX_REQUEST="true")
    assert response.status_code == 200
    return response.content.decode()


def test_an_open_appeal_about_the_same_appears_with_its_reason(signed_in: Page) -> None:
    case = world.recorded("家里暖气一直不热，室温只有十四度", place="东关大街")
    html = fragment(signed_in("call1"), **COLD)
    assert case.number in html
    assert "同一类" in html


def test_a_confidential_appeal_is_never_shown_as_similar(signed_in: Page) -> None:
    case = world.recorded("家里暖气一直不热，室温只有十三度", place="东关大街", confidential=True)
    assert case.number not in fragment(signed_in("call1"), **COLD)


def test_nothing_typed_shows_nothing(signed_in: Page) -> None:
    assert "<li>" not in fragment(signed_in("call1"), text="暖气")


def test_joining_an_open_appeal_records_no_second_one_and_counts_the_person(signed_in: Page) -> None:
    case = world.recorded(phone=world.LI)
    before = CaseNow.objects.count()
    client = signed_in("call1")
    answer = client.post(f"/desk/new/support/{case.number}/", {**TYPED, **COLD, "caller_number": world.ZHANG})
    assert answer["Location"] == "/desk/new/"
    assert "已附议" in client.get("/desk/new/").content.decode()
    assert CaseNow.objects.count() == before
    told = client.get(f"/desk/cases/{case.number}/").content.decode()
    assert "附议" in told


def test_a_phone_that_is_none_keeps_what_was_typed(signed_in: Page) -> None:
    case = world.recorded()
    answer = signed_in("call1").post(f"/desk/new/support/{case.number}/", {**TYPED, **COLD, "phone": "一二三"})
    assert answer.status_code == 422
    assert COLD["text"] in answer.content.decode()


def test_who_may_not_record_has_no_such_page(signed_in: Page) -> None:
    case = world.recorded()
    client = signed_in("heat1")
    assert client.post("/desk/new/beside/", COLD).status_code == 403
    assert client.post(f"/desk/new/support/{case.number}/", COLD).status_code == 403


def test_a_closed_appeal_is_joined_by_nobody(signed_in: Page) -> None:
    case = world.closed()
    answer = signed_in("call1").post(f"/desk/new/support/{case.number}/", {**TYPED, **COLD})
    assert answer.status_code == 409
    assert COLD["text"] in answer.content.decode()


def test_a_ready_answer_is_taken_without_script_and_cited_by_the_answer(signed_in: Page) -> None:
    article = knowledge.articles()[0]
    client = signed_in("call1")
    html = client.post("/desk/new/beside/", {**TYPED, **COLD, "take": article.code}).content.decode()
    assert article.text[:20] in html
    assert f'name="article" value="{article.code}"' in html
    sent = {**TYPED, **COLD, "reply": article.text, "article": article.code, "then": "answer", "form": "b" * 32}
    assert client.post("/desk/new/", sent)["Location"] == "/desk/new/"
    found = re.search(r'class="number" href="/desk/cases/(\d{10})/"', client.get("/desk/new/").content.decode())
    assert found is not None
    assert CaseNow.objects.get(number=found[1]).stage == "closed"


def test_an_article_that_nobody_knows_is_refused_and_keeps_what_was_typed(signed_in: Page) -> None:
    sent = {**TYPED, **COLD, "reply": "好", "article": "no-such", "then": "answer", "form": "c" * 32}
    answer = signed_in("call1").post("/desk/new/", sent)
    assert answer.status_code == 422
    assert COLD["text"] in answer.content.decode()


def test_a_typing_pause_costs_few_statements(signed_in: Page) -> None:
    client = signed_in("call1")
    with CaptureQueriesContext(connection) as taken:
        fragment(client, **COLD)
    assert len(taken) <= 6
