"""Killed while it works: nothing acknowledged is lost, nothing is recorded twice."""

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from tests.crash.clients import Client
from tests.e2e.serving import Server, served
from tests.played import YOUSU, environment_of

pytestmark = pytest.mark.timeout(240)

_CLIENTS = 4
_AS_LONG_AS_S = 2.0
# On a slow machine two seconds may be nothing: each kill comes in the midst of work.
_BETWEEN = 20
_PATIENCE_S = 60.0

_FOUND = """
import django; django.setup()
import json
from yousu.org.accounts import create, create_token
from yousu.org.install import install
install()
create("gateway", None, roles=["channel"], name_zh="接入网关", name_en="Gateway")
print(json.dumps({"token": create_token("gateway")}))
"""
_LOOK = """
import django; django.setup()
import json
from django.db import connection
from yousu.cases.models import CaseNow
from yousu.intake.models import Arrival
with connection.cursor() as cursor:
    cursor.execute("SHOW fsync")
    fsync = cursor.fetchone()[0]
print(json.dumps({
    "fsync": fsync,
    "arrivals": list(Arrival.objects.values_list("idempotency_key", "number")),
    "cases": list(CaseNow.objects.values_list("number", flat=True)),
}))
"""


def test_killed_workers_and_a_killed_database_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    token = _python(home, _FOUND)["token"]
    with served(home, with_worker=True) as server:
        clients = [Client(f"client{number}", port=server.port, token=token) for number in range(_CLIENTS)]
        for client in clients:
            client.start()
        _work_on(clients)
        assert server.kill_workers() >= 2
        _work_on(clients)
        _kill_postmaster(home)
        _work_on(clients)
        _ended(clients)
        _check_doors(server, clients)
    _check_home(home, clients)


def _work_on(clients: list[Client]) -> None:
    """Lets every client get something acknowledged, for at least two seconds."""
    wanted = {client: len(client.acknowledged) + _BETWEEN for client in clients}
    until = time.monotonic() + _PATIENCE_S
    time.sleep(_AS_LONG_AS_S)
    while any(len(client.acknowledged) < number for client, number in wanted.items()):
        assert time.monotonic() < until, "the clients get no answers any more"
        time.sleep(0.05)


def _kill_postmaster(home: Path) -> None:
    pid = int((home / "postgres" / "data" / "postmaster.pid").read_text().splitlines()[0])
    os.kill(pid, signal.SIGKILL)


def _ended(clients: list[Client]) -> None:
    for client in clients:
        client.end()
    for client in clients:
        client.join(_PATIENCE_S)
        assert not client.is_alive(), "an appeal was never acknowledged"


def _check_doors(server: Server, clients: list[Client]) -> None:
    assert server.answers()
    # The kills were felt, and whoever was answered got a proper answer: without its database the API says 503.
    assert sum(client.broken for client in clients) > 0
    assert set().union(*(client.statuses for client in clients)) <= {200, 201, 503}


def _check_home(home: Path, clients: list[Client]) -> None:
    acknowledged = {key: number for client in clients for key, number in client.acknowledged.items()}
    found = _python(home, _LOOK)
    assert found["fsync"] == "on"
    assert dict(found["arrivals"]) == acknowledged
    assert Counter(found["cases"]) == Counter(acknowledged.values())
    assert len(set(acknowledged.values())) == len(acknowledged)
    verified = subprocess.run(
        [str(YOUSU), "verify", "--json"], env=environment_of(home), capture_output=True, text=True, check=False
    )
    assert verified.returncode == 0, verified.stdout + verified.stderr
    told = json.loads(verified.stdout)
    assert (told["broken"], told["projection_differences"]) == ([], [])
    assert told["events"] >= len(acknowledged)


def _python(home: Path, script: str) -> Any:
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment_of(home), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
