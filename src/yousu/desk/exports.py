"""导出: the list as CSV or XLSX, sent as it is made; recorded first."""

from collections.abc import Iterator
from datetime import datetime

from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from yousu.cases import exporting
from yousu.cases.exporting import TooMany
from yousu.cases.models import CaseNow
from yousu.cases.rules import FieldWrong
from yousu.cases.searching import NothingToFind
from yousu.desk import filters, labels, moments, search
from yousu.desk.access import StaffRequest, staff
from yousu.desk.personal import found_in
from yousu.org.city import city
from yousu.platform import clock, sheets


@staff("export")
def export(request: StaffRequest) -> HttpResponseBase:
    """导出. What cannot be exported shows the list again, with the reason."""
    asked = filters.read(request.POST)
    kind = sheets.KINDS.get(request.POST.get("file", ""))
    if request.method != "POST" or kind is None or found_in(asked.words, with_four=False):
        return redirect("desk:cases")
    try:
        pieces = exporting.export(asked.wanted(), file=kind.suffix, by=request.actor)
    except TooMany:
        why = _("超过 %(most)s 件，一个文件放不下。请缩小范围再导出。") % {"most": f"{exporting.MOST:,}"}
        return search.page(request, asked, refused=why, status=422)
    except (FieldWrong, NothingToFind):
        return search.page(request, asked, status=422)
    # Words are chosen now: when the last row goes, the request's language is no longer set.
    answer = StreamingHttpResponse(kind.written(_heads(), _rows(pieces, labels.language())), content_type=kind.type)
    day = clock.now().astimezone(moments.zone()).strftime("%Y%m%d-%H%M")
    answer["Content-Disposition"] = f'attachment; filename="yousu-{day}.{kind.suffix}"'
    return answer


def _heads() -> list[str]:
    return [
        _("编号"),
        _("受理时间"),
        _("环节"),
        _("渠道"),
        _("类型"),
        _("分类"),
        _("区县"),
        _("地点"),
        _("标题"),
        _("内容"),
        _("主办单位"),
        _("期限"),
        _("办结时间"),
    ]


def _rows(pieces: Iterator[list[CaseNow]], language: str) -> Iterator[list[str]]:
    for piece in pieces:
        for case in piece:
            yield _row(case, language)


def _row(case: CaseNow, language: str) -> list[str]:
    known = city()
    return [
        case.number,
        _at(case.received_at),
        labels.named_in(known.stages, case.stage, language),
        labels.named_in(known.channels, case.channel, language),
        labels.named_in(known.types, case.type, language),
        labels.category_in(case.category, language),
        labels.named_in(known.units, case.district, language).removesuffix("人民政府"),
        case.place or "",
        case.title or "",
        case.matter or "",
        labels.named_in(known.units, case.lead_unit, language),
        _at(case.due_at),
        _at(case.closed_at),
    ]


def _at(moment: datetime | None) -> str:
    return moments.exact(moment) if moment else ""
