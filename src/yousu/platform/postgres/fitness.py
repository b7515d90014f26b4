"""体检: what Yousu asks of any PostgreSQL server, embedded or named by URL, before it works on it."""

import re
import warnings
from collections.abc import Mapping
from typing import Any, LiteralString

import psycopg
from psycopg import errors, sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.rows import tuple_row

from yousu.platform.postgres.cluster import WEB_ROLE
from yousu.platform.postgres.errors import ServerUnfit

# Whatever its rows look like: Django hands out its own kind.
Connection = psycopg.Connection[Any]

_OLDEST_VERSION = 16
_EXTENSIONS = ("pg_trgm", "btree_gin")
_CHINESE = "小区停车"
_ATTEMPTS = 10
_PORTS = re.compile(r"[0-9,]*")
_UNREADABLE = (
    "the database's address cannot be read: write postgresql://user:password@host:port/name,"
    " with special characters of the password percent-encoded"
)


class FsyncOff(UserWarning):
    """The server may lose acknowledged data when the machine stops."""


def check(address: str | Mapping[str, str]) -> None:
    """Raises ServerUnfit for the first thing wrong with a server; warns FsyncOff when only durability is missing.

    The address is a URL, a conninfo string or its parts. Makes the extensions and the web role if they are missing.
    """
    with _connected(address) as connection:
        _check_version(connection)
        _check_encoding(connection)
        _check_extensions(connection)
        _check_chinese(connection)
        _check_roles(connection)
        if _value(connection, "SHOW fsync") != "on":
            warnings.warn(
                "fsync is off on this server: acknowledged data may be lost; set fsync = on", FsyncOff, stacklevel=2
            )


def prepare_roles(connection: Connection) -> None:
    """Makes the role `yousu_web` if it is missing and grants it to the current user; may be done any number of times.

    Inside an open transaction it becomes part of it. Raises ServerUnfit when that is not permitted.
    """
    for attempt in range(_ATTEMPTS):
        try:
            with connection.transaction():
                _make_role(connection)
                _grant_role(connection)
            return
        except errors.InsufficientPrivilege as error:
            raise ServerUnfit(_roles_advice(connection, error)) from error
        except (errors.DuplicateObject, errors.UniqueViolation, errors.InternalError_):
            # Roles belong to the whole server, so no lock of one database keeps two starters apart.
            if attempt == _ATTEMPTS - 1:
                raise


def _connected(address: str | Mapping[str, str]) -> Connection:
    text, parts = (address, {}) if isinstance(address, str) else ("", dict(address))
    try:
        given = conninfo_to_dict(text, **parts)
    except psycopg.ProgrammingError:
        raise ServerUnfit(_UNREADABLE) from None
    options = {"connect_timeout": "5"} | {name: str(value) for name, value in given.items() if value is not None}
    # libpq takes the rest of a badly written password for a host, port or name, and its error would repeat it.
    if "@" in options.get("host", "") + options.get("dbname", "") or not _PORTS.fullmatch(options.get("port", "")):
        raise ServerUnfit(_UNREADABLE)
    try:
        return psycopg.connect(make_conninfo(**options | {"client_encoding": "utf8"}), autocommit=True)
    except psycopg.OperationalError as error:
        where = f"{options.get('host', 'the local socket')}:{options.get('port', '5432')}"
        raise ServerUnfit(f"cannot connect to PostgreSQL at {where}: {_one_line(error)}") from error


def _check_version(connection: Connection) -> None:
    major = connection.info.server_version // 10_000
    if major < _OLDEST_VERSION:
        raise ServerUnfit(f"the server is PostgreSQL {major}: Yousu needs {_OLDEST_VERSION} or newer")
    if _value(connection, "SELECT pg_is_in_recovery()"):
        raise ServerUnfit("the server is a standby, which cannot be written to: name the primary")


def _check_encoding(connection: Connection) -> None:
    encoding = _value(connection, "SHOW server_encoding")
    if encoding != "UTF8":
        raise ServerUnfit(f"the database's encoding is {encoding}: make it with ENCODING 'UTF8' TEMPLATE template0")


def _check_extensions(connection: Connection) -> None:
    for name in _EXTENSIONS:
        if _value(connection, "SELECT count(*) FROM pg_available_extensions WHERE name = %s", name) == 0:
            raise ServerUnfit(f"the server has no extension {name}: install its contrib package (postgresql-contrib)")
        try:
            connection.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(name)))
        except errors.UniqueViolation:
            continue  # Another process made it at this moment.
        except errors.InsufficientPrivilege as error:
            raise ServerUnfit(
                f"user {connection.info.user} may not create the extension {name}:"
                f" run CREATE EXTENSION {name} in database {connection.info.dbname} as a superuser"
            ) from error


def _check_chinese(connection: Connection) -> None:
    where = "SELECT nspname FROM pg_namespace n JOIN pg_extension ON n.oid = extnamespace WHERE extname = 'pg_trgm'"
    schema = _value(connection, where)
    trigrams = sql.SQL("SELECT cardinality({}.show_trgm(%s))").format(sql.Identifier(str(schema)))
    if _value(connection, trigrams, _CHINESE) == 0:
        ctype = _value(connection, "SELECT datctype FROM pg_database WHERE datname = current_database()")
        raise ServerUnfit(
            f"under this database's locale (LC_CTYPE {ctype}) Chinese text cannot be searched:"
            " make it with LC_CTYPE 'C.UTF-8' TEMPLATE template0"
        )


def _check_roles(connection: Connection) -> None:
    prepare_roles(connection)
    try:
        connection.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(WEB_ROLE)))
        connection.execute("RESET ROLE")
    except errors.InsufficientPrivilege as error:
        raise ServerUnfit(_roles_advice(connection, error)) from error


def _make_role(connection: Connection) -> None:
    if not _value(connection, "SELECT count(*) FROM pg_roles WHERE rolname = %s", WEB_ROLE):
        connection.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(sql.Identifier(WEB_ROLE)))


def _grant_role(connection: Connection) -> None:
    if not _value(connection, "SELECT pg_has_role(%s, 'SET')", WEB_ROLE):
        connection.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(sql.Identifier(WEB_ROLE)))


def _roles_advice(connection: Connection, error: psycopg.Error) -> str:
    user = connection.info.user
    return (
        f"user {user} cannot work as the role {WEB_ROLE} ({_one_line(error)}): run as a superuser"
        f" CREATE ROLE {WEB_ROLE} NOLOGIN; GRANT {WEB_ROLE} TO {user};"
    )


def _value(connection: Connection, query: LiteralString | sql.Composed, *parameters: str) -> object:
    with connection.cursor(row_factory=tuple_row) as cursor:
        row = cursor.execute(query, parameters).fetchone()
    return row[0] if row else None


def _one_line(error: psycopg.Error) -> str:
    return " ".join(str(error).split())
