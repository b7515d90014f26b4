"""标记的句子: one sentence for each fact that leaves the stage as it is."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yousu.appeals import mark_events as events
from yousu.desk import labels, moments
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
    return _("督办，限%(moment)s前办结") % {"moment": moments.said(fact.due, is_within=True)}


@says(events.Escalated)
def _escalated(fact: events.Escalated) -> str:
    return _("提级到%(unit)s") % {"unit": labels.unit(fact.unit)}


@says(events.Summoned)
def _summoned(fact: events.Summoned) -> str:
    return _("约谈%(unit)s，%(day)s") % {"unit": labels.unit(fact.unit), "day": moments.plain_day(fact.on)}


@says(events.Instructed)
def _instructed(fact: events.Instructed) -> str:
    return _("领导批示（%(day)s）") % {"day": moments.plain_day(fact.on)}


@says(events.Led)
def _led(fact: events.Led) -> str:
    return _("由领导领办")
