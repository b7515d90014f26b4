"""通报页: does it reconcile, who has signed, may it go out? Every number opens its cases."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from yousu.bulletins import commands, queries, rendering, rules
from yousu.bulletins.queries import Bulletin, BulletinMissing
from yousu.bulletins.rules import NotReady, PeriodWrong
from yousu.cases import queries as cases
from yousu.cases.rules import FieldWrong
from yousu.desk import bulletin_words as words
from yousu.desk import rows
from yousu.desk.access import StaffRequest, staff
from yousu.desk.filing import filed, lang
from yousu.desk.forms import version_seen
from yousu.desk.timeline import names_of
from yousu.figures.kept import ListBroken, ListMissing
from yousu.ledger import log
from yousu.ledger.log import StreamMoved
from yousu.ledger.sequencer import TransactionsOpen
from yousu.org import capabilities

PAGE = 50


@dataclass(frozen=True, kw_only=True)
class _Refused:
    """Why a step was not taken, and what happened since the page was opened."""

    code: str
    status: int = 409
    since: int | None = None


@require_safe
@staff("figures")
def index(request: StaffRequest) -> HttpResponse:
    """All bulletins, newest first; asking for a day or week leads to it."""
    kind, day = request.GET.get("kind", ""), request.GET.get("day", "")
    if kind in words.KINDS and day:
        try:
            return redirect("desk:bulletin", rules.spell(kind, day).id)
        except PeriodWrong as error:
            return _list(request, refused=words.PERIODS[error.why])
    return _list(request)


def _list(request: StaffRequest, *, refused: Promise | None = None) -> HttpResponse:
    page = queries.page_of(queries.everything(), size=PAGE, after=request.GET.get("after", ""))
    shown = {
        "bulletins": [(row, words.KINDS[row.kind], words.STAGES[row.stage]) for row in page.rows],
        "following": f"?{urlencode({'after': page.after})}" if page.after else "",
        "kinds": words.KINDS.items(),
        "refused": refused,
        "may_compose": capabilities.may(request.actor, "compose"),
    }
    return render(request, "desk/bulletins.html", shown, status=422 if refused else 200)


@require_safe
@staff("figures")
def show(request: StaffRequest, bulletin_id: str) -> HttpResponse:
    """One bulletin: the document, its checks, the next step."""
    return _page(request, bulletin_id)


@require_POST
@staff("figures")
def step(request: StaffRequest, bulletin_id: str, word: str) -> HttpResponse:
    """compose, review, sign, freeze or publish, on the version that the page showed."""
    capabilities.require(request.actor, words.STEPS[word].action)
    command = getattr(commands, word)
    try:
        command(bulletin_id, by=request.actor, seen=version_seen(request.POST))
    except PeriodWrong as error:
        raise Http404 from error
    except FieldWrong:
        return _page(request, bulletin_id, refused=_Refused(code="incomplete", status=422))
    except StreamMoved as error:
        return _page(request, bulletin_id, refused=_Refused(code="moved", since=error.seen))
    except NotReady as error:
        return _page(request, bulletin_id, refused=_Refused(code=error.why))
    except TransactionsOpen:
        return _page(request, bulletin_id, refused=_Refused(code="transactions_open"))
    return redirect("desk:bulletin", bulletin_id)


@require_safe
@staff("figures")
def numbers(request: StaffRequest, bulletin_id: str) -> HttpResponse:
    """数字背后: the cases that a printed number counts."""
    path = request.GET.get("figure", "")[:120]
    try:
        found = queries.numbers_behind(bulletin_id, path)
    except (BulletinMissing, ListMissing) as error:
        raise Http404 from error
    except ListBroken as error:
        shown = {"id": bulletin_id, "broken": error.path, "count": 0}
        return render(request, "desk/bulletin_numbers.html", shown, status=409)
    after = request.GET.get("after", "")
    each = sorted(set(found))
    waiting = [number for number in each if number > after]
    page = waiting[:PAGE]
    shown = {
        "id": bulletin_id,
        "figure": path,
        "times": len(found),
        "count": len(each),
        "lines": rows.lines(cases.visible_to(request.actor).filter(number__in=page).order_by("number")),
        "following": f"?{urlencode({'figure': path, 'after': page[-1]})}" if len(waiting) > PAGE else "",
    }
    return render(request, "desk/bulletin_numbers.html", shown)


@require_safe
@staff("figures")
def pdf(request: StaffRequest, bulletin_id: str) -> HttpResponse:
    """The printed bulletin, as a draft until it is frozen."""
    return filed(rendering.as_pdf(_found(bulletin_id), lang=lang()), name=bulletin_id, form="pdf")


@require_safe
@staff("figures")
def docx(request: StaffRequest, bulletin_id: str) -> HttpResponse:
    """The same for Word."""
    return filed(rendering.as_docx(_found(bulletin_id), lang=lang()), name=bulletin_id, form="docx")


def _page(request: StaffRequest, bulletin_id: str, *, refused: _Refused | None = None) -> HttpResponse:
    bulletin = _found(bulletin_id)
    address = reverse("desk:bulletin_numbers", args=[bulletin_id])
    state = bulletin.state
    shown: dict[str, Any] = {
        "id": bulletin_id,
        "spell": rules.spell_of(bulletin_id),
        "kind": words.KINDS[bulletin.json["kind"]],
        "document": rendering.as_html(
            bulletin, lang=lang(), link=lambda path: f"{address}?{urlencode({'figure': path})}", title_level=2
        ),
        "checks": [
            {**check, "check": words.check_name(check["check"], bulletin.json, lang())}
            for check in bulletin.json["checks"]
        ],
        "stage": words.STAGES[state.stage] if state else None,
        "version": state.version if state else 0,
        "steps": _steps(request, bulletin_id),
        "seal": queries.seal_of(bulletin_id),
        "refused": words.REFUSALS[refused.code] if refused else None,
        "happened": _since(bulletin_id, refused.since) if refused and refused.since is not None else [],
    }
    return render(request, "desk/bulletin.html", shown, status=refused.status if refused else 200)


def _steps(request: StaffRequest, bulletin_id: str) -> list[tuple[str, Promise]]:
    possible = queries.possible(bulletin_id, by=request.actor.code)
    return [
        (word, words.STEPS[word].label)
        for word in possible
        if capabilities.may(request.actor, words.STEPS[word].action)
    ]


def _since(bulletin_id: str, seen: int) -> Sequence[dict[str, Any]]:
    """What happened to a bulletin after the version that a page showed."""
    later = [row for row in log.rows_of(f"bulletin/{bulletin_id}") if row.seq > seen]
    people = names_of(row.actor for row in later)
    return [
        {"at": row.recorded_at, "who": people[row.actor], "what": words.EVENTS.get(row.kind, gettext("变动"))}
        for row in later
    ]


def _found(bulletin_id: str) -> Bulletin:
    try:
        return queries.show(bulletin_id)
    except BulletinMissing as error:
        raise Http404 from error
