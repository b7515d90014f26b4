"""重新推算: provisional deadlines counted anew once a year's calendar is published, while appeals come in."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection

from yousu.appeals import mark_rules as rules
from yousu.appeals.dispatching import grades, stream
from yousu.appeals.mark_events import DeadlineRecounted
from yousu.appeals.rules import Grades
from yousu.appeals.state import OPEN_STAGES, AppealState
from yousu.ledger import log
from yousu.ledger.log import Entry
from yousu.org import capabilities
from yousu.org.actors import Actor
from yousu.platform import clock

_A_BATCH = 250
# A clock that stands still keeps its deadline where it stood.
_PROVISIONAL = """
SELECT number FROM case_now
WHERE kind = 'appeal' AND stage = ANY(%s) AND number > %s
    AND (state #>> '{due,provisional}' = 'true' OR state #>> '{clock,standstill,due,provisional}' = 'true'
        OR state #>> '{inner_due,provisional}' = 'true')
ORDER BY number LIMIT %s
"""


@dataclass
class Recounted:
    """How many provisional deadlines there were, and what became of them."""

    provisional: int = 0
    earlier: int = 0
    later: int = 0
    # The same day, known for certain now.
    confirmed: int = 0

    @property
    def unchanged(self) -> int:
        """Still provisional: their year is not published yet."""
        return self.provisional - self.earlier - self.later - self.confirmed


def recount(*, by: Actor, by_grades: Grades | None = None, dry_run: bool = False) -> Recounted:
    """Counts every provisional deadline of an open appeal anew; each that changes is an event of its own.

    Batch by batch, so that whoever acts on one of them waits for milliseconds. Raises Forbidden.
    """
    capabilities.require(by, "recount")
    found, counted_by = Recounted(), by_grades or grades()
    for numbers in _batches():
        with log.batch() as batch:
            batch.load(map(stream, numbers))
            for number in numbers:
                case: AppealState = batch.state(stream(number))
                fact = rules.recount(case, grades=counted_by)
                _note(found, case, fact)
                if fact is not None and not dry_run:
                    batch.decide(_entry(number, fact, by=by))
    return found


def _entry(number: str, fact: DeadlineRecounted, *, by: Actor) -> Entry:
    return Entry(stream=stream(number), decide=lambda _: fact, by=by, at=clock.now())


def _batches() -> Iterator[list[str]]:
    last = ""
    while numbers := _after(last):
        yield numbers
        last = numbers[-1]


def _after(last: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(_PROVISIONAL, [sorted(OPEN_STAGES), last, _A_BATCH])
        return [number for (number,) in cursor.fetchall()]


def _note(found: Recounted, case: AppealState, fact: DeadlineRecounted | None) -> None:
    found.provisional += 1
    due = rules.standing_due(case)
    if fact is None or fact.due is None or due is None:
        return
    if fact.due.at == due.at:
        found.confirmed += not fact.due.provisional
    elif fact.due.at < due.at:
        found.earlier += 1
    else:
        found.later += 1
