"""治理的用语: stages, targets, refusals, and how a governance task or a task is said in a line."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _L
from django.utils.translation import ngettext

from yousu.cases import queries as cases
from yousu.desk import labels
from yousu.desk.chips import Chip
from yousu.desk.moments import plain_day
from yousu.governance import streams
from yousu.governance.tasks.state import TaskState
from yousu.governance.topics.events import Subject, Target
from yousu.governance.topics.queries import SOON
from yousu.governance.topics.state import GovernanceState
from yousu.ledger import texts
from yousu.ledger.events import TextRef
from yousu.org.actors import Actor

GROUPS: labels.Words = {
    "overdue": _L("已到期，待结项"),
    "soon": _L("七天内到期"),
    "open": _L("治理中"),
    "closed": _L("已结项"),
}
SPECIAL_STAGES: labels.Words = {
    "composed": _L("待审核"),
    "reviewed": _L("已审核，待印发"),
    "issued": _L("已印发"),
}
MEETING_STAGES: labels.Words = {"called": _L("已召集"), "closed": _L("已散会")}
PARTS: labels.Words = {
    "supervised": _L("督办的"),
    "escalated": _L("提级的"),
    "parked": _L("挂账的"),
    "sent_back": _L("三次退单待审定的"),
}
TARGETS: labels.Words = {"at_most": _L("不超过多少件"), "percent_less": _L("下降百分之几")}
REFUSALS: labels.Words = {
    "never_quoted": _L("引用的诉求后来成了保密的或举报的，请去掉再编。"),
    "already_governed": _L("同一范围已经有一项没有结项的治理任务。"),
    "closed_already": _L("已经结项。要再办，请先重新立项。"),
    "still_open": _L("还没有结项。"),
    "own_task": _L("自己单位牵头或自己报告过的任务，由别人结项。"),
    "no_cause": _L("还没有查明原因，不能结项。"),
    "days_not_over": _L("对比期还没有过完，到期日的第二天起才能结项。"),
    "measures_open": _L("还有措施没有验收，不能结项。"),
    "meeting_over": _L("已经散会，不能再记。"),
    "meeting_to_come": _L("还没有到开会那天。"),
    "called_already": _L("这一天已经召集了一次研判会。"),
    "already_issued": _L("已经印发，不再变动。"),
    "already_reviewed": _L("已经审核过了。"),
    "not_reviewed": _L("还没有审核，不能印发。"),
    "own_report": _L("自己编写的，由别人审核。"),
    "already_reported": _L("已经报告过落实情况，等待验收。"),
    "task_is_over": _L("这件事已经验收或撤销。"),
    "not_reported": _L("单位还没有报告落实情况。"),
    "same_person": _L("自己报告的，由别人验收。"),
}
# How a task is drawn, with a word beside the colour.
_OVER: Mapping[str, tuple[str, Any]] = {
    "reported": ("soon", _L("待验收")),
    "accepted": ("done", _L("已验收")),
    "cancelled": ("none", _L("已撤销")),
    "closed": ("done", _L("已结项")),
}


@dataclass(frozen=True, kw_only=True)
class Line:
    """A task in a list."""

    number: int
    words: str
    unit: str
    chip: Chip
    due: date
    origin: str
    origin_kind: str
    origin_number: int
    case: str
    stage: str


def lines(tasks: Iterable[TaskState], actor: Actor) -> list[Line]:
    """Tasks as a list shows them; one statement for their words, and one for the cases that some are about."""
    every = list(tasks)
    hidden = hidden_from(actor, every)
    said = opened([task.words for task in every if task.case not in hidden])
    return [_line(task, said) for task in every]


def hidden_from(actor: Actor, tasks: Iterable[TaskState]) -> set[str]:
    """举报, 回避: the cases of tasks that this reader may not see, so that neither are the words about them."""
    about = {task.case for task in tasks if task.case}
    if not about:
        return set()
    return about - set(cases.visible_to(actor).filter(number__in=about).values_list("number", flat=True))


def _line(task: TaskState, said: Mapping[UUID, str]) -> Line:
    kind, _slash, number = task.origin.partition("/")
    return Line(
        number=task.number,
        words=said.get(task.words.id) or _("（内容不显示）"),
        unit=labels.unit(task.unit),
        chip=chip(task.stage, task.due),
        due=task.due,
        origin=origin(kind, int(number)),
        origin_kind=kind,
        origin_number=int(number),
        case=task.case or "",
        stage=task.stage,
    )


def origin(kind: str, number: int) -> str:
    """Out of what a task came, without its words: who reads a task need not know the whole of it."""
    if kind == "governance":
        return _("治理任务第 %(number)s 号") % {"number": number}
    return _("第 %(number)s 次研判会") % {"number": number}


def chip(stage: str, due: date) -> Chip:
    """The state of a task or a governance task, against today."""
    if stage in _OVER:
        drawn, word = _OVER[stage]
        return Chip(state=drawn, words=str(word), exact=plain_day(due))
    left = (due - streams.today()).days
    if left < 0:
        late = ngettext("逾期 %(n)s 天", "逾期 %(n)s 天", -left) % {"n": -left}
        return Chip(state="late", words=late, exact=plain_day(due))
    words = ngettext("还剩 %(n)s 天", "还剩 %(n)s 天", left) % {"n": left} if left else _("今天到期")
    return Chip(state="soon" if left <= SOON.days else "fine", words=words, exact=plain_day(due))


def opened(refs: Iterable[TextRef]) -> Mapping[UUID, str]:
    """The words behind refs; erased ones are absent."""
    return texts.read([ref.id for ref in refs])


def subject(of: Subject) -> str:
    """主题：供暖，区县：城东区."""
    said = {
        "topic": _("主题：%(name)s"),
        "category": _("分类：%(name)s"),
    }[of.dimension] % {"name": labels.topic(of.code) if of.dimension == "topic" else category(of.code)}
    if of.district is not None:
        said += _("，") + _("区县：%(name)s") % {"name": labels.district(of.district)}
    if of.unit is not None:
        said += _("，") + _("承办单位：%(name)s") % {"name": labels.unit(of.unit)}
    return said


def category(path: str) -> str:
    """A category or a class of categories, whole."""
    return labels.category(path, whole=True)


def target(of: Target) -> str:
    """不超过 3 件, 下降 30%."""
    if of.kind == "at_most":
        return ngettext("不超过 %(n)s 件", "不超过 %(n)s 件", of.number) % {"n": of.number}
    return _("下降 %(n)s%%") % {"n": of.number}


def change(before: int, after: int) -> str:
    """−40%, or that there is nothing to compare with."""
    if before == 0:
        return _("此前没有，无从比较")
    percent = (200 * (after - before) + before) // (2 * before)
    return _("持平") if after == before else f"{percent:+d}%".replace("-", "−")


def titled(states: Iterable[GovernanceState]) -> list[tuple[GovernanceState, str]]:
    """Governance tasks with their titles; one statement."""
    every = list(states)
    said = opened([one.title for one in every])
    return [(one, said.get(one.title.id) or _("（内容不显示）")) for one in every]
