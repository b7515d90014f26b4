"""标记的句子: one sentence for each fact that leaves the stage as it is."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yousu.appeals import mark_events as events
from yousu.appeals import supervision
from yousu.appeals.urgent_events import UrgentReported
from yousu.cases.events import Urged
from yousu.desk import labels, moments, spans
from yousu.desk.sentences import by, says
from yousu.org.city import city


@says(events.ExtensionRequested)
def _extension_requested(fact: events.ExtensionRequested) -> str:
    days = ngettext("%(n)s 个工作日", "%(n)s 个工作日", fact.working_days) % {"n": fact.working_days}
    return _("%(unit)s申请延期 %(days)s：%(reason)s") % {
        "unit": labels.unit(fact.unit),
        "days": days,
        "reason": labels.named(city().reasons.get("request-extension", {}), fact.reason),
    }


@says(events.ExtensionJudged)
def _extension_judged(fact: events.ExtensionJudged) -> str:
    return _("同意延期") + by(fact.due) if fact.granted else _("不同意延期")


@says(events.Suspended)
def _suspended(fact: events.Suspended) -> str:
    reason = labels.named(city().reasons.get("suspend", {}), fact.reason)
    said = _("%(unit)s暂停计时：%(reason)s") % {"unit": labels.unit(fact.unit), "reason": reason}
    if fact.until is None:
        return said
    return said + _("，预计到%(day)s") % {"day": moments.plain_day(fact.until)}


@says(events.Resumed)
def _resumed(fact: events.Resumed) -> str:
    return _("恢复计时") + by(fact.due)


@says(events.DeadlineRecounted)
def _deadline_recounted(fact: events.DeadlineRecounted) -> str:
    return _("按新公布的日历重新推算期限") + by(fact.due)


@says(events.CallBackChosen)
def _call_back_chosen(fact: events.CallBackChosen) -> str:
    return _("抽中回访（%(day)s办结的）") % {"day": moments.plain_day(fact.day)}


@says(events.Parked)
def _parked(fact: events.Parked) -> str:
    return _("挂账，%(day)s复核") % {"day": moments.plain_day(fact.review_on)}


@says(events.Unparked)
def _unparked(fact: events.Unparked) -> str:
    return _("销账")


@says(events.ExclusionRequested)
def _exclusion_requested(fact: events.ExclusionRequested) -> str:
    return _("申请剔除：%(reason)s") % {"reason": labels.named(city().reasons.get("exclude", {}), fact.reason)}


@says(events.ExclusionJudged)
def _exclusion_judged(fact: events.ExclusionJudged) -> str:
    return _("同意剔除") if fact.granted else _("不同意剔除")


@says(events.Supervised)
def _supervised(fact: events.Supervised) -> str:
    return _("督办，限%(moment)s前办结") % {"moment": moments.said(fact.due, is_within=True)} + _by_rule(fact.rule)


@says(events.Escalated)
def _escalated(fact: events.Escalated) -> str:
    return _("提级到%(unit)s") % {"unit": labels.unit(fact.unit)} + _by_rule(fact.rule)


@says(events.Summoned)
def _summoned(fact: events.Summoned) -> str:
    told = {"unit": labels.unit(fact.unit), "day": moments.plain_day(fact.on)}
    return _("约谈%(unit)s，%(day)s") % told + _by_rule(fact.rule)


@says(Urged)
def _urged(fact: Urged) -> str:
    return _("催办") + _by_rule(fact.rule)


@says(events.ProposalDeclined)
def _proposal_declined(fact: events.ProposalDeclined) -> str:
    return _("不采纳督办建议") + _by_rule(fact.rule)


def _by_rule(code: str | None) -> str:
    if code is None:
        return ""
    known = supervision.rules().get(code)
    return _("（规则：%(rule)s）") % {"rule": known.name(labels.language()) if known else code}


@says(events.Instructed)
def _instructed(fact: events.Instructed) -> str:
    said = _("领导批示（%(day)s）") % {"day": moments.plain_day(fact.on)}
    return said if fact.due is None else said + _("，限%(moment)s前反馈") % {"moment": moments.said(fact.due)}


@says(events.InstructionReported)
def _instruction_reported(fact: events.InstructionReported) -> str:
    return _("反馈批示办理情况")


@says(UrgentReported)
def _urgent_reported(fact: UrgentReported) -> str:
    told = spans.elapsed(fact.minutes, fact.since_first)
    if fact.is_final:
        return _("紧急事项终报（%(spans)s）") % {"spans": told}
    words = _("紧急事项首报（%(spans)s）") if fact.since_first is None else _("紧急事项续报（%(spans)s）")
    return words % {"spans": told}


@says(events.Led)
def _led(fact: events.Led) -> str:
    return _("由领导领办")
