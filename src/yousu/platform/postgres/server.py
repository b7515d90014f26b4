"""内置服务器: the embedded PostgreSQL of a home as its users see it: a share, an address, and healing."""

import logging
import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg.conninfo import make_conninfo

from yousu.platform.postgres import locks
from yousu.platform.postgres.cluster import DATABASE, OWNER
from yousu.platform.postgres.errors import PostgresFailed
from yousu.platform.postgres.folder import PORT, Folder, ensured

_START_PATIENCE_S = 300.0
# Longer than the keeper ever holds the users' lock: while it stops the server.
_SHARE_PATIENCE_S = 90.0
_STEP_S = 0.02
_WATCH_S = 0.5
_PAUSES_AFTER_FAILURE_S = (2.0, 5.0, 15.0, 60.0)
# Refusals that waiting will not change; all others mean a server that starts, stops or recovers.
_LASTING = ("does not exist", "authentication failed", "no pg_hba.conf entry")
_FULL = ("too many clients", "connection slots are reserved")
_log = logging.getLogger(__name__)


class Server:
    """A share in the running server. The server lives at least until every share of every process is released."""

    def __init__(self, share: "_Share", conninfo: dict[str, str]) -> None:
        self._share: _Share | None = share
        self.conninfo = conninfo

    @property
    def url(self) -> str:
        """The same address as a URL, for YOUSU_DATABASE_URL and libpq's tools."""
        at = self.conninfo
        return f"postgresql://{at['user']}@/{at['dbname']}?host={quote(at['host'], safe='')}&port={at['port']}"

    def release(self) -> None:
        """Gives the share back; doing it twice does no harm. A process that ends gives all its shares back."""
        with _lock:
            share, self._share = self._share, None
            if share is not None:
                share.give_back()


class _Share:
    """This process's one lock on a home's server, counted by its Servers, with the thread that watches the keeper."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder
        self.holders = 0
        self._pid = os.getpid()
        self._done = threading.Event()
        lock = locks.share(folder.users_lock, patience_s=_SHARE_PATIENCE_S)
        if lock is None:
            raise PostgresFailed(f"the server in {folder.path} has been stopping for {_SHARE_PATIENCE_S:.0f} seconds")
        self._descriptor = lock
        threading.Thread(target=self._watch, name="yousu-postgres-watch", daemon=True).start()

    def is_good(self) -> bool:
        return locks.is_same_file(self._descriptor, self.folder.users_lock)

    def give_back(self) -> None:
        self.holders -= 1
        # A forked child may hold Servers of its parent; the parent's share is not the child's to end.
        if self.holders <= 0 and self._pid == os.getpid():
            self.end()

    def end(self) -> None:
        if not self._done.is_set():
            self._done.set()
            locks.drop(self._descriptor)
            if _shares.get(self.folder.path) is self:
                del _shares[self.folder.path]

    def _watch(self) -> None:
        failures = 0
        pause_s = _WATCH_S
        while not self._done.wait(pause_s):
            try:
                # Nothing may be made anew in a home that is being removed.
                if not (self.is_good() and self.folder.keeper_lock.exists()):
                    return
                if not locks.is_held_alone(self.folder.keeper_lock):
                    _log.warning("the keeper of %s is gone; starting another", self.folder.path)
                    _start_keeper(self.folder)
                failures, pause_s = 0, _WATCH_S
            except (PostgresFailed, OSError, subprocess.SubprocessError) as error:
                _log.error("PostgreSQL in %s cannot be started again: %s", self.folder.path, error)
                pause_s = _PAUSES_AFTER_FAILURE_S[min(failures, len(_PAUSES_AFTER_FAILURE_S) - 1)]
                failures += 1


_lock = threading.RLock()
_shares: dict[Path, _Share] = {}


def embedded(home: Path) -> Server:
    """Makes sure that the home's PostgreSQL runs, takes a share in it and returns its address.

    Safe to call from any thread and as often as you like. Raises PostgresFailed with the log's last lines.
    """
    folder = ensured(home)
    with _lock:
        share = _shares.get(folder.path)
        if share is not None and not share.is_good():
            share.end()
            share = None
        if share is None:
            share = _shares[folder.path] = _Share(folder)
        share.holders += 1
        try:
            return Server(share, _running(folder))
        except BaseException:
            share.give_back()
            raise


def _running(folder: Folder) -> dict[str, str]:
    until = time.monotonic() + _START_PATIENCE_S
    while time.monotonic() < until:
        if locks.is_held_alone(folder.keeper_lock):
            conninfo = _answering(folder)
            if conninfo:
                return conninfo
            time.sleep(_STEP_S)
        else:
            _start_keeper(folder)
    raise PostgresFailed(f"PostgreSQL in {folder.path} did not answer within {_START_PATIENCE_S:.0f} seconds")


def _answering(folder: Folder) -> dict[str, str] | None:
    sockets = folder.sockets()
    if sockets is None or not (sockets / f".s.PGSQL.{PORT}").exists():
        return None
    conninfo = {"host": str(sockets), "port": str(PORT), "dbname": DATABASE, "user": OWNER}
    try:
        psycopg.connect(make_conninfo(**conninfo), connect_timeout=5).close()
    except psycopg.OperationalError as error:
        said = " ".join(str(error).split())
        if "FATAL" in said and any(words in said for words in _LASTING):
            raise PostgresFailed(f"the embedded PostgreSQL refuses its owner: {said}") from error
        if not any(words in said for words in _FULL):
            return None
    return conninfo


def _start_keeper(folder: Folder) -> None:
    with locks.held_alone(folder.start_lock, patience_s=_START_PATIENCE_S) as ours:
        if not ours or locks.is_held_alone(folder.keeper_lock):
            return
        done = subprocess.run(
            [sys.executable, "-m", "yousu.platform.postgres.keeper", str(folder.path.parent)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd="/",
            start_new_session=True,
            timeout=_START_PATIENCE_S,
            check=False,
        )
    if done.returncode:
        raise PostgresFailed(done.stdout.decode(errors="replace").strip())


def _forget_after_fork() -> None:
    # The child has neither the parent's watching thread nor, maybe, a free lock: it begins anew.
    global _lock
    _lock = threading.RLock()
    _shares.clear()


os.register_at_fork(after_in_child=_forget_after_fork)
