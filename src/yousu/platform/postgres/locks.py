"""锁: who uses the server and who keeps it, as flocks, which the kernel drops when a process dies."""

import errno
import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from yousu.platform.postgres.files import opened

_STEP_S = 0.01


def share(file: Path, *, patience_s: float) -> int | None:
    """A shared lock as an open descriptor, or None when somebody held it alone for the whole time."""
    return _take(file, fcntl.LOCK_SH, patience_s)


def alone(file: Path, *, patience_s: float) -> int | None:
    """An exclusive lock as an open descriptor, or None when others held it for the whole time."""
    return _take(file, fcntl.LOCK_EX, patience_s)


def drop(descriptor: int) -> None:
    """Gives a lock back. Closing, not unlocking: a forked child that still has the descriptor keeps its share."""
    os.close(descriptor)


def is_held_alone(file: Path) -> bool:
    """Whether some process holds the file exclusively. Looks by a shared lock held for microseconds; makes no file."""
    if not file.exists():
        return False
    probe = share(file, patience_s=0)
    if probe is None:
        return True
    drop(probe)
    return False


def is_same_file(descriptor: int, file: Path) -> bool:
    """Whether the locked file still is the one at that path; false after the home was removed or replaced."""
    try:
        return os.path.samestat(os.fstat(descriptor), file.stat())
    except FileNotFoundError:
        return False


@contextmanager
def held_alone(file: Path, *, patience_s: float) -> Iterator[bool]:
    """Holds the file exclusively inside a with block; the block's value is False when that was not possible."""
    descriptor = alone(file, patience_s=patience_s)
    try:
        yield descriptor is not None
    finally:
        if descriptor is not None:
            drop(descriptor)


def _take(file: Path, how: int, patience_s: float) -> int | None:
    until = time.monotonic() + patience_s
    descriptor = opened(file, os.O_RDWR)
    while True:
        try:
            fcntl.flock(descriptor, how | fcntl.LOCK_NB)
            return descriptor
        except OSError as error:
            if error.errno not in (errno.EWOULDBLOCK, errno.EINTR) or time.monotonic() >= until:
                os.close(descriptor)
                if error.errno in (errno.EWOULDBLOCK, errno.EINTR):
                    return None
                raise
        time.sleep(_STEP_S)
