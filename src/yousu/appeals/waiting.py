"""等待: which cases wait on which list, and how many, without a word of how a list is shown."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.fields.json import KeyTextTransform

from yousu.appeals import call_back_draws, lateness, supervising
from yousu.appeals.dispatching import grades
from yousu.appeals.lateness import Bounds
from yousu.cases import queries
from yousu.cases.models import CaseNow
from yousu.org import capabilities
from yousu.org.actors import Actor
from yousu.org.city import city
from yousu.platform import clock

# Nobody works through more in a day; counting on would make every page slower.
MOST_COUNTED = 999
Chosen = Callable[[QuerySet[CaseNow], Actor], QuerySet[CaseNow]]


def _in_stage(*stages: str) -> Chosen:
    return lambda cases, _actor: cases.filter(kind="appeal", stage__in=stages)


def _recorded_today(cases: QuerySet[CaseNow], actor: Actor) -> QuerySet[CaseNow]:
    zone = grades().zone
    midnight = datetime.combine(clock.now().astimezone(zone).date(), time(0), zone)
    return cases.filter(recorded_by=actor.code, recorded_at__gte=midnight)


def _to_call(cases: QuerySet[CaseNow], _actor: Actor) -> QuerySet[CaseNow]:
    # 挂账: what waits for better days is asked about when it is cleared.
    closed = cases.filter(kind="appeal", stage="closed", person_id__isnull=False).exclude(marks__contains=["parked"])
    if call_back_draws.percent() < 100:
        closed = closed.filter(_with("chosen") | Q(closed_at__lt=call_back_draws.drawn_since()))
    # Who was not reached is tried again in another part of a day. Moments are written in UTC, so text compares.
    closed = closed.annotate(tried=KeyTextTransform("tried_at", "state"))
    return closed.filter(Q(tried__isnull=True) | Q(tried__lt=_part_of_day().strftime("%Y-%m-%dT%H:%M:%S")))


def _part_of_day() -> datetime:
    """Since when the present part of the day lasts, in UTC."""
    now = clock.now().astimezone(grades().zone)
    begins = [time(0), *map(time.fromisoformat, city().settings["call_back"]["parts_of_day"])]
    at = max(begin for begin in begins if begin <= now.time())
    return datetime.combine(now.date(), at, grades().zone).astimezone(UTC)


def _to_forward(*, enterprise: bool) -> Chosen:
    # 企业诉求 have a queue of their own.
    theirs = Q(marks__contains=["enterprise"])
    return lambda cases, _actor: cases.filter(theirs if enterprise else ~theirs, kind="appeal", stage="recorded")


def _to_judge(cases: QuerySet[CaseNow], actor: Actor) -> QuerySet[CaseNow]:
    # What went down inside a tree climbs one level: it is judged there, and not at the desk.
    below = sorted(actor.tree - {actor.unit})
    judges, found = capabilities.roles_with(actor, "judge-send-back"), Q(pk__in=[])
    if "supervisor" in judges:
        found |= _with("sent_back_often")
    if "dispatcher" in judges:
        # The third time is the supervisor's.
        found |= (Q(stage="sent_back") & ~Q(marks__overlap=["inside", "sent_back_often"])) | _with("part_sent_back")
    if "second_level" in judges:
        found |= Q(stage="sent_back", lead_unit__in=below) | _with(f"part_sent_back:{actor.unit}")
    return cases.filter(found, kind="appeal")


def _own(actor: Actor) -> list[str]:
    """The units whose work is the actor's: the own tree for a platform, else the own unit."""
    return sorted(actor.tree) if "own_tree" in capabilities.scopes(actor, "sign") else [actor.unit or ""]


def _owed(cases: QuerySet[CaseNow], actor: Actor) -> QuerySet[CaseNow]:
    units = _own(actor)
    leads = Q(stage__in=("forwarded", "signed"), lead_unit__in=units)
    return cases.filter(leads | _with(*(f"part:{unit}" for unit in units)), kind="appeal")


def _answered(cases: QuerySet[CaseNow], actor: Actor) -> QuerySet[CaseNow]:
    return cases.filter(kind="appeal", stage__in=("sent_back", "handled"), lead_unit__in=_own(actor))


def _to_approve(cases: QuerySet[CaseNow], actor: Actor) -> QuerySet[CaseNow]:
    return cases.filter(_with(f"approval:{actor.unit}"), kind="appeal")


def _to_review(cases: QuerySet[CaseNow], _actor: Actor) -> QuerySet[CaseNow]:
    # Until the levels below have approved it is none of the desk's business.
    return cases.filter(kind="appeal", stage="handled").exclude(marks__contains=["approving"])


def _with(*marks: str) -> Q:
    # The second condition is the index's own: few cases have a mark.
    return Q(marks__overlap=list(marks)) & ~Q(marks=[])


def _pressing(cases: QuerySet[CaseNow], _actor: Actor) -> QuerySet[CaseNow]:
    return lateness.pressing(cases, Bounds.at_present())


def _marked(mark: str, *stages: str) -> Chosen:
    def chosen(cases: QuerySet[CaseNow], _actor: Actor) -> QuerySet[CaseNow]:
        # The second condition is the index's own: few cases have a mark.
        marked = cases.filter(kind="appeal", marks__contains=[mark]).exclude(marks=[])
        return marked.filter(stage__in=stages) if stages else marked

    return chosen


QUEUES: Mapping[str, Chosen] = {
    "inbox": _to_forward(enterprise=False),
    "enterprise": _to_forward(enterprise=True),
    "mine": _recorded_today,
    "unit": _owed,
    "unit_waiting": _answered,
    "approvals": _to_approve,
    "returns": _to_judge,
    "extensions": _marked("extension_asked", "forwarded", "signed", "handled"),
    "parked": _marked("parked"),
    "exclusions": _marked("exclusion_asked"),
    "lifts": _marked("lift_asked"),
    "urgent": _marked("urgent_open"),
    "urgent_over": _marked("urgent_over"),
    "instructions": _marked("instruction_open"),
    "reviews": _to_review,
    "calls": _to_call,
    "late": _pressing,
    "proposals": lambda cases, _actor: supervising.with_proposals(cases),
    "unsolved": _in_stage("unsolved"),
}


@dataclass(frozen=True)
class Length:
    """How many are on a list; beyond what anybody works through it is no longer counted."""

    n: int

    @property
    def shown(self) -> str:
        """In figures: 13, 999+."""
        return f"{MOST_COUNTED}+" if self.n > MOST_COUNTED else str(self.n)


@dataclass(frozen=True)
class Statement:
    """The numbers of some cases, as SQL. Two that are equal find the same cases, whoever asks."""

    sql: str
    parameters: tuple[Any, ...]

    def arguments(self) -> list[Any]:
        """The parameters as a driver takes them."""
        return [list(value) if isinstance(value, tuple) else value for value in self.parameters]


_NONE = Statement("SELECT number FROM case_now WHERE false", ())


def on(queue: str, actor: Actor) -> QuerySet[CaseNow]:
    """The cases on a list that the actor may see."""
    return QUEUES[queue](queries.visible_to(actor), actor)


def count(cases: QuerySet[CaseNow]) -> Length:
    """How many."""
    return Length(cases.order_by().values("number")[: MOST_COUNTED + 1].count())


def statement(cases: QuerySet[Any]) -> Statement:
    """The cases' numbers as SQL, for whoever asks the database without Django."""
    try:
        sql, parameters = cases.order_by().values("number").query.sql_with_params()
    except EmptyResultSet:
        return _NONE
    return Statement(sql, tuple(tuple(value) if isinstance(value, list) else value for value in parameters))


def lengths(
    waiting: Sequence[str], actor: Actor, *, beside: Mapping[str, QuerySet[Any]] | None = None
) -> tuple[dict[str, Length], int]:
    """How many cases wait on each of these lists, and the position up to which that is told: one statement for all.

    `beside`: what else is to be counted in it, by a name; its rows have a number, too.
    """
    others = beside or {}
    asked = [statement(rows) for rows in (*(on(queue, actor) for queue in waiting), *others.values())]
    columns = [f"(SELECT count(*) FROM ({each.sql} LIMIT {MOST_COUNTED + 1}) AS q)" for each in asked]
    last = "(SELECT coalesce(max(position), 0) FROM event_position)"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join([last, *columns])}", [value for each in asked for value in each.arguments()])
        position, *counted = cursor.fetchone() or (0,)
    return dict(zip((*waiting, *others), map(Length, counted), strict=True)), position
