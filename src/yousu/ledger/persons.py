"""人员: who appealed. Encrypted under a key of their own, found by HMAC, erasable; the id stays."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db import connection

from yousu.ledger.events import TextRef, event
from yousu.ledger.models import Person
from yousu.platform import keys

_PHONE = "phone"


class PhoneWrong(ValueError):
    """Not a telephone number: too short, too long, or other characters."""


@event("erased")
@dataclass(frozen=True, kw_only=True)
class Erased:
    """删除个人信息: person, phone and all texts of the person's cases are gone; counts hold."""

    person_id: UUID
    texts: int
    reason: TextRef


@event("contact_removed")
@dataclass(frozen=True, kw_only=True)
class ContactRemoved:
    """期满删除联系方式: phone, names and caller's number are gone; what was said stays as long as the archive."""

    person_id: UUID
    texts: int


def normalised_phone(written: str) -> str:
    """The digits of a phone number without country code and separators. Raises PhoneWrong."""
    digits = re.sub(r"[\s\-()（）—–.·]", "", unicodedata.normalize("NFKC", written))
    digits = re.sub(r"^(\+|00)86", "", digits)
    if not re.fullmatch(r"\d{5,20}", digits, flags=re.ASCII):
        raise PhoneWrong("a phone number has 5 to 20 digits")
    return digits


_FIND = """
WITH asked AS (
    SELECT * FROM unnest(%s::uuid[], %s::bytea[], %s::bytea[], %s::bytea[], %s::bytea[])
           AS t (id, wrapped_key, phone, phone_lookup, last4_lookup)
), made AS (
    INSERT INTO person (id, wrapped_key, phone, phone_lookup, last4_lookup) SELECT * FROM asked
    ON CONFLICT (phone_lookup) DO NOTHING RETURNING id, phone_lookup
)
SELECT phone_lookup, id FROM made
UNION ALL SELECT * FROM (
    -- Held against an erasure until the recording is committed; who was erased meanwhile is no longer found.
    SELECT p.phone_lookup, p.id FROM person p JOIN asked USING (phone_lookup) FOR KEY SHARE OF p
) AS known
"""


def find_or_make(phones: Iterable[str]) -> dict[str, UUID]:
    """Person ids by normalised phone; unknown phones get a new person. One statement, whatever the number."""
    # Sorted, so that two batches with the same callers never wait for each other in a circle.
    wanted = {keys.lookup(_PHONE, phone): phone for phone in sorted(set(phones))}
    found: dict[str, UUID] = {}
    while missing := {lookup: phone for lookup, phone in wanted.items() if phone not in found}:
        with connection.cursor() as cursor:
            cursor.execute(_FIND, _columns(list(missing.items())))
            for lookup, person_id in cursor.fetchall():
                # A person made in this very statement comes first; the other branch sees older rows only.
                found.setdefault(missing[bytes(lookup)], person_id)
    return found


def hold(person_id: UUID) -> None:
    """Holds a person against erasure until the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT FROM person WHERE id = %s FOR KEY SHARE", [person_id])


def by_phone(phone: str) -> UUID | None:
    """The person with exactly this (normalised) phone."""
    return Person.objects.filter(phone_lookup=keys.lookup(_PHONE, phone)).values_list("id", flat=True).first()


def by_last_four(digits: str) -> list[UUID]:
    """Persons whose phone ends in these four digits."""
    return list(Person.objects.filter(last4_lookup=keys.lookup("last4", digits)).values_list("id", flat=True))


def phones_of(person_ids: Sequence[UUID]) -> dict[UUID, str]:
    """Decrypted phones; erased persons are absent. The caller answers for masking or logging."""
    return {
        person.id: _opened(person) for person in Person.objects.filter(id__in=person_ids, wrapped_key__isnull=False)
    }


def masked_phone(phone: str) -> str:
    """138****1234."""
    return phone[:3] + "****" + phone[-4:] if len(phone) >= 9 else "****" + phone[-2:]


def masked_name(name: str) -> str:
    """张**."""
    return name[:1] + "**"


def _columns(missing: list[tuple[bytes, str]]) -> list[list[object]]:
    ids = [uuid4() for _ in missing]
    own_keys = [keys.new_key() for _ in missing]
    return [
        list(ids),
        [keys.seal(key, purpose=person.bytes) for person, key in zip(ids, own_keys, strict=True)],
        [
            keys.seal_under(key, phone.encode(), purpose=b"phone")
            for key, (_, phone) in zip(own_keys, missing, strict=True)
        ],
        [lookup for lookup, _ in missing],
        [keys.lookup("last4", phone[-4:]) for _, phone in missing],
    ]


def _opened(person: Person) -> str:
    assert person.wrapped_key is not None
    assert person.phone is not None
    key = keys.open_sealed(bytes(person.wrapped_key), purpose=person.id.bytes)
    return keys.open_under(key, bytes(person.phone), purpose=b"phone").decode()
