"""公共步骤: what the commands of an appeal share: words sealed, who is counted, the act itself."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import connection

from yousu.appeals import together
from yousu.appeals.dispatching import stream
from yousu.appeals.state import AppealState
from yousu.cases import commands as cases
from yousu.cases.rules import FieldWrong
from yousu.ledger import log, persons, texts
from yousu.ledger.texts import NewText
from yousu.org.actors import Actor
from yousu.understanding import redaction


def act(
    number: str, command: str, decide: Any, *, by: Actor, seen: int | None, note: str = "", new: Sequence[NewText] = ()
) -> AppealState:
    """Records what `decide` makes of an appeal, and of those merged with it. Raises as `cases.commands.act`."""
    alone = cases.entry(
        stream(number), command, together.unless_merged(decide, seen), by=by, seen=seen, note=note, new_texts=new
    )
    try:
        return acted(log.record_many([alone])[0])
    except together.NotAlone as found:
        # Locks are taken in one order only: once it is known who else is concerned, from the beginning.
        whole = cases.entry(stream(number), command, decide, by=by, seen=seen, note=note, new_texts=new)
        return acted(together.record(whole, found.others, command=command))


def acted(state: Any) -> AppealState:
    """The state that an act left behind, as an appeal's."""
    assert isinstance(state, AppealState)
    return state


def sealed(field: str, words: str) -> NewText:
    """Words that must be there, to be kept sealed. Raises FieldWrong."""
    said = cases.tidy(words)
    if not said:
        raise FieldWrong(field, "required")
    return texts.sealed(field, said)


def checked_public(field: str, words: str) -> str:
    """Words that everybody may read. Raises FieldWrong naming the kinds of personal data that are left in them."""
    said = cases.tidy(words)
    if not said:
        raise FieldWrong(field, "required")
    kinds = dict.fromkeys(found.kind for found in redaction.redact(said))
    if kinds:
        raise FieldWrong(field, "personal_data", kinds=tuple(kinds))
    return said


def phone_of(field: str, written: str | None) -> str | None:
    """A phone number's digits, if one was given. Raises FieldWrong."""
    try:
        return persons.normalised_phone(written) if written else None
    except persons.PhoneWrong as wrong:
        raise FieldWrong(field, "not_a_phone") from wrong


_WAS_SUPPORTED = """
SELECT EXISTS (
    SELECT FROM event e WHERE e.stream = %s AND e.kind = 'supported' AND position(%s IN e.data) > 0
        AND NOT EXISTS (SELECT FROM event u WHERE u.stream = e.stream AND u.undone_seq = e.seq)
)
"""


def was_supported(number: str, person_id: UUID) -> bool:
    """Whether the person's support stands among the appeal's events."""
    with connection.cursor() as cursor:
        cursor.execute(_WAS_SUPPORTED, [stream(number), f'"person_id":"{person_id}"'])
        row = cursor.fetchone()
    return bool(row and row[0])
