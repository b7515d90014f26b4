"""Commands of meetings: call, with what lies before it → decide, each decision a task of a unit → close.

`seen` is the version that the author was shown. Raise Forbidden, FieldWrong, NotReady, StreamMoved, GovernedMissing.
"""

from datetime import date

from django.db import connection, transaction

from yousu.figures.snapshot import one_snapshot
from yousu.governance import kept, streams
from yousu.governance.meetings import agenda, events, queries, rules
from yousu.governance.meetings.state import MeetingState
from yousu.governance.refusals import NotReady
from yousu.governance.tasks import commands as tasks
from yousu.governance.tasks.commands import Wanted
from yousu.governance.tasks.state import TaskState
from yousu.org import capabilities
from yousu.org.actors import Actor
from yousu.platform import clock

_LOCK = 0x59_6F_75_4D


def call(title: str, *, on: date, first: date, by: Actor) -> MeetingState:
    """召集研判会: its agenda is what there is from the first day until now, and stays."""
    capabilities.require(by, "call-meeting")
    today, now = streams.today(), clock.now()
    rules.check_days(on, first, today=today)
    words = streams.words("title", title)
    with one_snapshot():
        found = agenda.at(first, today, as_of=now)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        if queries.is_called_on(on):
            raise NotReady("call", "called_already")
        fact = events.MeetingCalled(
            number=streams.next_number("meeting"),
            title=words.ref,
            on=on,
            first=first,
            last=today,
            as_of=now,
            counts={path: len(numbers) for path, numbers in found.sets.sets.items()},
            lists=found.sets.lists(),
            governance=found.governance,
            specials=found.specials,
            owed=found.owed,
        )
        called: MeetingState = streams.begin(f"meeting/{fact.number}", fact, by=by, new=[words])
        kept.replace(f"meeting/{fact.number}", found.sets.sets)
    return called


def decide(number: int, wanted: Wanted, *, by: Actor, seen: int | None = None) -> TaskState:
    """议定: a decision is a task of a unit."""
    capabilities.require(by, "call-meeting")
    streams.state("meeting", number)
    return tasks.add(f"meeting/{number}", wanted, may_add=rules.may_add, by=by, seen=seen)


def close(number: int, *, words: str, by: Actor, seen: int | None = None) -> MeetingState:
    """散会."""
    capabilities.require(by, "call-meeting")
    said, today = streams.words("words", words), streams.today()
    streams.state("meeting", number)
    closing = lambda state: rules.close(state, words=said.ref, today=today)  # noqa: E731 - one decision
    closed: MeetingState = streams.step(f"meeting/{number}", closing, by=by, seen=seen, new=[said])
    return closed
