"""时限: ends a conversation that takes too long, however slowly the other side keeps talking."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress


@contextmanager
def no_longer_than(seconds: float, connection: socket.socket | None) -> Iterator[None]:
    """Shuts the connection after so long. Raises TimeoutError then, whatever was read until that moment.

    A socket's own timeout starts anew with every byte; one byte a second would hold a sender for hours.
    """
    is_over = threading.Event()

    def shut() -> None:
        is_over.set()
        with suppress(OSError):
            if connection is not None:
                connection.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, shut)
    timer.daemon = True
    timer.start()
    try:
        yield
    except OSError:
        if is_over.is_set():
            raise TimeoutError from None
        raise
    finally:
        timer.cancel()
    if is_over.is_set():
        # What looks like an answer ends where the connection was shut.
        raise TimeoutError
