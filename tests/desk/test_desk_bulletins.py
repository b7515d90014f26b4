"""Bulletins at the desk: each step as its page offers it, and refused in the wrong hands, at the wrong time, unseen."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count
from typing import Any

import pytest
from django.db import connection
from tests import world
from tests.bulletins.press import NOON
from tests.desk.conftest import Page

from yousu.bulletins import commands, queries
from yousu.org.accounts import actor_of
from yousu.org.models import Account
from yousu.platform import clock

STEPS = {"compose": "publish1", "review": "review1", "sign": "sign1", "freeze": "publish1", "publish": "publish1"}
WRONG = {
    "daily-20240131": 404,
    "daily-2024-W05-3": 404,
    "weekly-0001-01-01": 404,
    "daily-9999-12-31": 404,
    "weekly-2024-01-27": 404,
    "daily-2024-01-31%00": 404,
}
_days = count()


@pytest.fixture(autouse=True)
def hands() -> Iterator[Any]:
    with clock.held(NOON + timedelta(days=40)) as hands:
        yield hands


@pytest.fixture
def day() -> str:
    """A day of the test's own, long over."""
    return f"daily-{date(2023, 1, 1) + timedelta(days=next(_days))}"


def bring(bulletin_id: str, *, before: str) -> None:
    for word in list(STEPS)[: list(STEPS).index(before)]:
        getattr(commands, word)(bulletin_id, by=actor_of(Account.objects.get(user=STEPS[word])))


def address(bulletin_id: str, word: str = "") -> str:
    return f"/desk/bulletins/{bulletin_id}/" + (f"{word}/" if word else "")


def version(bulletin_id: str) -> int:
    state = queries.state(bulletin_id)
    return state.version if state else 0


@pytest.mark.parametrize("word", STEPS)
def test_a_step_is_offered_with_the_version_shown_and_works(signed_in: Page, day: str, word: str) -> None:
    bring(day, before=word)
    client = signed_in(STEPS[word])
    html = client.get(address(day)).content.decode()
    form = re.search(rf'<form method="post" action="{address(day, word)}">.*?</form>', html)
    assert form is not None
    seen = re.search(r'name="seen" value="(\d+)"', form[0])
    assert seen is not None and int(seen[1]) == version(day)
    answer = client.post(address(day, word), {"seen": seen[1]})
    assert (answer.status_code, answer["Location"]) == (302, address(day))
    assert version(day) == int(seen[1]) + 1


@pytest.mark.parametrize("word", STEPS)
def test_a_step_is_neither_offered_nor_done_in_the_wrong_hands(signed_in: Page, day: str, word: str) -> None:
    bring(day, before=word)
    for user in {"leader1", "desk1", "publish1", "review1", "sign1"} - {STEPS[word]}:
        client = signed_in(user)
        page = client.get(address(day))
        assert page.status_code == (403 if user == "desk1" else 200)
        assert f'action="{address(day, word)}"' not in page.content.decode()
        assert client.post(address(day, word), {"seen": version(day)}).status_code == 403


@pytest.mark.parametrize(
    ("word", "before", "said"),
    [
        ("review", "compose", "前面的步骤还没有办完"),
        ("sign", "review", "前面的步骤还没有办完"),
        ("freeze", "review", "前面的步骤还没有办完"),
        ("publish", "freeze", "前面的步骤还没有办完"),
        ("review", "freeze", "这一步已经办过了"),
        ("compose", "publish", "已经冻结，不能重新编制"),
    ],
)
def test_in_the_wrong_stage_a_step_says_why_not(signed_in: Page, day: str, word: str, before: str, said: str) -> None:
    bring(day, before=before)
    answer = signed_in(STEPS[word]).post(address(day, word), {"seen": version(day)})
    assert answer.status_code == 409
    assert said in answer.content.decode()


@pytest.mark.parametrize("word", STEPS)
def test_a_step_on_an_older_page_is_not_done_and_says_what_happened(signed_in: Page, day: str, word: str) -> None:
    bring(day, before=word)
    stale = max(version(day) - 1, 0) if word != "compose" else 0
    if word == "compose":
        bring(day, before="review")
    before = queries.state(day)
    answer = signed_in(STEPS[word]).post(address(day, word), {"seen": stale})
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "有了变化" in html and re.search(r'<ul class="changes"><li>[^<]*号 · [^<]+</li></ul>', html)
    assert queries.state(day) == before


@pytest.mark.parametrize("seen", [None, "", "x", "-1", "９", "1" * 20])
@pytest.mark.parametrize("word", STEPS)
def test_a_step_that_does_not_say_what_was_seen_is_not_done(
    signed_in: Page, day: str, word: str, seen: str | None
) -> None:
    bring(day, before=word)
    before = queries.state(day)
    answer = signed_in(STEPS[word]).post(address(day, word), {} if seen is None else {"seen": seen})
    assert answer.status_code == 422
    assert queries.state(day) == before


@pytest.mark.parametrize(("wrong", "status"), WRONG.items())
def test_an_id_that_is_none_is_no_page(signed_in: Page, wrong: str, status: int) -> None:
    client = signed_in("publish1")
    for path in ("", "numbers/?figure=calls", "pdf/", "docx/"):
        assert client.get(f"/desk/bulletins/{wrong}/{path}").status_code == status
    assert client.post(f"/desk/bulletins/{wrong}/compose/", {"seen": "0"}).status_code == status


@pytest.mark.parametrize(
    ("kind", "day", "said"),
    [
        ("weekly", "2024-01-27", "请选星期日"),
        ("daily", "20240131", "没有这一天"),
        ("daily", "9999-12-31", "2000 到 2100"),
        ("daily", "\x00", "没有这一天"),
    ],
)
def test_a_day_that_cannot_be_asked_for_is_said(signed_in: Page, kind: str, day: str, said: str) -> None:
    answer = signed_in("publish1").get("/desk/bulletins/", {"kind": kind, "day": day})
    assert answer.status_code == 422
    assert re.search(rf'<a href="#day">[^<]*{said}', answer.content.decode())
    assert f'value="{day}"' in answer.content.decode() and f'value="{kind}" selected' in answer.content.decode()


def test_who_composed_or_reviewed_it_is_not_offered_to_sign_it(signed_in: Page, day: str) -> None:
    everybody = Account.objects.get(user="publish1")
    everybody.roles.create(role="bulletin_signer")
    try:
        bring(day, before="sign")
        html = signed_in("publish1").get(address(day)).content.decode()
        assert f'action="{address(day, "sign")}"' not in html
        assert f'action="{address(day, "compose")}"' in html
    finally:
        everybody.roles.filter(role="bulletin_signer").delete()


def test_a_bulletin_has_one_main_heading_and_names_its_seal(signed_in: Page, day: str) -> None:
    bring(day, before="publish")
    seal = queries.seal_of(day)
    assert seal is not None
    html = signed_in("publish1").get(address(day)).content.decode()
    assert html.count("<h1") == 1
    assert f"第 {seal.number} 号封存" in html


def test_a_list_that_was_changed_is_not_shown(signed_in: Page, day: str) -> None:
    bring(day, before="publish")
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE bulletin_figure SET numbers = '["2400000018"]' WHERE bulletin_id = %s AND path = 'calls'""", [day]
        )
    answer = signed_in("publish1").get(f"{address(day)}numbers/?figure=calls")
    assert answer.status_code == 409
    assert "（calls）" in answer.content.decode() and "2400000018" not in answer.content.decode()


def test_several_call_backs_of_one_case_are_said_to_be_of_one_case(signed_in: Page, hands: Any) -> None:
    hands.move_to(NOON + timedelta(days=30))
    case = world.closed()
    for _ in range(2):
        from yousu.appeals import commands as appeals

        case = appeals.call_back(case.number, reached="not_reached", by=world.CALLER_BACK, seen=case.version)
    html = signed_in("leader1").get("/desk/bulletins/daily-2024-04-04/numbers/?figure=callbacks").content.decode()
    assert "2 次回访，涉及 1 件" in html


def test_the_list_of_bulletins_goes_on_to_its_end(signed_in: Page) -> None:
    first = date(2021, 1, 1)
    with clock.held(NOON + timedelta(days=40)):
        for back in range(60):
            commands.compose(f"daily-{first + timedelta(days=back)}", by=actor_of(Account.objects.get(user="publish1")))
    client, following, found = signed_in("publish1"), "", []
    while True:
        html = client.get(f"/desk/bulletins/{following}").content.decode()
        found += re.findall(r'href="/desk/bulletins/([a-z]+-[-\d]+)/"', html)
        more = re.search(r'href="(\?after=[^"]+)" rel="next"', html)
        if more is None:
            break
        following = more[1]
    assert len(found) == len(set(found)) == queries.everything().count() > 60
    assert found == sorted(found, key=lambda one: one.partition("-")[2], reverse=True)
    assert "1月31日 周日" in html or "2021年1月" in html
    assert client.get("/desk/bulletins/?after=%00").status_code == 200
