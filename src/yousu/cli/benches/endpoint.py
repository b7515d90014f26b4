"""上限端点: one INSERT behind Django's middleware and ninja, as an endpoint of the same server; no token, rule, event.

Loaded by a web server alone: it makes its one address the whole of the site.
"""

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest
from django.urls import path
from ninja import NinjaAPI, Schema

from yousu.cli.benches import ceiling

_PATH = "/row"
_api = NinjaAPI(docs_url=None, openapi_url=None)


class Said(Schema):
    """What is read of an appeal's body."""

    channel: str
    text: str


@_api.post(_PATH)
def row(request: HttpRequest, body: Said) -> dict[str, str]:
    """Keeps the text."""
    ceiling.insert(body.text)
    return {"kept": body.channel}


urlpatterns = [path("", _api.urls)]
django.setup()
settings.ROOT_URLCONF = __name__
application = get_wsgi_application()
