"""指标答案: figures as every door gives them, command line and API alike."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from yousu.figures import queries, weighted
from yousu.figures.definitions import Definition, catalogue
from yousu.figures.queries import Count, Period
from yousu.figures.weighted import Score, Weighted


def listing() -> dict[str, Any]:
    """Every figure with version, names, unit and its sentence."""
    every: list[Definition | Weighted] = [*catalogue().values(), *weighted.catalogue().values()]
    return {
        "figures": [
            {
                "figure": found.figure,
                "version": f"v{found.version}",
                "name_zh": found.name_zh,
                "name_en": found.name_en,
                "unit": found.unit,
                "sentence": found.sentence_zh,
                "sentence_en": found.sentence_en,
            }
            for found in every
        ]
    }


def definition(figure: str) -> Definition | Weighted:
    """What a figure is called and counts. Raises FigureMissing."""
    return weighted.catalogue().get(figure) or queries.definition(figure)


def answer(figure: str, period: Period, *, by: Sequence[str]) -> dict[str, Any]:
    """A figure for a period, broken down by dimensions. Raises FigureMissing, DimensionMissing."""
    found = definition(figure)
    counts = weighted.counts if isinstance(found, Weighted) else queries.counts
    [total] = counts(figure, period, by=())
    return {
        "figure": figure,
        "version": f"v{found.version}",
        "from": period.first.isoformat(),
        "to": period.last.isoformat(),
        "as_of": _moment(period.as_of),
        **_numbers(total),
        "by": [_plain(row.where) | _numbers(row) for row in counts(figure, period, by=by)] if by else [],
    }


def _numbers(count: Count) -> dict[str, Any]:
    if isinstance(count, Score):
        return _weighed(count)
    return {
        "numerator": count.numerator,
        "denominator": count.denominator,
        "excluded": count.excluded,
        "value": count.value(),
    }


def _weighed(score: Score) -> dict[str, Any]:
    """The numerator is the weighted sum; `parts` says of what."""
    return {
        "numerator": float(score.weighted),
        "denominator": score.denominator,
        "excluded": score.excluded,
        "value": score.value(),
        "parts": {part: count.numerator for part, count in score.parts.items()},
    }


def _plain(where: Any) -> dict[str, Any]:
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in where.items()}


def _moment(at: datetime) -> str:
    return at.isoformat()
