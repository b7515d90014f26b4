"""进程: processor time and memory of a process with everything it started, read from /proc."""

import os
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
_STEP_S = 0.05
# Fields of /proc/PID/stat after the closing bracket of the name.
_PARENT, _USER, _CHILDREN_SYSTEM = 1, 11, 14


def cpu_s(pid: int) -> float:
    """Seconds of processor time used so far, children that ended included."""
    return sum(sum(map(int, stat[_USER : _CHILDREN_SYSTEM + 1])) for stat in _tree(pid).values()) / _TICKS


def memory_bytes(pid: int) -> int:
    """Memory held now; a page that processes share counts once, divided among them."""
    return sum(_resident(each) for each in _tree(pid))


class Peak:
    """The most memory seen."""

    def __init__(self) -> None:
        self.bytes = 0


@contextmanager
def watched(pid: int) -> Iterator[Peak]:
    """Looks at a process's memory again and again during the block."""
    peak, stop = Peak(), threading.Event()

    def watch() -> None:
        while not stop.wait(_STEP_S):
            peak.bytes = max(peak.bytes, memory_bytes(pid))

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield peak
    finally:
        stop.set()
        thread.join()


def _tree(pid: int) -> dict[int, list[str]]:
    stats = dict(_stats())
    found = {pid} & stats.keys()
    while more := {each for each, stat in stats.items() if int(stat[_PARENT]) in found} - found:
        found |= more
    return {each: stats[each] for each in found}


def _stats() -> Iterator[tuple[int, list[str]]]:
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                yield int(entry.name), (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                # It ended while we looked.
                continue


def _resident(pid: int) -> int:
    try:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    found = re.search(r"^Pss: +([0-9]+) kB$", rollup, re.MULTILINE)
    return int(found[1]) * 1024 if found else 0
