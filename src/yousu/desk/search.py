"""全部诉求: one box and filters; the filters stand in the address, a person's number never does."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from yousu.cases import lookups, numbers, searching
from yousu.cases.rules import FieldWrong
from yousu.cases.searching import NothingToFind
from yousu.desk import filters, labels, paging, people, personal, rows
from yousu.desk.access import StaffRequest, may, staff
from yousu.desk.filters import Filters
from yousu.desk.paging import Page
from yousu.org import saved
from yousu.org.city import city
from yousu.understanding import bigrams


@staff()
def cases(request: StaffRequest) -> HttpResponse:
    """全部诉求. A whole number opens its case."""
    asked = filters.read(request.GET)
    if numbers.is_number(asked.words):
        return redirect("desk:case", asked.words)
    if personal.found_in(asked.words, with_four=False) is not None:
        # Typed into an address by hand, or kept by a browser: it must not stay there.
        return redirect("desk:cases")
    return page(request, asked)


@staff()
def find(request: StaffRequest) -> HttpResponse:
    """查找: what was typed is looked at before it becomes an address."""
    if request.method != "POST":
        return redirect("desk:cases")
    asked = filters.read(request.POST)
    if numbers.is_number(asked.words):
        opened = redirect("desk:case", asked.words)
        return HttpResponseClientRedirect(opened["Location"]) if request.htmx else opened
    with_four = lookups.may_look(request.actor) and request.POST.get("as") != "words"
    somebody = personal.found_in(asked.words, with_four=with_four)
    if somebody is not None:
        return people.found(request, somebody)
    return redirect(f"/desk/cases/?{asked.address}" if asked.address else "/desk/cases/")


def page(request: StaffRequest, asked: Filters, *, refused: str = "", status: int = 200) -> HttpResponse:
    """The list with its filters; `refused` says why something asked of it was not done."""
    found, errors = _found(request, asked)
    terms = bigrams.query(asked.words).terms
    lines = [rows.with_words(row, line, terms) for row, line in zip(found.rows, rows.lines(found.rows), strict=True)]
    shown: dict[str, Any] = {
        "asked": asked.given,
        "is_filtered": bool(asked.given),
        "errors": errors,
        "refused": refused,
        "terms": terms,
        "may_export": may(request.actor, "export"),
        "lines": lines,
        "from": f"/desk/cases/?{asked.address}" if asked.address else "/desk/cases/",
        "count": f"{paging.ROWS}+" if found.after or request.GET.get("after") else str(len(found.rows)),
        "following": f"?{Filters({**asked.given, 'after': found.after}).address}" if found.after else "",
    }
    if request.htmx:
        answer = render(request, "desk/search_results.html", shown, status=status)
        answer["HX-Push-Url"] = f"/desk/cases/?{asked.address}" if asked.address else "/desk/cases/"
        return answer
    return render(request, "desk/search.html", {**shown, **_around(request, asked)}, status=status)


def _found(request: StaffRequest, asked: Filters) -> tuple[Page, dict[str, str]]:
    """A page of what was found, or what is wrong with the filters."""
    after = paging.before(request.GET.get("after", ""))
    try:
        found = searching.newest(asked.wanted(), by=request.actor, after=after, limit=paging.ROWS + 1)
    except FieldWrong as wrong:
        return paging.NOTHING, {wrong.field: labels.word(labels.FIELD_REASONS, wrong.why)}
    except NothingToFind:
        return paging.NOTHING, {"q": _("请至少输入两个相连的字、字母或数字。")}
    return paging.cut(found, paging.NEWEST), {}


def _around(request: StaffRequest, asked: Filters) -> dict[str, Any]:
    """What stands around the results: choices, saved filters, what may be done with the list."""
    known = city()
    return {
        "stages": _choices(known.stages),
        "channels": _choices(known.channels),
        "types": _choices(known.types),
        "districts": [(unit.code, labels.district(unit.code)) for unit in known.districts()],
        "saved": saved.of(request.actor),
        "address": asked.address,
        "may_look": lookups.may_look(request.actor),
    }


def _choices(known: Any) -> list[tuple[str, str]]:
    return [(code, label.name(labels.language())) for code, label in known.items()]
