"""以前的审定 as the desk tells them: a sentence each, beside the send-back that is to be judged."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from yousu.appeals.judgements import Judgement
from yousu.desk import labels
from yousu.org.city import city


@dataclass(frozen=True, kw_only=True)
class Judged:
    """One earlier judgement."""

    number: str
    at: datetime
    asked: str
    decided: str
    note: str


def shown(several: Sequence[Judgement]) -> list[Judged]:
    """The judgements in words."""
    return [
        Judged(number=each.number, at=each.at, asked=_asked(each), decided=_decided(each), note=each.note)
        for each in several
    ]


def _asked(judged: Judgement) -> str:
    reason = labels.named(city().reasons.get("send-back", {}), judged.reason)
    return _("%(unit)s退单：%(reason)s") % {"unit": labels.unit(judged.unit), "reason": reason}


def _decided(judged: Judgement) -> str:
    if not judged.upheld:
        return _("不同意")
    return _("同意，改由%(unit)s承办") % {"unit": labels.unit(judged.to)} if judged.to else _("同意，重新转交")
