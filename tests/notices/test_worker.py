"""The worker end to end: killed and started again, it tells and sends everything once."""

import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from django.test import Client
from tests import world
from tests.notices import staff
from tests.notices.listening import gateway

from yousu.ledger import outbox
from yousu.notices.models import Notice

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(120)]
_WORK = "from yousu.cli.main import main; main(['worker'])"


@pytest.fixture(autouse=True)
def nobody_can_undo(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Effects leave at once: the ten seconds have tests of their own."""
    from datetime import timedelta

    at_once = [(holds, outbox.Effect(effect.name, timedelta(0))) for holds, effect in outbox._ASKED]
    monkeypatch.setattr(outbox, "_ASKED", at_once)


def worker() -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-c", _WORK])


def sent(many: int, *, patience_s: float = 40.0) -> None:
    until = time.monotonic() + patience_s
    while Notice.objects.filter(state="sent", way="sms").count() < many:
        assert time.monotonic() < until, list(Notice.objects.values_list("state", "last_error"))
        time.sleep(0.1)


def test_a_killed_worker_loses_no_notice_and_its_successor_doubles_none(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with gateway(pause_s=0.1) as told:
        staff.open_ways(monkeypatch, tmp_path, sms=told.url)
        monkeypatch.delenv("YOUSU_SMTP_URL")
        for number in range(20):
            world.forwarded(phone=f"154000{number:05d}")
        first = worker()
        sent(3)
        first.send_signal(signal.SIGKILL)
        first.wait()
        # One may be under way; its lease lapses at once here.
        in_doubt = set(map(str, Notice.objects.filter(state="queued", tries=1).values_list("id", flat=True)))
        Notice.objects.filter(state="queued").update(next_at="2024-01-01T00:00:00Z")
        second = worker()
        sent(20)
        second.send_signal(signal.SIGTERM)
        assert second.wait(30) == 0
    times = Counter(told.ids)
    assert len(times) == 20
    assert len(in_doubt) <= 1
    assert {id for id, n in times.items() if n > 1} <= in_doubt
    assert max(times.values()) <= 2


def test_the_metrics_count_notices_by_way_and_state() -> None:
    staff.make("heat1", "handler", "heating")
    world.forwarded()
    staff.told()
    text = Client().get("/metrics").content.decode()
    assert 'yousu_notices{state="sent",way="desk"} 1.0' in text
    assert 'yousu_notices{state="off",way="sms"} 1.0' in text
