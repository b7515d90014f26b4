"""词表: the general lists behind the rules, read once from the text files beside this module."""

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files


@cache
def words(name: str) -> frozenset[str]:
    """The words of a list, which blanks and line breaks part."""
    return frozenset(_text(name).split())


@cache
def characters(name: str) -> frozenset[str]:
    """The single characters of a list."""
    return frozenset("".join(_text(name).split()))


def either(choices: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first; sorted by first character, so that few are tried."""
    tails: dict[str, set[str]] = {}
    for word in choices:
        tails.setdefault(word[0], set()).add(word[1:])
    return "(?:" + "|".join(re.escape(first) + _tail(tails[first]) for first in sorted(tails)) + ")"


def _tail(tails: set[str]) -> str:
    longest_first = sorted(map(re.escape, tails), key=lambda tail: (-len(tail), tail))
    return longest_first[0] if len(tails) == 1 else "(?:" + "|".join(longest_first) + ")"


def _text(name: str) -> str:
    return files(__package__).joinpath("data", f"{name}.txt").read_text(encoding="utf-8")
