"""查人: the cases of somebody by phone, name or last four digits. Posted, shown on this page only, and recorded."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from yousu.cases import lookups
from yousu.cases.rules import FieldWrong
from yousu.desk import forms, labels, rows
from yousu.desk.access import StaffRequest, staff
from yousu.desk.personal import Personal


@staff("unmask", everywhere=True)
def person(request: StaffRequest) -> HttpResponse:
    """查人: the form of its own."""
    if request.method != "POST":
        return redirect("desk:cases")
    try:
        asked = Personal(request.POST.get("by", ""), forms.line(request.POST, "value"))
    except FieldWrong as wrong:
        return _page(request, Personal(request.POST.get("by", "")), error=_why(wrong), status=422)
    return found(request, asked)


def found(request: StaffRequest, asked: Personal) -> HttpResponse:
    """The cases of whoever was asked for; to those who may not look, and of what nothing is kept, a word why."""
    if not (asked.by and lookups.may_look(request.actor)):
        return _page(request, asked, status=200)
    try:
        cases = lookups.look_up(asked.by, asked.value, actor=request.actor)
    except FieldWrong as wrong:
        return _page(request, asked, error=_why(wrong), status=422)
    more = len(cases) > lookups.MOST
    lines = rows.lines(cases[: lookups.MOST])
    return _page(request, asked, lines=lines, count=f"{lookups.MOST}+" if more else str(len(lines)))


def _page(
    request: StaffRequest, asked: Personal, *, error: str = "", status: int = 200, **more: object
) -> HttpResponse:
    shown = {
        "by": asked.by,
        "by_word": labels.word(labels.LOOKED_BY, asked.by),
        "value": asked.value if error else "",
        "error": error,
        "may_look": lookups.may_look(request.actor),
        "is_found": "lines" in more,
        "four": asked.value if asked.by == "last4" and not error else "",
        **more,
    }
    answer = render(request, "desk/person_results.html" if request.htmx else "desk/person.html", shown, status=status)
    if request.htmx:
        # What the address says stays what it was.
        answer["HX-Push-Url"] = "false"
    return answer


def _why(wrong: FieldWrong) -> str:
    return labels.word(labels.FIELD_REASONS, wrong.why)
