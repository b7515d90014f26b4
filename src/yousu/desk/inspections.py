"""质检页: samples and their cases, a score item by item, an objection and its judgement, one's own scores."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from yousu.appeals.inspections import commands, queries, sheets
from yousu.appeals.inspections.commands import Ask
from yousu.appeals.inspections.queries import InspectedMissing
from yousu.cases.rules import FieldWrong
from yousu.cases.transitions import NotPossible
from yousu.desk import inspection_words as words
from yousu.desk import labels
from yousu.desk.access import StaffRequest, staff
from yousu.desk.forms import Refused, asked, read, version_seen
from yousu.desk.timeline import names_of
from yousu.ledger.log import StreamMoved
from yousu.org import capabilities
from yousu.org.capabilities import Belonging

_PAGE = 50


@require_safe
@staff("judge-score")
def index(request: StaffRequest) -> HttpResponse:
    """质检: the samples, and what waits for a judgement."""
    return _index(request)


@require_POST
@staff("draw-sample")
def draw(request: StaffRequest) -> HttpResponse:
    """抽样."""
    answers, refused = read(words.DRAW_FIELDS, request.POST)
    try:
        if not refused.errors:
            sample = commands.draw_sample(Ask(**answers), by=request.actor)
            return redirect("desk:inspection", sample.number)
    except FieldWrong as wrong:
        refused.add(wrong)
    return _index(request, refused=refused, status=422)


@require_safe
@staff("judge-score")
def sample(request: StaffRequest, number: int) -> HttpResponse:
    """One sample: how it was drawn, and its cases, those that wait first."""
    drawn = _found(lambda: queries.sample(number))
    rows = list(queries.of_sample(number))
    names = names_of([drawn.drawn_by, *(row.person for row in rows)])
    shown = {
        "sample": drawn,
        "sort": words.SORTS[drawn.sort],
        "by": names[drawn.drawn_by],
        "lines": [words.line(row, names[row.person]) for row in rows],
        "scored": sum(row.version > 0 for row in rows),
        "may_score": capabilities.may(request.actor, "score-work"),
    }
    return render(request, "desk/inspection.html", shown)


@require_safe
@staff("")
def inspected(request: StaffRequest, number: int, case: str) -> HttpResponse:
    """One case of a sample: its score, for inspectors and for whoever's work it is."""
    return _page(request, number, case)


@require_POST
@staff("score-work")
def score(request: StaffRequest, number: int, case: str) -> HttpResponse:
    """评分."""
    return _do(request, number, case, "score", words.scored)


@require_POST
@staff("object-to-score")
def object(request: StaffRequest, number: int, case: str) -> HttpResponse:
    """申诉."""
    row = _found(lambda: queries.inspected(number, case))
    capabilities.require(request.actor, "object-to-score", Belonging(recorded_by=row.person))
    return _do(request, number, case, "object", words.objected)


@require_POST
@staff("judge-score")
def judge(request: StaffRequest, number: int, case: str) -> HttpResponse:
    """申诉审定."""
    return _do(request, number, case, "judge", words.judged)


@require_safe
@staff("judge-score")
def results(request: StaffRequest) -> HttpResponse:
    """质检结果: by person and by item; every count opens its cases."""
    first, last = words.period(request.GET)
    people = queries.by_person(first, last)
    names = names_of(one.person for one in people)
    items = queries.by_item(first, last)
    shown = {
        "first": first.isoformat(),
        "last": last.isoformat(),
        "people": [(one, names[one.person], words.percent(one.points, one.of)) for one in people],
        "items": [
            (one, sheets.name_of(one.item, labels.language()), words.percent(one.points, one.of)) for one in items
        ],
    }
    return render(request, "desk/inspection_results.html", shown)


@require_safe
@staff("judge-score")
def behind(request: StaffRequest) -> HttpResponse:
    """数字背后: the scored cases that a number of the results counts."""
    first, last = words.period(request.GET)
    person, item = request.GET.get("person", "")[:100], request.GET.get("item", "")[:100]
    found = queries.behind(
        queries.Wanted(first=first, last=last, person=words.readable(person), item=words.readable(item))
    )
    told = {"person": names_of([person])[person] if person else "", "item": item and sheets.name_of(item, _lang())}
    given = {"first": first.isoformat(), "last": last.isoformat(), "person": person, "item": item}
    return _list(request, found, given=given, title=_("质检结果"), **told)


@require_safe
@staff("object-to-score")
def mine(request: StaffRequest) -> HttpResponse:
    """我的质检: how the own work was scored."""
    return _list(request, queries.own(request.actor.code), given={}, title=_("我的质检"), is_own=True)


def _lang() -> str:
    return labels.language()


def _list(request: StaffRequest, found: Any, *, given: Mapping[str, str], title: str, **more: Any) -> HttpResponse:
    page = request.GET.get("page", "0")
    at = int(page) if page.isascii() and page.isdecimal() and len(page) < 5 else 0
    rows = list(found[at * _PAGE : (at + 1) * _PAGE + 1])
    names = names_of(row.person for row in rows)
    shown = {
        "title": title,
        "lines": [words.line(row, names[row.person]) for row in rows[:_PAGE]],
        "following": f"?{urlencode({**given, 'page': at + 1})}" if len(rows) > _PAGE else "",
        "days": sheets.objection_days(),
        **more,
    }
    return render(request, "desk/inspected_list.html", shown)


def _index(request: StaffRequest, *, refused: Refused | None = None, status: int = 200) -> HttpResponse:
    before = request.GET.get("before", "")
    lines = queries.samples(
        before=int(before) if before.isascii() and before.isdecimal() and len(before) < 10 else None, size=_PAGE + 1
    )
    waiting = list(queries.to_judge()[:_PAGE])
    names = names_of([*(one.state.drawn_by for one in lines), *(row.person for row in waiting)])
    may_draw = capabilities.may(request.actor, "draw-sample")
    data = request.POST if request.method == "POST" else None
    shown = {
        "samples": [(one, words.SORTS[one.state.sort], names[one.state.drawn_by]) for one in lines[:_PAGE]],
        "following": f"?before={lines[_PAGE - 1].state.number}" if len(lines) > _PAGE else "",
        "waiting": [words.line(row, names[row.person]) for row in waiting],
        "asked": asked(words.DRAW_FIELDS, data=data, refused=refused, proposed=words.draw_proposed())
        if may_draw
        else [],
        "refused": refused,
    }
    return render(request, "desk/inspections.html", shown, status=status)


_RUN: Mapping[str, Callable[..., Any]] = {
    "score": commands.score_work,
    "object": commands.object_to_score,
    "judge": commands.judge_score,
}


def _do(
    request: StaffRequest, number: int, case: str, word: str, given: Callable[[QueryDict], dict[str, Any]]
) -> HttpResponse:
    refused, status = Refused(), 422
    try:
        seen = version_seen(request.POST)
        run, said = _RUN[word], given(request.POST)
        _found(lambda: run(number, case, **said, by=request.actor, seen=seen))
        return redirect("desk:inspected", number, case)
    except FieldWrong as wrong:
        refused.add(wrong)
        if wrong.field == "seen":
            refused.banner = _("这一页不完整，请核对后再提交一次。")
    except NotPossible as refusal:
        refused.banner, status = labels.word(labels.REFUSALS, refusal.why), 409
    except StreamMoved:
        refused.banner, status = _("您打开这一页后，这一件有了变化。填写的内容还在，请核对后再提交。"), 409
    return _page(request, number, case, tried=(word, refused), status=status)


def _page(
    request: StaffRequest, number: int, case: str, *, tried: tuple[str, Refused] | None = None, status: int = 200
) -> HttpResponse:
    row = _found(lambda: queries.inspected(number, case))
    actor = request.actor
    is_own = row.person == actor.code
    if not is_own and not capabilities.may(actor, "judge-score"):
        raise capabilities.Forbidden(actor, "judge-score")
    drawn = queries.sample(number)
    state = sheets.state_of(row) if row.version else None
    told = words.told(row, state)
    refused = tried[1] if tried else None
    shown = {
        "row": row,
        "line": words.line(row, names_of([row.person])[row.person]),
        "sort": words.SORTS[drawn.sort],
        "sheet": words.sheet(drawn, state, told.remarks, request.POST if tried else None, refused),
        "told": told,
        "is_own": is_own,
        "has_objected": state is not None and state.objection is not None,
        "may_score": row.version == 0 and not is_own and capabilities.may(actor, "score-work"),
        "may_object": words.may_object(state, actor),
        "may_judge": words.may_judge(state, actor),
        "days": sheets.objection_days(),
        "tried": tried[0] if tried else "",
        "typed": request.POST.get("reason", "") if tried else "",
        "refused": refused,
    }
    return render(request, "desk/inspected.html", shown, status=status)


def _found(ask: Callable[[], Any]) -> Any:
    try:
        return ask()
    except InspectedMissing as missing:
        raise Http404 from missing
