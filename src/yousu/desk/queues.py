"""清单的定义: what is on each role's list, in which order and what an empty one means."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yousu.appeals import waiting
from yousu.appeals.state import AppealState
from yousu.cases.models import CaseNow
from yousu.desk import paging, proposing
from yousu.desk.paging import Order
from yousu.org.actors import Actor


@dataclass(frozen=True, kw_only=True)
class Queue:
    """One list: what is on it, in which order, what an empty one means, and the command it is for."""

    code: str
    path: str
    title: Promise
    about: Promise
    empty: Promise
    order: Order
    word: str = ""
    # What stands out on this list alone.
    badges: Callable[[AppealState], Sequence[str]] = lambda _: ()

    def cases(self, actor: Actor) -> QuerySet[CaseNow]:
        """The cases on it that the actor may see."""
        return waiting.on(self.code, actor)


INBOX = Queue(
    code="inbox",
    path="/desk/inbox/",
    title=_("待转交"),
    about=_("已登记、还没有转交的诉求，最早的在前。"),
    empty=_("没有待转交的诉求。新的诉求登记后会出现在这里。"),
    order=paging.OLDEST,
    word="forward",
)
ENTERPRISE = Queue(
    code="enterprise",
    path="/desk/enterprise/",
    title=_("企业诉求"),
    about=_("企业提出的、还没有转交的诉求，最早的在前。"),
    empty=_("没有待转交的企业诉求。"),
    order=paging.OLDEST,
    word="forward",
)
APPROVALS = Queue(
    code="approvals",
    path="/desk/approvals/",
    title=_("审核签发"),
    about=_("下属单位已经答复、等本单位领导签发上报的诉求，先到期的在前。"),
    empty=_("没有等待签发的答复。"),
    order=paging.DUE_FIRST,
    word="approve",
)
LIFTS = Queue(
    code="lifts",
    path="/desk/lifts/",
    title=_("解除限制审定"),
    about=_("申请把举报转给被举报单位、等待另一人审定的诉求。"),
    empty=_("没有等待审定的解除申请。"),
    order=paging.OLDEST,
    word="judge-lift",
)
INSTRUCTIONS = Queue(
    code="instructions",
    path="/desk/instructions/",
    title=_("批示办理"),
    about=_("领导批示和反馈：没有反馈的在前，先到期的在前；然后是已经反馈的，最近的在前。"),
    empty=_("没有要反馈的批示。"),
    order=paging.OLDEST,
    word="report-instruction",
)
URGENT = Queue(
    code="urgent",
    path="/desk/urgent/",
    title=_("紧急事项"),
    about=_("报给值班的紧急事项，还没有终报的，最新受理的在前。"),
    empty=_("没有进行中的紧急事项。"),
    order=paging.NEWEST,
    word="report-urgent",
)
URGENT_OVER = Queue(
    code="urgent_over",
    path="/desk/urgent/?show=over",
    title=_("紧急事项"),
    about=_("已经终报的紧急事项，最新受理的在前。"),
    empty=_("没有已经终报的紧急事项。"),
    order=paging.NEWEST,
)
RETURNS = Queue(
    code="returns",
    path="/desk/returns/",
    title=_("退单审定"),
    about=_("单位退回、等待审定的诉求，先到期的在前。"),
    empty=_("没有等待审定的退单。"),
    order=paging.DUE_FIRST,
    word="judge-send-back",
)
EXTENSIONS = Queue(
    code="extensions",
    path="/desk/extensions/",
    title=_("延期审定"),
    about=_("单位申请延期、等待审定的诉求，先到期的在前。没有审定以前，时限照常计算。"),
    empty=_("没有等待审定的延期申请。"),
    order=paging.DUE_FIRST,
    word="judge-extension",
)
PARKED = Queue(
    code="parked",
    path="/desk/parked/",
    title=_("挂账中"),
    about=_("已经挂账、还没有销账的诉求，最早受理的在前。"),
    empty=_("没有挂账的诉求。"),
    order=paging.OLDEST,
    word="unpark",
)
EXCLUSIONS = Queue(
    code="exclusions",
    path="/desk/exclusions/",
    title=_("剔除审定"),
    about=_("申请剔除、等待另一人审定的诉求，最早受理的在前。"),
    empty=_("没有等待审定的剔除申请。"),
    order=paging.OLDEST,
    word="judge-exclusion",
)
REVIEWS = Queue(
    code="reviews",
    path="/desk/reviews/",
    title=_("待审核"),
    about=_("单位已经答复、等待审核的诉求，先到期的在前。"),
    empty=_("没有等待审核的答复。"),
    order=paging.DUE_FIRST,
    word="review",
)
CALLS = Queue(
    code="calls",
    path="/desk/calls/",
    title=_("待回访"),
    about=_("已办结、留了电话的诉求，最早办结的在前。"),
    empty=_("没有等待回访的诉求。"),
    order=paging.CLOSED_FIRST,
    word="call-back",
)
UNSOLVED = Queue(
    code="unsolved",
    path="/desk/unsolved/",
    title=_("未解决"),
    about=_("回访中诉求人说没有解决的诉求，最早受理的在前。"),
    empty=_("没有等待研判的诉求。"),
    order=paging.OLDEST,
    word="judge-unsolved",
)
MINE = Queue(
    code="mine",
    path="/desk/mine/",
    title=_("我今天的"),
    about=_("我今天登记的诉求，最新的在前。"),
    empty=_("今天还没有登记。按 n 登记一件。"),
    order=paging.LAST_RECORDED,
)
LATE = Queue(
    code="late",
    path="/desk/late/",
    title=_("超期与临期"),
    about=_("已经超期、或在下一个工作日结束前到期的诉求，最早到期的在前。"),
    empty=_("没有超期或临期的诉求。"),
    order=paging.DUE_FIRST,
    word="urge",
)
PROPOSALS = Queue(
    code="proposals",
    path="/desk/proposals/",
    title=_("督办建议"),
    about=_("按督办规则建议提级、约谈或督办的诉求，由您决定；最早到期的在前。"),
    empty=_("没有督办建议。"),
    order=paging.DUE_FIRST,
    badges=proposing.named,
)
UNIT_TO_DO = Queue(
    code="unit",
    path="/desk/unit/",
    title=_("本单位"),
    about=_("等本单位签收或办理的诉求，先到期的在前。"),
    empty=_("没有等本单位办理的诉求。"),
    order=paging.DUE_FIRST,
)
UNIT_WAITING = Queue(
    code="unit_waiting",
    path="/desk/unit/",
    title=_("本单位"),
    about=_("已答复或已退单、等待热线审核的诉求。"),
    empty=_("没有等待审核的诉求。"),
    order=paging.DUE_FIRST,
)

BY_PATH: dict[str, Queue] = {
    queue.path: queue
    for queue in (
        *(INBOX, MINE, UNIT_TO_DO, RETURNS, EXTENSIONS, REVIEWS, CALLS, UNSOLVED, LATE),
        *(PARKED, EXCLUSIONS, ENTERPRISE, APPROVALS, LIFTS, INSTRUCTIONS, PROPOSALS, URGENT),
    )
}
