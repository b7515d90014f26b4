"""权限: the one table of who may do what, and the one place that asks it."""

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Protocol

from yousu.org.actors import Actor

# all: every case; own_unit, own_tree: by the lead or a co-unit; own: recorded by the actor; own_today: the same day.
SCOPES = ("all", "own_tree", "own_unit", "own", "own_today")


_PERSONAL = frozenset({"unmask", "see_words"})


class Owned(Protocol):
    """What scopes look at: whose case it is and since which day."""

    @property
    def recorded_by(self) -> str: ...
    @property
    def recorded_today(self) -> bool: ...
    @property
    def confidential(self) -> bool: ...
    @property
    def units(self) -> frozenset[str]: ...


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


def may(actor: Actor, action: str, owned: Owned | None = None) -> bool:
    """Whether the actor may do the action (on this case, if one is given)."""
    allowed = scopes(actor, action)
    if owned is None:
        return bool(allowed)
    if owned.confidential and action in _PERSONAL:
        # 保密 (信访工作条例 art. 30): who handles the matter never learns who raised it.
        allowed -= {"own_unit", "own_tree"}
    return any(_covers(scope, actor, owned) for scope in allowed)


def require(actor: Actor, action: str, owned: Owned | None = None) -> None:
    """Raises Forbidden unless `may`."""
    if not may(actor, action, owned):
        raise Forbidden(actor, action)


def _covers(scope: str, actor: Actor, owned: Owned) -> bool:
    if scope == "all":
        return True
    if scope == "own_unit":
        return actor.unit in owned.units
    if scope == "own_tree":
        return not actor.tree.isdisjoint(owned.units)
    is_own = owned.recorded_by == actor.code
    return is_own and (scope == "own" or owned.recorded_today)
