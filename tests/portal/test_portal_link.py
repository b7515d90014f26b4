"""回访链接: whoever got the message says in three taps whether it was solved; nobody else learns or does anything."""

from datetime import timedelta

import pytest
from django.test import Client
from tests import world

from yousu.appeals import call_back_links as links
from yousu.appeals import commands
from yousu.appeals.state import AppealState
from yousu.cases.models import CaseNow
from yousu.cases.verification import whole
from yousu.ledger import log
from yousu.platform import clock

pytestmark = pytest.mark.django_db(transaction=True)


def link(case: AppealState) -> str:
    return links.path(case.number, case.version)


def stage(case: AppealState) -> str:
    return CaseNow.objects.get(number=case.number).stage


def again(case: AppealState) -> AppealState:
    """Reopened and answered once more."""
    case = commands.reopen(case.number, reason="new_facts", by=world.SUPERVISOR, seen=case.version)
    case = commands.sign(case.number, by=world.HEATING_HANDLER, seen=case.version)
    case = commands.contact(case.number, how="phone", reached=True, by=world.HEATING_HANDLER, seen=case.version)
    case = commands.handle(case.number, reply="又修了", outcome="solved", by=world.HEATING_HANDLER, seen=case.version)
    return commands.review(case.number, accept=True, by=world.DISPATCHER, seen=case.version)


def test_the_page_asks_and_tells_nothing_that_is_the_appellants_alone() -> None:
    case = world.closed()
    html = Client().get(link(case)).content.decode()
    assert "问题解决了吗" in html and case.number in html
    row = CaseNow.objects.get(number=case.number)
    assert row.matter and row.matter not in html and world.ZHANG not in html
    assert Client().get(link(case))["Cache-Control"].startswith("max-age=0")


@pytest.mark.parametrize(("word", "after"), [("yes", "settled"), ("no", "unsolved")])
def test_what_is_said_is_the_residents_own_word(word: str, after: str) -> None:
    case = world.closed()
    said = {"solved": word, "responded": "yes", "satisfied": "basically", "note": "还差一户"}
    assert Client().post(link(case), said).status_code == 200
    assert stage(case) == after
    row = [*log.rows_of(f"appeal/{case.number}")][-1]
    assert (row.kind, row.actor) == ("called_back", "resident")
    now = CaseNow.objects.get(number=case.number).state
    assert (now["responded"], now["satisfied"]) == (True, "basically")
    assert "还差一户" not in row.data
    assert whole.run().is_clean


def test_it_is_said_once() -> None:
    case = world.closed()
    client = Client()
    assert client.post(link(case), {"solved": "no"}).status_code == 200
    assert client.post(link(case), {"solved": "yes"}).status_code == 404
    assert stage(case) == "unsolved"
    assert client.get(link(case)).status_code == 404


@pytest.mark.parametrize("wrong", ["AAAAAAAAAAAA", "x"])
def test_a_guessed_link_learns_nothing(wrong: str) -> None:
    case = world.closed()
    there, not_there = (Client().get(f"/solved/{number}/{wrong}/") for number in (case.number, "2600000008"))
    assert (there.status_code, not_there.status_code) == (404, 404)
    assert Client().post(f"/solved/{case.number}/{wrong}/", {"solved": "yes"}).status_code == 404
    assert stage(case) == "closed"


def test_a_link_is_of_one_answer_and_ends_with_the_next() -> None:
    case = world.closed()
    newer = again(case)
    assert Client().get(link(case)).status_code == 404
    assert Client().get(link(newer)).status_code == 200


def test_a_link_ends_when_its_days_are_over() -> None:
    case = world.closed()
    with clock.held(clock.now() + timedelta(days=31)):
        assert Client().get(link(case)).status_code == 404


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({}, "solved"),
        ({"solved": "maybe"}, "solved"),
        ({"solved": "no", "responded": "2"}, "responded"),
        ({"solved": "no", "satisfied": "very"}, "satisfied"),
        ({"solved": "no", "note": "不\x00行"}, "note"),
        ({"solved": "no", "note": "长" * 2001}, "note"),
    ],
)
def test_what_cannot_be_taken_comes_back_as_typed(said: dict[str, str], wrong: str) -> None:
    case = world.closed()
    answer = Client().post(link(case), said)
    html = answer.content.decode()
    assert answer.status_code == 422 and stage(case) == "closed"
    assert f'<a href="#{wrong}">' in html and f'id="{wrong}"' in html
    assert said.get("solved") != "no" or 'value="no" checked' in html


def test_guesses_are_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    from yousu.portal import limits

    monkeypatch.setattr(limits, "LIMIT", limits.Limit(2))
    client = Client(REMOTE_ADDR="10.1.1.1")
    assert [client.get("/solved/2600000008/AAAAAAAAAAAA/").status_code for _ in range(3)] == [404, 404, 429]
