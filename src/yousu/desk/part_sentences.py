"""分头办理的句子: one sentence for each fact of helping units' parts and of the levels inside a tree."""

from django.utils.translation import gettext as _

from yousu.appeals import part_events as events
from yousu.desk import labels, sentences
from yousu.desk.sentences import by, says
from yousu.org.city import city


@says(events.PartSigned)
def _signed(fact: events.PartSigned) -> str:
    return _("%(unit)s签收协办") % {"unit": labels.unit(fact.unit)}


@says(events.PartContacted)
def _contacted(fact: events.PartContacted) -> str:
    return sentences.contacted(fact.unit, fact.how, reached=fact.reached)


@says(events.PartHandled)
def _handled(fact: events.PartHandled) -> str:
    outcome = labels.word(labels.OUTCOMES, fact.outcome)
    return _("%(unit)s协办答复（%(outcome)s）") % {"unit": labels.unit(fact.unit), "outcome": outcome}


@says(events.PartSentBack)
def _sent_back(fact: events.PartSentBack) -> str:
    reason = labels.named(city().reasons.get("send-back", {}), fact.reason)
    return _("%(unit)s退回协办：%(reason)s") % {"unit": labels.unit(fact.unit), "reason": reason}


@says(events.PartSendBackJudged)
def _part_send_back_judged(fact: events.PartSendBackJudged) -> str:
    unit = labels.unit(fact.unit)
    if not fact.upheld:
        return _("不同意%(unit)s退回协办") % {"unit": unit}
    if fact.to is None:
        return _("同意%(unit)s不再协办") % {"unit": unit}
    return _("同意%(unit)s退回，改由%(to)s协办") % {"unit": unit, "to": labels.unit(fact.to)} + by(fact.due)


@says(events.ForwardedInside)
def _forwarded_inside(fact: events.ForwardedInside) -> str:
    names = {"platform": labels.unit(fact.platform), "unit": labels.unit(fact.lead_unit)}
    if fact.lead_unit == fact.platform:
        return _("%(platform)s收回自办") % names
    return _("%(platform)s转交%(unit)s") % names + sentences.helped(fact.co_units) + by(fact.due)


@says(events.InnerSendBackJudged)
def _inner_send_back_judged(fact: events.InnerSendBackJudged) -> str:
    platform = labels.unit(fact.platform)
    if not fact.upheld:
        return _("%(platform)s不同意退单，退回原单位") % {"platform": platform}
    if fact.lead_unit is None:
        return _("%(platform)s同意退单，退到上一级") % {"platform": platform}
    names = {"platform": platform, "unit": labels.unit(fact.lead_unit)}
    return _("%(platform)s同意退单，改由%(unit)s承办") % names + by(fact.due)


@says(events.Approved)
def _approved(fact: events.Approved) -> str:
    words = _("%(unit)s签发上报") if fact.approved else _("%(unit)s不同意答复，退回重办")
    return words % {"unit": labels.unit(fact.unit)}
