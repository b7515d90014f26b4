"""保存期限: contact data go once all cases of a person have been over for long enough; what is counted stays."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import connection

from yousu.cases.kinds import registered
from yousu.ledger import log
from yousu.ledger.models import Person
from yousu.ledger.persons import ContactRemoved
from yousu.org import capabilities
from yousu.org.actors import Actor
from yousu.org.city import city
from yousu.platform import clock

_A_BATCH = 200
# Who somebody is and how to reach them. What was said is the work order's and stays with it.
_KINDS = ("name", "caller_number")
# 争议未了: an open or a parked case of the person keeps everything.
_DUE = """
SELECT p.id FROM person p JOIN LATERAL (
    SELECT bool_or(c.kind || '/' || c.stage = ANY(%s) OR c.marks @> '{parked}') AS is_open,
        max(greatest(c.closed_at, c.recorded_at)) AS over_at
    FROM case_now c WHERE c.person_id = p.id
) c ON c.over_at < %s AND NOT c.is_open
WHERE p.wrapped_key IS NOT NULL AND p.id > %s ORDER BY p.id LIMIT %s
"""
_FIRST = UUID(int=0)


@dataclass
class Retained:
    """How many persons' contacts and texts went, or would."""

    persons: int = 0
    texts: int = 0


def retain(*, by: Actor, dry_run: bool = False) -> Retained:
    """Removes what is kept no longer (setting retention.contact_days). A second run finds nothing. Raises Forbidden."""
    capabilities.require(by, "retain")
    found = Retained()
    for persons in _batches():
        found.persons += len(persons)
        if not dry_run:
            found.texts += sum(_removed(person, by=by) for person in persons)
    return found


def _batches() -> Iterator[Sequence[UUID]]:
    last = _FIRST
    while persons := _due_after(last):
        yield persons
        last = persons[-1]


def _due_after(last: UUID) -> list[UUID]:
    before = clock.now() - timedelta(days=int(city().settings["retention"]["contact_days"]))
    stages = [f"{code}/{stage}" for code, kind in registered().items() for stage in kind.transitions.open_stages]
    with connection.cursor() as cursor:
        cursor.execute(_DUE, [stages, before, last, _A_BATCH])
        return [person for (person,) in cursor.fetchall()]


def _removed(person_id: UUID, *, by: Actor) -> int:
    with log.batch() as batch, connection.cursor() as cursor:
        cursor.execute("SELECT kind || '/' || number FROM case_now WHERE person_id = %s", [person_id])
        streams = [stream for (stream,) in cursor.fetchall()]
        # Commands under way on these cases end first.
        batch.load(streams)
        cursor.execute("DELETE FROM text WHERE stream = ANY(%s) AND kind = ANY(%s)", [streams, list(_KINDS)])
        texts = int(cursor.rowcount)
        Person.objects.filter(id=person_id).update(
            wrapped_key=None, phone=None, phone_lookup=None, last4_lookup=None, contact_removed_at=clock.now()
        )
        fact = ContactRemoved(person_id=person_id, texts=texts)
        log.append(f"person/{person_id}", fact, by=by, at=clock.now())
    return texts
