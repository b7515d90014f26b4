"""送信人: a thread for each way out, so that a gateway that hangs holds up nothing but its own messages."""

import logging
import threading
import time

from django.db import Error, connection

from yousu.notices import outside, sending
from yousu.notices.sending import Sender

_IDLE_S = 1.0
# While the other side is down one message in so many seconds finds out whether it is back.
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 2.0, 60.0
_AFTER_FAILURE_S = 2.0
_log = logging.getLogger("yousu.notices")


class Postmen:
    """Begin at once, end when told to."""

    def __init__(self) -> None:
        self._ended = threading.Event()
        self._threads = []
        for way in outside.open_ways():
            by = sending.sender(way)
            assert by is not None
            self._threads.append(
                threading.Thread(target=self._work, args=(way, by), name=f"yousu-notices-{way}", daemon=True)
            )
        for thread in self._threads:
            thread.start()

    def end(self, patience_s: float = 5.0) -> None:
        """Lets attempts under way end. One that takes longer is cut short, and made again later under its id."""
        self._ended.set()
        until = time.monotonic() + patience_s
        for thread in self._threads:
            thread.join(timeout=max(0.0, until - time.monotonic()))

    def _work(self, way: str, by: Sender) -> None:
        pause_s = _FIRST_PAUSE_S
        wait_s = 0.0
        try:
            while not self._ended.wait(wait_s):
                try:
                    reply = sending.send_next(way, by)
                except Error as error:
                    _log.error("the database does not answer", exc_info=error)
                    connection.close()
                    wait_s = _AFTER_FAILURE_S
                    continue
                if reply is not None and reply.is_down:
                    wait_s, pause_s = pause_s, min(pause_s * 2, _LONGEST_PAUSE_S)
                else:
                    wait_s, pause_s = (_IDLE_S if reply is None else 0.0), _FIRST_PAUSE_S
        finally:
            by.close()
            connection.close()
