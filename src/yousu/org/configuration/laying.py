"""生效: takes up in this process what other processes have changed; a look costs one small statement."""

import logging
import threading
import time

from django.db import InterfaceError, OperationalError, connection

from yousu.org import city as cities
from yousu.org.city import CityWrong
from yousu.org.models import ConfigurationFile

# A change is seen everywhere within about this time.
LOOK_EVERY_S = 2.0
STANDING = "SELECT name, digest FROM configuration_file ORDER BY name"
TEXTS = "SELECT name, digest, text FROM configuration_file ORDER BY name"
_log = logging.getLogger("yousu.configuration")


def refresh() -> bool:
    """Puts in force what stands in the database, if that is not what is in force. Raises CityWrong."""
    with connection.cursor() as cursor:
        cursor.execute(STANDING)
        if not is_new(cursor.fetchall()):
            return False
        cursor.execute(TEXTS)
        take(cursor.fetchall())
    return True


def look() -> None:
    """`refresh` where work goes on by what was in force when the new does not fit."""
    try:
        refresh()
    except CityWrong as wrong:
        _log.error("the configuration cannot be put in force: %s", wrong)


def is_new(standing: list[tuple[str, ...]]) -> bool:
    """Whether files of these digests are other ones than those in force here."""
    return tuple(map(tuple, standing)) != cities.laid()


def take(rows: list[tuple[str, ...]]) -> None:
    """Puts files in force, as rows of name, digest and text. Raises CityWrong."""
    cities.lay({name: text for name, _, text in rows}, standing=tuple((name, digest) for name, digest, _ in rows))


def read() -> dict[str, str]:
    """The files that lie over the city's folder."""
    return dict(ConfigurationFile.objects.values_list("name", "text"))


def watch() -> None:
    """Looks now and then in a thread of its own, as long as the process lives; requests cost nothing more."""
    _look()
    threading.Thread(target=_watch, name="yousu-configuration", daemon=True).start()


def _watch() -> None:
    while True:
        time.sleep(LOOK_EVERY_S)
        _look()


def _look() -> None:
    try:
        look()
    except (OperationalError, InterfaceError) as error:
        _log.error("the database does not answer", exc_info=error)
    finally:
        # Back to the pool: a thread that mostly sleeps holds no connection.
        connection.close()
