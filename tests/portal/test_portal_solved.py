"""解决了吗: the resident's own word, in one tap, once it is completed."""

import pytest
from django.test import Client
from tests import world
from tests.portal.residents import report

from yousu.appeals import commands
from yousu.cases.models import CaseNow
from yousu.ledger import log, texts


@pytest.fixture
def answered() -> tuple[Client, str]:
    """A browser with the receipt, and the number of what was answered."""
    client = Client()
    number = report(client).number
    commands.answer(number, reply="今晚修好", by=world.DISPATCHER, seen=1)
    return client, number


def said(client: Client, number: str, solved: str, **more: str) -> int:
    return client.post(f"/follow/{number}/call-back/", {"solved": solved, "seen": "2", **more}).status_code


@pytest.mark.parametrize(
    ("solved", "stage", "note"),
    [("yes", "settled", None), ("no", "unsolved", None), ("partly", "unsolved", "部分解决")],
)
def test_one_tap_says_whether_it_is_solved(
    answered: tuple[Client, str], solved: str, stage: str, note: str | None
) -> None:
    client, number = answered
    assert "解决了吗" in client.get(f"/follow/{number}/").content.decode()
    assert said(client, number, solved) == 302
    assert CaseNow.objects.get(number=number).stage == stage
    row = [*log.rows_of(f"appeal/{number}")][-1]
    assert (row.kind, row.actor) == ("called_back", "resident")
    assert note_of(number) == note
    assert "解决了吗" not in client.get(f"/follow/{number}/").content.decode()


def note_of(number: str) -> str | None:
    from yousu.ledger.models import Text

    found = Text.objects.filter(stream=f"appeal/{number}", kind="note").first()
    return None if found is None else texts.read([found.id])[found.id]


def test_what_is_missing_may_be_said_with_it(answered: tuple[Client, str]) -> None:
    client, number = answered
    assert said(client, number, "partly", note="还有一盏不亮") == 302
    assert note_of(number) == "部分解决：还有一盏不亮"


def test_a_second_tap_says_nothing_twice(answered: tuple[Client, str]) -> None:
    client, number = answered
    assert said(client, number, "no") == 302
    assert said(client, number, "no", note="再说一次") == 409
    assert len([row for row in log.rows_of(f"appeal/{number}") if row.kind == "called_back"]) == 1


@pytest.mark.parametrize(("solved", "note"), [("", ""), ("maybe", ""), ("no", "不\x00行")])
def test_what_cannot_be_taken_comes_back_as_typed(answered: tuple[Client, str], solved: str, note: str) -> None:
    client, number = answered
    answer = client.post(f"/follow/{number}/call-back/", {"solved": solved, "seen": "2", "note": note})
    assert answer.status_code == 422 and CaseNow.objects.get(number=number).stage == "closed"
    html, wrong = answer.content.decode(), "note" if note else "solved"
    assert note[-1:] in html
    assert f'<a href="#{wrong}">' in html and f'id="{wrong}"' in html


def test_nobody_else_says_it(answered: tuple[Client, str]) -> None:
    _, number = answered
    assert Client().post(f"/follow/{number}/call-back/", {"solved": "yes", "seen": "2"})["Location"] == "/follow/"
    assert CaseNow.objects.get(number=number).stage == "closed"


def test_it_is_not_asked_before_it_is_completed() -> None:
    client = Client()
    number = report(client).number
    assert "解决了吗" not in client.get(f"/follow/{number}/").content.decode()
    assert said(client, number, "yes") == 409
