"""打开: what a command needs before it may ask the database: Django set up, the database installed."""

import logging
import warnings

from yousu.cli import UsageError

# Commands that start on an empty home at the same moment install one after the other.
_LOCK = 0x59_6F_75_49


def opened(*, check: bool = False) -> None:
    """Sets Django up and installs what the database lacks. `check`: asks the server's fitness in any case.

    Raises UsageError when there is no database to work on.
    """
    from django.core.exceptions import ImproperlyConfigured
    from django.db import OperationalError

    from yousu.org.city import CityWrong
    from yousu.platform.database import UrlWrong
    from yousu.platform.keys import KeyFileWrong
    from yousu.platform.postgres.errors import PostgresFailed, ServerUnfit

    # It tells of every start; a command's stderr is for what is wrong.
    logging.getLogger("procrastinate").setLevel(logging.WARNING)
    try:
        _set_up()
        _install(check)
    except OperationalError as error:
        raise UsageError(f"YOUSU_DATABASE_URL: the database does not answer: {error}") from error
    except (UrlWrong, CityWrong, KeyFileWrong, PostgresFailed, ServerUnfit, ImproperlyConfigured, OSError) as error:
        raise UsageError(str(error)) from error


def _set_up() -> None:
    import django

    try:
        django.setup()
    except ValueError as error:
        # A setting that only Django checks, such as the time zone.
        raise UsageError(str(error)) from error


def _install(check: bool) -> None:
    from django.db import connection

    from yousu.org.install import install
    from yousu.platform import database
    from yousu.platform.postgres import fitness

    if not check and _is_installed():
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


def _is_installed() -> bool:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from yousu.platform import keys

    executor = MigrationExecutor(connection)
    return keys.key_file().exists() and not executor.migration_plan(executor.loader.graph.leaf_nodes())
