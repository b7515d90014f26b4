"""父进程: a process that ends when the one that started it does, however that ended."""

import ctypes
import os
import signal

_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None)


def end_with(parent: int) -> None:
    """SIGTERM for this process once `parent` has ended. Linux alone knows it; elsewhere a killed parent leaves it."""
    if hasattr(_LIBC, "prctl"):
        _LIBC.prctl(_PR_SET_PDEATHSIG, int(signal.SIGTERM), 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)
