"""问题: the one place where an exception becomes an answer (RFC 9457)."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import msgspec
import psycopg
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from yousu.api.complaints import complaints
from yousu.api.messages import MESSAGES, language_of
from yousu.cases.attaching import TooLarge
from yousu.cases.queries import CaseMissing
from yousu.cases.rules import FieldWrong
from yousu.cases.transitions import NotPossible
from yousu.figures.kept import ListBroken
from yousu.intake.arrivals import ContentDiffers
from yousu.ledger.attachments import AttachmentGone
from yousu.ledger.log import StreamMissing, StreamMoved
from yousu.ledger.models import Person
from yousu.ledger.persons import PhoneWrong
from yousu.org.capabilities import Forbidden

MEDIA_TYPE = "application/problem+json"
# A hostile body may be wrong in a hundred thousand places.
_MOST_ERRORS = 50


class Refusal(Exception):
    """The door itself refuses: a code of `messages.MESSAGES`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def problem(request: HttpRequest, code: str, **more: Any) -> HttpResponse:
    """The answer for a code of `messages.MESSAGES`; `more` are extension members."""
    message, language = MESSAGES[code], language_of(request)
    body = {
        "type": f"urn:yousu:problem:{code}",
        "title": message.title(language),
        "status": message.status,
        "detail": message.detail(language),
        **more,
    }
    response = HttpResponse(msgspec.json.encode(body), status=message.status, content_type=MEDIA_TYPE)
    response["Content-Language"] = "en" if language == "en" else "zh-Hans"
    if message.status == 503:
        response["Retry-After"] = "5"
    return response


def fields_wrong(request: HttpRequest, errors: Iterable[Mapping[str, Any]]) -> HttpResponse:
    """422 naming each wrong field."""
    return problem(request, "fields_wrong", errors=list(errors)[:_MOST_ERRORS])


def register(api: NinjaAPI) -> None:
    """Answers for these exceptions and no others: whatever else is raised is a fault of ours and shows as one."""
    for kind, answer in _ANSWERS.items():
        api.add_exception_handler(kind, answer)


def _plain(code: str) -> Callable[[HttpRequest, Any], HttpResponse]:
    return lambda request, _: problem(request, code)


def _refusal(request: HttpRequest, error: Refusal) -> HttpResponse:
    return problem(request, error.code)


def _unauthorized(request: HttpRequest, _: AuthenticationError) -> HttpResponse:
    response = problem(request, "unauthorized")
    response["WWW-Authenticate"] = 'Bearer realm="yousu"'
    return response


def _unread(request: HttpRequest, error: HttpError) -> HttpResponse:
    # ninja wraps whatever the parser raised; its own cause says what was wrong with the body.
    cause = error.__cause__
    answer = _ANSWERS.get(type(cause)) if isinstance(cause, Exception) else None
    return answer(request, cause) if answer else problem(request, "json_broken")


def _not_possible(request: HttpRequest, error: NotPossible) -> HttpResponse:
    return problem(request, "not_possible", why=error.why, stage=error.stage, possible=list(error.possible))


def _moved(request: HttpRequest, error: StreamMoved) -> HttpResponse:
    return problem(request, "version_moved", version=error.version)


def _list_broken(request: HttpRequest, error: ListBroken) -> HttpResponse:
    return problem(request, "list_broken", figure=error.path)


def _field_wrong(request: HttpRequest, error: FieldWrong) -> HttpResponse:
    kinds = {"kinds": list(error.kinds)} if error.kinds else {}
    return fields_wrong(request, [{"field": error.field, "why": error.why, **kinds}])


def _phone_wrong(request: HttpRequest, _: PhoneWrong) -> HttpResponse:
    return fields_wrong(request, [{"field": "appellant.phone", "why": "not_a_phone"}])


def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return fields_wrong(request, complaints(error.errors))


_ANSWERS: Mapping[type[Exception], Callable[[HttpRequest, Any], HttpResponse]] = {
    Refusal: _refusal,
    AuthenticationError: _unauthorized,
    HttpError: _unread,
    ValidationError: _invalid,
    FieldWrong: _field_wrong,
    PhoneWrong: _phone_wrong,
    Forbidden: _plain("forbidden"),
    CaseMissing: _plain("case_missing"),
    StreamMissing: _plain("case_missing"),
    AttachmentGone: _plain("attachment_missing"),
    TooLarge: _plain("file_too_large"),
    Person.DoesNotExist: _plain("person_missing"),
    Http404: _plain("path_missing"),
    NotPossible: _not_possible,
    ContentDiffers: _plain("content_differs"),
    StreamMoved: _moved,
    ListBroken: _list_broken,
    RequestDataTooBig: _plain("too_large"),
    UnreadablePostError: _plain("request_broken"),
    OperationalError: _plain("database_gone"),
    InterfaceError: _plain("database_gone"),
    psycopg.OperationalError: _plain("database_gone"),
}
