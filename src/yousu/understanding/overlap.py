"""字面相近: how much of two texts is the same, by pairs of characters next to each other. No words, no model."""

import re
import unicodedata
from functools import lru_cache

_KEPT = re.compile(r"[^\w]+|_")
# Marks that stand for what redaction took out are alike in every text.
_MARK = re.compile(r"〔[^〕]*〕")


@lru_cache(maxsize=4096)
def bigrams(text: str) -> frozenset[str]:
    """Pairs of neighbouring characters, marks and punctuation aside; a single character is a pair of its own."""
    parts = _KEPT.split(unicodedata.normalize("NFKC", _MARK.sub(" ", text)).lower())
    return frozenset(pair for part in parts if part for pair in _pairs(part))


def shared(one: str, other: str) -> float:
    """Dice's coefficient of the pairs: 0 nothing in common, 1 the same."""
    here, there = bigrams(one), bigrams(other)
    total = len(here) + len(there)
    return 2 * len(here & there) / total if total else 0.0


def covered(words: str, text: str) -> float:
    """How much of the words is in a (longer) text: 0 nothing, 1 all."""
    asked = bigrams(words)
    return len(asked & bigrams(text)) / len(asked) if asked else 0.0


def _pairs(part: str) -> list[str]:
    return [part] if len(part) == 1 else [part[at : at + 2] for at in range(len(part) - 1)]
