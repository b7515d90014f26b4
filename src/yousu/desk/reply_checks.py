"""答复提示: what may be missing in a reply, beside it while the unit writes it and when the desk reviews it.

Hints alone: whatever they say, the reply may be handed in, and whoever reviews decides.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from yousu.appeals import reviewing
from yousu.appeals.state import AppealState
from yousu.cases.models import CaseNow
from yousu.cases.queries import Standing
from yousu.cases.rules import FieldWrong
from yousu.desk import labels
from yousu.desk.forms import line
from yousu.org import capabilities
from yousu.org.actors import Actor
from yousu.understanding.replies import Finding


@dataclass(frozen=True, kw_only=True)
class Hint:
    """One finding as a page shows it; `quote` is the place in the reply, where it is one."""

    code: str
    is_warning: bool
    severity: str
    sentence: str
    quote: str


def typed(row: CaseNow, data: QueryDict) -> Sequence[Hint] | None:
    """What is found in what was typed; None before anything was."""
    try:
        reply = line(data, "reply")
    except FieldWrong:
        return None
    outcome = data.get("outcome", "")
    return _hints(reviewing.findings(row, reply, outcome=outcome), reply) if reply else None


def kept(row: CaseNow, state: AppealState, reply: str | None, actor: Actor) -> Sequence[Hint] | None:
    """What is found in the reply that waits for its review, for whoever reviews it; None for everybody else."""
    if state.stage != "handled" or not reply or not capabilities.may(actor, "review", Standing(state)):
        return None
    return _hints(reviewing.findings(row, reply, own=state.texts["reply"].id), reply)


def sample() -> list[Hint]:
    """One hint of either sort, as the page of parts shows them."""
    reply = "已联系王建国，正在处理。"
    at = reply.index("王建国")
    return _hints(
        [Finding(code="personal_data", start=at, end=at + 3), Finding(code="no_time", start=0, end=12)], reply
    )


def _hints(found: Sequence[Finding], reply: str) -> list[Hint]:
    return [
        Hint(
            code=one.code,
            is_warning=one.severity == "warning",
            severity=_("注意") if one.severity == "warning" else _("提示"),
            sentence=one.sentence(labels.language()),
            quote=reply[one.start : one.end] if (one.start, one.end) != (0, len(reply)) else "",
        )
        for one in found
    ]
