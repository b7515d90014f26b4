"""解析: bodies and query strings as the API accepts them: JSON only, and no text that no database can hold."""

import json
import re
from typing import Any

from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from ninja.parser import Parser

from yousu.api.problems import Refusal
from yousu.cases.rules import FieldWrong

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class StrictParser(Parser):
    """What a body and a query may be. Raises Refusal (415), FieldWrong (422), ValueError and RecursionError (400)."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The JSON of the body."""
        if request.content_type != "application/json":
            raise Refusal("wrong_media_type")
        body = json.loads(request.body)
        check_texts(body)
        return body

    def parse_querydict(
        self, data: "MultiValueDict[str, Any]", list_fields: list[str], request: HttpRequest
    ) -> dict[str, Any]:
        """The parameters of the query string."""
        check_texts(dict(data.lists()), whole="query")
        return super().parse_querydict(data, list_fields, request)


def check_texts(value: Any, *, whole: str = "body") -> None:
    """Raises FieldWrong where a text or a name holds a NUL or half of a surrogate pair."""
    # A stack of our own: what json could nest, recursion here could not follow.
    waiting: list[tuple[str, Any]] = [("", value)]
    while waiting:
        path, part = waiting.pop()
        if isinstance(part, str):
            _check_text(path or whole, part)
        elif isinstance(part, dict):
            for name in part:
                _check_text(path or whole, name)
            waiting.extend((f"{path}.{name[:200]}".lstrip("."), inner) for name, inner in part.items())
        elif isinstance(part, list):
            waiting.extend((path, inner) for inner in part)


def _check_text(path: str, text: str) -> None:
    found = _UNSTORABLE.search(text)
    if found is not None:
        raise FieldWrong(path[:400], "nul_character" if found[0] == "\x00" else "lone_surrogate")
