"""启动: seconds from `yousu serve` to the first page, in a home that exists and whose server stands still."""

import os
import statistics
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from urllib.error import URLError

from yousu.cli.benches import Asked, BenchFailed, Measured, homes, server
from yousu.cli.benches.load import HOST
from yousu.platform import environment

_TIMES = 3
_PATIENCE_S = 120.0


def measure(asked: Asked) -> Iterator[Measured]:
    """The first start, which makes the home, and the median of three later ones; each begins with the database."""
    yield Measured(name="start.first", value=_started(), unit="s")
    took = [_started() for _ in range(_TIMES)]
    yield Measured(name="start", value=statistics.median(took), unit="s")


def _started() -> float:
    homes.ended(environment.home())
    port = server.free_port()
    began = time.perf_counter()
    command = homes.yousu("serve", "--port", str(port))
    with subprocess.Popen(command, env=os.environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as child:
        try:
            _first_page(f"http://{HOST}:{port}/", began)
            return time.perf_counter() - began
        finally:
            child.terminate()


def _first_page(address: str, began: float) -> None:
    while time.perf_counter() - began < _PATIENCE_S:
        try:
            with urllib.request.urlopen(address, timeout=_PATIENCE_S) as answer:
                answer.read()
                return
        except (URLError, ConnectionError):
            time.sleep(0.02)
    raise BenchFailed("yousu serve does not answer")
