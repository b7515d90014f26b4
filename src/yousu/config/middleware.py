"""中间件: health answers before everything else; who acts, the request's id and its line in the log."""

import json
import logging
import secrets
import time
from collections.abc import Callable

from django.db import InterfaceError, InternalError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject
from prometheus_client import CONTENT_TYPE_LATEST
from psycopg.errors import IdleInTransactionSessionTimeout

from yousu.api import problems
from yousu.config import errors
from yousu.config import health as gauges
from yousu.org import accounts
from yousu.org.actors import RESIDENT, Actor
from yousu.org.city import pinned
from yousu.org.models import Account
from yousu.platform import health

Answer = Callable[[HttpRequest], HttpResponse]
_log = logging.getLogger("yousu.http")
# Whatever is asked under any other name counts as one, or a stranger could fill the metrics.
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class Health:
    """`/healthz`, `/readyz`, `/metrics`: without session, language, host check or log line."""

    def __init__(self, get_response: Answer) -> None:
        self._get_response = get_response
        self._answers: dict[str, Callable[[], HttpResponse]] = {
            "/healthz": _alive,
            "/readyz": _ready,
            "/metrics": _metrics,
        }

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self._answers.get(request.path_info)
        return self._get_response(request) if answer is None else answer()


class Request:
    """Sets `request.actor` (asked for only when needed) and `request.request_id`; writes the access log."""

    def __init__(self, get_response: Answer) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        acting: list[str] = []
        request_id = secrets.token_hex(8)
        request.acting = acting  # type: ignore[attr-defined]  # set here, added to by the API's tokens
        request.actor = SimpleLazyObject(lambda: _actor(request, acting))  # type: ignore[attr-defined]  # set here, read by doors
        request.request_id = request_id  # type: ignore[attr-defined]  # set here
        with pinned():
            response = self._get_response(request)
        response["X-Request-Id"] = request_id
        took_s = time.perf_counter() - began
        # The pattern, never the path: paths hold case numbers.
        route = request.resolver_match.route if request.resolver_match else "-"
        method = request.method if request.method in _METHODS else "other"
        gauges.REQUESTS.labels(route, method, str(response.status_code)).inc()
        gauges.DURATIONS.labels(route).observe(took_s)
        line = {
            "request_id": request_id,
            "method": method,
            "route": route,
            "status": response.status_code,
            "took_ms": round(took_s * 1000, 1),
            "actor": acting[0] if acting else "-",
        }
        _log.info("answered", extra=line)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Whose database is gone, or ended what took too long, hears so; the API has answered most of it itself."""
        if not _database_gave_up(exception):
            return None
        _log.error("the database does not answer", exc_info=exception)
        is_api = request.path_info.startswith("/api/")
        return problems.problem(request, "database_gone") if is_api else errors.unavailable(request)


def _database_gave_up(exception: Exception) -> bool:
    # A statement or a wait that was ended is an OperationalError, too; an ended transaction alone is not.
    ended = isinstance(exception, InternalError) and isinstance(exception.__cause__, IdleInTransactionSessionTimeout)
    return ended or isinstance(exception, OperationalError | InterfaceError)


def _actor(request: HttpRequest, acting: list[str]) -> Actor:
    found = accounts.actor_of(request.user) if isinstance(request.user, Account) else RESIDENT
    acting.append(found.code)
    return found


def _alive() -> HttpResponse:
    return _json({"status": "alive"})


def _ready() -> HttpResponse:
    missing = health.failures()
    if not missing:
        return _json({"status": "ready"})
    detail = "; ".join(f"{name}: {failure}" for name, failure in missing.items())
    problem = {"type": "urn:yousu:not-ready", "title": "Not ready", "status": 503, "detail": detail, "missing": missing}
    return _json(problem, status=503, content_type="application/problem+json")


def _metrics() -> HttpResponse:
    return HttpResponse(gauges.metrics(), content_type=CONTENT_TYPE_LATEST)


def _json(value: object, *, status: int = 200, content_type: str = "application/json") -> HttpResponse:
    response = HttpResponse(json.dumps(value), status=status, content_type=content_type)
    response["Cache-Control"] = "no-store"
    return response
