"""附件存放: seals files into the erasable store, in pieces, and opens them again. Events hold only their salted digest.

In PostgreSQL and nowhere else: one backup, one transaction with the event, one erasure. Pieces of a mebibyte keep
reading, writing and verifying in little memory.
"""

import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID, uuid4

from django.db import connection

from yousu.ledger.events import FileRef
from yousu.platform import keys

PIECE_BYTES = 1024 * 1024


class AttachmentGone(LookupError):
    """There is no such file, or it was erased; its digest in the event stays."""


@dataclass(frozen=True, kw_only=True)
class NewFile:
    """A file to be stored with the event that refers to it."""

    ref: FileRef
    salt: bytes
    content: bytes


def new(content: bytes, media_type: str) -> NewFile:
    """A file under an id and a salt of its own."""
    salt = secrets.token_bytes(16)
    digest = salted_digest([content], salt)
    ref = FileRef(id=uuid4(), digest=digest, media_type=media_type, size=len(content))
    return NewFile(ref=ref, salt=salt, content=content)


def store(file: NewFile, *, stream: str) -> None:
    """Writes a file, in the transaction of the event that refers to it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO attachment (id, stream, salt, lookup) VALUES (%s, %s, %s, %s)",
            [file.ref.id, stream, file.salt, lookup(sha256(file.content).hexdigest())],
        )
        for number, start in enumerate(range(0, len(file.content), PIECE_BYTES)):
            piece = file.content[start : start + PIECE_BYTES]
            cipher = keys.seal(piece, purpose=purpose(file.ref.id, file.salt, number))
            cursor.execute(
                "INSERT INTO attachment_piece (attachment_id, number, cipher) VALUES (%s, %s, %s)",
                [file.ref.id, number, cipher],
            )


def same_as(content: bytes, *, among: Sequence[UUID]) -> UUID | None:
    """The one of these files that has this very content."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM attachment WHERE id = ANY(%s) AND lookup = %s",
            [list(among), lookup(sha256(content).hexdigest())],
        )
        row = cursor.fetchone()
    return None if row is None else row[0]


def opened(ref: FileRef) -> Iterator[bytes]:
    """A file, piece by piece. Raises AttachmentGone before the first one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT salt FROM attachment WHERE id = %s", [ref.id])
        row = cursor.fetchone()
    if row is None:
        raise AttachmentGone(f"attachment {ref.id} was erased")
    return _pieces(ref, bytes(row[0]))


def erase(streams: Sequence[str]) -> int:
    """Removes all files of these streams; returns how many there were."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM attachment WHERE stream = ANY(%s)", [list(streams)])
        return int(cursor.rowcount)


def salted_digest(pieces: Iterable[bytes], salt: bytes) -> str:
    """SHA-256 over salt and content, hex; as for texts."""
    total = sha256(salt)
    for piece in pieces:
        total.update(piece)
    return total.hexdigest()


def lookup(digest: str) -> bytes:
    """What tells the same content again without telling which."""
    return keys.lookup("attachment", digest)


def purpose(file_id: UUID, salt: bytes, number: int) -> bytes:
    """The place a sealed piece belongs to: no piece can be put elsewhere."""
    return file_id.bytes + salt + number.to_bytes(4, "big")


def _pieces(ref: FileRef, salt: bytes) -> Iterator[bytes]:
    for number in range(-(-ref.size // PIECE_BYTES)):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT cipher FROM attachment_piece WHERE attachment_id = %s AND number = %s", [ref.id, number]
            )
            row = cursor.fetchone()
        if row is None:
            raise AttachmentGone(f"attachment {ref.id} was erased")
        yield keys.open_sealed(bytes(row[0]), purpose=purpose(ref.id, salt, number))
