"""门户首页: three doors, the last weekly bulletin, the newest answers; and what is done with personal data."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yousu.appeals import publishing
from yousu.portal import week

_NEWEST = 3


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """首页."""
    shown = {"week": week.last(), "answers": publishing.released(limit=_NEWEST).answers}
    return render(request, "portal/home.html", shown)


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """个人信息: what is kept, who sees it, how to have it erased."""
    return render(request, "portal/privacy.html")
