"""权限: the one table of who may do what, and the one place that asks it."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol

from yousu.org.actors import Actor

# all: every case; own_unit, own_tree: by its unit; below: by a unit below the own one, which is no judge of itself;
# own: recorded by the actor; own_today: the same day; receipt: the actor showed the case's receipt.
SCOPES = ("all", "own_tree", "own_unit", "below", "own", "own_today", "receipt")

_PERSONAL = frozenset({"unmask", "see_words"})
_BY_UNIT = frozenset({"own_unit", "own_tree", "below"})
# What every unit that answers for a case may; the rest is for the unit for which it is done.
_OF_EVERY_UNIT = frozenset({"see", "see_words", "unmask", "attach", "undo", "recuse"})


class Owned(Protocol):
    """What scopes look at: whose case it is and since which day."""

    @property
    def number(self) -> str: ...
    @property
    def recorded_by(self) -> str: ...
    @property
    def recorded_today(self) -> bool: ...
    @property
    def confidential(self) -> bool: ...
    @property
    def acting_unit(self) -> str | None: ...
    @property
    def inside(self) -> bool: ...
    @property
    def closed_units(self) -> frozenset[str]: ...
    @property
    def closed_people(self) -> Sequence[str]: ...
    @property
    def units(self) -> frozenset[str]: ...


@dataclass(frozen=True)
class Belonging:
    """What is no case: the unit that answers for it, or whose work it is."""

    acting_unit: str | None = None
    recorded_by: str = ""
    number: str = ""
    recorded_today: bool = False
    confidential: bool = False
    inside: bool = False
    closed_units: frozenset[str] = frozenset()
    closed_people: Sequence[str] = ()

    @property
    def units(self) -> frozenset[str]:
        """The one unit alone."""
        return frozenset({self.acting_unit} if self.acting_unit else ())


class Forbidden(PermissionError):
    """The actor's roles do not allow the action here."""

    def __init__(self, actor: Actor, action: str) -> None:
        super().__init__(f"{action} is not for {actor.code}")
        self.action = action


@cache
def table() -> Mapping[tuple[str, str], str]:
    """Scope by (role, action)."""
    with (Path(__file__).parent / "capabilities.csv").open(encoding="utf-8", newline="") as file:
        return {(row["role"], row["action"]): row["scope"] for row in csv.DictReader(file)}


def scopes(actor: Actor, action: str) -> frozenset[str]:
    """Every scope in which the actor may do the action; empty: not at all."""
    found = (table().get((role, action)) for role in actor.roles)
    return frozenset(scope for scope in found if scope is not None)


def roles_with(actor: Actor, action: str) -> frozenset[str]:
    """The actor's roles that may do the action."""
    return frozenset(role for role in actor.roles if (role, action) in table())


def may(actor: Actor, action: str, owned: Owned | None = None) -> bool:
    """Whether the actor may do the action (on this case, if one is given)."""
    allowed = scopes(actor, action)
    if owned is None:
        return bool(allowed)
    if actor.code in owned.closed_people:
        return False
    if actor.unit in owned.closed_units:
        allowed -= _BY_UNIT
    if action in _PERSONAL:
        allowed = _personal(allowed, owned)
    if owned.inside:
        allowed &= _BY_UNIT
    units = owned.units if action in _OF_EVERY_UNIT else frozenset(filter(None, [owned.acting_unit]))
    return any(_covers(scope, actor, owned, units) for scope in allowed)


def learns_who(actor: Actor, owned: Owned) -> bool:
    """Whether an actor who may see the case may learn from it who raised it."""
    allowed = _personal(scopes(actor, "see"), owned)
    return any(_covers(scope, actor, owned, owned.units) for scope in allowed)


def require(actor: Actor, action: str, owned: Owned | None = None) -> None:
    """Raises Forbidden unless `may`."""
    if not may(actor, action, owned):
        raise Forbidden(actor, action)


def _personal(allowed: frozenset[str], owned: Owned) -> frozenset[str]:
    # 保密 (信访工作条例 art. 30): who handles the matter never learns who raised it.
    return allowed - _BY_UNIT if owned.confidential else allowed


def _covers(scope: str, actor: Actor, owned: Owned, units: frozenset[str]) -> bool:
    if scope == "all":
        return True
    if scope in _BY_UNIT:
        own = {"own_unit": {actor.unit}, "own_tree": actor.tree, "below": actor.tree - {actor.unit}}[scope]
        return not units.isdisjoint(own)
    if scope == "receipt":
        return owned.number in actor.receipts
    is_own = owned.recorded_by == actor.code
    return is_own and (scope == "own" or owned.recorded_today)
