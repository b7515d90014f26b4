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
    """A pattern for any of the words, the longest first."""
    return "(?:" + "|".join(sorted(map(re.escape, choices), key=lambda word: (-len(word), word))) + ")"


def _text(name: str) -> str:
    return files(__package__).joinpath("data", f"{name}.txt").read_text(encoding="utf-8")
