"""清单的定义: what is on each role's list, in which order, and what an empty one means; and how long each is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from django.db import connection
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yousu.appeals import lateness
from yousu.appeals.lateness import Bounds
from yousu.cases import queries
from yousu.cases.models import CaseNow
from yousu.desk import moments, paging
from yousu.desk.paging import Order
from yousu.org import capabilities
from yousu.org.actors import Actor
from yousu.platform import clock

# Nobody works through more in a day; counting on would make every page slower.
MOST_COUNTED = 999
Chosen = Callable[[QuerySet[CaseNow], Actor], QuerySet[CaseNow]]


@dataclass(frozen=True, kw_only=True)
class Queue:
    """One list: what is on it, in which order, what an empty one means, and the command it is for."""

    path: str
    title: Promise
    about: Promise
    empty: Promise
    chosen: Chosen
    order: Order
    word: str = ""


def _in_stage(*stages: str) -> Chosen:
    return lambda cases, _actor: cases.filter(kind="appeal", stage__in=stages)


def _recorded_today(cases: QuerySet[CaseNow], actor: Actor) -> QuerySet[CaseNow]:
    zone = moments.zone()
    midnight = datetime.combine(clock.now().astimezone(zone).date(), time(0), zone)
    return cases.filter(recorded_by=actor.code, recorded_at__gte=midnight)


def _to_call(cases: QuerySet[CaseNow], _actor: Actor) -> QuerySet[CaseNow]:
    return cases.filter(kind="appeal", stage="closed", person_id__isnull=False)


def _to_judge(cases: QuerySet[CaseNow], actor: Actor) -> QuerySet[CaseNow]:
    sent_back = cases.filter(kind="appeal", stage="sent_back")
    if "all" in capabilities.scopes(actor, "judge-send-back"):
        return sent_back
    # No unit has an empty code; a list that the ORM knows to be empty could not be counted together with others.
    return sent_back.filter(lead_unit__in=sorted(actor.tree - {actor.unit}) or [""])


def _pressing(cases: QuerySet[CaseNow], _actor: Actor) -> QuerySet[CaseNow]:
    return lateness.pressing(cases, Bounds.at_present())


INBOX = Queue(
    path="/desk/inbox/",
    title=_("待转交"),
    about=_("已登记、还没有转交的诉求，最早的在前。"),
    empty=_("没有待转交的诉求。新的诉求登记后会出现在这里。"),
    chosen=_in_stage("recorded"),
    order=paging.OLDEST,
    word="forward",
)
RETURNS = Queue(
    path="/desk/returns/",
    title=_("退单审定"),
    about=_("单位退回、等待审定的诉求，先到期的在前。"),
    empty=_("没有等待审定的退单。"),
    chosen=_to_judge,
    order=paging.DUE_FIRST,
    word="judge-send-back",
)
REVIEWS = Queue(
    path="/desk/reviews/",
    title=_("待审核"),
    about=_("单位已经答复、等待审核的诉求，先到期的在前。"),
    empty=_("没有等待审核的答复。"),
    chosen=_in_stage("handled"),
    order=paging.DUE_FIRST,
    word="review",
)
CALLS = Queue(
    path="/desk/calls/",
    title=_("待回访"),
    about=_("已办结、留了电话的诉求，最早办结的在前。"),
    empty=_("没有等待回访的诉求。"),
    chosen=_to_call,
    order=paging.CLOSED_FIRST,
    word="call-back",
)
UNSOLVED = Queue(
    path="/desk/unsolved/",
    title=_("未解决"),
    about=_("回访中诉求人说没有解决的诉求，最早受理的在前。"),
    empty=_("没有等待研判的诉求。"),
    chosen=_in_stage("unsolved"),
    order=paging.OLDEST,
    word="judge-unsolved",
)
MINE = Queue(
    path="/desk/mine/",
    title=_("我今天的"),
    about=_("我今天登记的诉求，最新的在前。"),
    empty=_("今天还没有登记。按 n 登记一件。"),
    chosen=_recorded_today,
    order=paging.LAST_RECORDED,
)
LATE = Queue(
    path="/desk/late/",
    title=_("超期与临期"),
    about=_("已经超期、或在下一个工作日结束前到期的诉求，最早到期的在前。"),
    empty=_("没有超期或临期的诉求。"),
    chosen=_pressing,
    order=paging.DUE_FIRST,
    word="urge",
)
UNIT_TO_DO = Queue(
    path="/desk/unit/",
    title=_("本单位"),
    about=_("等本单位签收或办理的诉求，先到期的在前。"),
    empty=_("没有等本单位办理的诉求。"),
    chosen=_in_stage("forwarded", "signed"),
    order=paging.DUE_FIRST,
)
UNIT_WAITING = Queue(
    path="/desk/unit/",
    title=_("本单位"),
    about=_("已答复或已退单、等待热线审核的诉求。"),
    empty=_("没有等待审核的诉求。"),
    chosen=_in_stage("sent_back", "handled"),
    order=paging.DUE_FIRST,
)

BY_PATH: dict[str, Queue] = {
    queue.path: queue for queue in (INBOX, MINE, UNIT_TO_DO, RETURNS, REVIEWS, CALLS, UNSOLVED, LATE)
}


@dataclass(frozen=True)
class Length:
    """How many are on a list; beyond what anybody works through it is no longer counted."""

    n: int

    @property
    def shown(self) -> str:
        """In figures: 13, 999+."""
        return f"{MOST_COUNTED}+" if self.n > MOST_COUNTED else str(self.n)


def count(cases: QuerySet[CaseNow]) -> Length:
    """How many."""
    return Length(cases.order_by().values("number")[: MOST_COUNTED + 1].count())


def lengths(paths: Sequence[str], actor: Actor) -> dict[str, Length]:
    """How many cases wait on each of these lists: one statement for all."""
    visible = queries.visible_to(actor)
    asked = [BY_PATH[path].chosen(visible, actor).order_by().values("number")[: MOST_COUNTED + 1] for path in paths]
    if not asked:
        return {}
    parts, parameters = zip(*(each.query.sql_with_params() for each in asked), strict=True)
    columns = ", ".join(f"(SELECT count(*) FROM ({part}) AS q)" for part in parts)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns}", [value for some in parameters for value in some])
        return dict(zip(paths, map(Length, cursor.fetchone() or ()), strict=True))
