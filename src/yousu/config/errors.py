"""错误页: what a page says when something went wrong. Needs no database, no session and no signed-in account."""

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, or 413 when more was sent than a form may hold."""
    return _page(413 if isinstance(exception, RequestDataTooBig) else 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    return _page(403)


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    return _page(404)


def too_many(request: HttpRequest) -> HttpResponse:
    """429."""
    response = _page(429)
    response["Retry-After"] = "60"
    return response


def broken(request: HttpRequest) -> HttpResponse:
    """500."""
    return _page(500)


def unavailable(request: HttpRequest) -> HttpResponse:
    """503."""
    response = _page(503)
    response["Retry-After"] = "30"
    return response


def _page(status: int) -> HttpResponse:
    return HttpResponse(render_to_string(f"errors/{status}.html"), status=status)
