"""专报: special reports as a list, one page each beside its document, the form that composes one; PDF and Word."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yousu.cases import queries as cases
from yousu.cases.rules import FieldWrong
from yousu.desk import governance_words as words
from yousu.desk import labels, paging, rows, special_papers, timeline
from yousu.desk.access import StaffRequest, staff
from yousu.desk.filing import MEDIA, filed, lang
from yousu.desk.forms import Field, Refused, asked, read, version_seen
from yousu.desk.governance_forms import SUBJECT_FIELDS, subject_of
from yousu.desk.steps import Step, Tried, offers, taken
from yousu.documents import docx, html, pdf
from yousu.figures.kept import ListBroken, ListMissing
from yousu.governance import streams
from yousu.governance.refusals import NotReady
from yousu.governance.specials import commands, queries
from yousu.governance.specials.commands import Draft
from yousu.governance.specials.state import SpecialState
from yousu.governance.streams import GovernedMissing
from yousu.ledger.log import StreamMoved
from yousu.org import capabilities
from yousu.org.actors import Actor

PAGE = 50
FIELDS = (
    Field(name="heading", label=_("标题")),
    Field(name="addressee", label=_("报送")),
    *SUBJECT_FIELDS,
    Field(name="first", label=_("从哪天"), kind="day"),
    Field(name="last", label=_("到哪天"), kind="day"),
    Field(
        name="cases",
        label=_("典型诉求的编号"),
        kind="area",
        is_required=False,
        hint=_("一行一个，最多 20 件，引用去掉个人信息的内容"),
    ),
    Field(name="done", label=_("已做的工作"), kind="area"),
    Field(name="suggestions", label=_("建议"), kind="area"),
)
STEPS = {
    "review": Step(word="review", label=_("审核通过"), action="review-special", run=commands.review),
    "issue": Step(word="issue", label=_("印发"), action="issue-special", run=commands.issue),
}


@require_safe
@staff("specials")
def index(request: StaffRequest) -> HttpResponse:
    """The special reports, newest first."""
    at = paging.offset(request.GET)
    found = list(queries.everything()[at : at + PAGE + 1])
    states: list[SpecialState] = [streams.state_of(row) for row in found[:PAGE]]
    said = words.opened(state.heading for state in states)
    shown = {
        "lines": [
            {
                "state": state,
                "heading": said.get(state.heading.id) or _g("（内容已删除）"),
                "stage": words.SPECIAL_STAGES[state.stage],
                "number_line": special_papers.number_line(state),
            }
            for state in states
        ],
        "following": f"?at={at + PAGE}" if len(found) > PAGE else "",
        "may_compose": capabilities.may(request.actor, "compose-special"),
    }
    return render(request, "desk/specials.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@staff("compose-special")
def new(request: StaffRequest) -> HttpResponse:
    """编写专报."""
    return _form(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@staff("compose-special")
def edit(request: StaffRequest, number: int) -> HttpResponse:
    """重新编写, until it is issued."""
    return _form(request, _found(number))


@require_safe
@staff("specials")
def show(request: StaffRequest, number: int) -> HttpResponse:
    """One special report."""
    return _page(request, number)


@require_POST
@staff("specials")
def step(request: StaffRequest, number: int, word: str) -> HttpResponse:
    """review or issue, on the version that the page showed."""
    tried = taken(request, number, STEPS[word])
    return redirect("desk:special", number) if tried is None else _page(request, number, tried=tried)


@require_safe
@staff("specials")
def numbers(request: StaffRequest, number: int) -> HttpResponse:
    """数字背后."""
    state, path = _found(number), request.GET.get("path", "")[:120]
    try:
        found = queries.numbers_behind(state, path)
    except ListMissing as missing:
        raise Http404 from missing
    except ListBroken:
        return render(request, "desk/special_numbers.html", {"number": number, "broken": True}, status=409)
    after = request.GET.get("after", "").replace("\x00", "")[:20]
    page = list(
        cases.visible_to(request.actor).filter(number__in=found, number__gt=after).order_by("number")[: PAGE + 1]
    )
    shown = {
        "number": number,
        "count": len(found),
        "lines": rows.lines(page[:PAGE]),
        "following": f"?{urlencode({'path': path, 'after': page[PAGE - 1].number})}" if len(page) > PAGE else "",
    }
    return render(request, "desk/special_numbers.html", shown)


@require_safe
@staff("specials")
def paper(request: StaffRequest, number: int) -> HttpResponse:
    """The document as PDF, or for Word."""
    form = request.GET.get("format", "pdf")
    if form not in MEDIA:
        raise Http404
    document = special_papers.document(_found(number), actor=request.actor, lang=lang())
    content = docx.render(document) if form == "docx" else pdf.render(document)
    return filed(content, name=f"special-{number}", form=form)


def _page(request: StaffRequest, number: int, *, tried: Tried | None = None) -> HttpResponse:
    state = _found(number)
    address = reverse("desk:special_numbers", args=[number])
    document = special_papers.document(state, actor=request.actor, lang=lang())
    shown = {
        "state": state,
        "heading": document.title,
        "stage": words.SPECIAL_STAGES[state.stage],
        "number_line": document.number_line,
        "document": html.render(document, link=lambda path: f"{address}?{urlencode({'path': path})}", title_level=2),
        "entries": timeline.of_stream(f"special/{number}", with_words=False),
        "offers": offers(_steps(state, request.actor), tried),
        "may_edit": state.stage != "issued" and capabilities.may(request.actor, "compose-special"),
        "refused": tried.refused if tried else None,
        "address": f"/desk/specials/{number}/",
        "version": state.version,
    }
    return render(request, "desk/special.html", shown, status=tried.status if tried else 200)


def _steps(state: SpecialState, actor: Actor) -> Iterator[Step]:
    following = {"composed": "review", "reviewed": "issue"}.get(state.stage)
    if following is None or not capabilities.may(actor, STEPS[following].action):
        return
    if following == "issue" or state.composed_by != actor.code:
        yield STEPS[following]


def _form(request: StaffRequest, state: SpecialState | None) -> HttpResponse:
    refused, status = None, 200
    if request.method == "POST":
        answers, refused = read(FIELDS, request.POST)
        status = 422
        try:
            seen = version_seen(request.POST) if state else None
            if not refused.errors:
                number = state.number if state else None
                made = commands.compose(_draft(answers), by=request.actor, number=number, seen=seen)
                return redirect("desk:special", made.number)
        except FieldWrong as wrong:
            refused.add(wrong)
        except NotReady as refusal:
            refused.banner, status = labels.word(words.REFUSALS, refusal.why), 409
        except StreamMoved:
            refused.banner, status = _g("您打开这一页后，这里有了变化。填写的内容还在，请核对后再提交。"), 409
    return _shown_form(request, state, refused, status=status)


def _shown_form(
    request: StaffRequest, state: SpecialState | None, refused: Refused | None, *, status: int
) -> HttpResponse:  # fmt: skip
    data = request.POST if request.method == "POST" else None
    proposed = _kept(state) if state else _proposed(request)
    shown = {
        "asked": asked(FIELDS, data=data, refused=refused, proposed=proposed),
        "refused": refused,
        "state": streams.state("special", state.number) if state else None,
    }
    return render(request, "desk/special_form.html", shown, status=status)


def _proposed(request: StaffRequest) -> dict[str, tuple[str, str]]:
    today = streams.today()
    found = {name: (str(request.GET[name])[:200], "") for name in ("topic", "category") if name in request.GET}
    return {
        "first": ((today - timedelta(days=28)).isoformat(), ""),
        "last": ((today - timedelta(days=1)).isoformat(), ""),
        **found,
    }


def _kept(state: SpecialState) -> dict[str, tuple[str, str]]:
    said = words.opened(state.words)
    subject = state.subject
    kept: dict[str, Any] = {
        **{name: said.get(getattr(state, name).id, "") for name in ("heading", "addressee", "done", "suggestions")},
        subject.dimension: subject.code,
        "district": subject.district or "",
        "within": labels.unit(subject.unit),
        "first": state.first.isoformat(),
        "last": state.last.isoformat(),
        "cases": "\n".join(one.number for one in state.cases),
    }
    return {name: (value, "") for name, value in kept.items()}


def _draft(answers: dict[str, Any]) -> Draft:
    kept = {name: answers[name] for name in ("heading", "addressee", "first", "last", "done", "suggestions")}
    return Draft(
        **kept, subject=subject_of(answers), cases=[one for one in re.split(r"[\s,，、]+", answers["cases"]) if one]
    )


def _found(number: int) -> SpecialState:
    try:
        return queries.get(number)
    except GovernedMissing as missing:
        raise Http404 from missing
