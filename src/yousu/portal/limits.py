"""限流: how often an address may report or look up in a minute.

Counted in the memory of each server process, with the limit divided among the processes: whichever of them answer, an
address never gets more than YOUSU_PORTAL_RATE. A table would let strangers write to the database with every attempt,
which is what a limit is there to prevent, and PostgreSQL is the only store there is. A restart forgives; that is all.
"""

import math
import threading
import time
from collections import OrderedDict, deque
from dataclasses import dataclass, field

from yousu.platform import addresses, environment

_WINDOW_S = 60.0
_MOST_ADDRESSES = 10_000


@dataclass
class Limit:
    """A sliding window of one minute for each address; the addresses longest silent are forgotten first."""

    rate: int
    _seen: OrderedDict[str, deque[float]] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def takes(self, address: str, *, now: float | None = None) -> bool:
        """Whether one more attempt is within the limit; a refused one does not count."""
        at = time.monotonic() if now is None else now
        key = addresses.network_of(address)
        with self._lock:
            times = self._seen.setdefault(key, deque())
            self._seen.move_to_end(key)
            while times and times[0] <= at - _WINDOW_S:
                times.popleft()
            if len(times) >= self.rate:
                return False
            times.append(at)
            if len(self._seen) > _MOST_ADDRESSES:
                self._seen.popitem(last=False)
        return True

    def wait_s(self, address: str, *, now: float | None = None) -> int:
        """After how many whole seconds the next attempt is within the limit."""
        at = time.monotonic() if now is None else now
        with self._lock:
            times = self._seen.get(addresses.network_of(address))
            if times is None or len(times) < self.rate:
                return 0
            return max(1, math.ceil(times[0] + _WINDOW_S - at))


def of_this_process() -> Limit:
    """A process's share of the city's limit."""
    rate = environment.integer("YOUSU_PORTAL_RATE", least=1)
    return Limit(rate=max(1, rate // environment.integer("YOUSU_PROCESSES", least=1)))


LIMIT = of_this_process()
