"""话语: loads the sample's phrases and fills their slots."""

import random
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

_SLOT = re.compile(r"\{(\w+)\}")
_NUMBERS: Mapping[str, tuple[int, int, int]] = {
    # Slot: least, most, step.
    "n": (10, 45, 1),
    "n2": (2, 9, 1),
    "people": (5, 60, 1),
    "floor": (2, 26, 1),
    "age": (66, 88, 1),
    "age2": (3, 12, 1),
    "years": (2, 12, 1),
    "mu": (2, 15, 1),
    "temp": (11, 16, 1),
    "warm": (19, 22, 1),
    "cold": (9, 19, 1),
    "db": (58, 74, 1),
    "line": (1, 109, 1),
    "month": (3, 10, 1),
    "month2": (11, 12, 1),
    "day_wage": (160, 380, 10),
    "fee": (60, 1980, 10),
    "money": (1800, 58000, 100),
    "block": (1, 28, 1),
    "entrance": (1, 4, 1),
    "door": (1, 4, 1),
}


@dataclass(frozen=True, kw_only=True)
class Speech:
    """一个二级类别的话语: what is said about one second-level category."""

    kinds: tuple[str, ...]
    types: tuple[str, ...]
    patterns: tuple[str, ...]
    asks: tuple[str, ...]
    questions: tuple[str, ...]
    replies: tuple[str, ...]
    results: tuple[str, ...]
    facts: Mapping[str, tuple[str, ...]]
    # Matters of procedure take no general answer.
    own_replies: bool


class Slots:
    """空格: one draw per slot, so that a text, its reply and its result tell the same story."""

    def __init__(self, rng: random.Random, **given: str) -> None:
        self._rng = rng
        self._drawn = dict(given)

    def fill(self, template: str) -> str:
        """填空: the template with every {slot} replaced; raises KeyError for a slot that has no words."""
        return _SLOT.sub(lambda match: self._value(match[1]), template)

    def _value(self, slot: str) -> str:
        if slot not in self._drawn:
            self._drawn[slot] = _draw(self._rng, slot)
        return self._drawn[slot]


def _draw(rng: random.Random, slot: str) -> str:
    if slot in _NUMBERS:
        least, most, step = _NUMBERS[slot]
        return str(rng.randrange(least, most + 1, step))
    return rng.choice(phrases("slots")[slot])


@cache
def phrases(section: str) -> Mapping[str, Sequence[str]]:
    """词语: one section of `words.toml`."""
    section_found: Mapping[str, Sequence[str]] = _read("words.toml")[section]
    return section_found


@cache
def speeches() -> Mapping[str, Mapping[str, Speech]]:
    """话语表: top class → second-level category → what is said about it."""
    tables = [_read(name) for name in _class_files()]
    return {table["top"]: {name: _speech(said) for name, said in table.items() if name != "top"} for table in tables}


def _class_files() -> list[str]:
    names = [entry.name for entry in (files(__package__) / "texts").iterdir()]
    return sorted(name for name in names if name != "words.toml")


@cache
def _read(name: str) -> Mapping[str, Any]:
    return tomllib.loads((files(__package__) / "texts" / name).read_text(encoding="utf-8"))


def _speech(said: Mapping[str, Any]) -> Speech:
    lists = {key: tuple(said[key]) for key in ("kinds", "types", "patterns", "asks", "questions", "replies", "results")}
    facts = {leaf: tuple(told) for leaf, told in said["facts"].items()}
    return Speech(**lists, facts=facts, own_replies=said.get("own_replies", False))
