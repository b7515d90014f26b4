"""到件: accepts what a channel delivers, exactly once.

`accept` is for a sender who waits for the answer (pages, API, files): arrival and recording are one transaction, and
what is refused was never taken.
"""

import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any

import msgspec
from django.db import connection

from yousu.appeals import commands
from yousu.appeals.recording import Said, next_numbers
from yousu.appeals.state import AppealState
from yousu.intake.models import Arrival
from yousu.ledger import log
from yousu.ledger.log import bytea
from yousu.org.actors import Actor
from yousu.platform import clock, keys


class ContentDiffers(ValueError):
    """The same key or external id came before with other content, or the key with another external id."""


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """One delivery: what was said, and by what it is recognised when it comes again."""

    said: Said
    external_id: str | None = None
    idempotency_key: str | None = None
    # Of `receipt_secret_of`, where the sender can be told it again; else a new one is drawn.
    receipt_secret: str | None = None

    @cached_property
    def content(self) -> bytes:
        """Digest of the content; keyed, so that nobody can guess words by it."""
        return keys.lookup("content", msgspec.json.encode(self.said, order="sorted").decode())


@dataclass(frozen=True, kw_only=True)
class Accepted:
    """The case's number; the receipt's secret only the first time."""

    number: str
    repeated: bool
    receipt_secret: str | None = None
    state: AppealState | None = None


def accept(delivery: Delivery, *, by: Actor) -> Accepted:
    """Records a delivery, or finds that it was recorded before. Raises ContentDiffers and what recording raises."""
    return accept_many([delivery], by=by)[0]


def accept_many(deliveries: Sequence[Delivery], *, by: Actor) -> list[Accepted]:
    """`accept` for a batch in one transaction; the same statements as for one. One refusal refuses all."""
    with log.batch():
        numbers = next_numbers(len(deliveries))
        secrets_ = [delivery.receipt_secret or _receipt_secret() for delivery in deliveries]
        fresh = _insert(deliveries, numbers, secrets_, by=by)
        new = [i for i, number in enumerate(numbers) if number in fresh]
        states = iter(
            commands.record_many([deliveries[i].said for i in new], new_numbers=[numbers[i] for i in new], by=by)
            if new
            else []
        )
        return [
            Accepted(number=numbers[i], repeated=False, receipt_secret=secrets_[i], state=next(states))
            if numbers[i] in fresh
            else _before(delivery, by=by)
            for i, delivery in enumerate(deliveries)
        ]


def number_by_receipt(number: str, secret: str) -> bool:
    """Whether the secret belongs to the case's receipt."""
    kept = Arrival.objects.filter(number=number).values_list("receipt", flat=True).first()
    return kept is not None and hmac.compare_digest(bytes(kept), receipt_digest(secret))


_INSERT = """
INSERT INTO arrival (channel, external_id, author, idempotency_key, content, number, receipt, arrived_at)
SELECT t.* FROM json_to_recordset(%s::json) AS t (channel text, external_id text, author text, idempotency_key text,
    content bytea, number text, receipt bytea, arrived_at timestamptz)
ON CONFLICT DO NOTHING RETURNING number
"""


def _insert(
    deliveries: Sequence[Delivery], numbers: Sequence[str], receipts: Sequence[str], *, by: Actor
) -> frozenset[str]:
    rows: list[dict[str, Any]] = [
        {
            "channel": delivery.said.channel,
            "external_id": delivery.external_id,
            "author": by.code,
            "idempotency_key": delivery.idempotency_key,
            "content": bytea(delivery.content),
            "number": number,
            "receipt": bytea(receipt_digest(secret)),
            "arrived_at": clock.now(),
        }
        for delivery, number, secret in zip(deliveries, numbers, receipts, strict=True)
    ]
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [msgspec.json.encode(rows).decode()])
        return frozenset(number for (number,) in cursor.fetchall())


def _before(delivery: Delivery, *, by: Actor) -> Accepted:
    known = Arrival.objects.filter(number__isnull=False)
    found = None
    if delivery.idempotency_key is not None:
        found = known.filter(author=by.code, idempotency_key=delivery.idempotency_key).first()
    if found is None:
        found = known.get(channel=delivery.said.channel, external_id=delivery.external_id)
    ids = {found.external_id, delivery.external_id} - {None}
    if len(ids) > 1 or not hmac.compare_digest(bytes(found.content), delivery.content):
        raise ContentDiffers(found.number)
    assert found.number is not None
    return Accepted(number=found.number, repeated=True)


# Read out on the phone and typed by hand: no letters that look alike.
_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_SECRET_LENGTH = 10


def receipt_secret_of(key: str) -> str:
    """查询码 that follows from a key which only its sender knows: an answer lost on the way can be given again."""
    return _lettered(int.from_bytes(keys.lookup("receipt", key)) % len(_LETTERS) ** _SECRET_LENGTH)


def receipt_digest(secret: str) -> bytes:
    """查询码 as it is kept: only whoever has it can find it."""
    return sha256(secret.strip().upper().encode()).digest()


def _receipt_secret() -> str:
    # One draw for all letters: ten draws would be felt in an import.
    return _lettered(secrets.randbelow(len(_LETTERS) ** _SECRET_LENGTH))


def _lettered(drawn: int) -> str:
    letters = []
    for _ in range(_SECRET_LENGTH):
        drawn, letter = divmod(drawn, len(_LETTERS))
        letters.append(_LETTERS[letter])
    return "".join(letters)
