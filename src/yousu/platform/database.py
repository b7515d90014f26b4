"""数据库: which server is used, and Django's settings for it. The embedded one is started on first need."""

from functools import cache
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from yousu.platform import environment

# Read by libpq: everything counts in UTC, and the statement that hangs is ended.
_OPTIONS = "-c timezone=UTC -c jit=off"


class UrlWrong(ValueError):
    """YOUSU_DATABASE_URL cannot be understood."""


@cache
def conninfo() -> dict[str, str]:
    """Where the database is, as the owner sees it: host, port, dbname, user, password."""
    url = environment.text("YOUSU_DATABASE_URL")
    return _from_url(url) if url else _embedded()


def django_settings(*, role: str | None, pooled: bool) -> dict[str, Any]:
    """DATABASES["default"]. `role` is taken on for the whole connection; a pool for servers, none for commands."""
    info = conninfo()
    options: dict[str, Any] = {
        "options": _OPTIONS + (f" -c role={role}" if role else ""),
        # Bound and prepared by the server: planning these statements costs more than running them.
        "server_side_binding": True,
        "prepare_threshold": 2,
    }
    options |= {key: value for key, value in info.items() if key not in ("host", "port", "dbname", "user", "password")}
    if pooled:
        size = environment.integer("YOUSU_POOL_SIZE", least=2)
        options["pool"] = {"min_size": 2, "max_size": size, "timeout": 10}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": info["dbname"],
        "USER": info["user"],
        "PASSWORD": info.get("password", ""),
        "HOST": info["host"],
        "PORT": info["port"],
        "CONN_MAX_AGE": 0 if pooled else None,
        "CONN_HEALTH_CHECKS": False,
        "OPTIONS": options,
    }


def _embedded() -> dict[str, str]:
    # Imported here alone: who brings a server of their own needs no embedded one.
    from yousu.platform.postgres.server import embedded

    return dict(embedded(environment.home()).conninfo)


def _from_url(url: str) -> dict[str, str]:
    parts = urlsplit(url)
    if parts.scheme not in ("postgresql", "postgres") or not parts.path.strip("/"):
        raise UrlWrong("YOUSU_DATABASE_URL must look like postgresql://user:password@host:5432/database")
    info = dict(parse_qsl(parts.query))
    return {
        "host": unquote(parts.hostname or info.pop("host", "127.0.0.1")),
        "port": str(parts.port or info.pop("port", "5432")),
        "user": unquote(parts.username or "postgres"),
        "password": unquote(parts.password or ""),
        "dbname": unquote(parts.path.strip("/")),
        **info,
    }
