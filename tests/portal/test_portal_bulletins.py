"""Published bulletins in public: the archive to its end, and the cases behind a number without today's stage."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from tests.bulletins.press import DAY, DESK, MIDNIGHT, NOON, answered, published, reviewed

from yousu.appeals import commands as appeals
from yousu.bulletins import queries
from yousu.bulletins.models import BulletinNow
from yousu.platform import clock


@pytest.fixture(scope="module", autouse=True)
def _published(database: None) -> Iterator[None]:
    """One published day with appeals in two districts, one of them called back twice."""
    with clock.held(NOON) as hands:
        answered(place="东城区人民公园")
        case = reviewed()
        for reached in ("not_reached", "reached"):
            case = appeals.call_back(
                case.number, reached=reached, solved=reached == "reached" or None, by=DESK, seen=case.version
            )
        hands.move_to(MIDNIGHT)
        published()
    yield


@pytest.fixture(autouse=True)
def hands() -> Iterator[Any]:
    with clock.held(MIDNIGHT + timedelta(days=2)) as hands:
        yield hands


def page(path: str, **headers: str) -> str:
    answer = Client().get(path, headers=headers)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_a_published_bulletin_names_its_seal_and_its_numbers_open() -> None:
    html = page(f"/b/{DAY}")
    seal = queries.seal_of(DAY)
    assert seal is not None and f"第 {seal.number} 号封存" in html
    assert html.count("<h1") == 1
    assert "3月5日 周二" in re.search("<title>(.*?)</title>", html)[1]
    for path in set(re.findall(r'href="(/b/[^"]+numbers\?figure=[^"]+)"', html)):
        assert "数字背后" in page(path.replace("&amp;", "&"))


def test_the_page_behind_a_number_shows_nothing_of_today_that_could_contradict_it() -> None:
    html = page(f"/b/{DAY}/numbers?figure=accepted.total")
    assert "共 2 件" in html
    assert "<th>环节</th>" not in html and "数字以冻结时为准" in html
    assert "人民政府" not in html


def test_two_call_backs_of_one_case_are_said_to_be_of_one_case() -> None:
    assert "2 次回访，涉及 1 件" in page(f"/b/{DAY}/numbers?figure=callbacks")


def test_a_list_that_was_changed_is_not_shown_in_public() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT numbers::text FROM bulletin_figure WHERE path = 'callbacks'")
        kept = cursor.fetchone()[0]
        cursor.execute("UPDATE bulletin_figure SET numbers = '[]' WHERE path = 'callbacks'")
        try:
            answer = Client().get(f"/b/{DAY}/numbers?figure=callbacks")
        finally:
            cursor.execute("UPDATE bulletin_figure SET numbers = %s::jsonb WHERE path = 'callbacks'", [kept])
    assert answer.status_code == 409
    assert "（callbacks）" in answer.content.decode()


@pytest.mark.parametrize("wrong", ["daily-20240305", "weekly-2024-03-05", "daily-9999-12-31", "daily-2024-03-06"])
def test_an_id_that_is_none_is_no_page(wrong: str) -> None:
    for path in ("", "/numbers?figure=calls", "/pdf", "/docx", "/json"):
        assert Client().get(f"/b/{wrong}{path}").status_code == 404


@pytest.mark.parametrize("path", ["", "moons", "%00", "accepted"])
def test_a_number_that_is_not_printed_is_no_page(path: str) -> None:
    assert Client().get(f"/b/{DAY}/numbers?figure={path}").status_code == 404


def test_the_archive_goes_on_to_its_end() -> None:
    one = BulletinNow.objects.get(id=DAY)
    first = one.period_start - timedelta(days=400)
    rows = [
        BulletinNow(
            id=f"daily-{first + timedelta(days=back)}",
            kind="daily",
            stage="published",
            version=5,
            state=one.state,
            period_start=first + timedelta(days=back),
            period_end=first + timedelta(days=back),
            as_of=one.as_of,
            year=1,
            issue_number=back,
            published_at=one.published_at,
        )
        for back in range(120)
    ]
    BulletinNow.objects.bulk_create(rows)
    following, found = "", []
    while True:
        html = page(f"/bulletins/{following}")
        found += re.findall(r'href="/b/([a-z]+-[-\d]+)"', html)
        more = re.search(r'href="(\?after=[^"]+)" rel="next"', html)
        if more is None:
            break
        following = more[1]
    BulletinNow.objects.filter(id__in=[row.id for row in rows]).delete()
    assert len(found) == len(set(found)) == 121
    assert found[0] == DAY and found[1:] == sorted(found[1:], reverse=True)
    assert re.search("日报 2023年[^<]+ 周[一-日]", html)
