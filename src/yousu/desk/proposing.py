"""督办建议的样子: what rules propose for a case, as the desk shows it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yousu.appeals import supervising
from yousu.appeals.state import AppealState
from yousu.cases.queries import Standing
from yousu.desk import labels
from yousu.org import capabilities
from yousu.org.actors import Actor

ACTS: dict[str, Promise] = {"urge": _("催办"), "supervise": _("督办"), "escalate": _("提级"), "summon": _("约谈")}


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """What a rule proposes for a case: its code, what it would do, why, and the key that takes it."""

    rule: str
    act: Promise
    why: str
    key: str


def of(case: AppealState, actor: Actor) -> list[Proposal]:
    """The proposals that are the actor's to take."""
    mine = [rule for rule in supervising.proposals(case) if capabilities.may(actor, rule.act, Standing(case))]
    return [
        Proposal(rule=rule.code, act=ACTS[rule.act], why=rule.name(labels.language()), key=str(n))
        for n, rule in enumerate(mine, start=1)
    ]


def named(case: AppealState) -> Sequence[str]:
    """The rules that propose something for a case, by name."""
    return [rule.name(labels.language()) for rule in supervising.proposals(case)]
