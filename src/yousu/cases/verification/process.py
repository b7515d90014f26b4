"""进程: makes a second process ready. Imports nothing that needs Django to be set up already."""

import gc

import django


def ready() -> None:
    """Sets Django up, before anything of Yousu's is unpickled."""
    django.setup()
    # Pages of rows without a cycle among them: looking for cycles would be a fifth of the work.
    gc.freeze()
    gc.set_threshold(200_000, 50, 50)
