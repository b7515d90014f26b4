"""A command that is still under way in another connection."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def slowly(act: Callable[[], object]) -> Iterator[None]:
    """Has done `act` in a transaction of another connection that commits half a second later."""
    done, go_on = threading.Event(), threading.Event()

    def run() -> None:
        with transaction.atomic():
            act()
            done.set()
            go_on.wait(10)
        connection.close()

    slow = threading.Thread(target=run)
    slow.start()
    assert done.wait(10)
    timer = threading.Timer(0.5, go_on.set)
    timer.start()
    try:
        yield
    finally:
        slow.join()
        timer.join()
