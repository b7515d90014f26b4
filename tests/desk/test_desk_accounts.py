"""人员页: accounts made, changed, blocked and reset by a security administrator, as the command line does it."""

import re
from typing import Any

import pytest
from django.test import Client
from tests.desk.conftest import Page

from yousu.ledger import log
from yousu.ledger.events import decode
from yousu.org import accounts
from yousu.org.models import Account

ROOT = "/desk/people/"


def made(user: str, *, role: str = "dispatcher", unit: str = "") -> Account:
    return accounts.create(user, None, roles=[role], unit=unit, name_zh=f"{user}号", name_en=user)


def events(user: str) -> list[Any]:
    account = Account.objects.get(user=user)
    return [decode(row.kind, row.shape, row.data) for row in log.rows_of(f"account/{account.pk}")]


def held(user: str) -> list[str]:
    return sorted(Account.objects.get(user=user).roles.values_list("role", flat=True))


def test_an_account_is_opened_and_its_password_shown_once(signed_in: Page) -> None:
    client = signed_in("secure1")
    given = {"user": "desk9", "name_zh": "派单九号", "name_en": "Desk nine", "role": ["dispatcher", "supervisor"]}
    page = client.post(f"{ROOT}new/", given).content.decode()
    found = re.search(r"<code>(\S+)</code>", page)
    assert found is not None
    answer = Client().post("/accounts/login/", {"login": "desk9", "password": found[1]})
    assert answer.status_code == 302 and held("desk9") == ["dispatcher", "supervisor"]
    assert found[1] not in client.get(f"{ROOT}desk9/").content.decode()
    listed = client.get(f"{ROOT}?q=派单九").content.decode()
    assert "desk9" in listed and "派单员、督办员" in listed and "call1" not in listed


def test_roles_and_unit_change_with_the_next_request_and_who_did_it_is_an_event(signed_in: Page) -> None:
    made("mover")
    browser = signed_in("mover")
    assert browser.get("/desk/inbox/").status_code == 200
    client = signed_in("secure1")
    assert client.post(f"{ROOT}mover/roles/", {"role": ["handler"], "unit": "heating"}).status_code == 302
    assert browser.get("/desk/inbox/").status_code == 403 and browser.get("/desk/unit/").status_code == 200
    fact = events("mover")[-1]
    assert (fact.former_roles, fact.roles, fact.unit) == (("dispatcher",), ("handler",), "heating")
    answer = client.post(f"{ROOT}mover/roles/", {"role": ["handler"], "unit": ""})
    assert answer.status_code == 422 and "角色要有单位才能工作" in answer.content.decode()
    assert client.post(f"{ROOT}mover/roles/", {"role": ["king"], "unit": ""}).status_code == 422
    assert client.post(f"{ROOT}mover/roles/", {"role": ["dispatcher"], "unit": "\x00"}).status_code == 422


@pytest.mark.parametrize("word", ["roles", "block", "reset"])
def test_nobody_changes_the_own_roles_or_standing(signed_in: Page, word: str) -> None:
    client = signed_in("secure1")
    answer = client.post(f"{ROOT}secure1/{word}/", {"role": ["security_administrator", "administrator"]})
    assert answer.status_code == 422 and "谁也不能改自己的角色" in answer.content.decode()
    assert held("secure1") == ["security_administrator"] and Account.objects.get(user="secure1").is_active


def test_who_is_blocked_is_out_at_once_and_may_come_back(signed_in: Page) -> None:
    made("leaver")
    browser, client = signed_in("leaver"), signed_in("secure1")
    assert client.post(f"{ROOT}leaver/block/").status_code == 302
    assert browser.get("/desk/inbox/").status_code == 302
    assert "已停用" in client.get(f"{ROOT}leaver/").content.decode()
    assert client.post(f"{ROOT}leaver/unblock/").status_code == 302
    assert [type(fact).__name__ for fact in events("leaver")] == ["AccountBlocked", "AccountUnblocked"]


def test_a_reset_shows_another_password_once_and_an_address_is_kept(signed_in: Page) -> None:
    made("forgot")
    client = signed_in("secure1")
    assert "只显示这一次" in client.post(f"{ROOT}forgot/reset/").content.decode()
    assert client.post(f"{ROOT}forgot/email/", {"email": "desk@example.gov.cn"}).status_code == 302
    assert Account.objects.get(user="forgot").email == "desk@example.gov.cn"
    assert client.post(f"{ROOT}forgot/email/", {"email": "nowhere"}).status_code == 422


def test_bad_input_is_named_and_others_are_refused(signed_in: Page) -> None:
    client = signed_in("secure1")
    answer = client.post(f"{ROOT}new/", {"user": "Nein!", "name_zh": "某", "name_en": "x", "role": ["dispatcher"]})
    assert (
        answer.status_code == 422
        and "登录名只用小写字母" in answer.content.decode()
        and "Nein!" in answer.content.decode()
    )
    assert client.post(f"{ROOT}new/", {"user": "\x00"}).status_code == 422
    assert client.get(f"{ROOT}nobody/").status_code == 404
    assert client.get(f"{ROOT}?q=%00&after=%00").status_code == 200
    for user in ("admin1", "desk1", "audit1"):
        assert signed_in(user).get(ROOT).status_code == 403
