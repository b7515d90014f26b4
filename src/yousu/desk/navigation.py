"""导航: which pages of the desk are whose, in the order of their work; the first one is the role's home."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yousu.appeals import waiting
from yousu.appeals.articles import queries as articles
from yousu.appeals.waiting import Length
from yousu.cases import lookups
from yousu.desk import labels, queues
from yousu.desk.access import StaffRequest, may
from yousu.notices import queries as notices
from yousu.org import capabilities, tickets
from yousu.org.actors import Actor
from yousu.org.city import city
from yousu.org.models import Account


@dataclass(frozen=True, kw_only=True)
class Place:
    """A page: its address, name, and the capability it is for."""

    path: str
    label: Promise
    action: str
    everywhere: bool = False
    # Begins a group of its own: work on cases, then what is made of them.
    is_apart: bool = False


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A page as it stands in somebody's navigation."""

    path: str
    label: str
    is_here: bool
    is_apart: bool
    count: Length | None
    # The list's code, by which its count is told anew; empty for pages that are no lists.
    waiting: str
    # 提醒 that nobody has read, in figures.
    unread: str
    # 知识库: articles of the own unit that have expired or soon will, in figures.
    to_confirm: str


@dataclass(frozen=True, kw_only=True)
class Live:
    """实时: how a page hears of changes: where (empty: it asks by itself), as whom, and from which position on."""

    url: str
    ticket: str
    code: str
    position: int


@dataclass(frozen=True, kw_only=True)
class Staff:
    """Who is signed in, as the page's head shows it."""

    name: str
    roles: str
    unit: str
    entries: tuple[Entry, ...]
    may_record: bool
    may_look: bool
    live: Live


# Everybody's, and nobody's first work.
_NOTICES, _ARTICLES = "/desk/notices/", "/desk/articles/"

PLACES = (
    Place(path="/desk/inbox/", label=_("待转交"), action="forward", everywhere=True),
    Place(path="/desk/enterprise/", label=_("企业诉求"), action="forward", everywhere=True),
    Place(path="/desk/new/", label=_("登记受理"), action="record"),
    Place(path="/desk/mine/", label=_("我今天的"), action="record"),
    Place(path="/desk/unit/", label=_("本单位"), action="sign"),
    Place(path="/desk/approvals/", label=_("审核签发"), action="approve"),
    Place(path="/desk/late/", label=_("超期与临期"), action="judge-unsolved"),
    Place(path="/desk/proposals/", label=_("督办建议"), action="supervise"),
    Place(path="/desk/urgent/", label=_("紧急事项"), action="supervise"),
    Place(path="/desk/urgent/", label=_("紧急事项"), action="review"),
    Place(path="/desk/returns/", label=_("退单审定"), action="judge-send-back"),
    Place(path="/desk/extensions/", label=_("延期审定"), action="judge-extension"),
    Place(path="/desk/reviews/", label=_("待审核"), action="review"),
    Place(path="/desk/calls/", label=_("待回访"), action="call-back"),
    Place(path="/desk/unsolved/", label=_("未解决"), action="judge-unsolved"),
    Place(path="/desk/parked/", label=_("挂账中"), action="unpark"),
    Place(path="/desk/exclusions/", label=_("剔除审定"), action="judge-exclusion"),
    Place(path="/desk/lifts/", label=_("解除限制审定"), action="judge-lift"),
    Place(path="/desk/instructions/", label=_("批示办理"), action="report-instruction"),
    Place(path="/desk/tasks/", label=_("交办事项"), action="report-task"),
    Place(path="/desk/tasks/", label=_("交办事项"), action="judge-task"),
    # An inspector begins with the samples; whoever may only judge comes to them after the own lists.
    Place(path="/desk/inspections/", label=_("质检"), action="judge-score"),
    # Who makes bulletins begins there; who only reads figures begins with the overview.
    Place(path="/desk/bulletins/", label=_("通报"), action="compose"),
    Place(path="/desk/bulletins/", label=_("通报"), action="review-bulletin"),
    Place(path="/desk/bulletins/", label=_("通报"), action="sign-bulletin"),
    Place(path="/desk/overview/", label=_("总览"), action="figures", is_apart=True),
    Place(path="/desk/bulletins/", label=_("通报"), action="figures"),
    Place(path="/desk/instructions/", label=_("批示办理"), action="instruct"),
    Place(path="/desk/urgent/", label=_("紧急事项"), action="follow-urgent"),
    Place(path="/desk/governance/", label=_("主动治理"), action="governance"),
    Place(path="/desk/tasks/", label=_("交办事项"), action="tasks"),
    Place(path="/desk/meetings/", label=_("研判会"), action="meetings"),
    Place(path="/desk/specials/", label=_("专报"), action="specials"),
    Place(path="/desk/rates/", label=_("考核指标"), action="rates", is_apart=True),
    Place(path="/desk/assessments/", label=_("月度考核"), action="assessments"),
    Place(path="/desk/cases/", label=_("全部诉求"), action="see", is_apart=True),
    Place(path="/desk/requests/", label=_("个人信息请求"), action="data-requests"),
    Place(path="/desk/requests/new/", label=_("登记个人信息请求"), action="ask-for-data"),
    Place(path="/desk/inspections/mine/", label=_("我的质检"), action="object-to-score"),
    Place(path="/desk/people/", label=_("人员"), action="accounts"),
    Place(path="/desk/configuration/", label=_("城市配置"), action="configure"),
    Place(path=_ARTICLES, label=_("知识库"), action=""),
    Place(path=_NOTICES, label=_("提醒"), action="", is_apart=True),
)


def places_of(actor: Actor) -> list[Place]:
    """The pages an actor may open."""
    # A page that is somebody's for several reasons stands where the first of them puts it.
    found: dict[str, Place] = {}
    for place in PLACES:
        if place.path not in found and may(actor, place.action, everywhere=place.everywhere):
            found[place.path] = place
    return list(found.values())


def home_of(actor: Actor) -> str | None:
    """The page of the actor's first work; None when the desk has none for these roles."""
    return next((place.path for place in places_of(actor) if place.path not in (_NOTICES, _ARTICLES)), None)


def staff(request: HttpRequest) -> Staff | None:
    """The signed-in account with its navigation; None for everybody else."""
    if not isinstance(request.user, Account):
        return None
    account, actor = request.user, cast(StaffRequest, request).actor
    lengths, position = waiting.lengths(lists_of(actor), actor, beside={_ARTICLES: articles.to_confirm(actor)})
    unread = notices.unread(actor.account_id)
    return Staff(
        name=account.name_zh if labels.language().startswith("zh") else account.name_en,
        roles=str(_("、")).join(labels.named(city().roles, role) for role in sorted(actor.roles)),
        unit=labels.unit(actor.unit),
        entries=_entries(request.path, actor, lengths, unread=unread),
        may_record=capabilities.may(actor, "record"),
        may_look=lookups.may_look(actor),
        live=Live(url=settings.LIVE_URL, ticket=ticket(account, actor), code=actor.code, position=position),
    )


def lists_of(actor: Actor) -> list[str]:
    """The codes of the lists in the actor's navigation."""
    return [queues.BY_PATH[place.path].code for place in places_of(actor) if place.path in queues.BY_PATH]


def ticket(account: Account, actor: Actor) -> str:
    """入场券 for a page of this account."""
    return tickets.issue(actor, name_zh=account.name_zh, name_en=account.name_en, waiting=lists_of(actor))


def _entries(path: str, actor: Actor, lengths: Mapping[str, Length], *, unread: int) -> tuple[Entry, ...]:
    places = places_of(actor)
    codes = {place.path: queues.BY_PATH[place.path].code for place in places if place.path in queues.BY_PATH}
    # One page may lie below another: the nearest is where one is.
    here = max((place.path for place in places if path.startswith(place.path)), key=len, default="")
    return tuple(
        Entry(
            path=place.path,
            label=str(place.label),
            is_here=place.path == here,
            is_apart=place.is_apart and place is not places[0],
            waiting=codes.get(place.path, ""),
            count=lengths.get(codes.get(place.path, "")),
            unread=_few(unread) if place.path == _NOTICES else "",
            to_confirm=_few(lengths[_ARTICLES].n) if place.path == _ARTICLES else "",
        )
        for place in places
    )


def _few(unread: int) -> str:
    if unread > notices.MOST_COUNTED:
        return f"{notices.MOST_COUNTED}+"
    return str(unread) if unread else ""
