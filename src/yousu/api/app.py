"""接口: the whole API. To add a part, write its module and one row of ROUTERS."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import URLPattern, re_path
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI

from yousu.api import appeals, attachments, bulletins, catalogues, commands, figures, persons, problems
from yousu.api.auth import Token
from yousu.api.docs import DocsPage
from yousu.api.openapi import with_problem_types
from yousu.api.parsing import StrictParser
from yousu.api.problems import problem
from yousu.api.rendering import Json

ROUTERS = (
    ("/appeals", appeals.router),
    ("/appeals", commands.router),
    ("/appeals", attachments.router),
    ("/persons", persons.router),
    ("/bulletins", bulletins.router),
    ("/seals", bulletins.seals),
    ("/figures", figures.router),
    ("", catalogues.router),
)

View = Callable[..., HttpResponse]


class Api(NinjaAPI):
    """ninja's API whose every answer that is none is a problem."""

    _schema: Any = None

    def set_default_exception_handlers(self) -> None:
        """Ours instead of ninja's, which would also answer for exceptions nobody thought of."""
        problems.register(self)

    def get_openapi_operation_id(self, operation: Any) -> str:
        """The view's own name."""
        return str(operation.view_func.__name__)

    def get_openapi_schema(self, *, path_prefix: str | None = None, path_params: Any = None) -> Any:
        """The schema, built once."""
        if self._schema is None:
            built = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
            self._schema = with_problem_types(built)
        return self._schema

    @property
    def urls(self) -> tuple[list[Any], str, str]:
        """The addresses, and a last one for all that are none."""
        patterns, name, namespace = super().urls
        return [*map(_guarded, patterns), re_path("", unknown_path)], name, namespace


@csrf_exempt
def unknown_path(request: HttpRequest, **_: Any) -> HttpResponse:
    """404 as a problem, for any address under /api/ that nothing answers."""
    return problem(request, "path_missing")


def _guarded(pattern: Any) -> URLPattern:
    """The same address; what is answered before or beside ninja's operations becomes a problem, too."""
    return URLPattern(pattern.pattern, _answering(pattern.callback), pattern.default_args, pattern.name)


def _answering(view: View) -> View:
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except Http404:
            return problem(request, "path_missing")
        if isinstance(response, HttpResponseNotAllowed):
            allowed = response["Allow"]
            response = problem(request, "method_not_allowed")
            response["Allow"] = allowed
        # Cases are nobody else's: no cache on the way keeps them.
        response.setdefault("Cache-Control", "no-store")
        return response

    return answer


api = Api(
    title="有诉 Yousu",
    version="1",
    description="12345政务服务便民热线接口 / the API of a 12345 hotline.",
    urls_namespace="api",
    auth=Token(),
    docs=DocsPage(),
    renderer=Json(),
    parser=StrictParser(),
)
for _prefix, _router in ROUTERS:
    api.add_router(_prefix, _router)
