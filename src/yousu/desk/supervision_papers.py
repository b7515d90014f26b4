"""督办文书: order, notices of escalation and summons, an instruction's sheet, on paper; nobody's data in them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _L
from django.utils.translation import ngettext

from yousu.appeals import mark_events as events
from yousu.appeals import supervision
from yousu.appeals.state import AppealState
from yousu.cases import queries
from yousu.cases.models import CaseNow
from yousu.cases.queries import Standing
from yousu.desk import instructions, labels, moments, orders
from yousu.documents.model import Block, Cell, Document, Facts, Head, Lang, Paragraph, Room
from yousu.ledger import log, texts
from yousu.ledger.events import Undone, decode
from yousu.org import capabilities
from yousu.org.actors import Actor
from yousu.understanding import redaction

_LINES = 8
Rows = Iterator[tuple[tuple[str, Cell], ...]]


@dataclass(frozen=True, kw_only=True)
class Paper:
    """One kind of paper: the command that it is of, its fact, and how many of them a case has had."""

    word: str
    title: Promise
    fact: type
    times: Callable[[AppealState], int]


PAPERS: Mapping[str, Paper] = {
    paper.word: paper
    for paper in (
        Paper(
            word="supervise",
            title=_L("督办单"),
            fact=events.Supervised,
            times=lambda case: case.supervision.supervised,
        ),
        Paper(
            word="escalate",
            title=_L("提级通知"),
            fact=events.Escalated,
            times=lambda case: int(case.supervision.escalated_to is not None),
        ),
        Paper(
            word="summon",
            title=_L("约谈通知书"),
            fact=events.Summoned,
            times=lambda case: case.supervision.summoned,
        ),
        Paper(
            word="instruct",
            title=_L("批示办理单"),
            fact=events.Instructed,
            times=lambda case: case.supervision.instructions,
        ),
    )
}


@dataclass(frozen=True, kw_only=True)
class Issued:
    """The latest act of a kind: what it said, and when."""

    paper: Paper
    fact: Any
    at: datetime


def offered(case: AppealState, actor: Actor) -> list[Paper]:
    """The papers that there are, for those they are for."""
    return [paper for paper in PAPERS.values() if paper.times(case) and may_print(paper, case, actor)]


def may_print(paper: Paper, case: AppealState, actor: Actor, *, named: str | None = None) -> bool:
    """Whether the actor acts on such papers, or belongs to the unit they are addressed to."""
    if capabilities.may(actor, paper.word, Standing(case)):
        return True
    if paper.word == "instruct" and instructions.may_read(actor, case):
        return True
    addressed = {unit for unit in (case.lead_unit, named) if unit is not None}
    return not addressed.isdisjoint(actor.tree)


def latest(row: CaseNow, paper: Paper) -> Issued | None:
    """The latest act of a kind that was not undone."""
    undone: set[int] = set()
    for each in log.rows_of(queries.stream_of(row), newest_first=True):
        fact = decode(each.kind, each.shape, each.data)
        if isinstance(fact, Undone):
            undone.add(fact.undone_seq)
        elif isinstance(fact, paper.fact) and each.seq not in undone:
            return Issued(paper=paper, fact=fact, at=each.occurred_at)
    return None


def document(row: CaseNow, issued: Issued, *, lang: Lang) -> Document:
    """The paper of an act; equal as long as the case stands as it does."""
    case: AppealState = queries.state_of(row)
    return Document(
        kind="sheet",
        head=Head(sign=orders.hotline()),
        title=str(issued.paper.title),
        number_line=_("诉求编号：%(number)s") % {"number": row.number},
        date_line=moments.written_day(issued.at),
        moment=issued.at.replace(microsecond=0),
        blocks=tuple(_blocks(row, case, issued)),
        lang=lang,
    )


def _blocks(row: CaseNow, case: AppealState, issued: Issued) -> Iterator[Block]:
    yield Facts((*_of_act(case, issued), *orders.facts(row, case)))
    yield Paragraph((_asked(issued),))
    signs = (_("负责人："), _("日期："))
    yield Room(label=_("办理情况"), lines=_LINES, signs=(_("承办人："), *signs))


def _of_act(case: AppealState, issued: Issued) -> Rows:
    fact = issued.fact
    yield (_("主送"), labels.unit(_addressee(case, issued)) or "–"), (_("签发时间"), moments.written(issued.at))
    if isinstance(fact, events.Supervised):
        yield ((_("限何时办结"), moments.written(fact.due)),)
    if isinstance(fact, events.Escalated):
        yield ((_("提级到"), labels.unit(fact.unit)),)
    if isinstance(fact, events.Summoned):
        yield ((_("约谈日期"), moments.plain_day(fact.on)),)
    if isinstance(fact, events.Instructed):
        yield from _instruction(fact)
    else:
        yield ((_("事由"), _why(case, issued)),)


def _instruction(fact: events.Instructed) -> Rows:
    words = texts.read([fact.text.id]).get(fact.text.id)
    shown = redaction.taken_out(words) if words is not None else _("（内容已删除）")
    due = moments.written(fact.due) if fact.due is not None else "–"
    yield (_("批示日期"), moments.plain_day(fact.on)), (_("反馈时限"), due)
    yield ((_("批示内容"), shown),)


def _why(case: AppealState, issued: Issued) -> str:
    """What it is about: the rule's words, and what was done before."""
    known = supervision.rules().get(issued.fact.rule or "")
    # The order itself is not what was done before it.
    orders_before = case.supervision.supervised - isinstance(issued.fact, events.Supervised)
    counted = (
        (case.urged, ngettext("已催办 %(n)s 次", "已催办 %(n)s 次", case.urged)),
        (orders_before, ngettext("已督办 %(n)s 次", "已督办 %(n)s 次", orders_before)),
        (case.sent_back, ngettext("已退单 %(n)s 次", "已退单 %(n)s 次", case.sent_back)),
        (case.second_handling, ngettext("已二次办理 %(n)s 次", "已二次办理 %(n)s 次", case.second_handling)),
    )
    said = [known.name(labels.language())] if known else []
    said += [words % {"n": times} for times, words in counted if times]
    return _("；").join(said) or _("督办员认为需要")


def _addressee(case: AppealState, issued: Issued) -> str | None:
    return issued.fact.unit if isinstance(issued.fact, events.Summoned) else case.lead_unit


def _asked(issued: Issued) -> str:
    fact = issued.fact
    if isinstance(fact, events.Supervised):
        return _("请于%(moment)s前办结，填写办理情况并答复诉求人。原办理期限不变，逾期情况照常记录。") % {
            "moment": moments.written(fact.due)
        }
    if isinstance(fact, events.Escalated):
        return _("本件已提级到%(unit)s过问。请承办单位继续办理，并向%(unit)s说明办理情况和存在的困难。") % {
            "unit": labels.unit(fact.unit)
        }
    if isinstance(fact, events.Summoned):
        return _("请%(unit)s负责人于%(day)s到场，说明本件的办理情况、未办结的原因和下一步措施。") % {
            "unit": labels.unit(fact.unit),
            "day": moments.plain_day(fact.on),
        }
    return _("请按批示办理，在反馈时限前把办理情况填入系统，由系统反馈给批示的领导。")
