"""事件: registry of the facts that streams hold. No Django, no database.

A fact is a frozen dataclass in the past tense. Its stored shape never changes: a new shape is a new
class with a higher `shape`, and `upcast` turns the old one into it when it is read.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, ClassVar, Protocol, TypeVar
from uuid import UUID

import msgspec


class Event(Protocol):
    """Any registered fact."""

    kind: ClassVar[str]
    shape: ClassVar[int]


@dataclass(frozen=True, kw_only=True)
class TextRef:
    """Stands in an event for words that lie in the erasable store: where, and their salted digest (hex)."""

    id: UUID
    digest: str


@dataclass(frozen=True, kw_only=True)
class FileRef:
    """Stands in an event for a file in the erasable store: where, its salted digest (hex), what it is, its bytes."""

    id: UUID
    digest: str
    media_type: str
    size: int


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row of the log as read back. `data` is the very text that was hashed."""

    stream: str
    seq: int
    kind: str
    shape: int
    occurred_at: datetime
    recorded_at: datetime
    actor: str
    data: str


class UnknownEvent(LookupError):
    """The log holds a kind or shape that this version of Yousu does not know."""


E = TypeVar("E")
_CLASSES: dict[tuple[str, int], Any] = {}
_DECODERS: dict[tuple[str, int], msgspec.json.Decoder[Any]] = {}
_UPCASTS: dict[tuple[str, int], Callable[[Any], Any]] = {}
# Keys are ASCII and values hold no floats, so sorting by code point equals RFC 8785 (held by a test).
_ENCODER = msgspec.json.Encoder(order="sorted")


def event(kind: str, *, shape: int = 1) -> Callable[[type[E]], type[E]]:
    """Registers a frozen dataclass as the fact `kind`."""

    def register(cls: type[E]) -> type[E]:
        if reserved := {"kind", "shape"} & {field.name for field in fields(cls)}:  # type: ignore[arg-type]  # a dataclass
            # A field of that name would be recorded as what happened.
            raise ValueError(f"{cls.__name__}: {', '.join(sorted(reserved))} is the event's own")
        cls.kind, cls.shape = kind, shape  # type: ignore[attr-defined]  # the Protocol's class variables
        known = _CLASSES.setdefault((kind, shape), cls)
        if known is not cls:
            raise ValueError(f"two events are called {kind} in shape {shape}")
        _DECODERS[kind, shape] = msgspec.json.Decoder(cls)
        return cls

    return register


def upcast(kind: str, *, shape: int) -> Callable[[Callable[[Any], Any]], Callable[[Any], Any]]:
    """Registers how a fact of an old shape becomes the next one."""

    def register(function: Callable[[Any], Any]) -> Callable[[Any], Any]:
        _UPCASTS[kind, shape] = function
        return function

    return register


def encode(fact: Any) -> str:
    """The fact's canonical JSON (RFC 8785)."""
    return _ENCODER.encode(fact).decode()


def decode(kind: str, shape: int, data: str) -> Any:
    """The fact behind a stored text, brought to today's shape. Raises UnknownEvent."""
    decoder = _DECODERS.get((kind, shape))
    if decoder is None:
        raise UnknownEvent(f"event {kind} of shape {shape}")
    fact = decoder.decode(data)
    older = _UPCASTS.get((kind, shape))
    while older is not None:
        fact = older(fact)
        older = _UPCASTS.get((fact.kind, fact.shape))
    return fact


def registered() -> Mapping[tuple[str, int], Any]:
    """Every known fact by (kind, shape)."""
    return _CLASSES


@event("undone")
@dataclass(frozen=True, kw_only=True)
class Undone:
    """撤销: the stream's last fact was taken back by its author within ten seconds; it counts nowhere."""

    undone_seq: int
    note: TextRef | None = None
