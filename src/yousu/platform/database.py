"""数据库: which server is used, and Django's settings for it. The embedded one is started on first need."""

from functools import cache
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import psycopg
from psycopg.conninfo import make_conninfo

from yousu.platform import environment

# Read by libpq: everything counts in UTC.
_OPTIONS = "-c timezone=UTC -c jit=off"
_ELSEWHERE = ("host", "port", "dbname", "user", "password", "options")
_POOL_PATIENCE_S = 5
_WEB_ROLE = "yousu_web"
_UNREADABLE = (
    "YOUSU_DATABASE_URL must look like postgresql://user:password@host:5432/database,"
    " with special characters of the password percent-encoded"
)


class UrlWrong(ValueError):
    """YOUSU_DATABASE_URL cannot be understood. The message never holds its value: a password is in it."""


@cache
def conninfo() -> dict[str, str]:
    """Where the database is, as the owner sees it: host, port, dbname, user, password. Raises UrlWrong."""
    url = environment.text("YOUSU_DATABASE_URL")
    return _from_url(url) if url else _embedded()


def django_settings(*, serving: bool) -> dict[str, Any]:
    """DATABASES["default"]. A server gets a pool, works as the web role, and its statements end; commands do not."""
    info = conninfo()
    options: dict[str, Any] = {
        "options": _options(info, serving=serving),
        # Bound and prepared by the server: planning these statements costs more than running them.
        "server_side_binding": True,
        "prepare_threshold": 2,
    }
    options |= {key: value for key, value in info.items() if key not in _ELSEWHERE}
    if serving:
        size = environment.integer("YOUSU_POOL_SIZE", least=2)
        # There are more connections than threads: who waits for one waits for the database to come back.
        options["pool"] = {"min_size": 2, "max_size": size, "timeout": _POOL_PATIENCE_S}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": info["dbname"],
        "USER": info["user"],
        "PASSWORD": info.get("password", ""),
        "HOST": info["host"],
        "PORT": info["port"],
        "CONN_MAX_AGE": 0 if serving else None,
        "CONN_HEALTH_CHECKS": False,
        "OPTIONS": options,
    }


def serving_conninfo(*, name: str) -> str:
    """How a server that does without Django connects: with the role and the limits of the pages."""
    info = conninfo()
    return make_conninfo(**{**info, "options": _options(info, serving=True), "application_name": name})


def _options(info: dict[str, str], *, serving: bool) -> str:
    # What the URL asks for comes first: nothing in it takes the role or the zone away.
    return f"{info.get('options', '')} {_OPTIONS}{_for_a_server() if serving else ''}".strip()


def _for_a_server() -> str:
    """Taken on for the whole connection: the role, and when what hangs is ended."""
    statement_ms = 1000 * environment.integer("YOUSU_STATEMENT_LIMIT_S")
    lock_ms = 1000 * environment.integer("YOUSU_LOCK_LIMIT_S")
    limits = {
        "statement_timeout": statement_ms,
        "lock_timeout": lock_ms,
        # A thread that died between two statements must not keep its locks.
        "idle_in_transaction_session_timeout": statement_ms,
    }
    return f" -c role={_WEB_ROLE}" + "".join(f" -c {name}={limit}" for name, limit in limits.items())


def _embedded() -> dict[str, str]:
    # Imported here alone: who brings a server of their own needs no embedded one.
    from yousu.platform.postgres.server import embedded

    return dict(embedded(environment.home()).conninfo)


def _from_url(url: str) -> dict[str, str]:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        # Its message repeats what it took for a port: the rest of a password with an unencoded sign in it.
        raise UrlWrong(_UNREADABLE) from None
    if parts.scheme not in ("postgresql", "postgres") or not parts.path.strip("/"):
        raise UrlWrong(_UNREADABLE)
    if "@" in parts.path + parts.query + parts.fragment:
        # The rest of a password again, which later errors would repeat as the database's name.
        raise UrlWrong(_UNREADABLE)
    more = dict(parse_qsl(parts.query))
    info = {
        "host": unquote(parts.hostname or more.pop("host", "127.0.0.1")),
        "port": str(port or more.pop("port", "5432")),
        "user": unquote(parts.username or "postgres"),
        "password": unquote(parts.password or ""),
        "dbname": unquote(parts.path.strip("/")),
        **more,
    }
    try:
        make_conninfo(**info)
    except psycopg.ProgrammingError:
        raise UrlWrong(_UNREADABLE) from None
    return info
