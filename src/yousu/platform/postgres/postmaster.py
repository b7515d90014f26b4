"""主进程: the running PostgreSQL server: started, watched, ended, and its leftovers waited for."""

import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from yousu.platform.postgres.cluster import HERE, Cluster
from yousu.platform.postgres.errors import PostgresFailed
from yousu.platform.postgres.files import last_lines, opened
from yousu.platform.postgres.folder import PORT

_STEP_S = 0.02
_READY_LINE = 7
# PostgreSQL's own meanings: fast shutdown, immediate shutdown, and for what is left the end.
_ENDINGS = ((signal.SIGINT, 60.0), (signal.SIGQUIT, 10.0), (signal.SIGKILL, 10.0))


class Postmaster:
    """One run of the server: a child of the keeper, whose death shuts it down."""

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster
        _end_leftovers(cluster.data)
        _remove_stale_locks(cluster)
        self._log_from = cluster.folder.server_log.stat().st_size if cluster.folder.server_log.exists() else 0
        self._process = self._spawn()

    @property
    def pid(self) -> int:
        """The server's process id."""
        return self._process.pid

    def wait_ready(self, *, unless: Callable[[], bool]) -> None:
        """Returns when the server takes connections (crash recovery may take its time), or when `unless` says so.

        Raises PostgresFailed with the log's last lines when the server ends first.
        """
        while not self._says_ready() and not unless():
            if self._process.poll() is not None:
                log = last_lines(self._cluster.folder.server_log, since=self._log_from)
                raise PostgresFailed(f"PostgreSQL ended while starting: {log or 'its log is empty'}")
            time.sleep(_STEP_S)

    def runs(self) -> bool:
        """Whether the server's process is there."""
        return self._process.poll() is None

    def can_be_reached(self) -> bool:
        """Whether the server runs and its socket is where clients look for it."""
        return self.runs() and (self._cluster.sockets / f".s.PGSQL.{PORT}").exists()

    def stop(self) -> None:
        """Ends the server: cleanly if it can be, and in any case."""
        for ending, patience_s in _ENDINGS:
            if self.runs():
                self._process.send_signal(ending)
                _wait_until(lambda: not self.runs(), patience_s)
        _end_leftovers(self._cluster.data)

    def _spawn(self) -> subprocess.Popen[bytes]:
        cluster = self._cluster
        where = ["-c", f"unix_socket_directories={cluster.sockets}", "-c", f"port={PORT}"]
        with os.fdopen(opened(cluster.folder.server_log, os.O_WRONLY | os.O_APPEND), "ab") as log:
            return cluster.account.popen(
                [cluster.bin / "postgres", "-D", HERE, *where],
                cwd=cluster.data,
                output=log,
            )

    def _says_ready(self) -> bool:
        # The server writes its state into its pid file: what pg_ctl waits for, too.
        try:
            lines = (self._cluster.data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return False
        return len(lines) > _READY_LINE and lines[0] == str(self.pid) and lines[_READY_LINE].strip() == "ready"


def _end_leftovers(data: Path) -> None:
    """Waits until no process of an earlier run is left on the data; ends those that stay."""
    for ending, patience_s in _ENDINGS:
        for pid in _running_on(data):
            # Only the old postmaster (if any) understands a fast shutdown; its orphans leave by themselves.
            if ending is not signal.SIGINT or pid == _recorded_pid(data):
                _signal(pid, ending)
        if _wait_until(lambda: not _running_on(data), patience_s if ending is not signal.SIGINT else 30.0):
            return
    raise PostgresFailed(f"processes of an earlier server on {data} do not end: {_running_on(data)}")


def _running_on(data: Path) -> list[int]:
    # All processes of a server stand in its data folder; a zombie stands nowhere, so it does not count.
    found = []
    for entry in Path("/proc").iterdir():
        try:
            stands_here = entry.name.isdecimal() and (entry / "cwd").samefile(data)
            if stands_here and os.readlink(entry / "exe").split(" (deleted)")[0].endswith("/postgres"):
                found.append(int(entry.name))
        except OSError:
            continue
    return found


def _recorded_pid(data: Path) -> int | None:
    try:
        return int((data / "postmaster.pid").read_text().split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return None


def _remove_stale_locks(cluster: Cluster) -> None:
    # After a restart of the machine or container the recorded pid may be another program's, and the server would
    # refuse to start for ever. The keeper's lock and the search for leftovers have shown that nobody is there.
    (cluster.data / "postmaster.pid").unlink(missing_ok=True)
    for stale in cluster.sockets.glob(f".s.PGSQL.{PORT}*"):
        stale.unlink(missing_ok=True)


def _signal(pid: int, number: signal.Signals) -> None:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return


def _wait_until(done: Callable[[], bool], patience_s: float) -> bool:
    until = time.monotonic() + patience_s
    while not done():
        if time.monotonic() >= until:
            return False
        time.sleep(_STEP_S)
    return True
