"""yousu serve and yousu worker as processes: they answer, work, refuse a taken port, and end cleanly."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest
from tests import world

from yousu.ledger import heartbeats
from yousu.ledger.models import EventPending, EventPosition, Seal

pytestmark = pytest.mark.django_db(transaction=True)
YOUSU = Path(sys.executable).with_name("yousu")
PATIENCE_S = 90.0


def free_port() -> int:
    """One whose next one is free, too: there the live process listens."""
    while True:
        with socket.socket() as trial, socket.socket() as following:
            trial.bind(("127.0.0.1", 0))
            port = int(trial.getsockname()[1])
            try:
                following.bind(("127.0.0.1", port + 1))
            except (OSError, OverflowError):
                continue
            return port


def own() -> dict[str, str]:
    """The environment without the tests' own settings; the database they point at is in it, too."""
    return {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}


def started(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [str(YOUSU), *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", env=own()
    )


def wait_for(happened: Callable[[], bool], running: subprocess.Popen[str]) -> None:
    until = time.monotonic() + PATIENCE_S
    while not happened():
        assert running.poll() is None and time.monotonic() < until
        time.sleep(0.1)


def ended(running: subprocess.Popen[str], how: signal.Signals = signal.SIGTERM) -> tuple[int, str]:
    """Its code and what it wrote to stderr."""
    running.send_signal(how)
    _, error = running.communicate(timeout=PATIENCE_S)
    return running.returncode, error


def worked() -> bool:
    return not EventPending.objects.exists() and Seal.objects.exists() and heartbeats.silent_s("worker") is not None


def test_the_server_answers_works_and_ends_with_its_children() -> None:
    world.recorded()
    port = free_port()
    running = started("serve", "--port", str(port), "--json")
    try:
        assert running.stdout is not None
        base_url = json.loads(running.stdout.readline())["base_url"]
        assert base_url == f"http://127.0.0.1:{port}"
        with urllib.request.urlopen(f"{base_url}/healthz", timeout=30) as answer:
            assert answer.status == 200
        wait_for(worked, running)
        second = subprocess.run(
            [str(YOUSU), "serve", "--port", str(port)],
            env=own(),
            capture_output=True,
            encoding="utf-8",
            timeout=PATIENCE_S,
        )
        assert (second.returncode, second.stdout, second.stderr.count("\n")) == (2, "", 1)
        assert f"--port: 127.0.0.1:{port} cannot be used" in second.stderr
        children = _children(running.pid)
        assert len(children) == 3
    finally:
        code, error = ended(running)
    assert (code, "Traceback" in error) == (0, False)
    assert not any(Path(f"/proc/{child}").exists() for child in children)
    with pytest.raises(OSError):
        socket.create_connection(("127.0.0.1", port), timeout=1)


def test_a_killed_server_takes_its_children_with_it() -> None:
    running = started("serve", "--port", str(free_port()), "--no-worker", "--json")
    assert running.stdout is not None
    running.stdout.readline()
    children = _children(running.pid)
    running.kill()
    running.communicate(timeout=PATIENCE_S)
    until = time.monotonic() + PATIENCE_S
    while any(_lives(child) for child in children):
        assert time.monotonic() < until
        time.sleep(0.1)


def test_the_worker_numbers_seals_and_ends_on_sigterm() -> None:
    world.recorded()
    running = started("worker")
    try:
        wait_for(worked, running)
        world.recorded("水管没水")
        wait_for(lambda: EventPosition.objects.count() >= 2 and not EventPending.objects.exists(), running)
    finally:
        code, error = ended(running)
    assert (code, "Traceback" in error) == (0, False)
    # Sealed once: an hour has not passed since.
    assert Seal.objects.count() == 1


def _children(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return [int(child) for child in listed.split()]


def _lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
