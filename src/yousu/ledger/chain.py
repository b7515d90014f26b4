"""哈希链: how events are chained and positions sealed. Pure; docs/chain.md is its specification."""

from collections.abc import Iterable
from datetime import UTC, datetime
from hashlib import sha256

import msgspec

_text = msgspec.json.Encoder().encode


def moment(at: datetime) -> str:
    """A moment as it is hashed: UTC with six digits of microseconds and Z."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def first_previous(installation: str, stream: str) -> bytes:
    """What stands before a stream's first event."""
    return sha256(installation.encode() + stream.encode()).digest()


def event_hash(
    previous: bytes,
    *,
    stream: str,
    seq: int,
    kind: str,
    shape: int,
    occurred_at: datetime,
    recorded_at: datetime,
    actor: str,
    data: str,
) -> bytes:
    """SHA-256 over the previous hash and the event's RFC 8785 JSON; `data` is already canonical text."""
    # Keys in RFC 8785 order; splicing the stored text is what makes verification fast.
    text = (
        f'{{"actor":{_text(actor).decode()},"data":{data},"kind":"{kind}",'
        f'"occurred_at":"{moment(occurred_at)}","recorded_at":"{moment(recorded_at)}",'
        f'"seq":{seq},"shape":{shape},"stream":{_text(stream).decode()}}}'
    )
    return sha256(previous + text.encode()).digest()


def first_root(installation: str) -> bytes:
    """What stands before the first seal's root."""
    return sha256(installation.encode() + b"seal").digest()


def merkle_root(hashes: Iterable[bytes]) -> bytes:
    """RFC 6962 tree over event hashes in position order, in memory of log n. Empty: SHA-256 of nothing."""
    # Complete left subtrees wait on the stack with their sizes; equal sizes join, as in binary counting.
    stack: list[tuple[int, bytes]] = []
    for leaf in hashes:
        size, node = 1, sha256(b"\x00" + leaf).digest()
        while stack and stack[-1][0] == size:
            node = _join(stack.pop()[1], node)
            size *= 2
        stack.append((size, node))
    if not stack:
        return sha256(b"").digest()
    _, root = stack.pop()
    while stack:
        root = _join(stack.pop()[1], root)
    return root


def next_root(previous_root: bytes, merkle: bytes) -> bytes:
    """The root of a seal."""
    return sha256(previous_root + merkle).digest()


def _join(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()
