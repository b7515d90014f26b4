"""查人: the cases of somebody, by exact phone, exact name or a phone's last four digits. Each look is an access."""

from collections.abc import Callable, Mapping
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q

from yousu.cases import queries
from yousu.cases.commands import tidy
from yousu.cases.events import Searched
from yousu.cases.models import CaseNow
from yousu.cases.rules import FieldWrong
from yousu.ledger import log, persons
from yousu.org import capabilities
from yousu.org.actors import Actor
from yousu.platform import clock, keys

MOST = 50
# A name that was put right no longer leads to the case.
_NAMED = """
SELECT c.number FROM text t JOIN case_now c ON c.number = split_part(t.stream, '/', 2)
WHERE t.lookup = %s AND t.kind = 'name' AND c.state->'texts'->'name'->>'id' = t.id::text
ORDER BY c.received_at DESC, c.number DESC LIMIT %s
"""
_FOUR = 4


def may_look(actor: Actor) -> bool:
    """Whether somebody may look for persons: whoever may open personal data everywhere."""
    return "all" in capabilities.scopes(actor, "unmask")


def look_up(by: str, value: str, *, actor: Actor) -> list[CaseNow]:
    """The newest cases of whoever has this `phone`, `last4` or `name`; one more than MOST says there are more.

    Raises Forbidden, FieldWrong. Recorded before anything is shown; what was typed is recorded nowhere.
    """
    if not may_look(actor):
        raise capabilities.Forbidden(actor, "unmask")
    if by not in _WAYS:
        raise FieldWrong("by", "unknown_field")
    with transaction.atomic():
        cases = queries.visible_to(actor).filter(_WAYS[by](value))
        rows = list(cases.order_by("-received_at", "-number")[: MOST + 1])
        seen: set[UUID] = {row.person_id for row in rows[:MOST] if row.person_id is not None}
        access = Searched(by=by, persons=tuple(sorted(seen)), cases=min(len(rows), MOST))
        log.append(f"access/{actor.code}", access, by=actor, at=clock.now())
    return rows


def _by_phone(typed: str) -> Q:
    try:
        person_id = persons.by_phone(persons.normalised_phone(typed))
    except persons.PhoneWrong as wrong:
        raise FieldWrong("value", "not_a_phone") from wrong
    return Q(person_id=person_id) if person_id else Q(pk__in=[])


def _by_last_four(typed: str) -> Q:
    digits = typed.strip()
    if not (digits.isascii() and digits.isdecimal() and len(digits) == _FOUR):
        raise FieldWrong("value", "not_four_digits")
    return Q(person_id__in=persons.by_last_four(digits))


def _by_name(typed: str) -> Q:
    name = tidy(typed)
    if not name:
        raise FieldWrong("value", "required")
    with connection.cursor() as cursor:
        cursor.execute(_NAMED, [keys.lookup("name", name), MOST + 1])
        return Q(pk__in=[number for (number,) in cursor.fetchall()])


_WAYS: Mapping[str, Callable[[str], Q]] = {"phone": _by_phone, "last4": _by_last_four, "name": _by_name}
