"""建议: what the desk proposes, with the reason; people decide."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from yousu.appeals.routing import trying
from yousu.appeals.state import AppealState
from yousu.cases.models import CaseNow
from yousu.desk import labels
from yousu.org import capabilities
from yousu.org.actors import Actor
from yousu.org.city import city


@dataclass(frozen=True, kw_only=True)
class Suggested:
    """One proposal: the code, its name, how sure, why, and the key that takes it."""

    code: str
    value: str
    confidence: str
    reason: str
    key: str = ""


def units(row: CaseNow, state: AppealState, actor: Actor) -> list[Suggested]:
    """建议单位: whom a routing rule or the catalogue names, then the district; the surest first, none twice.

    A platform is told of its own rules and of units below it alone.
    """
    at = None if "all" in capabilities.scopes(actor, "forward") else actor.unit
    allowed = city().units if at is None else actor.tree - {state.lead_unit}
    found: dict[str, Suggested] = {}
    for code, confidence, reason in (_by_rule(row, state, at=at), _by_catalogue(state), _by_place(state)):
        if code in allowed and code not in found:
            key = str(len(found) + 1)
            found[code] = Suggested(code=code, value=labels.unit(code), confidence=confidence, reason=reason, key=key)
    return list(found.values())


def _by_rule(row: CaseNow, state: AppealState, *, at: str | None) -> tuple[str, str, str]:
    words = "\n".join(text for text in (row.title, row.matter, row.place) if text)
    known = (state.category, state.where.district, state.where.key, words)
    facts = trying.facts_of(*known, state.channel, state.appellant_kind, state.type, state.received_at)
    routed = trying.in_force().route(facts, at=at)
    if routed is None:
        return "", "", ""
    told = {"code": routed.rule.code, "note": routed.rule.note(labels.language())}
    return routed.unit, _("把握大"), _("按转交规则 %(code)s：%(note)s。") % told


def _by_catalogue(state: AppealState) -> tuple[str, str, str]:
    category = city().categories.get(state.category or "")
    if category is None or category.routing not in city().units:
        return "", "", ""
    reason = _("按派单目录：“%(category)s”由%(unit)s承办。")
    told = {"category": labels.category(state.category), "unit": labels.unit(category.routing)}
    return category.routing, _("把握大"), reason % told


def _by_place(state: AppealState) -> tuple[str, str, str]:
    district = state.where.district
    if district is None or district not in city().units:
        return "", "", ""
    return district, _("供参考"), _("按属地：地点在%(district)s。") % {"district": labels.district(district)}
