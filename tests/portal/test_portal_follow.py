"""Following: with the receipt everything, with the phone where it stands, with neither nothing."""

from datetime import timedelta

import pytest
from django.test import Client
from tests import world
from tests.portal.residents import PHONE, WORDS, Receipt, report

from yousu.appeals import commands
from yousu.cases import commands as cases
from yousu.cases import queries
from yousu.cases.models import CaseNow
from yousu.intake.arrivals import Delivery, accept
from yousu.ledger import log
from yousu.org.actors import RESIDENT, resident
from yousu.org.capabilities import Forbidden
from yousu.platform import clock


def opened(receipt: Receipt) -> Client:
    """Another browser in which the receipt was shown."""
    client = Client()
    data = {"number": receipt.number, "secret": receipt.secret}
    assert client.post("/follow/", data)["Location"] == f"/follow/{receipt.number}/"
    return client


def page(client: Client, number: str) -> str:
    """The case as its resident sees it."""
    return client.get(f"/follow/{number}/").content.decode()


def test_the_receipt_opens_the_case_in_plain_words() -> None:
    receipt = report(Client())
    html = page(opened(receipt), receipt.number)
    assert "已经收到您反映的事。" in html and WORDS in html


def test_a_secret_may_be_typed_in_small_letters() -> None:
    receipt = report(Client())
    opened(Receipt(receipt.number, f" {receipt.secret.lower()} "))


@pytest.mark.parametrize(
    "data",
    [
        {"number": "2600000008", "secret": "WRONGWRONG"},
        {"number": "", "secret": "ABCDEFGHJK"},
        {"number": "\x00", "secret": "ABCDEFGHJK"},
        {"number": "9999999999", "phone": PHONE},
        {"number": "\x00", "phone": PHONE},
        {"number": "2600000008", "phone": "12"},
        {"number": "2600000008", "phone": "\x00"},
        {"number": "2600000008"},
    ],
)
def test_what_does_not_belong_together_opens_nothing(data: dict[str, str]) -> None:
    client = Client()
    answer = client.post("/follow/", data)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert client.get("/follow/2600000008/")["Location"] == "/follow/"


def test_the_number_alone_opens_nothing() -> None:
    receipt = report(Client())
    assert Client().get(f"/follow/{receipt.number}/")["Location"] == "/follow/"


def test_the_phone_lists_where_its_cases_stand_and_nothing_else() -> None:
    first = report(Client(), call_back="yes", phone=PHONE)
    second = report(Client(), call_back="yes", phone=PHONE, text="另一件事")
    other = report(Client(), call_back="yes", phone=world.WANG)
    client = Client()
    answer = client.post("/follow/", {"number": first.number, "phone": PHONE}, follow=True)
    html = answer.content.decode()
    assert first.number in html and second.number in html and "已登记" in html
    assert other.number not in html
    assert WORDS not in html and "另一件事" not in html and PHONE not in html
    assert not [address for address, _ in answer.redirect_chain if PHONE in address]
    assert client.get(f"/follow/{first.number}/")["Location"] == "/follow/"


def test_a_phone_that_is_not_the_cases_lists_nothing() -> None:
    receipt = report(Client(), call_back="yes", phone=PHONE)
    assert Client().post("/follow/", {"number": receipt.number, "phone": world.ZHANG}).status_code == 422


def test_the_unit_and_the_promised_day_are_said_once_it_is_forwarded() -> None:
    receipt = report(Client())
    commands.forward(receipt.number, lead_unit="heating", by=world.DISPATCHER, seen=1)
    html = page(opened(receipt), receipt.number)
    assert "青陵热力公司" in html and "最晚办完" in html


def test_the_answer_is_shown_once_it_is_accepted_and_not_before() -> None:
    receipt = report(Client())
    number = receipt.number
    commands.forward(number, lead_unit="heating", by=world.DISPATCHER, seen=1)
    commands.sign(number, by=world.HEATING_HANDLER, seen=2)
    commands.handle(number, reply="已换灯泡", outcome="solved", by=world.HEATING_HANDLER, seen=3)
    client = opened(receipt)
    assert "已换灯泡" not in page(client, number)
    commands.review(number, accept=True, by=world.DISPATCHER, seen=4)
    assert "已换灯泡" in page(client, number)


def test_a_case_of_the_hotline_is_followed_and_withdrawn_with_its_receipt() -> None:
    accepted = accept(Delivery(said=world.said("热线登记的事"), idempotency_key="of-the-desk"), by=world.CALL_TAKER)
    assert accepted.receipt_secret is not None
    client = opened(Receipt(accepted.number, accepted.receipt_secret))
    html = page(client, accepted.number)
    assert "热线登记的事" in html and f'action="/follow/{accepted.number}/withdraw/"' in html
    data = {"reason": "不用了", "seen": "1"}
    assert client.post(f"/follow/{accepted.number}/withdraw/", data).status_code == 302
    withdrawn = [*log.rows_of(f"appeal/{accepted.number}")][-1]
    assert (withdrawn.kind, withdrawn.actor) == ("withdrawn", "resident")


def test_a_receipt_is_the_right_to_its_own_case_alone() -> None:
    first, second = report(Client()), report(Client())
    with pytest.raises(Forbidden):
        commands.withdraw(second.number, reason="不用了", by=resident(first.number), seen=1)
    with pytest.raises(Forbidden):
        commands.withdraw(second.number, reason="不用了", by=RESIDENT, seen=1)
    assert not queries.visible_to(RESIDENT).exists()
    assert [row.number for row in queries.visible_to(resident(first.number))] == [first.number]


def test_a_resident_withdraws_with_a_reason() -> None:
    receipt = report(Client())
    client = opened(receipt)
    answer = client.post(f"/follow/{receipt.number}/withdraw/", {"reason": "已经解决了", "seen": "1"})
    assert answer.status_code == 302
    assert CaseNow.objects.get(number=receipt.number).stage == "withdrawn"
    assert "您已经撤回。" in page(client, receipt.number)


@pytest.mark.parametrize("reason", ["", "  ", "\x00"])
def test_withdrawing_needs_a_reason(reason: str) -> None:
    receipt = report(Client())
    answer = opened(receipt).post(f"/follow/{receipt.number}/withdraw/", {"reason": reason, "seen": "1"})
    assert answer.status_code == 422
    assert CaseNow.objects.get(number=receipt.number).stage == "recorded"


def test_a_reason_that_cannot_be_taken_comes_back_as_typed() -> None:
    receipt = report(Client())
    data = {"reason": "不想\x00要了", "seen": "1"}
    html = opened(receipt).post(f"/follow/{receipt.number}/withdraw/", data).content.decode()
    assert "<details open>" in html and "要了</textarea>" in html
    assert '<a href="#reason">' in html and 'id="reason"' in html


def test_what_ended_meanwhile_is_no_longer_withdrawn() -> None:
    receipt = report(Client())
    client = opened(receipt)
    commands.answer(receipt.number, reply="请拨打供电所", by=world.DISPATCHER, seen=1)
    answer = client.post(f"/follow/{receipt.number}/withdraw/", {"reason": "不用了", "seen": "1"})
    assert answer.status_code == 409
    assert "没有撤回" in answer.content.decode()


def test_a_phone_that_finds_nothing_comes_back_as_typed_and_a_secret_does_not() -> None:
    number = report(Client()).number
    for phone, wrong in (("154 0000 7777", "number"), ("12", "phone")):
        data = {"number": number, "phone": phone}
        html = Client().post("/follow/", data).content.decode()
        assert f'<a href="#{wrong}">' in html and html.count('aria-invalid="true"') == 1
        assert f'value="{number}"' in html and f'value="{data["phone"]}"' in html
    assert "WRONGWRONG" not in Client().post("/follow/", {"number": number, "secret": "WRONGWRONG"}).content.decode()


def test_what_has_moved_since_is_not_withdrawn() -> None:
    receipt = report(Client())
    client = opened(receipt)
    commands.forward(receipt.number, lead_unit="heating", by=world.DISPATCHER, seen=1)
    for seen in ("1", "", "x", "9" * 30, "9" * 5000):
        answer = client.post(f"/follow/{receipt.number}/withdraw/", {"reason": "另有原因", "seen": seen})
        html = answer.content.decode()
        assert answer.status_code == 409
        # The form stands open with what was typed, at the version that is true now.
        assert "<details open>" in html and ">另有原因</textarea>" in html and 'name="seen" value="2"' in html
    assert CaseNow.objects.get(number=receipt.number).stage == "forwarded"


def test_a_stranger_withdraws_nothing() -> None:
    receipt = report(Client())
    data = {"reason": "不用了", "seen": "1"}
    assert Client().post(f"/follow/{receipt.number}/withdraw/", data)["Location"] == "/follow/"
    assert CaseNow.objects.get(number=receipt.number).stage == "recorded"


def test_erased_words_are_said_to_be_gone() -> None:
    receipt = report(Client(), call_back="yes", phone="15400005555")
    person_id = CaseNow.objects.get(number=receipt.number).person_id
    assert person_id is not None
    cases.erase(person_id, reason="本人要求", by=world.SECURITY)
    assert "（内容已删除）" in page(opened(receipt), receipt.number)


def test_a_closed_case_says_when() -> None:
    with clock.held(clock.now() - timedelta(days=1)):
        receipt = report(Client())
        commands.answer(receipt.number, reply="请拨打供电所", by=world.DISPATCHER, seen=1)
    client = opened(receipt)
    assert "昨天" in page(client, receipt.number)
