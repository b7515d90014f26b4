"""The entry point of the live process: `granian --interface asgi --factory yousu.live.asgi:application`."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from yousu.live.door import Door


def application() -> "Door":
    """Django is set up once, for its settings and to write statements; nothing is asked through it."""
    import django

    django.setup()

    from yousu.live.database import Database
    from yousu.live.door import Door
    from yousu.live.hub import Hub
    from yousu.platform import environment

    return Door(Hub(Database()), origin=environment.origin("YOUSU_BASE_URL"))
