"""批示: leaders' instructions with their deadlines and what was reported, as a list and on the case page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yousu.appeals import instructed, waiting
from yousu.appeals.instructions import Instruction
from yousu.appeals.state import AppealState
from yousu.cases.queries import Standing
from yousu.desk import chips, moments, paging, queues, rows, timeline
from yousu.desk.access import StaffRequest, staff
from yousu.desk.chips import Chip
from yousu.desk.rows import Line
from yousu.ledger import texts
from yousu.ledger.events import TextRef
from yousu.org import capabilities
from yousu.org.actors import Actor

# Who has a part in an instruction: who gives it, who answers it.
_PARTS = ("instruct", "report-instruction")


@dataclass(frozen=True, kw_only=True)
class Shown:
    """One instruction; words are there if the reader may see them and they were not erased."""

    day: str
    leader: str
    words: str
    chip: Chip
    feedback: str
    reported_at: datetime | None
    reported_by: str
    line: Line | None = None


@require_safe
@staff("follow-instructions")
def index(request: StaffRequest) -> HttpResponse:
    """批示清单: open ones first by deadline, then the answered."""
    page = instructed.page(request.actor, after=request.GET.get("after", ""), size=paging.ROWS)
    readable = [each.instruction for each in page.given if may_read(request.actor, each.case)]
    opened = texts.read([ref.id for each in readable for ref in refs(each)])
    who = timeline.names_of(each.instruction.reported_by or "" for each in page.given)
    context = {
        "queue": queues.INSTRUCTIONS,
        "count": waiting.count(queues.INSTRUCTIONS.cases(request.actor)),
        "instructions": [
            shown(each.instruction, opened, who, line=rows.line(each.row, each.case)) for each in page.given
        ],
        "following": f"?{urlencode({'after': page.after})}" if page.after else "",
    }
    return render(request, "desk/instructions.html", context)


def may_read(actor: Actor, case: AppealState) -> bool:
    """Whether the actor has a part in the instructions on a case."""
    return any(capabilities.may(actor, action, Standing(case)) for action in _PARTS)


def refs(instruction: Instruction) -> list[TextRef]:
    """Its words, wherever they lie."""
    return [ref for ref in (instruction.text, instruction.leader, instruction.feedback) if ref is not None]


def all_refs(case: AppealState) -> dict[str, TextRef]:
    """The words of a case's instructions, to be read with its other words."""
    return {str(ref.id): ref for each in case.instructed for ref in refs(each)}


def of(case: AppealState, words: Mapping[str, str]) -> list[Shown]:
    """A case's instructions, the oldest first."""
    opened = {ref.id: words[key] for key, ref in all_refs(case).items() if key in words}
    who = timeline.names_of(_reporters(case.instructed))
    return [shown(each, opened, who) for each in case.instructed]


def _reporters(given: Iterable[Instruction]) -> list[str]:
    return [each.reported_by for each in given if each.reported_by is not None]


def shown(each: Instruction, opened: Mapping[UUID, str], who: Mapping[str, str], *, line: Line | None = None) -> Shown:
    """One instruction with the words that were opened."""
    feedback = opened.get(each.feedback.id, "") if each.feedback is not None else ""
    return Shown(
        day=moments.plain_day(each.on),
        leader=opened.get(each.leader.id, ""),
        words=opened.get(each.text.id) or _("（内容不显示）"),
        chip=chips.of_task(each.due, each.reported_at),
        feedback=feedback,
        reported_at=each.reported_at,
        reported_by=who.get(each.reported_by or "", ""),
        line=line,
    )
