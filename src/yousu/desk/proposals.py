"""督办建议: what rules propose to a supervisor, taken or declined with one key."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from yousu.appeals import supervising, supervision
from yousu.cases import queries
from yousu.cases.rules import FieldWrong
from yousu.cases.transitions import NotPossible
from yousu.desk import undoing
from yousu.desk.access import StaffRequest, staff
from yousu.desk.case import after_act, refused_act
from yousu.desk.forms import version_seen
from yousu.ledger.log import StreamMoved


@require_POST
@staff("supervise")
def take(request: StaffRequest, number: str) -> HttpResponse:
    """采纳 or 不采纳."""
    row = queries.get(number, request.actor)
    rule = supervision.rules().get(request.POST.get("rule", ""))
    if rule is None or not rule.is_proposal:
        raise Http404
    is_taken = request.POST.get("answer") == "yes"
    seen: int | None = None
    try:
        seen = version_seen(request.POST)
        done = supervising.take if is_taken else supervising.decline
        state = done(number, rule=rule.code, by=request.actor, seen=seen)
    except (FieldWrong, NotPossible, StreamMoved) as refusal:
        return refused_act(request, row, word=rule.act, refusal=refusal, seen=seen)
    if is_taken:
        undoing.offer(request, number=number, version=state.version, word=rule.act)
    return redirect(after_act(request, number))
