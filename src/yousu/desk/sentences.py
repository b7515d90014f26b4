"""经过的句子: one sentence for each kind of fact."""

from collections.abc import Callable
from functools import singledispatch
from typing import Any

from django.utils.translation import gettext as _

from yousu.appeals import events
from yousu.cases.events import Attached, Classified, Corrected
from yousu.cases.state import Due
from yousu.desk import labels, moments
from yousu.ledger.events import Undone
from yousu.org.city import city


@singledispatch
def sentence(fact: Any) -> str:
    """What happened, without who and when. A fact without a sentence is told by its label alone."""
    return ""


def says(fact: type) -> Callable[[Callable[[Any], str]], Callable[[Any], str]]:
    """Registers the sentence of a fact."""
    return sentence.register(fact)


@says(events.AppealRecorded)
def _recorded(fact: events.AppealRecorded) -> str:
    return _("经%(channel)s受理") % {"channel": labels.named(city().channels, fact.channel)}


@says(events.Answered)
def _answered(fact: events.Answered) -> str:
    return _("直接答复并办结")


@says(events.Declined)
def _declined(fact: events.Declined) -> str:
    reason = labels.named(city().reasons.get("decline", {}), fact.reason)
    lawful = labels.named(city().lawful_channels, fact.lawful_channel)
    return _("不予受理：%(reason)s。已告知途径：%(lawful)s") % {"reason": reason, "lawful": lawful}


@says(events.Withdrawn)
def _withdrawn(fact: events.Withdrawn) -> str:
    return _("诉求人撤回诉求")


@says(events.Transferred)
def _transferred(fact: events.Transferred) -> str:
    return _("紧急转接 %(to)s") % {"to": labels.word(labels.EMERGENCIES, fact.to)}


@says(events.Forwarded)
def _forwarded(fact: events.Forwarded) -> str:
    return _("转交%(unit)s") % {"unit": labels.unit(fact.lead_unit)} + helped(fact.co_units) + by(fact.due)


@says(events.Designated)
def _designated(fact: events.Designated) -> str:
    return _("指定%(unit)s承办") % {"unit": labels.unit(fact.lead_unit)} + helped(fact.co_units) + by(fact.due)


@says(events.Signed)
def _signed(fact: events.Signed) -> str:
    return _("%(unit)s签收") % {"unit": labels.unit(fact.unit)}


@says(events.Contacted)
def _contacted(fact: events.Contacted) -> str:
    return contacted(fact.unit, fact.how, reached=fact.reached)


@says(events.SentBack)
def _sent_back(fact: events.SentBack) -> str:
    reason = labels.named(city().reasons.get("send-back", {}), fact.reason)
    return _("%(unit)s退单：%(reason)s") % {"unit": labels.unit(fact.unit), "reason": reason}


@says(events.SendBackJudged)
def _send_back_judged(fact: events.SendBackJudged) -> str:
    if not fact.upheld:
        return _("不同意退单，退回原单位")
    if fact.lead_unit is None:
        return _("同意退单，重新转交")
    return _("同意退单，改由%(unit)s承办") % {"unit": labels.unit(fact.lead_unit)} + by(fact.due)


@says(events.Handled)
def _handled(fact: events.Handled) -> str:
    outcome = labels.word(labels.OUTCOMES, fact.outcome)
    return _("%(unit)s办理答复（%(outcome)s）") % {"unit": labels.unit(fact.unit), "outcome": outcome}


@says(events.Reviewed)
def _reviewed(fact: events.Reviewed) -> str:
    return _("审核通过，办结") if fact.accepted else _("审核不通过，退回重办")


@says(events.CalledBack)
def _called_back(fact: events.CalledBack) -> str:
    parts = [labels.word(labels.REACHED, fact.reached)]
    if fact.responded is not None:
        parts.append(_("单位已响应") if fact.responded else _("单位未响应"))
    if fact.solved is not None:
        parts.append(_("问题已解决") if fact.solved else _("问题未解决"))
    if fact.satisfied is not None:
        parts.append(labels.word(labels.SATISFIED, fact.satisfied))
    return _("，").join(parts)


@says(events.UnsolvedJudged)
def _unsolved_judged(fact: events.UnsolvedJudged) -> str:
    if fact.decision == "park":
        return _("暂不具备条件，挂账")
    if fact.lead_unit is None:
        return _("合法合规并已解释，终结")
    return _("由%(unit)s二次办理") % {"unit": labels.unit(fact.lead_unit)} + by(fact.due)


@says(events.Reopened)
def _reopened(fact: events.Reopened) -> str:
    return _("由%(unit)s二次办理") % {"unit": labels.unit(fact.lead_unit)} + by(fact.due)


@says(events.Released)
def _released(fact: events.Released) -> str:
    return _("公开了答复")


@says(events.Supported)
def _supported(fact: events.Supported) -> str:
    return _("另有人反映同一件事") if fact.person_id is None else _("另有一人附议")


@says(Classified)
def _classified(fact: Classified) -> str:
    return _("归类为%(category)s") % {"category": labels.category(fact.category, whole=True)}


@says(Corrected)
def _corrected(fact: Corrected) -> str:
    return _("更正了%(field)s") % {"field": labels.word(labels.CORRECTABLE, fact.corrected)}


@says(Attached)
def _attached(fact: Attached) -> str:
    return _("添加了附件")


@says(Undone)
def _undone(fact: Undone) -> str:
    return _("撤销了上一步")


def contacted(unit: str, how: str, *, reached: bool) -> str:
    """A unit, lead or helping, that tried to speak with the appellant."""
    return _("%(unit)s联系诉求人（%(how)s，%(reached)s）") % {
        "unit": labels.unit(unit),
        "how": labels.word(labels.HOWS, how),
        "reached": _("已联系上") if reached else _("未联系上"),
    }


def helped(units: tuple[str, ...]) -> str:
    """The helping units, as a part of the sentence; empty without any."""
    if not units:
        return ""
    return _("，%(units)s协办") % {"units": _("、").join(labels.unit(code) for code in units)}


def by(due: Due | None) -> str:
    """By when, as the end of a sentence; empty without limit."""
    if due is None:
        return ""
    return _("，%(due)s前办结") % {"due": moments.plain_day(due.at.astimezone(moments.zone()).date())}
