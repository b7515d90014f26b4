"""治理任务查询: those somebody may see, by how far they are, and the list behind each number. Reads only."""

from collections.abc import Sequence
from datetime import timedelta

from django.db.models import QuerySet

from yousu.governance import kept, streams
from yousu.governance.models import GovernedNow
from yousu.governance.streams import GovernedMissing
from yousu.governance.topics import counting
from yousu.governance.topics.state import GovernanceState
from yousu.org import capabilities
from yousu.org.actors import Actor
from yousu.platform import clock

GROUPS = ("overdue", "soon", "open", "closed")
SOON = timedelta(days=7)


def visible_to(actor: Actor) -> QuerySet[GovernedNow]:
    """The governance tasks an actor may see: all, or those that a unit of the own tree leads."""
    every = GovernedNow.objects.filter(kind="governance")
    scopes = capabilities.scopes(actor, "governance")
    if "all" in scopes:
        return every
    units = actor.tree if "own_tree" in scopes else frozenset()
    return every.filter(unit__in=sorted(units))


def seen_by(actor: Actor, number: int) -> GovernanceState:
    """A governance task the actor may see. Raises GovernedMissing for others, whether they exist or not."""
    row = visible_to(actor).filter(number=number).first()
    if row is None:
        raise GovernedMissing(f"governance/{number}")
    found: GovernanceState = streams.state_of(row)
    return found


def grouped(actor: Actor, group: str) -> QuerySet[GovernedNow]:
    """Overdue, due within a week, open later, closed: each task in one of them."""
    every, today = visible_to(actor), streams.today()
    if group == "closed":
        return every.filter(stage="closed").order_by("-day", "-number")
    waiting = every.filter(stage="open").order_by("day", "number")
    if group == "overdue":
        return waiting.filter(day__lt=today)
    if group == "soon":
        return waiting.filter(day__gte=today, day__lte=today + SOON)
    return waiting.filter(day__gt=today + SOON)


def open_ones() -> Sequence[GovernanceState]:
    """Every governance task that is open."""
    rows = GovernedNow.objects.filter(kind="governance", stage="open")
    return [streams.state_of(row) for row in rows]


def after(state: GovernanceState) -> int | None:
    """How many there are so far of the days compared; None before the first of them. Closed: as it was counted."""
    if state.result is not None:
        return state.result.after
    if streams.today() < state.after_first:
        return None
    return counting.size(state.subject, state.after_first, state.due, as_of=clock.now())


def numbers_behind(state: GovernanceState, path: str) -> Sequence[str]:
    """The cases behind `before` or `after`. Raises ListMissing, ListBroken."""
    if path == "after" and state.result is None:
        return counting.numbers(state.subject, state.after_first, state.due, as_of=clock.now())
    return kept.list_behind(f"governance/{state.number}", state.lists, path)
