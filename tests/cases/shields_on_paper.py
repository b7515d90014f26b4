"""Shields on paper: whom a case is kept from, as the contract's reader expects it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tests import world
from tests.cases.parts_on_paper import units

from yousu.org.actors import Actor

if TYPE_CHECKING:
    from tests.cases.on_paper import Model

_BRANCHES = {
    world.EAST: {world.EAST, world.EAST_STREET},
    world.EAST_STREET: {world.EAST_STREET},
    world.HEATING: {world.HEATING},
}
_AT_A_UNIT = {"forwarded", "signed", "sent_back", "handled", "merged"}


def closed(case: "Model") -> set[str]:
    """The units from which it is kept."""
    return set() if case.reported is None or case.lifted else _BRANCHES[case.reported]


def keeps_out(case: "Model", who: Actor) -> bool:
    """Whether somebody has a stake in it."""
    return who in case.recused


def named(case: "Model", how: Mapping[str, Any]) -> "Model | None":
    """Whom a report is about, while nobody is named or the block was lifted; what lies there is taken away."""
    unit = how["unit"]
    if closed(case):
        return None
    after = replace(case, reported=unit, lift_by=None, lifted=False)
    if case.stage not in _AT_A_UNIT or _BRANCHES[unit].isdisjoint(units(case)):
        return after
    away: dict[str, Any] = {"stage": "recorded", "lead": None, "receiver": None, "designated": False, "from_stage": ""}
    return replace(after.given(""), **away)


def lift_asked(case: "Model", how: Mapping[str, Any]) -> "Model | None":
    """Asked for once at a time, and only where something is blocked."""
    if case.reported is None or case.lifted or case.lift_by is not None:
        return None
    return replace(case, lift_by=how["who"])


def lift_judged(case: "Model", how: Mapping[str, Any]) -> "Model | None":
    """By somebody else."""
    if case.lift_by is None or case.lifted or case.lift_by == how["who"]:
        return None
    return replace(case, lifted=True) if how["grant"] else replace(case, lift_by=None)


def recused(case: "Model", how: Mapping[str, Any]) -> "Model | None":
    """Once each."""
    return None if how["who"] in case.recused else replace(case, recused=(*case.recused, how["who"]))
