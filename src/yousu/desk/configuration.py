"""配置页: what is set, since when, by whom and why; rows added, changed, ended, removed; what that would do."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yousu.cases.rules import FieldWrong
from yousu.desk import configuration_forms as forms
from yousu.desk import configuration_words as words
from yousu.desk import consequences
from yousu.desk.access import StaffRequest, may, staff
from yousu.desk.forms import Refused, line, version_seen
from yousu.desk.timeline import names_of
from yousu.ledger.log import StreamMoved
from yousu.org import city as cities
from yousu.org import tables
from yousu.org.city import CityWrong, city
from yousu.org.configuration import commands, laying, queries
from yousu.org.configuration.projection import version_of
from yousu.org.sheets import Line
from yousu.org.tables import Table

P = ParamSpec("P")
_PAGE, _CHANGES, _ROWS = 50, 20, 20
MOVED = gettext_lazy("您打开这一页后，这张表有了变化。填写的内容还在，请核对后再保存。")


def up_to_date(view: Callable[Concatenate[StaffRequest, P], HttpResponse]) -> Callable[..., HttpResponse]:
    """Whoever sets things sees what stands, whichever process changed it last."""

    @wraps(view)
    def answer(request: StaffRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        laying.refresh()
        with cities.pinned(cities.current()):
            return view(request, *args, **kwargs)

    return answer


@require_safe
@staff("configure")
@up_to_date
def index(request: StaffRequest) -> HttpResponse:
    """城市配置: each table with its rows, its last change by whom, when and why."""
    last = queries.last_changes()
    names = names_of(one.by for one in last.values())
    known = tables.tables()
    shown = [
        {
            "name": name,
            "label": label,
            "rows": len(queries.lines(known[name], city())),
            "last": (one := last.get(known[name].file)),
            "who": names[one.by] if one else "",
        }
        for name, label in words.TABLES.items()
    ]
    settings = last.get(tables.SETTINGS)
    more = {"settings": settings, "settings_who": names[settings.by] if settings else ""}
    return render(request, "desk/configuration.html", {"tables": shown, **more})


@require_safe
@staff("configure")
@up_to_date
def table(request: StaffRequest, table: str) -> HttpResponse:
    """The rows of a table, found by words."""
    return _listed(request, _table(table))


@require_http_methods(["GET", "HEAD", "POST"])
@staff("configure")
@up_to_date
def new(request: StaffRequest, table: str) -> HttpResponse:
    """增加 a row."""
    known = _table(table)
    if known.leaving == tables.STAYS and known.name != "score_sheet":
        raise Http404
    return _changed(request, known, None)


@require_http_methods(["GET", "HEAD", "POST"])
@staff("configure")
@up_to_date
def row(request: StaffRequest, table: str) -> HttpResponse:
    """修改 the row that the address names."""
    known = _table(table)
    return _changed(request, known, _line(request, known))


@require_POST
@staff("configure")
@up_to_date
def remove(request: StaffRequest, table: str) -> HttpResponse:
    """删除 a row that no case names."""
    known = _table(table)
    found = _line(request, known)
    refused = Refused()
    status = 422
    try:
        note, seen = line(request.POST, "note"), version_seen(request.POST)
        commands.remove_row(known.name, known.key_of(found.cells), note=note, by=request.actor, seen=seen)
        return redirect("desk:configuration_table", known.name)
    except CityWrong as wrong:
        _refuse(refused, wrong, known)
    except FieldWrong as wrong:
        refused.add(wrong)
    except StreamMoved:
        refused.banner, status = str(MOVED), 409
    return _form(request, known, found, refused=refused, status=status)


@require_safe
@staff("configure")
@up_to_date
def history(request: StaffRequest, table: str) -> HttpResponse:
    """经过: who changed what, when and why, the latest first."""
    file = tables.SETTINGS if table == "settings" else _table(table).file
    before = request.GET.get("before", "")
    number = int(before) if before.isascii() and before.isdecimal() and len(before) < 9 else None
    found = list(queries.history(file, before=number, size=_CHANGES + 1, rows=_ROWS))
    names = names_of(change.by for change in found)
    shown = {
        "table": table,
        "label": words.table_name(file),
        "changes": [(change, names[change.by], _rows(table, change)) for change in found[:_CHANGES]],
        "following": f"?before={found[_CHANGES - 1].number}" if len(found) > _CHANGES else "",
    }
    return render(request, "desk/configuration_history.html", shown)


def _rows(table: str, change: queries.Change) -> list[dict[str, Any]]:
    known = tables.tables().get(table)
    columns = {column.name: column for column in known.columns} if known else {}

    def said(name: str, cells: Any) -> str:
        word = (cells or {}).get(name, "")
        return forms.shown(columns[name], word) if name in columns else word

    return [
        {
            "key": row.key.replace("|", " "),
            "is_new": row.before is None,
            "is_gone": row.after is None,
            "cells": [
                (words.column_name(table, name), said(name, row.before), said(name, row.after))
                for name in {**(row.before or {}), **(row.after or {})}
                if said(name, row.before) or said(name, row.after)
            ],
        }
        for row in change.rows
    ]


def _listed(request: StaffRequest, known: Table) -> HttpResponse:
    try:
        asked = line(request.GET, "q")[:100]
    except FieldWrong:
        asked = ""
    after = request.GET.get("after", "")
    begin = int(after) if after.isascii() and after.isdecimal() and len(after) < 9 else 0
    page = queries.page(known, city(), words=asked, after=begin, size=_PAGE)
    shown = {
        "table": known,
        "label": words.TABLES[known.name],
        "heads": [words.column_name(known.name, column.name) for column in known.columns],
        "lines": [_shown(known, line) for line in page.lines],
        "asked": {"words": asked},
        "found": page.found,
        "following": f"?{urlencode({'q': asked, 'after': str(page.following)})}" if page.following else "",
        "may_add": known.leaving != tables.STAYS or known.name == "score_sheet",
    }
    return render(request, "desk/configuration_table.html", shown)


def _shown(known: Table, line: Line) -> dict[str, Any]:
    key = known.key_of(line.cells)
    return {
        "address": f"/desk/configuration/{known.name}/row/?{urlencode({'key': key})}",
        "is_ended": bool(line.cells.get("ended")),
        "cells": [
            (forms.shown(column, line.cells.get(column.name, "")), column.kind in ("number", "decimal"))
            for column in known.columns
        ],
    }


def _changed(request: StaffRequest, known: Table, found: Line | None) -> HttpResponse:
    if request.method != "POST":
        return _form(request, known, found)
    key = known.key_of(found.cells) if found else None
    cells, refused = forms.cells(known, request.POST, is_new=found is None)
    status = 422
    try:
        note, seen = line(request.POST, "note"), version_seen(request.POST)
        if not refused.errors and "try" in request.POST:
            after = commands.checked({known.file: commands.with_row(known.name, cells, key=key)(_text(known))})
            told = consequences.of(known.name, key or "", cells, before=city(), after=after)
            return _form(request, known, found, told=told)
        if not refused.errors:
            commands.put_row(known.name, cells, key=key, note=note, by=request.actor, seen=seen)
            saved = known.key_of({**(found.cells if found else {}), **cells}).rpartition("|")[2]
            address = urlencode({"q": saved})
            return redirect(f"/desk/configuration/{known.name}/?{address}")
    except CityWrong as wrong:
        _refuse(refused, wrong, known)
        return _form(request, known, found, refused=refused, status=status, wrong=wrong)
    except FieldWrong as wrong:
        refused.add(wrong)
        if wrong.field == "seen":
            refused.banner = _("这一页不完整，请核对后再提交一次。")
    except StreamMoved:
        refused.banner, status = str(MOVED), 409
    return _form(request, known, found, refused=refused, status=status)


def _text(known: Table) -> str:
    return city().texts.get(known.file, "")


def _refuse(refused: Refused, wrong: CityWrong, known: Table) -> None:
    if wrong.file in ("", known.file) and wrong.field:
        refused.errors[wrong.field] = words.why(wrong)
    else:
        refused.banner = words.whole(wrong)


def _form(
    request: StaffRequest,
    known: Table,
    found: Line | None,
    *,
    refused: Refused | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    key = known.key_of(found.cells) if found else ""
    fields = forms.fields(known, is_new=found is None)
    data = request.POST if request.method == "POST" else None
    proposed = forms.typed(known, found.cells) if found else {}
    busy = consequences.of(known.name, key, found.cells, before=city(), after=city()) if found and data is None else []
    shown = {
        "table": known,
        "label": words.TABLES[known.name],
        "line": found,
        "key": key.replace("|", " "),
        "facts": [
            (words.column_name(known.name, column.name), forms.shown(column, found.cells.get(column.name, "")))
            for column in known.columns
            if found and column.is_key
        ],
        "asked": forms.asked(fields, data=data, refused=refused, proposed=proposed),
        "is_fixed": not fields,
        "version": version_of(known.file),
        "refused": refused,
        "marked": _marked(request, more.get("wrong")),
        "told": more.get("told") if "told" in more else busy if known.name != "routing" else [],
        "was_tried": "told" in more,
        "may_see": may(request.actor, "see"),
        "may_remove": found is not None and known.leaving == tables.REMOVED,
    }
    return render(request, "desk/configuration_form.html", shown, status=status)


def _marked(request: StaffRequest, wrong: CityWrong | None) -> tuple[str, str, str] | None:
    if wrong is None or not wrong.word or wrong.field != "when":
        return None
    text = " ".join(request.POST.get("when", "").split())
    end = wrong.at + len(wrong.word)
    return (text[: wrong.at], text[wrong.at : end], text[end:]) if text[wrong.at : end] == wrong.word else None


def _table(name: str) -> Table:
    if name not in words.TABLES:
        raise Http404
    return tables.tables()[name]


def _line(request: StaffRequest, known: Table) -> Line:
    found = queries.line(known, city(), request.GET.get("key", ""))
    if found is None:
        raise Http404
    return found
