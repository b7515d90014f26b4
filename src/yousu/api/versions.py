"""版本: the version a client saw travels as a strong entity tag."""

import re

from django.http import HttpRequest, HttpResponse

from yousu.api.problems import Refusal

_TAG = re.compile(r'"(\d{1,9})"', re.ASCII)


def seen(request: HttpRequest) -> int:
    """The version in If-Match. Raises Refusal: 428 when it is missing, 400 when it is no version."""
    tag = request.headers.get("If-Match")
    if tag is None:
        raise Refusal("version_missing")
    found = _TAG.fullmatch(tag.strip())
    if found is None:
        raise Refusal("version_malformed")
    return int(found[1])


def tag(response: HttpResponse, version: int) -> None:
    """Names the version that the answer shows."""
    response["ETag"] = f'"{version}"'
