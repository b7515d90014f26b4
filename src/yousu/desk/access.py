"""进门: a page of the desk is for staff who are signed in and may do what it is for."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.middleware import HtmxDetails

from yousu.cases.queries import CaseMissing
from yousu.ledger.log import StreamMissing
from yousu.org import capabilities
from yousu.org.actors import Actor

P = ParamSpec("P")


class StaffRequest(HttpRequest):
    """A request of somebody signed in, as the middleware leaves it."""

    actor: Actor
    htmx: HtmxDetails


View = Callable[Concatenate[StaffRequest, P], HttpResponseBase]


def staff(action: str = "see", *, everywhere: bool = False) -> Callable[[View[P]], Callable[..., HttpResponseBase]]:
    """Lets a view answer those who may do `action` (`everywhere`: on every case); others sign in, or get a 403."""

    def wrap(view: View[P]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def answer(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return _sign_in(request)
            asking = cast(StaffRequest, request)
            if not may(asking.actor, action, everywhere=everywhere):
                raise PermissionDenied
            try:
                response = view(asking, *args, **kwargs)
            except capabilities.Forbidden as refusal:
                raise PermissionDenied from refusal
            except (CaseMissing, StreamMissing) as missing:
                raise Http404 from missing
            # What staff see is about people: no cache keeps it, not the browser's either.
            response["Cache-Control"] = "no-store"
            return response

        return answer

    return wrap


def _sign_in(request: HttpRequest) -> HttpResponse:
    """To the sign-in page and back: to the page that was asked for, or to the one on which a form was filled in."""
    htmx = cast(StaffRequest, request).htmx
    if htmx:
        back = htmx.current_url_abs_path
    elif request.method == "GET":
        back = request.get_full_path()
    else:
        back = _page_of(request)
    lapsed = "form" if request.method != "GET" else "page" if getattr(request.session, "has_lapsed", False) else ""
    address = f"{settings.LOGIN_URL}?lapsed={lapsed}" if lapsed else settings.LOGIN_URL
    return redirect_to_login(back or settings.LOGIN_REDIRECT_URL, address)


def _page_of(request: HttpRequest) -> str:
    came_from = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(came_from, allowed_hosts={request.get_host()}):
        return ""
    parts = urlsplit(came_from)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def may(actor: Actor, action: str, *, everywhere: bool = False) -> bool:
    """Whether a page for `action` is for this actor. An empty action is for everybody signed in."""
    if not action:
        return True
    scopes = capabilities.scopes(actor, action)
    return "all" in scopes if everywhere else bool(scopes)
