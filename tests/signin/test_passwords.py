"""Passwords: what is refused and what to do; a given one is good for one sign-in; an old one must go."""

from datetime import timedelta

import pytest
from django.test import Client
from tests.signin.people import ANOTHER, PASSWORD, kinds, said, signed_in, somebody

from yousu.org.models import Account
from yousu.platform import clock

CHANGE = "/accounts/password/change/"


def change(client: Client, new: str, *, old: str = PASSWORD, again: str | None = None) -> str:
    """The page that answers, or where it leads."""
    answer = client.post(CHANGE, {"oldpassword": old, "password1": new, "password2": new if again is None else again})
    return answer["Location"] if answer.status_code == 302 else said(answer)


@pytest.mark.parametrize(
    ("new", "told"),
    [
        ("Short 7", "密码有 7 个字符，至少要 10 个"),
        ("onlysmallletters", "中的至少三类"),
        ("small letters and spaces", "中的至少三类"),
        ("Password123", "这个密码太常见"),
        (PASSWORD, "不能与现在的密码相同"),
    ],
)
def test_a_weak_password_is_refused_with_what_to_do(new: str, told: str) -> None:
    account = somebody()
    page = change(signed_in(account), new)
    assert told in page
    assert new not in page and 'href="#id_password1"' in page
    assert Account.objects.get(pk=account.pk).check_password(PASSWORD)


def test_a_password_like_the_own_name_is_refused() -> None:
    account = somebody(name_en="Margaret Hamilton")
    assert "不能与用户名或姓名相近" in change(signed_in(account), "Margaret.Hamilton1")


@pytest.mark.parametrize("new", [ANOTHER, "夏都的风 Wind 2", "高原的天Abc123"])
def test_a_good_password_is_taken_and_recorded(new: str) -> None:
    account = somebody()
    client = signed_in(account)
    assert change(client, new) == "/accounts/profile/"
    assert "密码已修改" in said(client.get("/accounts/profile/"))
    assert Account.objects.get(pk=account.pk).check_password(new)
    assert kinds(account) == ["signed_in", "password_changed"]


def test_a_wrong_present_password_and_two_different_new_ones_are_told_apart() -> None:
    client = signed_in(somebody())
    assert "现在的密码不对" in change(client, ANOTHER, old="not it")
    assert "两次输入的新密码不一样" in change(client, ANOTHER, again="Another horse 9")


def test_a_given_password_must_be_changed_before_anything_else() -> None:
    account = somebody(must_change_password=True)
    client = signed_in(account)
    answer = client.get("/desk/mine/?day=1", follow=True)
    assert "一次性密码" in said(answer)
    for path in ("/accounts/profile/", "/accounts/2fa/", "/", "/follow/"):
        assert client.get(path)["Location"].startswith(CHANGE), path
    assert client.post("/desk/new/", {"text": "x"})["Location"].startswith(CHANGE)
    new = {"oldpassword": PASSWORD, "password1": ANOTHER, "password2": ANOTHER, "next": "/desk/mine/?day=1"}
    assert client.post(CHANGE, new)["Location"] == "/desk/mine/?day=1"
    assert client.get("/desk/mine/").status_code == 200
    assert not Account.objects.get(pk=account.pk).must_change_password


def test_who_must_change_it_can_still_leave() -> None:
    client = signed_in(somebody(must_change_password=True))
    assert client.post("/accounts/logout/").status_code == 302
    assert client.get("/accounts/profile/")["Location"].startswith("/accounts/login/")


def test_a_password_must_be_changed_after_ninety_days() -> None:
    account = somebody()
    with clock.held(clock.now() + timedelta(days=89)):
        assert signed_in(account).get("/desk/mine/").status_code == 200
    with clock.held(clock.now() + timedelta(days=90)):
        client = signed_in(account)
        assert "密码用得太久了" in said(client.get("/desk/mine/", follow=True))
        assert change(client, ANOTHER) == "/accounts/profile/"
        assert client.get("/desk/mine/").status_code == 200


def test_age_and_length_are_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUSU_PASSWORD_DAYS", "0")
    monkeypatch.setenv("YOUSU_PASSWORD_LENGTH", "16")
    account = somebody()
    with clock.held(clock.now() + timedelta(days=4000)):
        client = signed_in(account)
        assert client.get("/desk/mine/").status_code == 200
        assert "至少要 16 个" in change(client, ANOTHER)


def test_an_api_token_works_whatever_the_password_needs() -> None:
    from yousu.org.accounts import create_token

    account = somebody(must_change_password=True)
    headers = {"Authorization": f"Bearer {create_token(account.user)}"}
    assert Client().get("/api/v1/units", headers=headers).status_code == 200
