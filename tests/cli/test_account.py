"""yousu account: an installation's first accounts are made on the command line, and each making is written down."""

import json

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client

from yousu.cli.main import main
from yousu.ledger import log
from yousu.org import accounts
from yousu.org.models import Account

pytestmark = pytest.mark.django_db
NAMES = ("--name-zh", "派单一号", "--name-en", "Dispatcher one")
DESK = ("account", "create", "--user", "desk1", "--role", "dispatcher", *NAMES)


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, object]:
    assert main([*arguments, "--json"]) == 0
    answer: dict[str, object] = json.loads(capsys.readouterr().out)
    return answer


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(arguments) == 2
    out, error = capsys.readouterr()
    assert (out, error.count("\n")) == ("", 1)
    return error


def test_a_new_account_signs_in_with_the_password_it_was_shown_and_changes_it_first(
    capsys: pytest.CaptureFixture[str],
) -> None:
    given = told(capsys, *DESK)["password"]
    client = Client()
    assert client.post("/accounts/login/", {"login": "desk1", "password": given}).headers["Location"] == "/desk/"
    assert client.get("/desk/inbox/").headers["Location"].startswith("/accounts/password/change/")
    own = {"oldpassword": given, "password1": "Correct horse 7", "password2": "Correct horse 7"}
    assert client.post("/accounts/password/change/", own).status_code == 302
    assert "派单一号" in client.get("/desk/inbox/").content.decode()


def test_two_accounts_get_two_passwords_and_neither_is_kept(capsys: pytest.CaptureFixture[str]) -> None:
    first = told(capsys, *DESK)["password"]
    second = told(capsys, "account", "create", "--user", "desk2", "--role", "dispatcher", *NAMES)["password"]
    assert first != second
    assert not Account.objects.filter(password__in=[first, second]).exists()


def test_the_making_is_an_event_that_says_who_and_which_roles(capsys: pytest.CaptureFixture[str]) -> None:
    told(capsys, *DESK, "--role", "call_taker", "--unit", "centre")
    [row] = log.rows_of(accounts.STREAM)
    assert (row.kind, row.actor.partition(":")[0]) == ("account_created", "cli")
    assert json.loads(row.data) == {"user": "desk1", "roles": ["dispatcher", "call_taker"], "unit": "centre"}


def test_the_list_names_everybody_and_no_password(capsys: pytest.CaptureFixture[str]) -> None:
    told(capsys, *DESK)
    told(capsys, "account", "create", "--user", "heat1", "--role", "handler", "--unit", "heating", *NAMES)
    listed = told(capsys, "account", "list")
    assert listed == {
        "accounts": [
            {
                "user": user,
                "roles": [role],
                "unit": unit,
                "name_zh": NAMES[1],
                "name_en": NAMES[3],
                "email": "",
                "active": True,
            }
            for user, role, unit in (("desk1", "dispatcher", ""), ("heat1", "handler", "heating"))
        ]
    }
    assert main(["account", "list"]) == 0
    assert capsys.readouterr().out.splitlines()[1] == "heat1　handler　heating　派单一号"


@pytest.mark.parametrize(
    ("field", "more"),
    [
        ("--role", ("--user", "a", "--role", "king")),
        ("--role", ("--user", "a", "--role", "dispatcher", "--role", "dispatcher")),
        ("--unit", ("--user", "a", "--role", "handler", "--unit", "moon")),
        ("--unit", ("--user", "a", "--role", "handler")),
        ("--user", ("--user", "张三", "--role", "dispatcher")),
        ("--user", ("--user", "taken", "--role", "dispatcher")),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_made(
    capsys: pytest.CaptureFixture[str], field: str, more: tuple[str, ...]
) -> None:
    accounts.create("taken", None, roles=["dispatcher"], name_zh="有", name_en="Taken")
    assert f"yousu: {field}:" in refused(capsys, "account", "create", *more, *NAMES)
    assert Account.objects.count() == 1
    assert not list(log.rows_of(accounts.STREAM))


def test_a_name_is_needed_in_both_languages(capsys: pytest.CaptureFixture[str]) -> None:
    assert "--name-en" in refused(capsys, *DESK[:-2])
    assert "--name-zh" in refused(capsys, *DESK[:-4], "--name-zh", " ", "--name-en", "One")


def test_who_lost_password_telephone_and_codes_begins_anew(capsys: pytest.CaptureFixture[str]) -> None:
    account = accounts.create("desk1", "Correct horse 7", roles=["dispatcher"], name_zh="一", name_en="One")
    TOTP.activate(account, generate_totp_secret())
    for _ in range(5):
        Client().post("/accounts/login/", {"login": "desk1", "password": "wrong"})
    given = told(capsys, "account", "reset", "--user", "desk1")["password"]
    assert Client().post("/accounts/login/", {"login": "desk1", "password": "Correct horse 7"}).status_code == 200
    client = Client()
    assert client.post("/accounts/login/", {"login": "desk1", "password": given}).headers["Location"] == "/desk/"
    assert client.get("/desk/inbox/").headers["Location"].startswith("/accounts/password/change/")
    last = [row for row in log.rows_of(f"account/{account.pk}") if row.kind == "account_reset"]
    assert [row.actor.partition(":")[0] for row in last] == ["cli"]


def test_a_blocked_account_is_out_at_once_and_comes_back_unblocked(capsys: pytest.CaptureFixture[str]) -> None:
    accounts.create("desk1", "Correct horse 7", roles=["dispatcher"], name_zh="一", name_en="One")
    token = {"Authorization": f"Bearer {accounts.create_token('desk1')}"}
    client = Client()
    form = {"login": "desk1", "password": "Correct horse 7"}
    client.post("/accounts/login/", form)
    told(capsys, "account", "block", "--user", "desk1")
    assert client.get("/desk/inbox/").status_code == 302
    assert client.get("/api/v1/units", headers=token).status_code == 401
    assert client.post("/accounts/login/", form).headers["Location"] == "/accounts/inactive/"
    told(capsys, "account", "unblock", "--user", "desk1")
    assert client.post("/accounts/login/", form).headers["Location"] == "/desk/"
    assert client.get("/api/v1/units", headers=token).status_code == 200


@pytest.mark.parametrize("action", ["reset", "block", "unblock"])
def test_an_account_that_is_not_there_is_named(capsys: pytest.CaptureFixture[str], action: str) -> None:
    assert "yousu: --user: there is no account 'nobody'" in refused(capsys, "account", action, "--user", "nobody")


def test_an_account_gets_an_address_for_its_notices_and_the_event_does_not_hold_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    told(capsys, *DESK)
    told(capsys, "account", "email", "--user", "desk1", "--email", "desk1@city.example")
    assert Account.objects.get(user="desk1").email == "desk1@city.example"
    *_, row = log.rows_of(accounts.STREAM)
    assert (row.kind, json.loads(row.data)) == ("account_addressed", {"user": "desk1", "has_address": True})
    told(capsys, "account", "email", "--user", "desk1", "--email", "")
    assert Account.objects.get(user="desk1").email == ""
    assert "--email" in refused(capsys, "account", "email", "--user", "desk1", "--email", "nobody")
    assert "--user" in refused(capsys, "account", "email", "--user", "nobody1", "--email", "a@b.example")
