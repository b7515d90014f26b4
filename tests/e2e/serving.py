"""An installation of its own, served by `yousu serve` on a port of its own."""

import http.client
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.played import YOUSU, environment_of

_START_PATIENCE_S = 60.0
_STOP_PATIENCE_S = 30.0


class Server:
    """`yousu serve` of a home: the command, the web server's parent, and its workers."""

    def __init__(
        self,
        home: Path,
        *,
        settings: Mapping[str, str] | None = None,
        with_worker: bool = False,
        with_live: bool = False,
    ) -> None:
        self.port = _free_port()
        self.base_url = f"http://127.0.0.1:{self.port}"
        self._log = home / "served.log"
        left_out = [*([] if with_worker else ["--no-worker"]), *([] if with_live else ["--no-live"])]
        self._command = [str(YOUSU), "serve", "--port", str(self.port), *left_out]
        self._environment = environment_of(home) | {"YOUSU_LOG_LEVEL": "WARNING"} | dict(settings or {})

    def start(self) -> None:
        """Starts it and waits for its first answer."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        until = time.monotonic() + _START_PATIENCE_S
        while self._process.poll() is None and time.monotonic() < until:
            if self.answers():
                return
            time.sleep(0.05)
        self.stop()
        raise RuntimeError(f"the server gave no answer: {self._log.read_text(errors='replace')[-4000:]}")

    def stop(self) -> None:
        """Ends it as a service manager does; what does not end in time is killed."""
        self._process.terminate()
        try:
            self._process.wait(_STOP_PATIENCE_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def answers(self) -> bool:
        """Whether it answers at all."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()

    def kill_live(self) -> None:
        """kill -9 of the live process."""
        for pid in _children(self._process.pid):
            if "yousu.live" in _command_line(pid):
                os.kill(pid, signal.SIGKILL)

    def kill_workers(self) -> int:
        """kill -9 of every process that answers requests; returns how many there were."""
        parents = [pid for pid in _children(self._process.pid) if "granian" in _command_line(pid)]
        workers = [worker for parent in parents for worker in _children(parent) if "granian" in _command_line(worker)]
        for pid in workers:
            os.kill(pid, signal.SIGKILL)
        return len(workers)


@contextmanager
def served(
    home: Path, *, settings: Mapping[str, str] | None = None, with_worker: bool = False, with_live: bool = False
) -> Iterator[Server]:
    """A home served for as long as the block runs."""
    server = Server(home, settings=settings, with_worker=with_worker, with_live=with_live)
    server.start()
    try:
        yield server
    finally:
        server.stop()


def _free_port() -> int:
    """One whose next one is free, too: live updates come from there."""
    while True:
        with socket.socket() as probe, socket.socket() as following:
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1])
            try:
                following.bind(("127.0.0.1", port + 1))
            except (OSError, OverflowError):
                continue
            return port


def _children(parent: int) -> list[int]:
    found: list[int] = []
    for task in Path(f"/proc/{parent}/task").iterdir():
        found += [int(pid) for pid in (task / "children").read_text().split()]
    return found


def _command_line(pid: int) -> str:
    # A worker is named after its parent's command or by the interpreter's way of making processes.
    return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
