"""保存期限: contact data go once all cases of a person have been over for long enough; what is counted stays."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
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
# A name may also stand in what a person asked to have put right.
_FORGET = """
DELETE FROM text WHERE (stream = ANY(%s) AND kind = ANY(%s)) OR (person_id = %s AND kind = 'value')
"""
_ENDS = """
bool_or(c.kind || '/' || c.stage = ANY(%(open)s) OR c.marks @> '{parked}') AS is_open,
max(greatest(c.closed_at, c.recorded_at)) AS over_at
"""
# 争议未了: an open or a parked case keeps everything, and one that a person only supports is theirs as well.
DUE = f"""
SELECT p.id FROM person p CROSS JOIN LATERAL (
    SELECT {_ENDS} FROM (
        SELECT kind, stage, marks, closed_at, recorded_at FROM case_now WHERE person_id = p.id
        UNION ALL
        SELECT kind, stage, marks, closed_at, recorded_at FROM case_now
        WHERE state -> 'supporters' <> '[]' AND state -> 'supporters' @> to_jsonb(p.id::text)
    ) c
) c
WHERE p.wrapped_key IS NOT NULL AND c.is_open IS NOT TRUE AND (c.over_at IS NULL OR c.over_at < %(before)s)
    AND p.id > %(after)s AND (%(only)s::uuid IS NULL OR p.id = %(only)s) ORDER BY p.id LIMIT %(most)s
"""
# A state names so many supporters; the others stand in the events. One that was taken back keeps, too: it is rare.
_IN_CROWDS = f"""
WITH crowded AS (
    SELECT kind || '/' || number AS stream, {_ENDS} FROM case_now c
    WHERE (state -> 'supporting_people')::int > jsonb_array_length(state -> 'supporters') GROUP BY kind, number
)
SELECT DISTINCT e.data::jsonb ->> 'person_id' FROM crowded c JOIN event e ON e.stream = c.stream
WHERE (c.is_open OR c.over_at >= %(before)s) AND e.kind = 'supported' AND e.data::jsonb ->> 'person_id' = ANY(%(among)s)
"""
_STREAMS = """
SELECT kind || '/' || number, person_id IS NOT DISTINCT FROM %s FROM case_now
WHERE person_id = %s OR state -> 'supporters' <> '[]' AND state -> 'supporters' @> to_jsonb(%s::text)
"""
_FIRST = UUID(int=0)
_KEPT_BY: list[Callable[[Sequence[UUID]], set[UUID]]] = []


@dataclass
class Retained:
    """How many persons' contacts and texts went, or would."""

    persons: int = 0
    texts: int = 0


def retain(*, by: Actor, dry_run: bool = False) -> Retained:
    """Removes what is kept no longer (setting retention.contact_days). A second run finds nothing. Raises Forbidden."""
    capabilities.require(by, "retain")
    found = Retained()
    before = clock.now() - timedelta(days=int(city().settings["retention"]["contact_days"]))
    for persons in _batches(before):
        for person_id in persons:
            texts = 0 if dry_run else _removed(person_id, before=before, by=by)
            if texts is not None:
                found.persons += 1
                found.texts += texts
    return found


def remove_contact(person_id: UUID, *, by: Actor) -> int:
    """撤回同意: phone and names go at once, as the person wants; returns how many texts. Raises Forbidden."""
    capabilities.require(by, "erase")
    with log.batch() as batch:
        own = _held(person_id, batch)
        if Person.objects.filter(id=person_id, wrapped_key=None).exists():
            return 0
        return _without_contact(person_id, own, by=by)


def keep_also(who: Callable[[Sequence[UUID]], set[UUID]]) -> None:
    """Registers who else must still be reached: of some persons, those who wait for something."""
    _KEPT_BY.append(who)


def asked(before: datetime, *, after: UUID = _FIRST, only: UUID | None = None, most: int = _A_BATCH) -> dict[str, Any]:
    """What DUE is asked with: nothing of theirs is open, nor was since `before`."""
    stages = [f"{code}/{stage}" for code, kind in registered().items() for stage in kind.transitions.open_stages]
    return {"open": stages, "before": before, "after": after, "only": only, "most": most}


def _batches(before: datetime) -> Iterator[Sequence[UUID]]:
    with connection.cursor() as cursor:
        last = _FIRST
        while True:
            cursor.execute(DUE, asked(before, after=last))
            persons = [person for (person,) in cursor.fetchall()]
            if not persons:
                return
            yield _unless_kept(persons, before)
            last = persons[-1]


def _unless_kept(persons: Sequence[UUID], before: datetime) -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(_IN_CROWDS, {**asked(before), "among": [str(person) for person in persons]})
        kept = {UUID(person) for (person,) in cursor.fetchall()}
    return [person for person in persons if person not in kept.union(*(who(persons) for who in _KEPT_BY))]


def _removed(person_id: UUID, *, before: datetime, by: Actor) -> int | None:
    """How many texts went; None when something arrived that keeps them."""
    with log.batch() as batch:
        own = _held(person_id, batch)
        return _without_contact(person_id, own, by=by) if _is_due(person_id, before) else None


def _held(person_id: UUID, batch: log.Batch) -> list[str]:
    """The person's own cases, with whatever is under way there and on supported ones at its end."""
    # Whoever records or supports for this person holds the row: their case is there before we look again.
    Person.objects.select_for_update().get(id=person_id)
    with connection.cursor() as cursor:
        cursor.execute(_STREAMS, [person_id, person_id, str(person_id)])
        streams = dict(cursor.fetchall())
    batch.write()
    batch.load(streams)
    return [stream for stream, is_own in streams.items() if is_own]


def _without_contact(person_id: UUID, own: Sequence[str], *, by: Actor) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_FORGET, [list(own), list(_KINDS), person_id])
        texts = int(cursor.rowcount)
    Person.objects.filter(id=person_id).update(
        wrapped_key=None, phone=None, phone_lookup=None, last4_lookup=None, contact_removed_at=clock.now()
    )
    fact = ContactRemoved(person_id=person_id, texts=texts)
    log.append(f"person/{person_id}", fact, by=by, at=clock.now())
    return texts


def _is_due(person_id: UUID, before: datetime) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(DUE, asked(before, only=person_id))
        return cursor.fetchone() is not None and bool(_unless_kept([person_id], before))
