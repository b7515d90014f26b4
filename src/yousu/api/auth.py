"""认证: a bearer token names the actor. A browser's session counts for nothing here."""

import re
from typing import Any, cast

from django.http import HttpRequest
from ninja.security import HttpBearer

from yousu.org import accounts
from yousu.org.actors import Actor

_TOKEN = re.compile(r"[\x21-\x7e]{1,200}", re.ASCII)


class Token(HttpBearer):
    """`Authorization: Bearer …`."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        """The actor behind the token, or None; the request's line in the log names it."""
        found = accounts.by_token(token) if _TOKEN.fullmatch(token) else None
        if found is not None:
            cast(Any, request).acting.append(found.code)
        return found


def actor(request: HttpRequest) -> Actor:
    """Who asks; the request passed `Token`."""
    return cast(Actor, cast(Any, request).auth)
