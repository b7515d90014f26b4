"""The accounts behind the actors of tests/world.py that notices may reach, and the worker's round for them."""

from datetime import timedelta
from typing import Any

import pytest

from yousu.ledger import effects
from yousu.notices import catalogue, telling
from yousu.notices.models import Notice
from yousu.org import accounts
from yousu.org.models import Account
from yousu.platform import clock


def make(user: str, role: str, unit: str, *, email: str = "") -> Account:
    """An account, with an address or without."""
    account = accounts.create(user, None, roles=[role], unit=unit, name_zh=f"{user}号", name_en=f"Staff {user}")
    Account.objects.filter(pk=account.pk).update(email=email)
    return account


def told(*, after_s: int = 11) -> dict[str, int]:
    """What the worker does with the outbox once nobody can undo any more."""

    def defer(effect: str, *, stream: str, seq: int) -> None:
        raise AssertionError(effect)

    with clock.held(clock.now() + timedelta(seconds=after_s)):
        return dict(effects.pass_on(defer, known=[], at_once={catalogue.EFFECT: telling.tell}))


def notices(**conditions: Any) -> list[tuple[str, str, str, str]]:
    """(way, recipient, text, state) of the notices there are."""
    rows = Notice.objects.filter(**conditions).select_related("account").order_by("queued_at", "seq", "way", "text")
    return [(row.way, row.account.user if row.account else "appellant", row.text, row.state) for row in rows]


def open_ways(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Any, *, mail: int = 9, sms: str = "http://127.0.0.1:9/"
) -> None:
    """Settings under which mail and short messages go out, to these."""
    key = tmp_path / "sms-key"
    key.write_bytes(b"a key of sixteen bytes or more")
    monkeypatch.setenv("YOUSU_SMTP_URL", f"smtp://127.0.0.1:{mail}")
    monkeypatch.setenv("YOUSU_MAIL_FROM", "yousu@city.example")
    monkeypatch.setenv("YOUSU_SMS_URL", sms)
    monkeypatch.setenv("YOUSU_SMS_KEY_FILE", str(key))
    monkeypatch.setenv("YOUSU_NOTICE_TIMEOUT_S", "1")
