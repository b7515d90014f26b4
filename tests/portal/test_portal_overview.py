"""The public overview: what published bulletins have told, and not a day more."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests import world

from yousu.bulletins import commands as bulletins
from yousu.figures.showing import counting
from yousu.org.actors import Actor
from yousu.platform import clock

TUESDAY = datetime(2024, 3, 5, 4, 0, tzinfo=UTC)
DAY = "daily-2024-03-05"
_HANDS = [
    Actor(code=f"account:{r}", roles=frozenset({r})) for r in ("publisher", "bulletin_reviewer", "bulletin_signer")
]


@pytest.fixture(scope="module", autouse=True)
def _days(database: None) -> Iterator[None]:
    """Tuesday is published; of Wednesday a bulletin is only composed; Thursday is today."""
    with clock.held(TUESDAY) as hands:
        told = [world.recorded(place="东关大街") for _ in range(6)] + [world.recorded(place="五四大街")]
        world.called_back(solved=True)
        assert told
        hands.move_to(TUESDAY + timedelta(days=1))
        # Recorded when Tuesday's bulletin was already as of.
        world.recorded(occurred_at=TUESDAY, category=world.WAGES)
        world.recorded(channel="wechat", category=world.DRY)
    yield


@pytest.fixture(autouse=True)
def hands() -> Iterator[Any]:
    counting.forget()
    with clock.held(TUESDAY + timedelta(days=2)) as hands:
        yield hands
    counting.forget()


def page(path: str = "/overview/") -> str:
    answer = Client().get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


def test_before_anything_is_published_nothing_is_told() -> None:
    html = page()
    assert "还没有发布过通报" in html
    assert "figure-card" not in html and "figure class" not in html
    assert Client().get("/overview/trend.csv").status_code == 404
    assert "总览" in page("/")


@pytest.fixture
def told(hands: Any) -> None:
    """Tuesday's bulletin is out; Wednesday's is not."""
    from yousu.bulletins.models import BulletinNow

    if BulletinNow.objects.filter(id=DAY).exists():
        return
    bulletins.compose(DAY, by=_HANDS[0])
    bulletins.review(DAY, by=_HANDS[1])
    bulletins.sign(DAY, by=_HANDS[2])
    bulletins.freeze(DAY, by=_HANDS[0])
    bulletins.publish(DAY, by=_HANDS[0])
    bulletins.compose("daily-2024-03-06", by=_HANDS[0])


@pytest.mark.parametrize("asked", ["", "?period=day", "?period=28days", "?period=week", "?to=2024-03-06&period=day"])
def test_only_what_a_published_bulletin_told_can_be_seen(told: None, asked: str) -> None:
    html = page(f"/overview/{asked}")
    said = words(html)
    # Neither Wednesday's message nor what was recorded late is among them.
    assert "随手拍" not in said and "工资" not in said and "3月6日" not in said
    assert re.search(r'class="value">(<a [^>]*>)?8<small>件', html)
    assert "按已发布的通报截至 2024-03-06 00:00:00" in said
    trend = Client().get(f"/overview/trend.csv{asked}").content.decode()
    assert len(trend.splitlines()) == 2


def test_a_number_opens_where_the_bulletin_prints_the_same_number_and_no_case_opens(told: None) -> None:
    html = page("/overview/?period=day")
    addresses = [unescape(found) for found in re.findall(r'<a href="([^"]+)"', html)]
    opening = {address for address in addresses if "numbers" in address}
    paths = {address.partition("figure=")[2] for address in opening}
    assert {"accepted.total", "completion.numerator", "accepted.by_channel.hotline", "topics.0.count"} <= paths
    for address in opening:
        assert Client().get(address).status_code == 200
    assert not any("/desk/figures" in address or re.search(r"\d{10}", address) for address in addresses)
    assert not re.search(r"(?<!\d)\d{10}(?!\d)", words(html))


def test_a_number_that_no_bulletin_prints_opens_nothing(told: None) -> None:
    html = page("/overview/?period=28days")
    assert "numbers?figure" not in html
    assert f'href="/b/{DAY}"' in html


def test_few_appeals_of_one_topic_in_one_district_are_not_shown_apart(told: None) -> None:
    lines = Client().get("/overview/districts.csv?period=day").content.decode().splitlines()
    assert lines[1] == "城东区,6,75.0%,供暖（6）"
    assert lines[2].startswith("城西区,1,") and lines[2].endswith(",")


def test_the_page_is_plain_and_costs_few_statements(told: None) -> None:
    counting.forget()
    with CaptureQueriesContext(connection) as taken:
        html = page()
    assert len(taken) <= 12
    with CaptureQueriesContext(connection) as taken:
        page()
    assert len(taken) <= 3
    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", html)
    assert set(re.findall(r"<script[^>]*>", html)) <= {
        '<script type="application/json">',
        '<script type="module" src="/static/charts.js">',
    }


def test_the_english_page_is_english(told: None) -> None:
    client = Client()
    client.cookies["django_language"] = "en"
    html = client.get("/overview/?period=day").content.decode()
    assert set(re.findall(r"[\u4e00-\u9fff]+", html)) <= {"中文"}
