"""双字: what search compares of a text: its letters folded, and every two that stand side by side.

Half of everyday Chinese words have two characters, and no list of words knows every street: any two can be looked for.
"""

import re
import sys
import unicodedata
from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

# 全角 Latin letters and digits are their ASCII twins. Each of these stays one character, so that a place in the folded
# text is the same place in the text: lower() makes two of İ, and of Σ what its neighbours ask for.
_WIDE = re.compile("[０-９Ａ-Ｚａ-ｚİΣς]")
_TWINS: Mapping[str, str] = {"İ": "i", "Σ": "σ", "ς": "σ"}
_RUN = re.compile(r"[^\W_]+")
_UTF32 = f"utf-32-{sys.byteorder[0]}e"
_SECOND, _FIRST = (0, 1) if sys.byteorder == "little" else (1, 0)
_SECOND_ALONE = (1 << 32) - 1


@dataclass(frozen=True)
class Query:
    """What is looked for: words that a text must contain, each; and the pairs by which an index finds such texts."""

    terms: tuple[str, ...]
    pairs: frozenset[int]


def folded(text: str) -> str:
    """The text with its letters made equal: as long as before."""
    return _WIDE.sub(_twin, text).lower()


def pairs(text: str) -> set[int]:
    """Every two letters or digits side by side of a folded text, each pair as one number: first << 32 | second."""
    codes = array("I", "\0".join(_RUN.findall(text)).encode(_UTF32))
    if len(codes) < 2:
        return set()
    # Laid side by side and read as numbers of twice the width: a loop would take four times as long, for every case.
    sides = array("I", bytes(8 * (len(codes) - 1)))
    sides[_SECOND::2], sides[_FIRST::2] = codes[1:], codes[:-1]
    return {pair for pair in memoryview(sides).cast("B").cast("Q") if pair & _SECOND_ALONE and pair >> 32}


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


def _twin(found: re.Match[str]) -> str:
    return _TWINS.get(found[0]) or unicodedata.normalize("NFKC", found[0])


def _is_hidden(letter: str) -> bool:
    return unicodedata.category(letter) in ("Cf", "Cc") and not letter.isspace()
