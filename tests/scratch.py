"""测试服务器: one embedded PostgreSQL in a home of its own for a whole session, a migrated template, copies of it.

The first process of a session makes the home; workers of pytest-xdist inherit it by the environment. Nothing of the
developer's own home or database is read or written.
"""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

TEMPLATE = "yousu_template"
_HOME = "YOUSU_TEST_HOME"
_OWNED: list[Path] = []
_ROOM_BYTES = 2 * 1024**3
# Nobody waits for the disk in a test. Whoever tests that something survives a crash starts a server of their own.
_IN_HASTE = ("fsync", "synchronous_commit", "full_page_writes")


def prepare() -> Path:
    """Sets the environment that settings are read from; must run before anything of Yousu is asked. Repeatable."""
    if _HOME not in os.environ:
        home = Path(tempfile.mkdtemp(prefix="yousu-tests-", dir=_fastest()))
        # PostgreSQL's account must pass through it.
        home.chmod(0o711)
        _OWNED.append(home)
        os.environ[_HOME] = str(home)
    home = Path(os.environ[_HOME])
    for name in [name for name in os.environ if name.startswith("YOUSU_")]:
        if name not in (_HOME, "YOUSU_LONG", "YOUSU_DRAW", "YOUSU_SCHEMATHESIS_EXAMPLES", "YOUSU_SHARED"):
            del os.environ[name]
    os.environ |= {
        "YOUSU_HOME": str(home),
        "YOUSU_CITY": str(Path(__file__).parent / "city"),
        "YOUSU_LOG_LEVEL": "WARNING",
        # Tests that ask for second factors say so themselves.
        "YOUSU_SECOND_FACTOR_ROLES": "none",
        # Replaced once a test needs a database: most tests start no server.
        "YOUSU_DATABASE_URL": "postgresql://yousu@127.0.0.1:1/not_yet",
    }
    return home


def _fastest() -> str | None:
    # Copies of the template are files: in memory they cost a tenth. A container's own /dev/shm is often tiny.
    memory = Path("/dev/shm")
    roomy = os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > _ROOM_BYTES
    return str(memory) if roomy else None


def remove() -> None:
    """Ends what this process began; the keeper stops a server whose home is gone."""
    for home in _OWNED:
        shutil.rmtree(home, ignore_errors=True)


@cache
def server() -> dict[str, str]:
    """Where the session's server is. The share is kept to the end of the process."""
    from yousu.platform.postgres.server import embedded

    return dict(embedded(prepare()).conninfo)


def superuser(database: str) -> "psycopg.Connection[tuple[object, ...]]":
    """A connection that may do anything, as somebody with the machine in their hands."""
    return psycopg.connect(**{**server(), "dbname": database, "user": "postgres"}, autocommit=True)


def use(database: str) -> None:
    """Points Django, in all threads, and the commands of this process's children at a database."""
    from django.db import connections

    from yousu.platform.database import conninfo

    at = server()
    connections.close_all()
    connections.settings["default"].update(
        NAME=database, HOST=at["host"], PORT=at["port"], USER=at["user"], PASSWORD=""
    )
    socket = quote(at["host"], safe="")
    os.environ["YOUSU_DATABASE_URL"] = f"postgresql://{at['user']}@/{database}?host={socket}&port={at['port']}"
    # These may stand anywhere, so they know nothing of this folder.
    os.environ["DJANGO_SETTINGS_MODULE"] = "yousu.config.settings"
    conninfo.cache_clear()


def copy(name: str, *, of: str = TEMPLATE) -> str:
    """A fresh copy of a database under a name; an older one goes."""
    with superuser("postgres") as admin:
        admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        create = sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER yousu STRATEGY FILE_COPY").format(
            sql.Identifier(name), sql.Identifier(of)
        )
        admin.execute(create)
    return name


def drop(name: str) -> None:
    """Removes a database, whoever is connected."""
    with superuser("postgres") as admin:
        admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def template() -> str:
    """The installed and migrated database that others are copied from; made once a session."""
    with _alone("template.lock"), superuser("postgres") as admin:
        if admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [TEMPLATE]).fetchone():
            return TEMPLATE
        copy("yousu_unfinished", of="template0")
        _install("yousu_unfinished")
        admin.execute(sql.SQL("ALTER DATABASE yousu_unfinished RENAME TO {}").format(sql.Identifier(TEMPLATE)))
        for setting in _IN_HASTE:
            admin.execute(sql.SQL("ALTER SYSTEM SET {} = off").format(sql.Identifier(setting)))
        admin.execute("SELECT pg_reload_conf()")
    return TEMPLATE


def _install(database: str) -> None:
    from django.db import connections

    from yousu.org.install import install

    use(database)
    install()
    connections.close_all()


@contextmanager
def _alone(name: str) -> Iterator[None]:
    with (prepare_home() / name).open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def prepare_home() -> Path:
    """The session's home."""
    return Path(os.environ[_HOME])
