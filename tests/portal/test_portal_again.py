"""Once, whatever is pressed twice: an answer lost on the way is given again, a limit says when to come back."""

import re

from django.test import Client
from tests.portal.residents import form_of, report

from yousu.cases.models import CaseNow
from yousu.intake.arrivals import receipt_secret_of
from yousu.portal import limits


def test_a_report_whose_answer_was_lost_shows_the_same_receipt_when_it_is_sent_again() -> None:
    first, data = Client(), form_of(Client())
    lost = first.post("/report/", data, follow=True).content.decode()
    # The same words and key from a browser that never got the answer.
    again = Client().post("/report/", data, follow=True).content.decode()
    assert re.findall(r"<dd>(\w{10})</dd>", lost) == re.findall(r"<dd>(\w{10})</dd>", again)


def test_the_receipt_of_a_form_opens_its_own_case_alone() -> None:
    assert receipt_secret_of("a" * 32) != receipt_secret_of("b" * 32)
    first, second = report(Client()), report(Client())
    assert first.secret != second.secret
    mixed = {"number": first.number, "secret": second.secret}
    assert Client().post("/follow/", mixed).status_code == 422


def test_the_way_back_after_sending_records_nothing_twice() -> None:
    client, before = Client(), CaseNow.objects.count()
    data = form_of(client)
    for do in ("check", "send", "check", "send"):
        client.post("/report/", {**data, "do": do})
    assert CaseNow.objects.count() == before + 1


def test_who_comes_too_often_is_told_when_to_try_again(limit: limits.Limit) -> None:
    client = Client()
    number = report(client).number
    for _ in range(limit.rate):
        client.post("/follow/", {"number": "1"})
    answers = [
        client.post("/follow/", {"number": "1"}),
        client.post("/report/", form_of(client)),
        client.post(f"/follow/{number}/withdraw/", {"reason": "不用了", "seen": "1"}),
    ]
    for answer in answers:
        assert answer.status_code == 429
        assert re.search(r"请过 (60|59) 秒再试", answer.content.decode())
    assert answers[0]["Retry-After"] in ("60", "59") and answers[1]["Retry-After"] in ("60", "59")


def test_the_wait_is_counted_from_the_oldest_attempt() -> None:
    limit = limits.Limit(rate=2)
    assert limit.wait_s("10.0.0.1", now=0.0) == 0
    for at in (0.0, 30.0):
        limit.takes("10.0.0.1", now=at)
    assert limit.wait_s("10.0.0.1", now=40.0) == 20
