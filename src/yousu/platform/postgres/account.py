"""运行账户: the operating system's account PostgreSQL runs under; never root."""

import ctypes
import os
import pwd
import signal
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from yousu.platform.postgres.errors import PostgresFailed

_PREFERRED = ("postgres", "nobody")
_PR_SET_PDEATHSIG = 1


@dataclass(frozen=True, kw_only=True)
class Account:
    """A named account; `drops` says that root must become it first."""

    name: str
    uid: int
    gid: int
    drops: bool

    def popen(
        self,
        command: Sequence[str | Path],
        *,
        cwd: Path,
        stdin: int = subprocess.DEVNULL,
        output: IO[bytes] | int = subprocess.PIPE,
    ) -> subprocess.Popen[bytes]:
        """Starts a command as this account. The folder is entered before root is dropped, so its parents may be shut.

        To be called from a main thread: when that ends, however it does, the command gets SIGINT.
        """
        return subprocess.Popen(
            command,
            cwd=cwd,
            stdin=stdin,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=_environment(),
            user=self.uid if self.drops else None,
            group=self.gid if self.drops else None,
            extra_groups=[] if self.drops else None,
            preexec_fn=_dies_with(os.getpid()),
        )

    def run(self, command: Sequence[str | Path], *, cwd: Path, stdin: str = "") -> tuple[int, str]:
        """Runs a command to its end. Returns its exit code and everything it printed."""
        with self.popen(command, cwd=cwd, stdin=subprocess.PIPE) as process:
            output, _ = process.communicate(stdin.encode())
        return process.returncode, output.decode(errors="replace")

    def can_enter(self, folder: Path) -> bool:
        """Whether the account can reach things in the folder by their absolute path."""
        return not self.drops or self.run(["test", "-x", folder], cwd=Path("/"))[0] == 0

    def own(self, path: Path) -> None:
        """Gives a file or folder to the account."""
        if self.drops:
            os.chown(path, self.uid, self.gid, follow_symlinks=False)


def account_for(data: Path) -> Account:
    """The account for a data folder: its owner's; for a new one our own, or `postgres` or `nobody` under root."""
    we = os.geteuid()
    owner = data.stat().st_uid if data.exists() else None
    if we == 0:
        return _below_root(data, owner)
    if owner not in (None, we):
        raise PostgresFailed(f"{data} belongs to user id {owner}: start Yousu as that user or as root")
    ours = _entry(we)
    if ours is None:
        raise PostgresFailed(f"user id {we} has no entry in /etc/passwd, which PostgreSQL needs: give it one")
    return Account(name=ours.pw_name, uid=we, gid=os.getegid(), drops=False)


def _below_root(data: Path, owner: int | None) -> Account:
    if owner == 0:
        raise PostgresFailed(f"{data} belongs to root, under which PostgreSQL refuses to run: chown it")
    for wanted in _PREFERRED if owner is None else (owner,):
        entry = _entry(wanted)
        if entry is not None:
            return Account(name=entry.pw_name, uid=entry.pw_uid, gid=entry.pw_gid, drops=True)
    missing = " or ".join(_PREFERRED) if owner is None else f"user id {owner}"
    raise PostgresFailed(f"no account to run PostgreSQL under: {missing} is not in /etc/passwd")


def _entry(who: int | str) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwuid(who) if isinstance(who, int) else pwd.getpwnam(who)
    except KeyError:
        return None


def _dies_with(parent: int) -> Callable[[], None]:
    libc = ctypes.CDLL(None, use_errno=True)

    def ask_the_kernel() -> None:
        # Runs after root was dropped: becoming another user would make the kernel forget it.
        libc.prctl(_PR_SET_PDEATHSIG, int(signal.SIGINT), 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)

    return ask_the_kernel


def _environment() -> dict[str, str]:
    # Messages in English and nothing inherited (PGDATA, LD_*, LC_*) that would change what the server does.
    return {"PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}
