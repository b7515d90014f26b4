"""更正自己的话: for ten minutes, and until somebody has taken them up, residents put their own words right."""

from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from tests import world
from tests.portal.residents import Receipt, report

from yousu.appeals import commands
from yousu.appeals.rules import OWN_WORDS_WINDOW
from yousu.cases import queries
from yousu.cases.transitions import NotPossible
from yousu.ledger import texts
from yousu.ledger.models import Event
from yousu.org.actors import resident
from yousu.platform import clock

BETTER = "五四大街 12 号门前的路灯不亮，请打 15400004444 找我"


@pytest.fixture
def client() -> Client:
    """A browser that has just reported."""
    return Client()


@pytest.fixture
def receipt(client: Client) -> Receipt:
    """What it was given."""
    return report(client)


def put_right(client: Client, number: str, value: str, *, seen: int = 1) -> tuple[int, str]:
    answer = client.post(f"/follow/{number}/correct/", {"value": value, "seen": str(seen)}, follow=True)
    return answer.status_code, unescape(answer.content.decode())


def test_a_resident_puts_the_own_words_right_and_personal_data_is_taken_out_again(
    client: Client, receipt: Receipt
) -> None:
    assert "写错了" in client.get(f"/follow/{receipt.number}/").content.decode()
    status, html = put_right(client, receipt.number, BETTER)
    row = queries.now(receipt.number)
    assert status == 200 and row.matter is not None and "15400004444" not in row.matter and "路灯不亮" in row.matter
    assert texts.read_one(queries.state_of(row).texts["original"]) == BETTER
    last = Event.objects.filter(stream=f"appeal/{receipt.number}").order_by("seq").last()
    assert last is not None and (last.kind, last.actor) == ("corrected", "resident")
    # Within the ten minutes they may be put right once more, as they were written.
    assert BETTER in html


def test_after_ten_minutes_they_stay(client: Client, receipt: Receipt, monkeypatch: pytest.MonkeyPatch) -> None:
    later = clock.now() + OWN_WORDS_WINDOW + timedelta(seconds=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert "写错了" not in client.get(f"/follow/{receipt.number}/").content.decode()
    status, html = put_right(client, receipt.number, BETTER)
    assert status == 409 and "不能再改" in html and BETTER in html


def test_once_somebody_has_taken_it_up_they_stay(client: Client, receipt: Receipt) -> None:
    commands.answer(receipt.number, reply="已修好", by=world.DISPATCHER, seen=1)
    assert "写错了" not in client.get(f"/follow/{receipt.number}/").content.decode()
    assert put_right(client, receipt.number, BETTER, seen=2)[0] == 409


def test_what_was_seen_must_still_be_so(client: Client, receipt: Receipt) -> None:
    commands.classify(receipt.number, category=world.DRY, by=world.DISPATCHER, seen=1)
    assert put_right(client, receipt.number, BETTER)[0] == 409


@pytest.mark.parametrize(("value", "why"), [("  ", "请填写"), ("长" * 5001, "太长"), ("\x00", "无法识别")])
def test_words_that_cannot_be_taken_leave_the_form_as_typed(
    client: Client, receipt: Receipt, value: str, why: str
) -> None:
    status, html = put_right(client, receipt.number, value)
    assert status == 422 and why in html and queries.now(receipt.number).version == 1


def test_without_the_receipt_nobody_comes_to_them(receipt: Receipt) -> None:
    answer = Client().post(f"/follow/{receipt.number}/correct/", {"value": BETTER, "seen": "1"})
    assert answer["Location"] == "/follow/" and queries.now(receipt.number).version == 1


def test_a_resident_corrects_nothing_but_words_of_the_own_writing(receipt: Receipt) -> None:
    heard = world.recorded("电话里说的").number
    for number, field in ((receipt.number, "type"), (receipt.number, "place"), (heard, "text")):
        with pytest.raises(NotPossible):
            commands.correct(number, field=field, value="complaint", why="x", by=resident(number), seen=1)
