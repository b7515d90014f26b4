"""交办事项查询: the tasks somebody may see, by what is owed first. Reads only."""

from collections.abc import Sequence

from django.db.models import QuerySet

from yousu.governance import streams
from yousu.governance.models import GovernedNow
from yousu.governance.streams import GovernedMissing
from yousu.governance.tasks.state import RUNNING, TaskState
from yousu.org import capabilities
from yousu.org.actors import Actor


def visible_to(actor: Actor) -> QuerySet[GovernedNow]:
    """The tasks an actor may see: all, or those of the own tree."""
    every = GovernedNow.objects.filter(kind="task")
    scopes = capabilities.scopes(actor, "tasks")
    if "all" in scopes:
        return every
    units = actor.tree if "own_tree" in scopes else frozenset()
    return every.filter(unit__in=sorted(units))


def seen_by(actor: Actor, number: int) -> TaskState:
    """A task the actor may see. Raises GovernedMissing for others, whether they exist or not."""
    row = visible_to(actor).filter(number=number).first()
    if row is None:
        raise GovernedMissing(f"task/{number}")
    found: TaskState = streams.state_of(row)
    return found


def of(origin: str) -> list[TaskState]:
    """The tasks that came out of a governance task or a meeting, in their order."""
    rows = GovernedNow.objects.filter(origin=origin).order_by("number")
    return [streams.state_of(row) for row in rows]


def running(actor: Actor, *, size: int, after: int = 0) -> Sequence[TaskState]:
    """What is owed, soonest first."""
    rows = visible_to(actor).filter(stage__in=RUNNING).order_by("day", "number")[after : after + size]
    return [streams.state_of(row) for row in rows]


def over(actor: Actor, *, size: int, after: int = 0) -> Sequence[TaskState]:
    """What was accepted or cancelled, latest first."""
    rows = visible_to(actor).exclude(stage__in=RUNNING).order_by("-day", "-number")[after : after + size]
    return [streams.state_of(row) for row in rows]


def count_running(actor: Actor) -> int:
    """How many are owed."""
    return visible_to(actor).filter(stage__in=RUNNING).count()
