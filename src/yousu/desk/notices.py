"""提醒: one's own reminders, read or not; and for those who look after it, what went to whom and what came of it."""

from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from yousu.cases import queries as cases
from yousu.desk import notice_words
from yousu.desk.access import StaffRequest, staff
from yousu.notices import outside, queries
from yousu.org import capabilities
from yousu.platform import clock, environment


@require_safe
@staff("")
def index(request: StaffRequest) -> HttpResponse:
    """提醒."""
    page = queries.own(request.actor.account_id, after=request.GET.get("after", ""))
    shown = {
        "notices": notice_words.shown(page.rows),
        "has_unread": any(row.read_at is None for row in page.rows),
        "following": f"?{urlencode({'after': page.after})}" if page.after else "",
        "until": clock.now().isoformat(),
        "may_read_all": capabilities.may(request.actor, "read-notices"),
    }
    return render(request, "desk/notices.html", shown)


@require_POST
@staff("")
def read(request: StaffRequest) -> HttpResponse:
    """已读: one, or all that the page showed."""
    notice, until = _uuid(request.POST.get("notice", "")), _moment(request.POST.get("until", ""))
    if notice is not None or until is not None:
        queries.mark_read(request.actor.account_id, notice=notice, until=until)
    return redirect("desk:notices")


@require_safe
@staff("read-notices", everywhere=True)
def sent(request: StaffRequest) -> HttpResponse:
    """通知记录."""
    asked = {name: request.GET.get(name, "") for name in ("way", "state")}
    asked["way"] = asked["way"] if asked["way"] in notice_words.WAYS else ""
    asked["state"] = asked["state"] if asked["state"] in notice_words.STATES else ""
    page = queries.everything(**asked, after=request.GET.get("after", ""))
    shown = {
        "notices": notice_words.shown(page.rows, with_phones=_opens_phones(request)),
        "asked": asked,
        "ways": notice_words.WAYS.items(),
        "states": notice_words.STATES.items(),
        "following": f"?{urlencode({**asked, 'after': page.after})}" if page.after else "",
        "sees_cases": cases.sees_all(request.actor),
        "is_demo": environment.is_demo(),
        "shut": [notice_words.WAYS[way] for way in outside.OUTSIDE if outside.off(way) == "not_configured"],
        "may_read_all": True,
    }
    return render(request, "desk/notices_sent.html", shown)


def _opens_phones(request: StaffRequest) -> bool:
    return "all" in capabilities.scopes(request.actor, "unmask")


def _uuid(written: str) -> UUID | None:
    try:
        return UUID(written)
    except ValueError:
        return None


def _moment(written: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None
