"""指标登记: what a figure is, and every figure by name.

A figure's function gets tables (`Facts`) and uses only what an Ibis table offers, so nothing needs Ibis to read names,
units and sentences; the SQL was compiled beforehand (`compiler`).

Every set has the columns of COLUMNS (`facts`). `counted` marks what the numerator counts, `excluded` what stays outside
the denominator (剔除). A plain count counts all of its set. Who changes a definition raises its `version`; which SQL a
version stands for is recorded (`versions`). Source of the counting rules: docs/handbook, "How it counts".
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from yousu.figures.facts import Facts


@dataclass(frozen=True, kw_only=True)
class Definition:
    """A figure: what it is called, what it counts, and how its set is made."""

    figure: str
    version: int
    name_zh: str
    name_en: str
    unit: str
    sentence_zh: str
    sentence_en: str
    is_rate: bool
    build: Callable[[Facts], Any]


_DEFINITIONS: dict[str, Definition] = {}
Build = Callable[[Facts], Any]


def count(
    figure: str, *, zh: str, en: str, unit: str, in_zh: str, in_en: str, version: int = 1
) -> Callable[[Build], Build]:
    """Registers a plain count."""
    return _register(figure, (zh, en, unit, in_zh, in_en), version=version, is_rate=False)


def rate(figure: str, *, zh: str, en: str, in_zh: str, in_en: str, version: int = 1) -> Callable[[Build], Build]:
    """Registers a share of a set."""
    return _register(figure, (zh, en, "%", in_zh, in_en), version=version, is_rate=True)


def catalogue() -> Mapping[str, Definition]:
    """Every figure by name, in the order in which they were defined."""
    return _DEFINITIONS


def _register(figure: str, words: tuple[str, ...], *, version: int, is_rate: bool) -> Callable[[Build], Build]:
    def register(build: Build) -> Build:
        name_zh, name_en, unit, sentence_zh, sentence_en = words
        _DEFINITIONS[figure] = Definition(
            figure=figure,
            version=version,
            name_zh=name_zh,
            name_en=name_en,
            unit=unit,
            sentence_zh=sentence_zh,
            sentence_en=sentence_en,
            is_rate=is_rate,
            build=build,
        )
        return build

    return register
