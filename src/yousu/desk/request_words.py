"""个人信息请求的用语: what its forms ask, a request as a line, and its history."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _L

from yousu.appeals.data_requests.models import DataRequestNow
from yousu.appeals.data_requests.state import CORRECT, OPEN, DataRequestState
from yousu.appeals.data_requests.words import CORRECTABLE, SORTS, STAGES
from yousu.desk import chips, labels
from yousu.desk.chips import Chip
from yousu.desk.forms import Field
from yousu.desk.offering import reasons, words
from yousu.desk.timeline import names_of
from yousu.ledger import log, texts
from yousu.org import capabilities
from yousu.org.actors import Actor
from yousu.org.city import city

ASK_FIELDS = (
    Field(name="case", label=_L("诉求编号"), hint=_L("来电人任何一件诉求的 10 位编号")),
    Field(name="phone", label=_L("反映时留的电话"), hint=_L("请来电人自己说出，与编号对上才能登记")),
    Field(name="sort", label=_L("要求什么"), kind="few", choices=words(SORTS)),
    Field(name="corrected", label=_L("更正哪一项"), kind="few", choices=words(CORRECTABLE), is_required=False),
    Field(name="value", label=_L("应当是什么"), is_required=False, hint=_L("只有更正才填")),
    Field(name="words", label=_L("来电人的说明"), kind="area", is_required=False),
)
_GRANT_FIELDS = (Field(name="note", label=_L("告诉本人的话"), kind="area", is_required=False),)
_REFUSE_FIELDS = (
    Field(name="reason", label=_L("法定理由"), kind="choice", choices=reasons("refuse-request")),
    Field(
        name="explanation", label=_L("向本人说明"), kind="area", hint=_L("本人看得到；怎样投诉、起诉，页面会一并告知")
    ),
)
ACTS = {"grant": (_L("同意"), _GRANT_FIELDS), "refuse": (_L("不同意"), _REFUSE_FIELDS)}
# 同意之后: what is done at once, so that nobody presses by mistake.
_DOES = {
    "see": _L("同意后，本人凭编号、查询码和电话自己下载；打电话来的，由您下载后交给本人。"),
    "copy": _L("同意后，本人凭编号、查询码和电话自己下载；打电话来的，由您下载后交给本人。"),
    "correct": _L("同意后当即更正这一件诉求。"),
    "delete": _L("同意后当即删除，不能恢复：电话、称呼、原话、附件。件数不变。"),
    "withdraw-consent": _L("同意后当即删除电话和称呼，不再回访、不再发短信；反映的事照常办理。"),
}
_STEPS = {
    "data_requested": _L("提出"),
    "data_request_granted": STAGES["granted"],
    "data_request_refused": STAGES["refused"],
    "data_handed_over": _L("取走"),
}


@dataclass(frozen=True, kw_only=True)
class Line:
    """A request in a list."""

    number: int
    case: str
    sort: Promise
    stage: str
    stage_name: Promise
    received_at: datetime
    chip: Chip


@dataclass(frozen=True, kw_only=True)
class Step:
    """One thing that happened to a request."""

    label: Promise
    who: str
    at: datetime


def line(row: DataRequestNow) -> Line:
    """A request as a line of a list."""
    return Line(
        number=row.number,
        case=row.case_number,
        sort=SORTS[row.sort],
        stage=row.stage,
        stage_name=STAGES[row.stage],
        received_at=row.received_at,
        chip=chips.of_request(row.due_at, row.decided_at),
    )


def told(state: DataRequestState) -> dict[str, Any]:
    """What a request says and what came of it, in words; erased ones say so."""
    refs = [ref for ref in (state.words, state.value, state.note, state.explanation) if ref is not None]
    opened = texts.read([ref.id for ref in refs])
    gone = _("（内容已删除）")
    said = {
        name: "" if ref is None else opened.get(ref.id, gone)
        for name, ref in (
            ("words", state.words),
            ("value", state.value),
            ("note", state.note),
            ("explanation", state.explanation),
        )
    }
    return {
        **said,
        "sort": SORTS[state.sort],
        "stage_name": STAGES[state.stage],
        "corrected": CORRECTABLE[state.corrected] if state.sort == CORRECT and state.corrected else "",
        "reason": labels.named(city().reasons["refuse-request"], state.reason) if state.reason else "",
        "does": _DOES[state.sort],
        "chip": chips.of_request(state.due.at, state.decided_at, provisional=state.due.provisional),
        "days": chips.steps(state.due),
    }


def steps(number: int) -> Sequence[Step]:
    """A request's history."""
    rows = list(log.rows_of(f"request/{number}"))
    names = names_of(row.actor for row in rows)
    return [Step(label=_STEPS[row.kind], who=names[row.actor], at=row.occurred_at) for row in rows]


def may_decide(state: DataRequestState, actor: Actor) -> bool:
    """Whether the actor may decide it now: never what they took down themselves."""
    return state.stage == OPEN and state.received_by != actor.code and capabilities.may(actor, "decide-request")
