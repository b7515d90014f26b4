"""Reporting: in words alone, without an account, once, with a receipt that stands in no address."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from tests.portal.residents import PHONE, WORDS, form_of, report

from yousu.cases.models import CaseNow
from yousu.intake.arrivals import number_by_receipt
from yousu.ledger import persons
from yousu.platform import clock


def count() -> int:
    """How many cases there are."""
    return CaseNow.objects.count()


def test_words_alone_are_enough() -> None:
    receipt = report(Client(), place="")
    row = CaseNow.objects.get(number=receipt.number)
    assert number_by_receipt(receipt.number, receipt.secret)
    assert (row.matter, row.channel, row.stage, row.person_id, row.recorded_by) == (
        WORDS, "city_portal", "recorded", None, "resident",
    )  # fmt: skip


def test_a_phone_is_kept_only_where_a_call_is_wanted() -> None:
    called = report(Client(), call_back="yes", phone=f"+86 {PHONE}", name="李某")
    not_called = report(Client(), call_back="no", phone=PHONE)
    assert CaseNow.objects.get(number=called.number).person_id == persons.by_phone(PHONE)
    assert CaseNow.objects.get(number=not_called.number).person_id is None


def test_type_coordinates_and_confidence_are_taken() -> None:
    typed = {"type": "complaint", "lon": "101.78", "lat": "36.62", "confidential": "yes"}
    row = CaseNow.objects.get(number=report(Client(), **typed).number)
    assert row.type == "complaint"
    assert (row.state["where"]["lon_e6"], row.state["confidential"]) == (101_780_000, True)


def test_a_form_sent_twice_is_one_case_and_the_receipt_stays() -> None:
    client, before = Client(), count()
    data = form_of(client)
    first = client.post("/report/", data, follow=True).content.decode()
    again = client.post("/report/", data, follow=True).content.decode()
    assert count() == before + 1
    assert re.findall(r"<dd>(\w{10})</dd>", first) == re.findall(r"<dd>(\w{10})</dd>", again)


def test_the_same_form_with_other_words_can_be_sent_as_another_case() -> None:
    client, before = Client(), count()
    data = form_of(client)
    client.post("/report/", data)
    answer = client.post("/report/", {**data, "text": "另一件事"})
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "另一件事" in html
    key = re.search(r'name="form" value="([0-9a-f]{32})"', html)
    assert key is not None and key[1] != data["form"]
    client.post("/report/", {**data, "form": key[1], "text": "另一件事"})
    assert count() == before + 2


@pytest.mark.parametrize("form", ["", "x", "0" * 31, "\x00" * 32])
def test_a_form_with_a_key_that_is_none_gets_one(form: str) -> None:
    client, before = Client(), count()
    assert client.post("/report/", {**form_of(client), "form": form}).status_code == 302
    assert count() == before + 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"text": "  "}, "text"),
        ({"text": "有\x00字"}, "text"),
        ({"text": "长" * 5_001}, "text"),
        ({"place": "长" * 201}, "place"),
        ({"call_back": "yes", "phone": ""}, "phone"),
        ({"call_back": "yes", "phone": "12"}, "phone"),
        ({"type": "no_such"}, "type"),
        ({"lat": "NaN", "lon": "101"}, "lat"),
        ({"lat": "36"}, "lon"),
        ({"lat": "36", "lon": "1e3"}, "lon"),
        ({"lat": "91", "lon": "101"}, "lat"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(wrong: dict[str, str], field: str) -> None:
    client, before = Client(), count()
    answer = client.post("/report/", form_of(client, name="写好的称呼", **wrong))
    html = answer.content.decode()
    assert answer.status_code == 422
    assert f'href="#{field}"' in html and f'id="{field}"' in html
    assert "写好的称呼" in html
    assert count() == before


def test_the_secret_is_shown_for_a_quarter_of_an_hour_and_stands_in_no_address() -> None:
    client = Client()
    answer = client.post("/report/", form_of(client), follow=True)
    [_, secret] = re.findall(r"<dd>(\w{10})</dd>", answer.content.decode())
    assert not [address for address, _ in answer.redirect_chain if secret in address]
    assert secret in client.get("/report/received/").content.decode()
    with clock.held(clock.now() + timedelta(minutes=16)):
        assert client.get("/report/received/")["Location"] == "/follow/"


def test_a_receipt_is_shown_to_nobody_else() -> None:
    report(Client())
    assert Client().get("/report/received/")["Location"] == "/follow/"


def test_what_residents_write_is_never_markup() -> None:
    evil = "<script>alert(1)</script>"
    client = Client()
    answer = client.post("/report/", form_of(client, text="", place=evil, name=evil))
    assert evil not in answer.content.decode()
    receipt = report(client, text=evil, place=evil)
    assert evil not in client.get(f"/follow/{receipt.number}/").content.decode()
