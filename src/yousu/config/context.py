"""模板上下文: what every page shows: the city, a demonstration's clock, and who is signed in."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from yousu.desk import navigation, undoing
from yousu.org.city import city
from yousu.platform import clock
from yousu.portal.looks import Looks


def page(request: HttpRequest) -> Mapping[str, Any]:
    """Lazy throughout: a page that shows nothing of it asks nothing."""
    language = get_language() or "zh-hans"
    return {
        "language": language,
        "html_lang": "zh-Hans" if language.startswith("zh") else "en",
        "looks": Looks(request),
        "demo_now": clock.now() if clock.is_shifted() else None,
        "city": _city_names(language),
        "staff": SimpleLazyObject(lambda: navigation.staff(request)),
        "undoable": SimpleLazyObject(lambda: undoing.offered(request)),
        "taken_back": SimpleLazyObject(lambda: undoing.taken_back(request)),
    }


def _city_names(language: str) -> Mapping[str, str]:
    settings = city().settings
    suffix = "zh" if language.startswith("zh") else "en"
    code = settings.get("code", "")
    return {
        "name": settings.get(f"name_{suffix}", code),
        "hotline": settings.get(f"hotline_name_{suffix}", code),
        "number": settings.get("hotline_number", "12345"),
    }
