"""/readyz: a server is ready with a database and a living worker, and says which of them is missing."""

import os
import subprocess
import sys
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from yousu.ledger import heartbeats

_DATABASE_GONE = """
import django; django.setup()
from django.test import Client
import time; began = time.monotonic()
answer = Client().get("/readyz")
print(answer.status_code, answer.json()["missing"], time.monotonic() - began < 9)
print(Client().get("/healthz").status_code)
"""


def ready() -> tuple[int, dict[str, str]]:
    answer = Client().get("/readyz")
    told: dict[str, Any] = answer.json()
    return answer.status_code, told.get("missing", {})


@pytest.mark.django_db
def test_a_server_without_any_worker_is_not_ready() -> None:
    assert ready() == (503, {"worker": "none has ever started"})


@pytest.mark.django_db
def test_a_server_is_ready_as_long_as_the_worker_is_heard() -> None:
    heartbeats.beat(heartbeats.WORKER)
    assert ready() == (200, {})
    with connection.cursor() as cursor:
        cursor.execute("UPDATE heartbeat SET at = now() - interval '5 minutes'")
    assert ready() == (503, {"worker": "silent for 300 s"})


def test_a_server_whose_database_is_gone_is_alive_but_not_ready_and_says_so_soon() -> None:
    settings = {"YOUSU_DATABASE_URL": "postgresql://yousu@127.0.0.1:1/gone", "YOUSU_PROCESS": "serve"}
    done = subprocess.run(
        [sys.executable, "-c", _DATABASE_GONE],
        env={**os.environ, **settings, "DJANGO_SETTINGS_MODULE": "yousu.config.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.splitlines() == ["503 {'database': 'does not answer'} True", "200"], done.stderr
