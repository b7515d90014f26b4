"""公开通报: what was published, and the cases behind every number without anything personal."""

import json
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from yousu.bulletins import queries, rendering, rules
from yousu.bulletins.queries import Bulletin, BulletinMissing
from yousu.cases.models import CaseNow
from yousu.documents.model import Lang
from yousu.figures.kept import ListBroken, ListMissing

_PAGE = 50


@require_safe
def archive(request: HttpRequest) -> HttpResponse:
    """通报列表, newest first."""
    page = queries.page_of(queries.published(), size=_PAGE, after=request.GET.get("after", ""))
    following = f"?{urlencode({'after': page.after})}" if page.after else ""
    return render(request, "portal/bulletins.html", {"bulletins": page.rows, "following": following})


@require_safe
def show(request: HttpRequest, bulletin_id: str) -> HttpResponse:
    """One published bulletin."""
    bulletin = _published(bulletin_id)
    address = reverse("portal:bulletin_numbers", args=[bulletin_id])
    document = rendering.as_html(bulletin, lang=_lang(), link=lambda path: f"{address}?{urlencode({'figure': path})}")
    shown = {
        "id": bulletin_id,
        "spell": rules.spell_of(bulletin_id),
        "document": document,
        "seal": queries.seal_of(bulletin_id),
    }
    return render(request, "portal/bulletin.html", shown)


@require_safe
def numbers(request: HttpRequest, bulletin_id: str) -> HttpResponse:
    """数字背后: number, day, category and district of each case; no words, no person, no stage of today."""
    path = request.GET.get("figure", "")[:120]
    _published(bulletin_id)
    try:
        found = queries.numbers_behind(bulletin_id, path)
    except ListMissing as error:
        raise Http404 from error
    except ListBroken as error:
        return render(request, "portal/bulletin_numbers.html", {"id": bulletin_id, "broken": error.path}, status=409)
    each = sorted(set(found))
    waiting = [number for number in each if number > request.GET.get("after", "")]
    page = waiting[:_PAGE]
    shown = {
        "id": bulletin_id,
        "times": len(found),
        "count": len(each),
        "cases": CaseNow.objects.filter(number__in=page).order_by("number"),
        "following": f"?{urlencode({'figure': path, 'after': page[-1]})}" if len(waiting) > _PAGE else "",
    }
    return render(request, "portal/bulletin_numbers.html", shown)


@require_safe
def pdf(request: HttpRequest, bulletin_id: str) -> HttpResponse:
    """The printed bulletin."""
    response = HttpResponse(rendering.as_pdf(_published(bulletin_id), lang=_lang()), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{bulletin_id}.pdf"'
    return response


@require_safe
def docx(request: HttpRequest, bulletin_id: str) -> HttpResponse:
    """The same for Word."""
    content = rendering.as_docx(_published(bulletin_id), lang=_lang())
    response = HttpResponse(content, content_type=rendering.DOCX)
    response["Content-Disposition"] = f'attachment; filename="{bulletin_id}.docx"'
    return response


@require_safe
def as_json(request: HttpRequest, bulletin_id: str) -> HttpResponse:
    """The published JSON with its digest, for whoever wants to check it."""
    content = json.dumps(_published(bulletin_id).json, ensure_ascii=False)
    return HttpResponse(content, content_type="application/json; charset=utf-8")


def _published(bulletin_id: str) -> Bulletin:
    try:
        return queries.published_one(bulletin_id)
    except BulletinMissing as error:
        raise Http404 from error


def _lang() -> Lang:
    return "zh" if (get_language() or "zh").startswith("zh") else "en"
