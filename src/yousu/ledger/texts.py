"""文本: seals words into the erasable store and opens them again. Events hold only their salted digest."""

import secrets
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID, uuid4

from django.db import connection

from yousu.ledger.events import TextRef
from yousu.platform import keys


@dataclass(frozen=True, kw_only=True)
class NewText:
    """A text that will be stored together with the event that refers to it."""

    ref: TextRef
    kind: str
    salt: bytes
    cipher: bytes | None
    plain: str | None
    lookup: bytes | None
    person_id: UUID | None


class TextGone(LookupError):
    """The text was erased; its digest in the event stays."""


def sealed(kind: str, words: str, *, person_id: UUID | None = None, findable: bool = False) -> NewText:
    """Encrypts words under the master key, bound to their id. `findable`: exact look-up by `keys.lookup(kind, …)`."""
    ref, salt = _ref(words)
    cipher = keys.seal(words.encode(), purpose=ref.id.bytes + salt)
    lookup = keys.lookup(kind, words) if findable else None
    return NewText(ref=ref, kind=kind, salt=salt, cipher=cipher, plain=None, lookup=lookup, person_id=person_id)


def clear(kind: str, words: str, *, person_id: UUID | None = None) -> NewText:
    """Words with personal data already taken out, kept in clear so that they can be searched and compared."""
    ref, salt = _ref(words)
    return NewText(ref=ref, kind=kind, salt=salt, cipher=None, plain=words, lookup=None, person_id=person_id)


def digest(words: str, salt: bytes) -> str:
    """SHA-256 over salt and UTF-8 words, hex."""
    return sha256(salt + words.encode()).hexdigest()


def read(ids: list[UUID]) -> dict[UUID, str]:
    """The words behind refs; erased ones are absent."""
    if not ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, salt, cipher, plain FROM text WHERE id = ANY(%s)", [ids])
        return {row[0]: opened(*row) for row in cursor.fetchall()}


def read_one(ref: TextRef) -> str:
    """The words behind one ref. Raises TextGone."""
    found = read([ref.id])
    if ref.id not in found:
        raise TextGone(f"text {ref.id} was erased")
    return found[ref.id]


def opened(text_id: UUID, salt: bytes, cipher: bytes | None, plain: str | None) -> str:
    """The words of one stored row."""
    if cipher is None:
        return plain or ""
    return keys.open_sealed(bytes(cipher), purpose=text_id.bytes + bytes(salt)).decode()


def _ref(words: str) -> tuple[TextRef, bytes]:
    salt = secrets.token_bytes(16)
    return TextRef(id=uuid4(), digest=digest(words, salt)), salt
