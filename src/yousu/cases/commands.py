"""Commands that every kind of case has. Rights and version are checked, rules decide, the log writes."""

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any
from uuid import UUID

from django.db import connection

from yousu.cases import places, queries, rules, search_table
from yousu.cases.events import Corrected, Unmasked
from yousu.cases.kinds import kind
from yousu.cases.models import CaseNow
from yousu.cases.queries import Standing
from yousu.cases.rules import FieldWrong
from yousu.cases.state import Where
from yousu.ledger import attachments, log, persons, texts
from yousu.ledger.events import Row
from yousu.ledger.models import Person
from yousu.ledger.texts import NewText
from yousu.org import capabilities
from yousu.org.actors import Actor
from yousu.org.capabilities import Forbidden
from yousu.org.city import city
from yousu.platform import clock

# What may be unmasked, and the kinds of texts that hold it.
# What the state knows in another way: the appellant's phone, and those of whoever else asked for an answer.
_PHONES = ("phone", "supporters")
UNMASKABLE = {"name": "name", "words": "original", "place": "place_original", "caller_number": "caller_number"}


def act(
    stream: str,
    command: str,
    decide: Callable[[Any], Any],
    *,
    by: Actor,
    seen: int | None,
    note: str = "",
    new_texts: Sequence[NewText] = (),
) -> Any:
    """Records what `decide` makes of the case, if the actor may do `command` on it; a note stands beside any act.

    Raises Forbidden, NotPossible, StreamMoved, StreamMissing.
    """
    return log.record_many([entry(stream, command, decide, by=by, seen=seen, note=note, new_texts=new_texts)])[0]


def entry(
    stream: str,
    command: str,
    decide: Callable[[Any], Any],
    *,
    by: Actor,
    seen: int | None,
    note: str = "",
    new_texts: Sequence[NewText] = (),
) -> log.Entry:
    """An act that is still to be recorded, perhaps together with others. Deciding raises as `act`."""
    said = noted(note)

    def checked(case: Any) -> Any:
        queries.claimed(stream.partition("/")[0], case, command, by)
        fact = decide(case)
        return fact if said is None else replace(fact, note=said.ref)

    new = [*new_texts, said] if said else new_texts
    return log.Entry(stream=stream, decide=checked, by=by, at=clock.now(), seen=seen, texts=new)


def classify(stream: str, *, category: str, type: str | None, by: Actor, seen: int | None, note: str = "") -> Any:
    """归类."""
    decide = partial(rules.classify, _kind(stream), category=category, type=type)
    return act(stream, "classify", decide, by=by, seen=seen, note=note)


def correct(
    stream: str,
    correction: Corrected,
    *,
    by: Actor,
    seen: int | None,
    new_texts: Sequence[NewText],
    note: str = "",
    check: Callable[[Any], None] = lambda _: None,
) -> Any:
    """更正. `check` refuses what a kind's own rules do not allow."""

    def decide(case: Any) -> Any:
        check(case)
        return rules.correct(_kind(stream), case, correction=correction)

    return act(stream, "correct", decide, by=by, seen=seen, note=note, new_texts=new_texts)


def urge(stream: str, *, by: Actor, note: str = "") -> Any:
    """催办. Needs no version: two reminders are two reminders."""
    return act(stream, "urge", partial(rules.urge, _kind(stream)), by=by, seen=None, note=note)


def undo(stream: str, *, by: Actor, seen: int, note: str = "", along: Mapping[str, int] | None = None) -> Any:
    """撤销: the actor's own last act, within ten seconds, with nothing after it.

    `along`: other streams on which the same act left a fact, and its number there.
    """
    number = stream.partition("/")[2]
    case = queries.state_of(queries.get(number, by))
    capabilities.require(by, "undo", Standing(case))

    def check(last: Row, now: Any) -> None:
        rules.may_undo(_kind(stream), case, last, by=by.code, now=now)

    return log.undo(stream, check, by=by, seen=seen, note=noted(note), along=along)


def unmask(number: str, *, fields: Sequence[str], purpose: str, by: Actor, note: str = "") -> dict[str, str | None]:
    """查看个人信息: logs the access, then opens the fields. Erased or never given ones are None."""
    unknown = [name for name in fields if name not in _PHONES and name not in UNMASKABLE]
    if unknown or not fields:
        raise FieldWrong("fields", "unknown_field")
    row = queries.get(number, by)
    capabilities.require(by, "unmask", Standing(queries.state_of(row)))
    # Whoever handles one case learns nothing of the others who wait for its answer.
    if "supporters" in fields and not may_unmask_others(by):
        raise Forbidden(by, "unmask")
    reason = texts.sealed("purpose", purpose, person_id=row.person_id)
    said = noted(note)
    access = Unmasked(fields=tuple(fields), purpose=reason.ref, note=said.ref if said else None)
    with log.batch():
        # The first access makes its stream: an erasure could not see it yet, but waits for the person.
        if row.person_id is not None:
            persons.hold(row.person_id)
        log.append(f"access/{number}", access, by=by, at=clock.now(), texts=[reason, said] if said else [reason])
        return {name: _in_clear(row, name) for name in fields}


def may_unmask_others(by: Actor) -> bool:
    """Whether the actor may learn who else waits for an answer to a case."""
    return "all" in capabilities.scopes(by, "unmask")


def erase(person_id: UUID, *, reason: str, by: Actor) -> int:
    """删除个人信息: person and all texts of the person's cases; returns how many texts went. Counts hold.

    Raises Person.DoesNotExist. A second erasure finds nothing and changes nothing.
    """
    capabilities.require(by, "erase")
    why = texts.sealed("reason", tidy(reason))
    with log.batch() as batch:
        person = Person.objects.select_for_update().get(id=person_id)
        if person.erased_at is not None:
            return 0
        gone = _erase_texts(person_id, batch)
        CaseNow.objects.filter(person_id=person_id).update(matter=None, title=None, place=None)
        search_table.forget(person_id)
        Person.objects.filter(id=person_id).update(
            wrapped_key=None, phone=None, phone_lookup=None, last4_lookup=None, erased_at=clock.now()
        )
        fact = persons.Erased(person_id=person_id, texts=gone, reason=why.ref)
        log.append(f"person/{person_id}", fact, by=by, at=clock.now(), texts=[why])
    return gone


def _erase_texts(person_id: UUID, batch: log.Batch) -> int:
    """Original words, replies, notes, purposes and files: whatever was written in or about the person's cases."""
    cases = CaseNow.objects.filter(person_id=person_id).values_list("kind", "number")
    streams = [name for kind_code, number in cases for name in (f"{kind_code}/{number}", f"access/{number}")]
    batch.write()
    # Commands under way on these streams end first: their words are seen then, and are older than the erasure.
    batch.load(streams)
    attachments.erase(streams)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM text WHERE person_id = %s", [person_id])
        gone = int(cursor.rowcount)
        cursor.execute("DELETE FROM text WHERE stream = ANY(%s)", [streams])
        return gone + int(cursor.rowcount)


def located(words: str) -> Where:
    """Where a corrected place is."""
    return places.locate(words, lon=None, lat=None, city=city())


def noted(note: str) -> NewText | None:
    """A note to be kept, if anything was said."""
    return texts.sealed("note", tidy(note)) if tidy(note) else None


def tidy(words: str) -> str:
    """Words as they are kept: normal form C, no trailing spaces. NULs never come this far."""
    return unicodedata.normalize("NFC", words).strip()


def _kind(stream: str) -> Any:
    return kind(stream.partition("/")[0])


def _in_clear(row: CaseNow, name: str) -> str | None:
    if name == "supporters":
        others = kind(row.kind).others(queries.state_of(row))
        known = persons.phones_of(others)
        return "、".join(phone for each in others if (phone := known.get(each))) or None
    if name == "phone":
        return persons.phones_of([row.person_id]).get(row.person_id) if row.person_id else None
    ref = queries.state_of(row).texts.get(UNMASKABLE[name])
    return None if ref is None else texts.read([ref.id]).get(ref.id)
