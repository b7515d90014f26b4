"""Sessions: they end when nothing is done, when they are old, when their owner says so; each of them at once."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from pytest_django import Settings
from tests.signin.people import ANOTHER, PASSWORD, kinds, said, sign_in, signed_in, somebody

from yousu.org import sessions
from yousu.org.models import BrowserSession
from yousu.platform import clock

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)


def open_at(client: Client, after: timedelta, *, path: str = "/desk/mine/") -> int:
    """The status of a page some time after noon."""
    with clock.held(NOON + after):
        return int(client.get(path).status_code)


def at_noon() -> Client:
    """Somebody who signed in at noon."""
    with clock.held(NOON):
        return signed_in(somebody())


def test_a_quarter_of_an_hour_without_doing_anything_ends_it() -> None:
    client = at_noon()
    assert open_at(client, timedelta(minutes=14)) == 200
    assert open_at(client, timedelta(minutes=28)) == 200
    assert open_at(client, timedelta(minutes=43)) == 302
    assert open_at(client, timedelta(minutes=28)) == 302


def test_a_page_that_only_stands_open_keeps_nobody_signed_in() -> None:
    client = at_noon()
    for minutes in range(1, 15):
        assert open_at(client, timedelta(minutes=minutes), path="/desk/live/") == 200
    assert open_at(client, timedelta(minutes=15), path="/desk/live/") == 302


def test_after_twelve_hours_it_is_over_whatever_is_done() -> None:
    client = at_noon()
    for quarter in range(1, 60):
        assert open_at(client, timedelta(minutes=12 * quarter)) == 200
    assert open_at(client, timedelta(hours=12)) == 302


def test_both_limits_are_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUSU_SESSION_IDLE_MINUTES", "120")
    monkeypatch.setenv("YOUSU_SESSION_HOURS", "2")
    client = at_noon()
    assert open_at(client, timedelta(minutes=110)) == 200
    assert open_at(client, timedelta(minutes=121)) == 302


def test_the_table_holds_no_key_that_opens_anything() -> None:
    client = signed_in(somebody())
    key = client.cookies["sessionid"].value
    assert not BrowserSession.objects.filter(pk=key).exists()
    assert BrowserSession.objects.filter(pk=sessions.digest(key)).exists()
    thief = Client()
    thief.cookies["sessionid"] = sessions.digest(key)
    assert thief.get("/desk/mine/").status_code == 302


def test_signing_in_changes_the_key() -> None:
    account, client = somebody(), Client()
    client.get("/accounts/login/")
    sign_in(client, account)
    first = client.cookies["sessionid"].value
    client.post("/accounts/logout/")
    sign_in(client, account)
    assert client.cookies["sessionid"].value != first


def test_one_session_is_ended_from_another() -> None:
    account = somebody()
    here, there = signed_in(account), signed_in(account)
    page = said(here.get("/accounts/profile/"))
    [other] = re.findall(r'name="session" value="([0-9a-f]+)"', page)
    answer = here.post("/accounts/sessions/end/", {"session": other}, follow=True)
    assert "已结束 1 处登录" in said(answer)
    assert there.get("/desk/mine/").status_code == 302
    assert here.get("/desk/mine/").status_code == 200
    assert kinds(account)[-1] == "sessions_ended"


def test_all_others_are_ended_at_once() -> None:
    account = somebody()
    here, *others = (signed_in(account) for _ in range(3))
    assert "已结束 2 处登录" in said(here.post("/accounts/sessions/end/", follow=True))
    assert [client.get("/desk/mine/").status_code for client in (here, *others)] == [200, 302, 302]
    assert "没有其他登录需要结束" in said(here.post("/accounts/sessions/end/", follow=True))


def test_nobody_ends_a_session_of_somebody_else() -> None:
    victim, attacker = signed_in(somebody()), signed_in(somebody())
    row = sessions.digest(victim.cookies["sessionid"].value)
    attacker.post("/accounts/sessions/end/", {"session": row})
    assert victim.get("/desk/mine/").status_code == 200


def test_a_new_password_ends_all_other_sessions() -> None:
    account = somebody()
    here, there = signed_in(account), signed_in(account)
    new = {"oldpassword": PASSWORD, "password1": ANOTHER, "password2": ANOTHER}
    answer = here.post("/accounts/password/change/", new)
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/profile/")
    assert here.get("/desk/mine/").status_code == 200
    assert there.get("/desk/mine/").status_code == 302
    assert BrowserSession.objects.filter(account=account).count() == 1


def test_an_expired_session_says_so_and_leads_back() -> None:
    client = at_noon()
    with clock.held(NOON + timedelta(hours=1)):
        answer = client.get("/desk/cases/?q=暖气", follow=True)
        page = said(answer)
        assert "登录已过期，请重新登录" in page
        assert 'value="/desk/cases/?q=' in page


def test_a_form_sent_after_the_session_ended_leads_back_to_its_page_and_says_what_became_of_it() -> None:
    account = somebody()
    with clock.held(NOON):
        client = signed_in(account)
    with clock.held(NOON + timedelta(hours=1)):
        answer = client.post("/desk/new/", {"text": "路灯坏了"}, headers={"Referer": "http://testserver/desk/new/?a=1"})
        page = said(client.get(answer["Location"]))
        assert "刚才提交的内容没有保存" in page and "填过的内容还在" in page
        back = re.findall(r'name="next" value="([^"]+)"', page)[-1]
        assert sign_in(client, account, next=back)["Location"] == "/desk/new/?a=1"


@pytest.mark.parametrize("came_from", ["https://evil.example/desk/", "javascript:alert(1)", ""])
def test_a_form_from_elsewhere_leads_to_the_desk(came_from: str) -> None:
    answer = Client().post("/desk/new/", headers={"Referer": came_from})
    assert answer["Location"] == "/accounts/login/?lapsed=form&next=/desk/"


def test_a_part_of_a_page_sends_the_whole_page_to_sign_in() -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/desk/inbox/"}
    answer = Client().get("/desk/inbox/?pane=1", headers=headers)
    assert (answer.status_code, answer["HX-Redirect"]) == (200, "/accounts/login/?next=/desk/inbox/")


def test_lapsed_sessions_are_removed() -> None:
    client = at_noon()
    row = sessions.digest(client.cookies["sessionid"].value)
    with clock.held(NOON + timedelta(minutes=14)):
        sessions.remove_lapsed()
        assert BrowserSession.objects.filter(pk=row).exists()
    with clock.held(NOON + timedelta(minutes=16)):
        sessions.remove_lapsed()
        assert not BrowserSession.objects.filter(pk=row).exists()


@pytest.mark.parametrize("path", ["/accounts/2fa/webauthn/login/", "/accounts/oidc/"])
def test_strangers_cannot_fill_the_table_with_sessions(path: str, settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"begin": "3/m/ip"}
    client = Client(REMOTE_ADDR="198.51.100.200" if "oidc" in path else "198.51.100.201")
    statuses = [client.get(path, headers={"Accept": "application/json"}).status_code for _ in range(5)]
    assert statuses[3:] == [429, 429] and 429 not in statuses[:3]
    assert "一分钟后再试" in said(client.get(path))


def test_moving_a_demonstrations_clock_ends_no_session(monkeypatch: pytest.MonkeyPatch) -> None:
    client = signed_in(somebody())
    monkeypatch.setattr(clock._clock, "_shift", timedelta(days=40))
    assert client.get("/desk/mine/").status_code == 200
    assert "正在登录的地方" in said(client.get("/accounts/profile/"))
