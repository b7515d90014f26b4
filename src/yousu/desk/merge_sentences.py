"""并单的句子: one sentence for each fact of merging."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yousu.appeals import merge_events as events
from yousu.appeals.groups import MERGED
from yousu.desk import labels
from yousu.desk.sentences import by, says
from yousu.org.city import city


@says(events.Merged)
def _merged(fact: events.Merged) -> str:
    told = {"head": fact.head, "how": labels.word(labels.JOINED, fact.how)}
    if fact.with_head is not None:
        return _("随 %(with)s 并入 %(head)s（%(how)s）") % {**told, "with": fact.with_head}
    return _("并入 %(head)s（%(how)s）") % told


@says(events.Gathered)
def _gathered(fact: events.Gathered) -> str:
    n = len(fact.followers)
    numbers = _("、").join(each.number for each in fact.followers[:5])
    return ngettext("%(n)s 件并入：%(numbers)s", "%(n)s 件并入：%(numbers)s", n) % {"n": n, "numbers": numbers}


@says(events.Followed)
def _followed(fact: events.Followed) -> str:
    told = {"head": fact.head, "step": labels.named(city().events, fact.step)}
    if fact.stage != MERGED:
        return _("随主单 %(head)s%(step)s，办结") % told
    return _("主单 %(head)s：%(step)s") % told


@says(events.Unmerged)
def _unmerged(fact: events.Unmerged) -> str:
    if fact.lead_unit is None:
        return _("从 %(head)s 拆出，重新转交") % {"head": fact.head}
    told = {"head": fact.head, "unit": labels.unit(fact.lead_unit)}
    return _("从 %(head)s 拆出，由%(unit)s承办") % told + by(fact.due)


@says(events.Parted)
def _parted(fact: events.Parted) -> str:
    return _("%(number)s 拆出") % {"number": fact.number}


@says(events.Succeeded)
def _succeeded(fact: events.Succeeded) -> str:
    if fact.lead_unit is None:
        return _("主单 %(head)s 撤诉，由本件接着办") % {"head": fact.head}
    told = {"head": fact.head, "unit": labels.unit(fact.lead_unit)}
    return _("主单 %(head)s 撤诉，由本件接着办，%(unit)s承办") % told + by(fact.due)


@says(events.Linked)
def _linked(fact: events.Linked) -> str:
    how = labels.named(city().reasons.get("link", {}), fact.how)
    return _("与 %(other)s 关联（%(how)s）") % {"other": fact.other, "how": how}
