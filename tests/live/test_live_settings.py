"""Where pages find the live process: the port, the address behind a proxy, and what they may connect to."""

import socket
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from tests.live.conftest import Served, serving, two_free_ports
from tests.live.listening import HOST, PATIENCE_S

from yousu.cli.main import main


@contextmanager
def started(monkeypatch: pytest.MonkeyPatch, **settings: str) -> Iterator[Served]:
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    running = serving("--no-worker")
    try:
        yield running
    finally:
        running.process.terminate()
        running.process.communicate(timeout=PATIENCE_S)


def may_connect_to(port: int) -> list[str]:
    """What the policy of a page names beside itself."""
    with urllib.request.urlopen(f"http://{HOST}:{port}/accounts/login/", timeout=PATIENCE_S) as answer:
        policy = dict(part.strip().split(" ", 1) for part in answer.headers["Content-Security-Policy"].split(";"))
    return [source for source in policy["connect-src"].split() if source != "'self'"]


def test_pages_may_connect_to_exactly_the_next_port(served: Served) -> None:
    assert may_connect_to(served.port) == [f"http://{HOST}:{served.live_port}"]


def test_behind_a_proxy_nobody_guesses_the_address(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = {"YOUSU_BASE_URL": "https://desk.example", "YOUSU_ALLOWED_HOSTS": HOST}
    with started(monkeypatch, **settings) as running:
        assert not running.has_live()
        assert may_connect_to(running.port) == []


def test_behind_a_proxy_the_address_may_have_a_path(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = {"YOUSU_BASE_URL": "https://desk.example", "YOUSU_LIVE_URL": "https://desk.example/live"}
    with started(monkeypatch, **settings, YOUSU_ALLOWED_HOSTS=HOST) as running:
        running.wait_for_live()
        assert may_connect_to(running.port) == ["https://desk.example"]


def test_a_taken_neighbour_port_leaves_pages_without_live_updates(monkeypatch: pytest.MonkeyPatch) -> None:
    port = two_free_ports()
    with socket.socket() as neighbour:
        neighbour.bind((HOST, port + 1))
        neighbour.listen()
        running = serving("--no-worker", port=port)
        assert not running.has_live()
        assert may_connect_to(port) == []
        running.process.terminate()
        _, said = running.process.communicate(timeout=PATIENCE_S)
    assert f"YOUSU_LIVE_PORT: {HOST}:{port + 1} cannot be used" in said


@pytest.mark.parametrize("port", ["eighty", "0", "70000"])
def test_a_port_that_is_none_is_named(
    port: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("YOUSU_LIVE_PORT", port)
    free = two_free_ports()
    monkeypatch.setenv("YOUSU_BASE_URL", f"http://{HOST}:{free}")
    assert main(["serve", "--port", str(free)]) == 2
    assert capsys.readouterr().err.startswith("yousu: YOUSU_LIVE_PORT must be a whole number from 1 to 65535")
