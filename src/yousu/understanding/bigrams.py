"""双字: what search compares of a text: its letters folded, and every two that stand side by side.

Half of everyday Chinese words have two characters, and no list of words knows every street: any two can be looked for.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

# 全角 Latin letters, digits and signs are their ASCII twins. Each of these stays one character, so that a place in the
# folded text is the same place in the text: lower() makes two of İ, and of Σ what its neighbours ask for.
_TWINS: Mapping[int, str] = {
    **{code: chr(code - 0xFEE0).lower() for code in range(0xFF01, 0xFF5F)},
    0x3000: " ",
    ord("İ"): "i",
    ord("Σ"): "σ",
    ord("ς"): "σ",
}
_RUN = re.compile(r"[^\W_]+")
_BITS = 21


@dataclass(frozen=True)
class Query:
    """What is looked for: words that a text must contain, each; and the pairs by which an index finds such texts."""

    terms: tuple[str, ...]
    pairs: frozenset[int]


def folded(text: str) -> str:
    """The text with its letters made equal: as long as before."""
    return text.translate(_TWINS).lower()


def pairs(text: str) -> set[int]:
    """Every two letters or digits side by side of a folded text, as numbers below 2**42."""
    found: set[int] = set()
    for run in _RUN.findall(text):
        codes = [ord(letter) for letter in run]
        found.update([a << _BITS | b for a, b in pairwise(codes)])
    return found


def query(typed: str) -> Query:
    """What was typed, as words between spaces; without pairs nothing can be looked for."""
    # Marks of direction and joiners are not seen by who copies them along.
    seen = "".join(letter for letter in unicodedata.normalize("NFC", typed) if not _is_hidden(letter))
    terms = tuple(dict.fromkeys(folded(seen).split()))
    return Query(terms, frozenset().union(*map(pairs, terms)))


def contains(text: str, terms: Iterable[str]) -> bool:
    """Whether a text contains each of a query's words."""
    plain = folded(text)
    return all(term in plain for term in terms)


def spans(text: str, terms: Iterable[str]) -> list[tuple[int, int]]:
    """Where a query's words stand in a text: in order, none touching the next."""
    plain = folded(text)
    marked = sorted(
        (found.start(1), found.start(1) + len(term))
        for term in terms
        for found in re.finditer(f"(?=({re.escape(term)}))", plain)
    )
    joined: list[tuple[int, int]] = []
    for start, end in marked:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _is_hidden(letter: str) -> bool:
    return unicodedata.category(letter) in ("Cf", "Cc") and not letter.isspace()
