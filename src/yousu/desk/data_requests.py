"""个人信息请求页: who waits for an answer until when, one request and its decision; taking one down for a caller."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _L
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yousu.appeals.data_requests import commands, queries
from yousu.appeals.data_requests import words as kept_words
from yousu.appeals.data_requests.commands import Ask
from yousu.appeals.data_requests.queries import DataRequestMissing
from yousu.cases.rules import FieldWrong
from yousu.cases.transitions import NotPossible
from yousu.desk import labels
from yousu.desk import request_words as words
from yousu.desk.access import StaffRequest, staff
from yousu.desk.forms import Refused, asked, read, version_seen
from yousu.ledger.log import StreamMoved
from yousu.org import capabilities
from yousu.platform import sheets

_PAGE = 50
_TABS = {"open": _L("等待答复"), "decided": _L("近一年已答复"), "late": _L("其中逾期答复的")}


@require_safe
@staff("data-requests")
def index(request: StaffRequest) -> HttpResponse:
    """个人信息请求: those that wait, the soonest deadline first; those of the last year, how many in time."""
    shown = request.GET.get("show", "open")
    if shown not in queries.SHOWN:
        raise Http404
    page = request.GET.get("page", "0")
    at = int(page) if page.isascii() and page.isdecimal() and len(page) < 5 else 0
    rows = list(queries.listed(shown)[at * _PAGE : (at + 1) * _PAGE + 1])
    context = {
        "lines": [words.line(row) for row in rows[:_PAGE]],
        "tabs": [{"href": f"?show={code}", "label": label, "is_here": code == shown} for code, label in _TABS.items()],
        "shown": shown,
        "timeliness": queries.timeliness(),
        "following": f"?{urlencode({'show': shown, 'page': at + 1})}" if len(rows) > _PAGE else "",
    }
    return render(request, "desk/data_requests.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff("ask-for-data")
def new(request: StaffRequest) -> HttpResponse:
    """代登记: for somebody who calls, by the number of one of their cases and the phone left there."""
    data, refused, status = None, Refused(), 200
    if request.method == "POST":
        data, status = request.POST, 422
        answers, refused = read(words.ASK_FIELDS, request.POST)
        try:
            if not refused.errors:
                made = commands.ask(Ask(**answers), by=request.actor)
                return redirect(f"{reverse('desk:data_request_new')}?{urlencode({'made': made.number})}")
        except FieldWrong as wrong:
            refused.add(wrong)
    context = {
        "asked": asked(words.ASK_FIELDS, data=data, refused=refused, proposed={}),
        "refused": refused if refused.errors else None,
        "made": _made(request),
    }
    return render(request, "desk/data_request_new.html", context, status=status)


@require_safe
@staff("data-requests")
def show(request: StaffRequest, number: int) -> HttpResponse:
    """One request."""
    return _page(request, number)


@require_POST
@staff("decide-request")
def grant(request: StaffRequest, number: int) -> HttpResponse:
    """同意."""
    return _do(request, number, "grant", commands.grant)


@require_POST
@staff("decide-request")
def refuse(request: StaffRequest, number: int) -> HttpResponse:
    """不同意."""
    return _do(request, number, "refuse", commands.refuse)


@require_POST
@staff("fetch-data")
def fetch(request: StaffRequest, number: int) -> HttpResponseBase:
    """取走: the file, for whoever hands it to the person."""
    kind = sheets.KINDS.get(request.POST.get("format", "xlsx"))
    if kind is None:
        raise Http404
    try:
        rows = _found(lambda: commands.hand_over(number, by=request.actor))
    except NotPossible as refusal:
        banner = labels.word(labels.REFUSALS, refusal.why)
        return _page(request, number, tried=("fetch", Refused(banner=banner)), status=409)
    answer = StreamingHttpResponse(kind.written(kept_words.heads(), kept_words.lines(rows)), content_type=kind.type)
    answer["Content-Disposition"] = f'attachment; filename="request-{number}.{kind.suffix}"'
    return answer


def _made(request: StaffRequest) -> Any:
    """What was just taken down here: whoever took it may know until when an answer is due, and nobody else."""
    number = request.GET.get("made", "")
    if not (number.isascii() and number.isdecimal() and len(number) < 10):
        return None
    state = _found(lambda: queries.state(int(number)))
    return state if state.received_by == request.actor.code else None


def _do(request: StaffRequest, number: int, word: str, run: Callable[..., Any]) -> HttpResponse:
    answers, refused = read(words.ACTS[word][1], request.POST)
    status = 422
    try:
        if not refused.errors:
            seen = version_seen(request.POST)
            _found(lambda: run(number, **answers, by=request.actor, seen=seen))
            return redirect("desk:data_request", number)
    except FieldWrong as wrong:
        refused.add(wrong)
        if wrong.field == "seen":
            refused.banner = _("这一页不完整，请核对后再提交一次。")
    except NotPossible as refusal:
        refused.banner, status = labels.word(labels.REFUSALS, refusal.why), 409
    except StreamMoved:
        refused.banner, status = _("您打开这一页后，这一件有了变化。填写的内容还在，请核对后再提交。"), 409
    return _page(request, number, tried=(word, refused), status=status)


def _page(
    request: StaffRequest, number: int, *, tried: tuple[str, Refused] | None = None, status: int = 200
) -> HttpResponse:
    state = _found(lambda: queries.state(number))
    may_decide = words.may_decide(state, request.actor)
    context = {
        "request_state": state,
        "told": words.told(state),
        "steps": words.steps(number),
        "acts": [_act(request, word, tried) for word in words.ACTS] if may_decide else [],
        "may_fetch": state.is_for_staff and capabilities.may(request.actor, "fetch-data"),
        "refused": tried[1] if tried else None,
    }
    return render(request, "desk/data_request.html", context, status=status)


def _act(request: StaffRequest, word: str, tried: tuple[str, Refused] | None) -> dict[str, Any]:
    label, fields = words.ACTS[word]
    mine = tried is not None and tried[0] == word
    questions = asked(
        fields, data=request.POST if mine else None, refused=tried[1] if mine and tried else None, proposed={}
    )
    return {"word": word, "label": label, "asked": questions, "is_open": mine}


def _found(ask: Callable[[], Any]) -> Any:
    try:
        return ask()
    except DataRequestMissing as missing:
        raise Http404 from missing
