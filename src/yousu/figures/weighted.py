"""加权指标: a weighted sum over sets that have no case in common, over their common base; each of the sets opens."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from yousu.figures import queries
from yousu.figures.queries import Count, FigureMissing, Period
from yousu.figures.rates import percent
from yousu.org.city import city


@dataclass(frozen=True, kw_only=True)
class Weighted:
    """A figure made of others: `parts` are rates over one base; the city's settings give each a weight."""

    figure: str
    version: int
    name_zh: str
    name_en: str
    sentence_zh: str
    sentence_en: str
    parts: tuple[str, ...]
    unit: str = "%"
    is_rate: bool = True

    def weights(self) -> Mapping[str, Decimal]:
        """权重 of each part."""
        return {part: Decimal(city().settings[self.figure][part]) for part in self.parts}


@dataclass(frozen=True, kw_only=True)
class Score(Count):
    """A weighted sum (`weighted`) over a base; the numerator counts whoever has a weight at all."""

    weighted: Decimal
    parts: Mapping[str, Count]

    def value(self) -> str | None:
        """As the city prints percentages."""
        setting = city().settings["percent"]
        return percent(self.weighted, self.denominator or 0, rounding=setting["rounding"], digits=setting["digits"])


_ALL = (
    Weighted(
        figure="satisfaction",
        version=1,
        name_zh="满意率",
        name_en="satisfaction rate",
        sentence_zh="期内回访接通的诉求中，满意、基本满意、不满意的件数各乘城市规定的权重，"
        "相加后除以接通的件数；剔除的不在分母内。",
        sentence_en="Of the reached call-backs of the period: satisfied, basically and not satisfied, each "
        "times the city's "
        "weight, over all reached; excluded ones are outside the base.",
        parts=("satisfied", "basically_satisfied", "not_satisfied"),
    ),
)


def catalogue() -> Mapping[str, Weighted]:
    """Every weighted figure by name."""
    return {one.figure: one for one in _ALL}


def definition(figure: str) -> Weighted:
    """A weighted figure's definition. Raises FigureMissing."""
    found = catalogue().get(figure)
    if found is None:
        raise FigureMissing(figure)
    return found


def counts(figure: str, period: Period, *, by: Sequence[str]) -> list[Score]:
    """The figure broken down, as `queries.counts` gives the others."""
    found = definition(figure)
    rows: dict[tuple[Any, ...], dict[str, Count]] = {}
    for part in found.parts:
        for count in queries.counts(part, period, by=by):
            rows.setdefault(tuple(count.where.values()), {})[part] = count
    return [score(found, parts) for parts in rows.values()]


def score(figure: Weighted, parts: Mapping[str, Count]) -> Score:
    """One figure of its parts, which have one base."""
    weights = figure.weights()
    one = next(iter(parts.values()))
    return Score(
        numerator=sum(count.numerator for part, count in parts.items() if weights[part] > 0),
        denominator=one.denominator,
        excluded=one.excluded,
        where=one.where,
        weighted=sum((weights[part] * count.numerator for part, count in parts.items()), Decimal(0)),
        parts=parts,
    )
