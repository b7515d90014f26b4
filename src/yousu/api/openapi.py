"""OpenAPI: what the schema says beyond what ninja finds out by itself."""

from typing import Any

from yousu.api.problems import MEDIA_TYPE
from yousu.api.shapes import Problem

IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "required": True,
    "description": "所见版本 / the version you saw, as the ETag gave it.",
    "schema": {"type": "string", "pattern": '^"[0-9]{1,9}"$', "examples": ['"1"']},
}
IDEMPOTENCY_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "Makes the post safe to repeat; without it `external_id` must be there.",
    "schema": {"type": "string", "pattern": "^[!-~]{1,200}$"},
}
ETAG = {"headers": {"ETag": {"description": "The case's version.", "schema": {"type": "string"}}}}


def refusals(*statuses: int) -> dict[int, type[Problem]]:
    """The problems an operation can answer with; any needs a token and a database."""
    return dict.fromkeys(sorted({401, 503, *statuses}), Problem)


def with_problem_types(schema: dict[str, Any]) -> dict[str, Any]:
    """Problems are application/problem+json, which ninja cannot say by status."""
    for operations in schema["paths"].values():
        for operation in operations.values():
            for status, response in operation["responses"].items():
                if int(status) >= 400:
                    response["content"] = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return schema
