"""One `yousu serve` with worker and live process for a file, on a database of its own, and people with pages open."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker
from tests import scratch
from tests.desk.staff import STAFF, make
from tests.live.listening import HOST, PATIENCE_S, ticket_of

from yousu.org.models import Account

YOUSU = Path(sys.executable).with_name("yousu")


@dataclass
class Served:
    """A running server: its ports and its process."""

    port: int
    process: "subprocess.Popen[str]"

    @property
    def live_port(self) -> int:
        """Where the live process listens."""
        return self.port + 1

    def wait_for_live(self) -> None:
        """Until the live process takes connections."""
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            try:
                socket.create_connection((HOST, self.live_port), timeout=1).close()
                return
            except OSError:
                time.sleep(0.05)
        raise AssertionError("the live process does not answer")

    def kill_live(self) -> None:
        """kill -9, and until another one answers."""
        killed = self.live_pid()
        os.kill(killed, signal.SIGKILL)
        until = time.monotonic() + PATIENCE_S
        while self._live_pid() in (killed, None):
            assert time.monotonic() < until
            time.sleep(0.05)
        self.wait_for_live()

    def live_pid(self) -> int:
        """The live process."""
        pid = self._live_pid()
        assert pid is not None
        return pid

    def has_live(self) -> bool:
        """Whether there is a live process."""
        return self._live_pid() is not None

    def _live_pid(self) -> int | None:
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        lines = {int(pid): Path(f"/proc/{pid}/cmdline").read_bytes() for pid in children}
        return next((pid for pid, line in lines.items() if b"yousu.live" in line), None)


def two_free_ports() -> int:
    """The first of two neighbouring ports that nobody listens on."""
    while True:
        with socket.socket() as one, socket.socket() as next_one:
            one.bind((HOST, 0))
            port = int(one.getsockname()[1])
            try:
                next_one.bind((HOST, port + 1))
            except (OSError, OverflowError):
                continue
            return port


def serving(*arguments: str, port: int | None = None) -> Served:
    """`yousu serve` once it answers."""
    port = port or two_free_ports()
    own = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    command = [str(YOUSU), "serve", "--port", str(port), "--json", *arguments]
    process = subprocess.Popen(
        command, env=own, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", start_new_session=True
    )
    assert process.stdout is not None
    told = json.loads(process.stdout.readline())["base_url"]
    assert told == own.get("YOUSU_BASE_URL", f"http://{HOST}:{port}")
    return Served(port, process)


@pytest.fixture(scope="module", autouse=True)
def database(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Commands commit as they do in life."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    with django_db_blocker.unblock():
        shared = connection.settings_dict["NAME"]
        scratch.use(scratch.copy(f"yousu_live_{worker}"))
        for user in STAFF:
            make(user)
        yield
        scratch.use(shared)
        scratch.drop(f"yousu_live_{worker}")


@pytest.fixture(scope="module")
def served(database: None) -> Iterator[Served]:
    """The server of a file."""
    running = serving()
    running.wait_for_live()
    yield running
    running.process.terminate()
    _, error = running.process.communicate(timeout=PATIENCE_S)
    assert "Traceback" not in error, error


@pytest.fixture
def ticket() -> Callable[[str], str]:
    """The ticket of somebody of STAFF."""
    return lambda user: ticket_of(Account.objects.get(user=user))
