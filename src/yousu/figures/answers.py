"""指标答案: figures as every door gives them, command line and API alike."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from yousu.figures import queries
from yousu.figures.definitions import catalogue
from yousu.figures.queries import Count, Period


def listing() -> dict[str, Any]:
    """Every figure with version, names, unit and its sentence."""
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
            for found in catalogue().values()
        ]
    }


def answer(figure: str, period: Period, *, by: Sequence[str]) -> dict[str, Any]:
    """A figure for a period, broken down by dimensions. Raises FigureMissing, DimensionMissing."""
    found = queries.definition(figure)
    return {
        "figure": figure,
        "version": f"v{found.version}",
        "from": period.first.isoformat(),
        "to": period.last.isoformat(),
        "as_of": _moment(period.as_of),
        **_numbers(queries.total(figure, period)),
        "by": [_plain(row.where) | _numbers(row) for row in queries.counts(figure, period, by=by)] if by else [],
    }


def _numbers(count: Count) -> dict[str, Any]:
    return {
        "numerator": count.numerator,
        "denominator": count.denominator,
        "excluded": count.excluded,
        "value": count.value(),
    }


def _plain(where: Any) -> dict[str, Any]:
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in where.items()}


def _moment(at: datetime) -> str:
    return at.isoformat()
