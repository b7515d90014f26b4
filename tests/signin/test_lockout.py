"""Lock-out: five failures in a row lock an account for a quarter of an hour, for every process, known name or not."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from tests.signin.people import PASSWORD, code, data, kinds, said, sign_in, signed_in, somebody, with_app

from yousu.org import lockout
from yousu.org.models import SignInAttempt
from yousu.platform import clock

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def nobody_tried() -> None:
    """All tests sit behind one address."""
    SignInAttempt.objects.all().delete()


def test_the_fifth_failure_locks_and_says_for_how_long() -> None:
    account, client = somebody(), Client()
    with clock.held(NOON):
        for _ in range(4):
            assert "用户名或密码不对" in said(sign_in(client, account, "wrong"))
        assert "已锁定。请 15 分钟后再试" in said(sign_in(client, account, "wrong"))
    with clock.held(NOON + timedelta(minutes=9, seconds=30)):
        refused = said(sign_in(client, account))
        assert "已锁定。请 6 分钟后再试" in refused and account.user in refused
    with clock.held(NOON + timedelta(minutes=15)):
        assert sign_in(client, account).status_code == 302
    assert kinds(account) == ["sign_in_failed"] * 5 + ["sign_in_locked", "signed_in"]


def test_a_locked_account_records_no_further_tries() -> None:
    account, client = somebody(), Client()
    for _ in range(9):
        sign_in(client, account, "wrong")
    assert kinds(account) == ["sign_in_failed"] * 5 + ["sign_in_locked"]


def test_the_lock_is_said_in_english_with_the_right_number() -> None:
    account, client = somebody(), Client()
    client.cookies["django_language"] = "en"
    with clock.held(NOON):
        for _ in range(5):
            answer = sign_in(client, account, "wrong")
    assert "Please try again in 15 minutes" in said(answer)
    with clock.held(NOON + timedelta(minutes=14, seconds=10)):
        assert "Please try again in 1 minute;" in said(sign_in(client, account))


def test_success_forgets_earlier_failures() -> None:
    account, client = somebody(), Client()
    for _ in range(3):
        for _ in range(4):
            sign_in(client, account, "wrong")
        assert sign_in(Client(), account).status_code == 302


def test_failures_far_apart_do_not_add_up() -> None:
    account, client = somebody(), Client()
    for hours in range(8):
        with clock.held(NOON + timedelta(hours=hours)):
            assert "用户名或密码不对" in said(sign_in(client, account, "wrong"))


def test_an_unknown_name_is_locked_like_a_known_one_whatever_its_case() -> None:
    client = Client()
    for name in ("nobody", "Nobody", "NOBODY", "nobody", "nobody"):
        answer = client.post("/accounts/login/", {"login": name, "password": PASSWORD})
    assert "已锁定" in said(answer)


def test_an_address_that_tries_many_names_is_locked() -> None:
    account, client = somebody(), Client()
    for number in range(50):
        client.post("/accounts/login/", {"login": f"guess{number}", "password": "x"})
    assert "已锁定" in said(sign_in(client, account))
    assert sign_in(Client(REMOTE_ADDR="198.51.100.7"), account).status_code == 302


def test_many_tries_at_once_get_no_further_than_one_after_the_other() -> None:
    passed: list[int] = []

    def attempt(number: int) -> None:
        try:
            lockout.begin("password", "many", address=f"198.51.100.{number}")
            passed.append(number)
        except lockout.Locked:
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=attempt, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(passed) == 5


def test_codes_are_counted_apart_and_a_right_password_does_not_forget_them() -> None:
    account = somebody()
    secret = with_app(account)
    for round_ in range(5):
        client = Client()
        sign_in(client, account)
        answer = client.post("/accounts/2fa/authenticate/", {"code": f"00000{round_}"})
    assert "已锁定" in said(answer)
    sign_in(client := Client(), account)
    assert "已锁定" in said(client.post("/accounts/2fa/authenticate/", {"code": code(secret)}))
    assert client.get("/desk/mine/").status_code == 302
    assert '"step":"code"' in data(account)


def test_guessing_the_present_password_while_signed_in_is_counted_too() -> None:
    account = somebody()
    client = signed_in(account)
    wrong = {"oldpassword": "guess", "password1": "Some new horse 9", "password2": "Some new horse 9"}
    answers = [said(client.post("/accounts/password/change/", wrong)) for _ in range(5)]
    assert "现在的密码不对" in answers[0] and "已锁定" in answers[-1]


def test_limits_are_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUSU_LOGIN_FAILURES", "2")
    monkeypatch.setenv("YOUSU_LOGIN_LOCK_MINUTES", "60")
    account, client = somebody(), Client()
    sign_in(client, account, "wrong")
    assert "请 60 分钟后再试" in said(sign_in(client, account, "wrong"))


def test_old_counts_are_forgotten() -> None:
    with clock.held(NOON):
        lockout.begin("password", "old", address="198.51.100.9")
    lockout.begin("password", "new", address="198.51.100.10")
    before = SignInAttempt.objects.count()
    lockout.forget_old()
    with clock.held(NOON + timedelta(days=3000)):
        lockout.forget_old()
        assert SignInAttempt.objects.count() == 0 < before
