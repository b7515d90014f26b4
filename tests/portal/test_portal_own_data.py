"""我的个人信息: asked with receipt and phone, followed by receipt, fetched with the phone again, by nobody else."""

import io
import zipfile
from html import unescape
from typing import Any

import pytest
from django.test import Client
from tests import world
from tests.portal.residents import PHONE, WORDS, Receipt, report

from yousu.appeals.data_requests import commands
from yousu.appeals.data_requests.models import DataRequestNow
from yousu.appeals.data_requests.state import DataRequestState
from yousu.ledger.models import Event
from yousu.portal import limits


@pytest.fixture
def client() -> Client:
    """A browser that has just reported, with a phone."""
    return Client()


@pytest.fixture
def receipt(client: Client) -> Receipt:
    """What it was given; earlier requests of this phone are answered."""
    for row in DataRequestNow.objects.filter(decided_at=None):
        commands.refuse(row.number, reason="nothing_kept", explanation="旧的", by=world.SECURITY, seen=row.version)
    return report(client, call_back="yes", phone=PHONE, name="李某某")


def ask(client: Client, receipt: Receipt, **typed: str) -> Any:
    usual = {"sort": "copy", "phone": PHONE}
    return client.post(f"/follow/{receipt.number}/data/", {**usual, **typed})


def of(receipt: Receipt) -> DataRequestState:
    from yousu.appeals.data_requests.queries import shown_by

    return shown_by(receipt.number)[0]


def page(client: Client, receipt: Receipt, language: str = "zh-hans") -> str:
    headers = {"Accept-Language": language}
    return unescape(client.get(f"/follow/{receipt.number}/data/", headers=headers).content.decode())


def test_the_case_s_page_leads_to_it_and_a_request_is_followed_there(client: Client, receipt: Receipt) -> None:
    assert f"/follow/{receipt.number}/data/" in client.get(f"/follow/{receipt.number}/").content.decode()
    assert ask(client, receipt, sort="see", words="想看看").status_code == 302
    html = page(client, receipt)
    assert "查阅保存了我的哪些信息" in html and "已经收到，最晚" in html
    assert of(receipt).received_by == "resident"


def test_who_did_not_show_the_receipt_sees_and_asks_nothing(client: Client, receipt: Receipt) -> None:
    stranger = Client()
    for answer in (stranger.get(f"/follow/{receipt.number}/data/"), ask(stranger, receipt)):
        assert answer.status_code == 302 and answer["Location"] == "/follow/"
    assert not DataRequestNow.objects.filter(case_number=receipt.number).exists()


def test_another_phone_is_refused_with_what_was_typed(client: Client, receipt: Receipt) -> None:
    answer = ask(client, receipt, phone="15400009999", words="我的话")
    html = answer.content.decode()
    assert answer.status_code == 422 and "编号与电话对不上" in html and "我的话" in html
    assert not DataRequestNow.objects.filter(case_number=receipt.number).exists()


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("sort", {"sort": ""}),
        ("phone", {"phone": ""}),
        ("value", {"sort": "correct", "corrected": "name"}),
        ("words", {"words": "a\x00b"}),
    ],
)
def test_what_is_wrong_is_marked(field: str, typed: dict[str, str], client: Client, receipt: Receipt) -> None:
    answer = ask(client, receipt, **typed)
    assert answer.status_code == 422 and f'href="#{field}"' in answer.content.decode()


def test_a_refusal_tells_the_reason_and_how_to_complain(client: Client, receipt: Receipt) -> None:
    ask(client, receipt, sort="delete")
    commands.refuse(
        of(receipt).number, reason="purpose_not_reached", explanation="办结以后再删", by=world.SECURITY, seen=1
    )
    html = page(client, receipt)
    assert all(words in html for words in ("第四十七条", "办结以后再删", "网信部门", "人民法院"))


def test_the_copy_goes_to_who_names_the_phone_again_and_is_logged(client: Client, receipt: Receipt) -> None:
    ask(client, receipt)
    path = f"/follow/{receipt.number}/data/{of(receipt).number}/file/"
    assert client.post(path, {"phone": PHONE}).status_code == 409
    commands.grant(of(receipt).number, by=world.SECURITY, seen=1)
    wrong = client.post(path, {"phone": "15400009999"})
    assert wrong.status_code == 422 and "编号与电话对不上" in wrong.content.decode()
    answer = client.post(path, {"phone": PHONE})
    with zipfile.ZipFile(io.BytesIO(b"".join(answer))) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert WORDS in sheet and PHONE in sheet and "李某某" in sheet
    access = Event.objects.get(stream=f"access/{receipt.number}", kind="unmasked")
    assert access.actor == "resident" and PHONE not in access.data


def test_another_case_s_request_is_not_there(client: Client, receipt: Receipt) -> None:
    ask(client, receipt)
    commands.grant(of(receipt).number, by=world.SECURITY, seen=1)
    other = report(client, call_back="yes", phone=PHONE)
    path = f"/follow/{other.number}/data/{of(receipt).number}/file/"
    assert client.post(path, {"phone": PHONE}).status_code == 404
    assert client.post(f"/follow/{other.number}/data/999999999/file/", {"phone": PHONE}).status_code == 404
    assert Client().post(path, {"phone": PHONE}).status_code == 302


def test_after_a_granted_erasure_the_receipt_shows_that_it_was_done(client: Client, receipt: Receipt) -> None:
    ask(client, receipt, sort="delete", words="请删除")
    commands.grant(of(receipt).number, by=world.SECURITY, seen=1)
    html = page(client, receipt)
    assert "已同意" in html and "请删除" not in html
    assert "（内容已删除）" in client.get(f"/follow/{receipt.number}/").content.decode()


def test_nobody_tries_phones_without_end(client: Client, receipt: Receipt, limit: limits.Limit) -> None:
    answers = [ask(client, receipt, phone=f"154000{n:05}").status_code for n in range(limit.rate + 1)]
    assert answers[-1] == 429


def test_the_page_is_in_english_too(client: Client, receipt: Receipt) -> None:
    ask(client, receipt)
    html = page(client, receipt, "en")
    assert "My personal data" in html and "you get an answer by" in html and "Have a copy" in html
