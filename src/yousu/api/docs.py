"""接口文档页: Swagger UI from our own server, without a line of script in the page."""

from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.utils.html import format_html
from ninja import NinjaAPI
from ninja.openapi.docs import DocsBase

_VENDOR = "vendor/swagger-ui-5.35.0"
_PAGE = """<!doctype html>
<html lang="zh-Hans">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="{styles}">
<script src="{bundle}" defer></script>
<script src="{start}" defer></script>
</head>
<body>
<main id="swagger-ui" data-openapi="{openapi}"><a href="{openapi}">OpenAPI</a></main>
</body>
</html>
"""


class DocsPage(DocsBase):
    """The page that reads the schema to people."""

    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: object) -> HttpResponse:
        """The page."""
        return HttpResponse(
            format_html(
                _PAGE,
                title=api.title,
                styles=static(f"{_VENDOR}/swagger-ui.css"),
                bundle=static(f"{_VENDOR}/swagger-ui-bundle.js"),
                start=static(f"{_VENDOR}/start.js"),
                openapi=self.get_openapi_url(api, dict(kwargs)),
            )
        )
