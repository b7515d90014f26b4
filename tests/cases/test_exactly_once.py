"""到件: the same delivery is one case, however often and from how many sides it comes."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from tests import world

from yousu.cases.models import CaseNow
from yousu.cases.rules import FieldWrong
from yousu.cases.verification import whole
from yousu.intake import arrivals
from yousu.intake.arrivals import Accepted, ContentDiffers, Delivery
from yousu.intake.models import Arrival

pytestmark = pytest.mark.django_db(transaction=True)
CHANNEL = world.actor("wechat", "channel")


def delivery(text: str = "路灯不亮", *, key: str | None = None, external_id: str | None = None) -> Delivery:
    return Delivery(
        said=world.said(text, channel="wechat", category=None), idempotency_key=key, external_id=external_id
    )


@pytest.mark.parametrize("known_by", [{"key": "k1"}, {"external_id": "wx-1"}])
def test_the_same_again_is_the_same_case(known_by: dict[str, str]) -> None:
    first = arrivals.accept(delivery(**known_by), by=CHANNEL)
    again = arrivals.accept(delivery(**known_by), by=CHANNEL)
    assert (first.repeated, again.repeated) == (False, True)
    assert again.number == first.number
    assert first.receipt_secret is not None
    assert arrivals.number_by_receipt(first.number, first.receipt_secret)
    assert again.receipt_secret is None
    assert CaseNow.objects.count() == 1


@pytest.mark.parametrize("known_by", [{"key": "k1"}, {"external_id": "wx-1"}])
def test_other_content_under_the_same_name_is_refused(known_by: dict[str, str]) -> None:
    arrivals.accept(delivery(**known_by), by=CHANNEL)
    with pytest.raises(ContentDiffers):
        arrivals.accept(delivery("路灯又亮了", **known_by), by=CHANNEL)
    assert CaseNow.objects.count() == 1


def test_two_authors_may_use_the_same_key() -> None:
    arrivals.accept(delivery(key="k1"), by=CHANNEL)
    other = arrivals.accept(delivery("另一件事", key="k1"), by=world.actor("portal", "channel"))
    assert not other.repeated


def test_two_at_once_make_one_case() -> None:
    barrier = Barrier(2, timeout=10)

    def deliver(_: int) -> Accepted:
        try:
            barrier.wait()
            return arrivals.accept(delivery(key="k1", external_id="wx-1"), by=CHANNEL)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        one, other = threads.map(deliver, range(2))
    assert one.number == other.number
    assert {one.repeated, other.repeated} == {True, False}
    assert (CaseNow.objects.count(), Arrival.objects.count()) == (1, 1)
    assert whole.run().is_clean


def test_a_batch_may_hold_the_same_delivery_twice() -> None:
    accepted = arrivals.accept_many(
        [delivery(external_id="wx-1"), delivery("另一件", external_id="wx-2"), delivery(external_id="wx-1")], by=CHANNEL
    )
    assert [one.repeated for one in accepted] == [False, False, True]
    assert accepted[2].number == accepted[0].number
    assert CaseNow.objects.count() == 2


def test_what_is_refused_was_never_taken() -> None:
    wrong = Delivery(said=world.said("路灯不亮", channel="nowhere"), idempotency_key="k1")
    with pytest.raises(FieldWrong):
        arrivals.accept(wrong, by=CHANNEL)
    assert not Arrival.objects.exists()
    assert not arrivals.accept(delivery(key="k1"), by=CHANNEL).repeated
