"""统一身份认证: a real OpenID Connect provider in a process of its own, and a browser's part of the conversation."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import requests

_PATIENCE_S = 30.0


@dataclass(frozen=True)
class Provider:
    """A provider that knows users by subject."""

    issuer: str

    def knows(self, subject: str, **claims: object) -> None:
        """Makes a user, or changes what is said of one."""
        requests.put(f"{self.issuer}/users/{subject}", json=claims, timeout=10).raise_for_status()

    def confirm(self, asked: str, subject: str, *, action: str = "") -> str:
        """The user agrees to what an authorization address asks; returns where the browser is sent."""
        form = {"action": action} if action else {"sub": subject}
        answer = requests.post(asked, data=form, allow_redirects=False, timeout=10)
        assert answer.status_code == 302, answer.text
        return answer.headers["Location"]


def parameters(address: str) -> dict[str, str]:
    """The query of an address."""
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


@contextmanager
def provided(log: Path) -> Iterator[Provider]:
    """A provider for as long as the block runs."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port)]
    with log.open("wb") as output:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output)
    try:
        _wait(process, provider := Provider(f"http://127.0.0.1:{port}"), log)
        yield provider
    finally:
        process.terminate()
        process.wait(10)


def _wait(process: "subprocess.Popen[bytes]", provider: Provider, log: Path) -> None:
    until = time.monotonic() + _PATIENCE_S
    while process.poll() is None and time.monotonic() < until:
        try:
            requests.get(f"{provider.issuer}/.well-known/openid-configuration", timeout=2).raise_for_status()
            return
        except requests.ConnectionError:
            time.sleep(0.05)
    raise RuntimeError(f"the provider gave no answer: {log.read_text(errors='replace')[-2000:]}")
