"""附议: what looks the same is joined in one tap instead of repeated; people are counted once, presses not twice."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from tests import world
from tests.portal.residents import PHONE, form_of

from yousu.appeals import commands
from yousu.cases import queries
from yousu.cases.models import CaseNow
from yousu.platform import clock

TEXT, PLACE = "五四大街的路灯全灭了，晚上看不见路", "五四大街"


@pytest.fixture
def number() -> str:
    """An open case of somebody else's."""
    return world.recorded(TEXT, place=PLACE).number


def counts(number: str) -> tuple[int, int]:
    """People and calls."""
    state = queries.state_of(queries.now(number))
    return state.people, state.calls


def looked(client: Client, **typed: str) -> str:
    data = {**form_of(client), "text": TEXT, "place": PLACE, "do": "check", **typed}
    return unescape(client.post("/report/", data).content.decode())


def offered(html: str) -> list[str]:
    return re.findall(r'name="support" value="(\d{10})"', html)


def test_the_same_is_offered_before_sending_in_short_without_who(number: str) -> None:
    html = looked(Client())
    assert offered(html)[0] and number in offered(html)
    assert "这些看起来一样" in html and "同一地点" in html and world.LI not in html


@pytest.mark.parametrize("more", [{"confidential": True}, {"type": "tip_off"}])
def test_what_strangers_may_not_know_is_not_offered(more: dict[str, object]) -> None:
    hidden = world.recorded(TEXT, place=PLACE, **more).number
    assert hidden not in looked(Client())


def test_one_tap_supports_and_records_nothing_new(number: str) -> None:
    client = Client()
    data = {**form_of(client), "text": TEXT, "support": number}
    before = CaseNow.objects.count()
    html = client.post("/report/", data, follow=True).content.decode()
    assert counts(number) == (1, 2)
    assert "现在共 1 人、2 件次" in html and "不计入人数" in html and number not in html
    assert CaseNow.objects.count() == before


def test_who_leaves_a_phone_is_counted_as_a_person_once(number: str) -> None:
    for _ in range(2):
        client = Client()
        data = form_of(client, call_back="yes", phone=PHONE)
        assert "按一人计" in client.post("/report/", {**data, "support": number}, follow=True).content.decode()
    assert counts(number) == (2, 2)


def test_pressed_twice_or_come_back_to_is_one_support(number: str) -> None:
    client = Client()
    data = {**form_of(client), "support": number}
    for _ in range(3):
        assert client.post("/report/", data)["Location"] == "/report/supported/"
    assert counts(number) == (1, 2)
    # The same form may still report another matter.
    del data["support"]
    assert client.post("/report/", data)["Location"] == "/report/received/"


@pytest.mark.parametrize("wrong", ["0000000000", "x", "\x00", "9" * 400])
def test_what_cannot_be_supported_leaves_the_form_as_typed(wrong: str) -> None:
    client = Client()
    answer = client.post("/report/", {**form_of(client), "text": TEXT, "support": wrong})
    assert answer.status_code == 409 and TEXT in answer.content.decode()


def test_what_is_over_or_hidden_is_not_supported(number: str) -> None:
    commands.withdraw(number, reason="不用了", by=world.DISPATCHER, seen=1)
    hidden = world.recorded(TEXT, confidential=True).number
    client = Client()
    for each in (number, hidden):
        assert client.post("/report/", {**form_of(client), "support": each}).status_code == 409
        assert counts(each) == (1, 1)


def test_the_look_asks_the_database_once_for_what_is_the_same(django_assert_num_queries: object) -> None:
    for _ in range(5):
        world.recorded(TEXT, place=PLACE)
    client = Client()
    data = {**form_of(client), "text": TEXT, "place": PLACE, "do": "check"}
    # And once for what may answer it already.
    with django_assert_num_queries(2):  # type: ignore[operator]
        client.post("/report/", data)


def test_the_page_after_a_support_is_nobody_elses(number: str) -> None:
    assert Client().get("/report/supported/")["Location"] == "/report/"


def joined(client: Client, text: str = TEXT, **typed: str) -> tuple[str, str]:
    """Supports; the code that was given and the page that gave it."""
    html = client.post("/report/", {**form_of(client), "text": text, **typed}, follow=True).content.decode()
    found = re.search(r"<dd>([2-9A-Z]{10})</dd>", html)
    assert found is not None, html
    return found[1], html


def test_a_supporter_gets_a_code_and_follows_the_public_part_alone(number: str) -> None:
    code, _html = joined(Client(), support=number)
    client = Client()
    answer = client.post("/follow/", {"number": "", "secret": code.lower(), "phone": ""}, follow=True)
    html = unescape(answer.content.decode())
    assert answer.redirect_chain == [("/follow/joined/", 302)]
    assert "已经收到" in html and "1 人、2 件次" in html and "路灯全灭" in html
    assert number not in html and world.LI not in html
    # The code is no receipt: nothing of the appellant's opens by it.
    assert client.get(f"/follow/{number}/")["Location"] == "/follow/"
    assert Client().post("/follow/", {"number": number, "secret": code, "phone": ""}).status_code == 422


def test_pressed_twice_the_code_is_the_same(number: str) -> None:
    client = Client()
    data = {**form_of(client), "support": number}
    codes = {joined(client, **data)[0] for _ in range(2)}
    assert len(codes) == 1 and counts(number) == (1, 2)


def test_a_supporter_reads_an_answer_once_it_is_released_and_never_the_reply_itself(number: str) -> None:
    client = Client()
    joined(client, support=number)
    commands.answer(number, reply="李女士，已换灯泡", by=world.DISPATCHER, seen=2)
    assert "还没有公开" in client.get("/follow/joined/").content.decode()
    assert "换灯泡" not in client.get("/follow/joined/").content.decode()
    commands.release(number, text="已换灯泡", by=world.DISPATCHER, seen=3)
    html = client.get("/follow/joined/").content.decode()
    assert "已换灯泡" in html and "李女士" not in html


def test_what_became_confidential_shows_a_supporter_no_words(number: str) -> None:
    client = Client()
    joined(client, support=number)
    commands.correct(number, field="type", value="tip_off", why="是举报", by=world.DISPATCHER, seen=2)
    html = client.get("/follow/joined/").content.decode()
    assert "路灯全灭" not in html and PLACE not in html and "内容现在不公开" in html


def test_a_phone_left_for_the_support_alone_counts_a_person_once(number: str) -> None:
    for _ in range(2):
        assert "打电话告诉您" in joined(Client(), support=number, support_phone=PHONE)[1]
    assert counts(number) == (2, 2)


def test_a_phone_that_is_none_is_asked_for_again_where_it_was_typed(number: str) -> None:
    client = Client()
    answer = client.post("/report/", {**form_of(client), "text": TEXT, "support": number, "support_phone": "12"})
    html = answer.content.decode()
    assert answer.status_code == 422 and 'value="12"' in html and "support_phone-error" in html
    assert counts(number) == (1, 1)


def test_a_strangers_code_opens_nothing() -> None:
    assert Client().post("/follow/", {"number": "", "secret": "ABCDEFGHJK", "phone": ""}).status_code == 422
    assert Client().get("/follow/joined/")["Location"] == "/follow/"


def test_the_code_is_shown_for_a_quarter_of_an_hour(number: str, monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client()
    joined(client, support=number)
    later = clock.now() + timedelta(minutes=16)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert client.get("/report/supported/")["Location"] == "/report/"
