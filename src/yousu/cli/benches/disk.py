"""磁盘: how long the disk takes to make a write durable; every figure of writing hangs on it."""

import os
import statistics
import time
from pathlib import Path

from yousu.cli.benches import Measured

_PAGE = b"\0" * 8192
_TRIALS, _LONGEST_S = 200, 1.0


def fsync(folder: Path) -> Measured:
    """The median time of writing one page of 8 KiB and waiting for the disk."""
    file = folder / "fsync"
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT, 0o600)
    took: list[float] = []
    began = time.perf_counter()
    try:
        while len(took) < _TRIALS and time.perf_counter() - began < _LONGEST_S:
            before = time.perf_counter()
            os.pwrite(descriptor, _PAGE, 0)
            os.fdatasync(descriptor)
            took.append(time.perf_counter() - before)
    finally:
        os.close(descriptor)
        file.unlink()
    return Measured(name="fsync_ms", value=statistics.median(took) * 1000, unit="ms")
