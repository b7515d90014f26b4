"""打开: what a command needs before it may ask the database: Django set up, the database installed."""

import logging
import warnings

from yousu.cli import UsageError

# Commands that start on an empty home at the same moment install one after the other.
_LOCK = 0x59_6F_75_49


def opened(*, check: bool = False, fits: bool = True) -> None:
    """Sets Django up and installs what the database lacks. `check`: asks the server's fitness in any case.

    `fits`: whether a stored configuration that no longer fits ends it; what puts one right must begin without.

    Raises UsageError when there is no home to work in, and what `no_ground` lists.
    """
    set_up()
    try:
        _install(check, fits=fits)
    except OSError as error:
        raise UsageError(str(error)) from error


def looked_at() -> None:
    """Sets Django up for a command that only looks: it makes no table, no key and no city.

    Raises UsageError when there is nothing to look at, and what `no_ground` lists.
    """
    set_up()
    from yousu.org.configuration import laying
    from yousu.org.install import check_key, is_installed

    if _migrations_missing() or not is_installed():
        raise UsageError("the database has no tables of this version: `yousu serve` or `yousu worker` makes them")
    check_key()
    laying.refresh()


def set_up() -> None:
    """Django with its settings; the embedded server is started if it is wanted. Raises as `opened`."""
    import django
    from django.core.exceptions import ImproperlyConfigured

    # It tells of every start; a command's stderr is for what is wrong.
    logging.getLogger("procrastinate").setLevel(logging.WARNING)
    try:
        django.setup()
    except (ValueError, ImproperlyConfigured, OSError) as error:
        # A setting that only Django checks, such as the time zone; a folder that cannot be written.
        raise UsageError(str(error)) from error


def no_ground() -> tuple[type[Exception], ...]:
    """What says that a command has nothing to stand on: no database, no key, no city. None of it is its answer."""
    from django.db import InterfaceError, OperationalError

    from yousu.org.city import CityWrong
    from yousu.platform.database import UrlWrong
    from yousu.platform.keys import KeyFileWrong
    from yousu.platform.postgres.errors import PostgresFailed, ServerUnfit

    return OperationalError, InterfaceError, UrlWrong, KeyFileWrong, PostgresFailed, ServerUnfit, CityWrong


def what_is_missing(error: Exception) -> str:
    """The line for one of `no_ground`."""
    from django.db import Error

    return f"YOUSU_DATABASE_URL: the database does not answer: {error}" if isinstance(error, Error) else str(error)


def _install(check: bool, *, fits: bool) -> None:
    from django.db import connection

    from yousu.org.configuration import laying
    from yousu.org.install import check_key, install, is_installed
    from yousu.platform import database
    from yousu.platform.postgres import fitness

    if not check and not _migrations_missing() and is_installed():
        check_key()
        laying.refresh() if fits else laying.look()
        return
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always", fitness.FsyncOff)
        fitness.check(database.conninfo())
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        try:
            install()
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])
    for warning in told:
        warnings.warn_explicit(warning.message, warning.category, warning.filename, warning.lineno)


def _migrations_missing() -> bool:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
