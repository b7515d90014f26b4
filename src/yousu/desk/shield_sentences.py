"""回避与保护的句子: one sentence for each fact that keeps a case from somebody."""

from django.utils.translation import gettext as _

from yousu.appeals import shield_events as events
from yousu.desk import labels
from yousu.desk.sentences import says


@says(events.ReportedNamed)
def _reported_named(fact: events.ReportedNamed) -> str:
    words = _("被举报单位是%(unit)s，已收回") if fact.taken else _("被举报单位是%(unit)s")
    return words % {"unit": labels.unit(fact.unit)}


@says(events.LiftRequested)
def _lift_requested(fact: events.LiftRequested) -> str:
    return _("申请解除转办限制")


@says(events.LiftJudged)
def _lift_judged(fact: events.LiftJudged) -> str:
    return _("同意解除转办限制") if fact.granted else _("不同意解除转办限制")


@says(events.Recused)
def _recused(fact: events.Recused) -> str:
    return _("登记了回避")
