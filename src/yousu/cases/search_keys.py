"""检索键: a case as search sees it: its words, folded, and the keys that lead to it. Pure.

Every key begins with the week in which the case was received, so that the newest cases with a word are found week by
week, without gathering and sorting all that ever had it.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from hashlib import blake2b
from typing import Any

import msgspec

from yousu.understanding import bigrams

WEEK_S = 7 * 24 * 3600
# A pair of letters is two times 21 bits in 64; the week goes into what is left beside each.
_LETTER, _LOW_WEEK = 21, 11
# In SQL these operators bind alike, from the left: every step in brackets.
WEEK_PART = f"(((week >> {_LOW_WEEK}) << {32 + _LETTER}) | ((week & {(1 << _LOW_WEEK) - 1}) << {_LETTER}))"
# Where a pair has its first letter a code has a number that no letter has.
_BEYOND_LETTERS, _CODES = 0x110000, (1 << _LETTER) - 0x110000
# What hardly ever changes of a case and is narrowed by: part of the index. Stage and units move, and are looked up.
CODES = ("channel", "type", "category", "district")


def words(shown: Mapping[str, Any]) -> str:
    """The shown texts, folded; a line each, so that nothing is found across two."""
    return "\n".join(bigrams.folded(text) for kind in ("title", "matter", "place") if (text := shown.get(kind)))


def week(at: datetime) -> int:
    """The week of a moment, counted from 1970."""
    return int(at.timestamp() // WEEK_S)


def keys(folded: str, codes: Iterable[tuple[str, str | None]], *, week: int) -> list[int]:
    """The keys of a case in order: pairs of its words, and the codes it can be narrowed by."""
    part = (week >> _LOW_WEEK) << (32 + _LETTER) | (week & ((1 << _LOW_WEEK) - 1)) << _LETTER
    own = bigrams.pairs(folded)
    own.update([code_key(name, code) for name, value in codes if value for code in _branches(name, value)])
    return sorted([part + key for key in own])


@lru_cache(maxsize=4096)
def code_key(name: str, code: str) -> int:
    """The key of one code, without the week."""
    digest = int.from_bytes(blake2b(f"{name}:{code}".encode(), digest_size=8).digest())
    return (_BEYOND_LETTERS + (digest >> 32) % _CODES) << 32 | digest & ((1 << _LETTER) - 1)


def is_code(key: int) -> bool:
    """Whether a key stands for a code, and not for two letters."""
    return (key >> 32 & ((1 << _LETTER) - 1)) >= _BEYOND_LETTERS


def written(keys: Sequence[int]) -> str:
    """Keys as PostgreSQL reads an array."""
    return f"{{{msgspec.json.encode(keys)[1:-1].decode()}}}"


def _branches(name: str, value: str) -> list[str]:
    # A case of 城乡建设/供热保障 is one of 城乡建设, too.
    if name != "category":
        return [value]
    parts = value.split("/")
    return ["/".join(parts[: n + 1]) for n in range(len(parts))]
