"""An installation of its own, served by real worker processes on a port of its own."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.played import environment_of

WORKERS, THREADS = 2, 4
_APPLICATION = "yousu.config.wsgi:application"
_START_PATIENCE_S = 60.0
_STOP_PATIENCE_S = 15.0


class Server:
    """The web server of a home: one parent and its workers, as `yousu serve` runs them."""

    def __init__(self, home: Path, *, settings: Mapping[str, str] | None = None) -> None:
        self.home, self.port = home, _free_port()
        self.base_url = f"http://127.0.0.1:{self.port}"
        self.log = home / "served.log"
        served = {
            "YOUSU_PROCESS": "serve",
            "YOUSU_PROCESSES": str(WORKERS),
            "YOUSU_BASE_URL": self.base_url,
            "YOUSU_LOG_LEVEL": "WARNING",
        }
        self._environment = environment_of(home) | served | dict(settings or {})

    def start(self) -> None:
        """Starts it and waits for its first answer."""
        size = ["--workers", str(WORKERS), "--blocking-threads", str(THREADS)]
        place = ["--host", "127.0.0.1", "--port", str(self.port), "--log-level", "warning"]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    "granian",
                    "--interface",
                    "wsgi",
                    *size,
                    *place,
                    "yousu.config.wsgi:application",
                ],
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._wait_ready()

    def stop(self) -> None:
        """Ends it as a service manager does; what does not end in time is killed."""
        self._process.terminate()
        try:
            self._process.wait(_STOP_PATIENCE_S)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    def kill_workers(self) -> int:
        """kill -9 of every worker and then of the parent; returns how many workers there were."""
        workers = _children(self._process.pid)
        for pid in workers:
            os.kill(pid, signal.SIGKILL)
        self._process.kill()
        self._process.wait()
        return len(workers)

    def _wait_ready(self) -> None:
        until = time.monotonic() + _START_PATIENCE_S
        while time.monotonic() < until:
            if self._process.poll() is not None:
                break
            if _answers(self.port):
                return
            time.sleep(0.05)
        raise RuntimeError(f"the server gave no answer: {self.log.read_text(errors='replace')[-4000:]}")


@contextmanager
def served(home: Path, *, settings: Mapping[str, str] | None = None) -> Iterator[Server]:
    """A home served for as long as the block runs."""
    server = Server(home, settings=settings)
    server.start()
    try:
        yield server
    finally:
        server.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def _children(parent: int) -> list[int]:
    found: list[int] = []
    for task in Path(f"/proc/{parent}/task").iterdir():
        found += [int(pid) for pid in (task / "children").read_text().split()]
    return found
