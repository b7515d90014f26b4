"""公开答复: answers that everybody may read, newest first, by words, category and district."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yousu.appeals import publishing
from yousu.cases.commands import tidy
from yousu.cases.searching import NothingToFind
from yousu.org.city import city

_PAGE, _LONGEST = 20, 100


@require_safe
def answers(request: HttpRequest) -> HttpResponse:
    """公开答复. What the city does not know filters nothing."""
    known = city()
    asked = {
        "q": tidy(request.GET.get("q", "").replace("\x00", ""))[:_LONGEST],
        "category": _among(known.categories, request.GET.get("category", "")),
        "district": _among({unit.code: unit for unit in known.districts()}, request.GET.get("district", "")),
    }
    why = ""
    try:
        page = publishing.released(
            words=asked["q"],
            category=asked["category"],
            district=asked["district"],
            after=_id(request.GET.get("after", "")),
            limit=_PAGE,
        )
    except NothingToFind:
        page, why = publishing.Page(answers=[], following=None), "too_short"
    shown = {
        "why": why,
        "answers": page.answers,
        "asked": asked,
        "classes": [path for path in known.categories if "/" not in path],
        "districts": [unit.code for unit in known.districts()],
        "following": _following(asked, page.following),
    }
    return render(request, "portal/answers.html", shown)


def _following(asked: dict[str, str], after: UUID | None) -> str:
    if after is None:
        return ""
    return "?" + urlencode({**{name: value for name, value in asked.items() if value}, "after": after})


def _among(known: Any, code: str) -> str:
    return code if code in known else ""


def _id(words: str) -> UUID | None:
    try:
        return UUID(words)
    except ValueError:
        return None
