"""看守: the process that owns a home's PostgreSQL while any Yousu process of that home uses it.

Run as `python -m yousu.platform.postgres.keeper HOME`: returns when the server takes connections (0) or cannot (1, with
the reason as output), and leaves the keeper behind in a session of its own.
"""

import logging
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

from yousu.platform.postgres import cluster, locks
from yousu.platform.postgres.errors import PostgresFailed
from yousu.platform.postgres.files import opened, shorten
from yousu.platform.postgres.folder import Folder, ensured
from yousu.platform.postgres.postmaster import Postmaster

_IDLE_S = 2.0
_STEP_S = 0.2
_LOCK_PATIENCE_S = 1.0
_RESTART_PAUSES_S = (0.0, 1.0, 2.0, 5.0, 10.0)
_REMOVAL_S = 0.5
_LONGEST_LOG_BYTES = 10_000_000
_READY = b"ready"
_log = logging.getLogger("yousu.postgres.keeper")


class Keeper:
    """Holds the keeper's lock, starts the server, restarts it when it dies, stops it when nobody uses it."""

    def __init__(self, folder: Folder, lock: int) -> None:
        self._folder = folder
        self._lock = lock
        self._ends = False
        self._used_at = time.monotonic()
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._end)

    def start(self) -> None:
        """Makes the cluster if need be and starts the server. Raises PostgresFailed."""
        shorten(self._folder.server_log, above_bytes=_LONGEST_LOG_BYTES)
        self._cluster = cluster.ready(self._folder)
        self._server = Postmaster(self._cluster)
        try:
            self._server.wait_ready(unless=self._must_end)
        except PostgresFailed:
            self._server.stop()
            self._folder.drop_place(self._cluster.place)
            raise
        self._used_at = time.monotonic()
        _log.info("server %d takes connections at %s", self._server.pid, self._cluster.sockets)

    def keep(self) -> None:
        """Stays until nobody uses the server, or it is told to end, or the home is gone. Stops the server."""
        alone = None
        while not self._must_end():
            alone = self._unused()
            if alone is not None:
                break
            if not self._server.can_be_reached():
                self._heal()
            shorten(self._folder.server_log, above_bytes=_LONGEST_LOG_BYTES)
            time.sleep(_STEP_S)
        # `alone` stays locked to the end of this process: whoever comes now waits, then starts a new keeper.
        self._server.stop()
        self._folder.drop_place(self._cluster.place)
        _log.info("server stopped: %s", "nobody uses it" if alone is not None else "told to end, or the home is gone")

    def _unused(self) -> int | None:
        """The users' lock, once nobody has shared it for a while."""
        if not self._folder.users_lock.exists():
            return None  # The home is being removed; nothing may be made in it.
        lock = locks.alone(self._folder.users_lock, patience_s=0)
        if lock is None:
            self._used_at = time.monotonic()
        elif time.monotonic() - self._used_at < _IDLE_S:
            locks.drop(lock)
            return None
        return lock

    def _heal(self) -> None:
        for pause_s in _RESTART_PAUSES_S:
            # A socket that went before its server may be the beginning of a home's removal: look again after a moment.
            time.sleep(pause_s or (_REMOVAL_S if self._server.runs() else 0.0))
            _log.warning("server %d is gone or cannot be reached", self._server.pid)
            self._server.stop()
            self._ends = self._must_end() or not (self._folder.data / "PG_VERSION").exists()
            if self._ends:
                return
            try:
                self.start()
                return
            except PostgresFailed as error:
                _log.error("%s", error)
        raise PostgresFailed("the server does not stay up")

    def _must_end(self) -> bool:
        return self._ends or not locks.is_same_file(self._lock, self._folder.keeper_lock)

    def _end(self, _number: int, _frame: FrameType | None) -> None:
        self._ends = True


def main(arguments: list[str]) -> int:
    """Starts a keeper for the home named by the only argument."""
    folder = ensured(Path(arguments[0]))
    reading, writing = os.pipe()
    if os.fork():
        os.close(writing)
        return _relay(reading)
    os.close(reading)
    _detach(folder)
    return _keep(folder, writing)


def _relay(reading: int) -> int:
    with os.fdopen(reading, "rb") as pipe:
        report = pipe.read()
    if report == _READY:
        return 0
    sys.stdout.write(report.decode() or "the keeper ended while starting; see keeper.log")
    return 1


def _detach(folder: Folder) -> None:
    os.setsid()
    os.chdir("/")
    log = opened(folder.keeper_log, os.O_WRONLY | os.O_APPEND)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for source, target in ((nothing, 0), (log, 1), (log, 2)):
        os.dup2(source, target)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s [%(process)d] %(message)s")


def _keep(folder: Folder, writing: int) -> int:
    lock = locks.alone(folder.keeper_lock, patience_s=_LOCK_PATIENCE_S)
    if lock is None:
        # Another keeper is at work: its server is what the caller wanted.
        return _report(writing, _READY)
    keeper = Keeper(folder, lock)
    try:
        keeper.start()
    except (PostgresFailed, OSError, subprocess.SubprocessError) as error:
        _log.error("%s", error)
        # Unlocked before the report: whoever reads it may try again at once.
        locks.drop(lock)
        return _report(writing, str(error).encode()) or 1
    _report(writing, _READY)
    shorten(folder.keeper_log, above_bytes=_LONGEST_LOG_BYTES)
    keeper.keep()
    return 0


def _report(writing: int, report: bytes) -> int:
    try:
        os.write(writing, report)
    except BrokenPipeError:
        _log.info("the process that asked for the server is gone")
    os.close(writing)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
