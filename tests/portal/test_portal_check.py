"""The look before sending: danger, what becomes public, until when; nothing is recorded by looking."""

from html import unescape

import pytest
from django.test import Client
from tests.portal.residents import PHONE, WORDS, form_of, report

from yousu.appeals.articles import commands
from yousu.cases.models import CaseNow
from yousu.org.actors import Actor


def looked(client: Client, **typed: str) -> str:
    """The page before sending."""
    answer = client.post("/report/", {**form_of(client), **typed, "do": "check"})
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def test_looking_records_nothing_and_carries_every_word_along() -> None:
    client, before = Client(), CaseNow.objects.count()
    html = looked(client, call_back="yes", phone=PHONE, name="李某", lat="36.6", lon="101.7", type="complaint")
    for name, value in {"text": WORDS, "phone": PHONE, "name": "李某", "lat": "36.6", "type": "complaint"}.items():
        assert f'name="{name}" value="{value}"' in html
    assert CaseNow.objects.count() == before


def test_what_becomes_public_is_shown_as_the_public_will_see_it() -> None:
    html = looked(Client(), text="我的电话是13900001111，路灯不亮", place="五四大街8号楼2单元301室")
    shown = html[html.index("<blockquote>") : html.index("</blockquote>")]
    assert "13900001111" not in shown and "〔电话〕" in shown and "路灯不亮" in shown
    assert "301" not in shown
    assert "已经去掉" in html


@pytest.mark.parametrize("typed", [{"confidential": "yes"}, {"type": "tip_off"}])
def test_of_what_is_not_public_nothing_is_shown(typed: dict[str, str]) -> None:
    html = looked(Client(), **typed)
    assert "大家什么也看不到" in html and "<blockquote>" not in html


def test_the_day_until_when_is_said_and_how_it_is_counted() -> None:
    html = looked(Client())
    assert '最晚 <strong class="day">' in html and "7 个工作日" in html


@pytest.mark.parametrize(
    ("text", "numbers"),
    [("楼下着火了", ["119"]), ("Gas Leak in the kitchen", ["119"]), ("有人要自杀", ["120", "110"]), (WORDS, [])],
)
def test_words_of_danger_say_which_number_to_call_and_stop_nothing(text: str, numbers: list[str]) -> None:
    client = Client()
    html = looked(client, text=text)
    assert [number for number in ("119", "120", "110") if f'href="tel:{number}"' in html] == numbers
    assert report(client, text=text)


def test_a_place_outside_the_city_is_accepted_and_said() -> None:
    client = Client()
    assert "以外。照样收下" in looked(client, lat="39.9", lon="116.4")
    receipt = report(client, lat="39.9", lon="116.4")
    assert "以外，照样收下" in client.get(f"/follow/{receipt.number}/").content.decode()
    assert "以外。照样收下" not in looked(client, lat="36.6", lon="101.7")


def test_going_back_shows_the_form_with_everything_typed() -> None:
    client = Client()
    html = client.post("/report/", {**form_of(client, name="李某", text="写到一半\x00"), "do": "edit"}).content.decode()
    assert "写到一半" in html and 'value="李某"' in html and 'role="alert"><h2' not in html


def test_a_script_gets_the_look_without_the_page_around_it() -> None:
    client = Client()
    answer = client.post("/report/", {**form_of(client), "do": "check"}, headers={"X-Part": "check"})
    html = answer.content.decode()
    assert "大家会看到的" in html and "<html" not in html and "<form" not in html


def test_what_is_wrong_is_said_instead_of_looking() -> None:
    client = Client()
    answer = client.post("/report/", {**form_of(client, text=""), "do": "check"})
    assert answer.status_code == 422 and 'href="#text"' in answer.content.decode()


def test_a_public_ready_answer_is_shown_before_sending_and_an_internal_one_is_not() -> None:
    writer = Actor(code="account:somebody", roles=frozenset({"administrator"}))
    for title, is_public in (("井盖丢失怎么办", True), ("井盖丢失处置口径", False)):
        commands.write_article(
            commands.Draft(title_zh=title, text=f"{title}：请绕行并留意。", is_public=is_public), by=writer
        )
    html = looked(Client(), text="路口的井盖丢失了，晚上很危险")
    assert "这也许已经回答了您" in html and "井盖丢失怎么办：请绕行并留意。" in html
    assert "处置口径" not in html
    assert "这也许已经回答了您" not in looked(Client(), text="天气真好")
