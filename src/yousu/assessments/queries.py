"""考核查询: an assessment as it stands, whose part of it somebody sees, and the list behind each number. Reads only."""

from collections.abc import Sequence
from datetime import date

import msgspec
from django.db.models import QuerySet

from yousu.assessments import counting, kept, rules, scoring
from yousu.assessments.models import AssessmentNow
from yousu.assessments.rules import Month
from yousu.assessments.scoring import Result
from yousu.assessments.state import AssessmentState
from yousu.figures import trees
from yousu.ledger import log
from yousu.org import capabilities
from yousu.org.actors import Actor
from yousu.org.city import city
from yousu.platform import clock


class AssessmentMissing(LookupError):
    """There is no such assessment, or none that may be seen."""


def state(assessment_id: str) -> AssessmentState | None:
    """How far a month's assessment is; None when nobody composed it."""
    row = AssessmentNow.objects.filter(id=assessment_id).first()
    return None if row is None else msgspec.convert(row.state, AssessmentState)


def get(assessment_id: str) -> AssessmentState:
    """The same. Raises AssessmentMissing when nobody composed it."""
    found = state(assessment_id)
    if found is None:
        raise AssessmentMissing(assessment_id)
    return found


def visible_to(actor: Actor) -> QuerySet[AssessmentNow]:
    """The assessments an actor may see, newest first; units none before it is shown to them."""
    every = AssessmentNow.objects.order_by("-id")
    return every if sees_all(actor) else every.exclude(stage="composed")


def seen_by(actor: Actor, assessment_id: str) -> AssessmentState:
    """An assessment the actor may see. Raises AssessmentMissing for others, whether they exist or not."""
    found = get(assessment_id)
    if not is_seen_by(found, actor):
        raise AssessmentMissing(assessment_id)
    return found


def is_seen_by(found: AssessmentState, actor: Actor) -> bool:
    """Whether the actor may see an assessment: the same as `visible_to`."""
    return found.stage != "composed" or sees_all(actor)


def sees_all(actor: Actor) -> bool:
    """Whether the actor sees every unit's figures."""
    return "all" in capabilities.scopes(actor, "assessments")


def units_for(found: AssessmentState, actor: Actor) -> frozenset[str]:
    """The units whose figures the actor sees."""
    if sees_all(actor):
        return frozenset(found.groups)
    own = counting.assessed_unit(actor.unit, city())
    return frozenset({own} if own is not None and own in found.groups else ())


def results(found: AssessmentState, actor: Actor) -> list[Result]:
    """The scores the actor sees: as frozen, or as they would be now."""
    own = units_for(found, actor)
    groups, units = list(city().assessment_groups), trees.codes("unit", city())
    # What is kept as JSON has no order of its own.
    order = {code: at for at, code in enumerate([*groups, *units])}
    rows = [one for one in scoring.results(found) if one.unit in own]
    return sorted(rows, key=lambda one: (order.get(one.group, -1), one.place or len(rows), order.get(one.unit, -1)))


def numbers_behind(found: AssessmentState, path: str, actor: Actor) -> Sequence[str]:
    """The cases behind a number. Raises AssessmentMissing (another unit's), ListMissing, ListBroken."""
    if path.partition(".")[0] not in units_for(found, actor):
        raise AssessmentMissing(path)
    return kept.list_behind(found, path)


def possible(found: AssessmentState | None, month: Month) -> tuple[str, ...]:
    """The steps that could be taken now in a month's assessment; None: nobody composed it."""
    return rules.possible(found, month=month, at=clock.now(), today=today())


def today() -> date:
    """The local day."""
    return log.local_day_of(clock.now())
