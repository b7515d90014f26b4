"""临时数据: scratch homes for measurements in one temporary folder, each with an embedded server of its own."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from yousu.cli.benches import BenchFailed
from yousu.platform.postgres import locks
from yousu.platform.postgres.folder import Folder

_END_PATIENCE_S = 60.0


@contextmanager
def folder() -> Iterator[Path]:
    """A temporary folder (TMPDIR says where: its disk is the one that is measured), removed at the end."""
    made = Path(tempfile.mkdtemp(prefix="yousu-bench-"))
    # The database's account must pass through it.
    made.chmod(0o711)
    try:
        yield made
    finally:
        for home in made.iterdir():
            ended(home)
        shutil.rmtree(made, ignore_errors=True)


def environment_of(home: Path) -> dict[str, str]:
    """The environment of everything that works on a scratch home: nothing of the caller's settings reaches it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("YOUSU_")}
    own = {
        "YOUSU_HOME": str(home),
        "YOUSU_SECOND_FACTOR_ROLES": "none",
        "DJANGO_SETTINGS_MODULE": "yousu.config.settings",
    }
    return {**kept, **own}


def module(name: str, *arguments: str) -> list[str]:
    """The command line that runs a module as a program."""
    return [sys.executable, "-m", name, *arguments]


def yousu(*arguments: str) -> list[str]:
    """The command line of a subcommand."""
    return [sys.executable, "-c", "from yousu.cli.main import main; raise SystemExit(main())", *arguments]


def copied(home: Path, *, to: Path) -> Path:
    """A copy of a home whose server has ended."""
    # With owners and rights, and sharing blocks where the file system can.
    done = subprocess.run(["cp", "-a", "--reflink=auto", str(home), str(to)], capture_output=True, check=False)
    if done.returncode:
        raise BenchFailed(f"{home} cannot be copied: {done.stderr.decode(errors='replace').strip()}")
    return to


def ended(home: Path) -> None:
    """Waits until the server of a home has stopped, which it does once nobody uses it."""
    lock = Folder(home / "postgres").keeper_lock
    until = time.monotonic() + _END_PATIENCE_S
    while locks.is_held_alone(lock) and time.monotonic() < until:
        time.sleep(0.05)


def remove(home: Path) -> None:
    """Waits for the server of a home to stop and removes the home."""
    ended(home)
    shutil.rmtree(home, ignore_errors=True)
