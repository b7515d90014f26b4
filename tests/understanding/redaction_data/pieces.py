"""What a sample is made of: pieces of text, some of which carry a label."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from random import Random

KINDS = ("phone", "id_card", "bank_card", "plate", "email", "wechat", "name", "house_number")


@dataclass(frozen=True)
class Span:
    """A labelled stretch of a text in code points, half-open."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True)
class Sample:
    """A text, its personal data, and the hard negatives in it (their kind names the sort of trap)."""

    text: str
    found: tuple[Span, ...]
    decoys: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Piece:
    """A run of text that is personal data (kind), a hard negative (decoy) or neither."""

    text: str
    kind: str | None = None
    decoy: str | None = None


Field = Callable[[Random], Piece]

_MARK = re.compile(r"\{(\w+)\}|\[(\w+)\|([^\]]+)\]")


def fill(template: str, fields: Mapping[str, Field], rng: Random) -> list[Piece]:
    """The pieces of a template: {field} is made anew, [sort|text] is a fixed hard negative."""
    pieces: list[Piece] = []
    at = 0
    for mark in _MARK.finditer(template):
        pieces.append(Piece(template[at : mark.start()]))
        field, sort, text = mark.groups()
        pieces.append(fields[field](rng) if field else Piece(text, decoy=sort))
        at = mark.end()
    pieces.append(Piece(template[at:]))
    return [piece for piece in pieces if piece.text]


def joined(pieces: Iterable[Piece]) -> Sample:
    """The sample whose text is the pieces one after another."""
    text = ""
    found: list[Span] = []
    decoys: list[Span] = []
    for piece in pieces:
        end = len(text) + len(piece.text)
        if piece.kind:
            found.append(Span(piece.kind, len(text), end))
        elif piece.decoy:
            decoys.append(Span(piece.decoy, len(text), end))
        text += piece.text
    return Sample(text, tuple(found), tuple(decoys))
