"""计分: scores, zones and places of units from the sizes of their sets, less what was granted. Pure, exact."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from yousu.assessments.state import AssessmentState
from yousu.figures.rates import percent

ZONES = ("red", "yellow", "blue")
PER = 10_000


@dataclass(frozen=True, kw_only=True)
class Result:
    """成绩 of a unit. No score over an empty base; no place over a small one, nor where the city ranks nobody."""

    unit: str
    group: str
    sizes: Mapping[str, Mapping[str, int]]
    rates: Mapping[str, str | None]
    score: str | None
    zone: str | None
    is_small: bool
    place: int | None
    accepted: int
    per_10000: str | None

    def as_json(self) -> dict[str, Any]:
        """As it is frozen."""
        return {
            "group": self.group,
            "sizes": {name: dict(sizes) for name, sizes in self.sizes.items()},
            "rates": dict(self.rates),
            "score": self.score,
            "zone": self.zone,
            "small": self.is_small,
            "place": self.place,
            "accepted": self.accepted,
            "per_10000": self.per_10000,
        }


def results(state: AssessmentState) -> list[Result]:
    """Every unit's; with places within their groups where the city ranks."""
    every = [_result(state, unit) for unit in state.groups]
    if not state.method.ranking:
        return every
    return [ranked for group in dict.fromkeys(state.groups.values()) for ranked in _ranked(every, group)]


def sizes_of(state: AssessmentState, unit: str) -> dict[str, dict[str, int]]:
    """The sizes of a unit's sets after what was granted: such a case is excluded, and counts nowhere."""
    sizes = {name: dict(found) for name, found in state.sizes[unit].items()}
    for one in state.objections:
        if one.granted and one.unit == unit:
            for name in state.method.figures[one.figure]:
                sizes[name]["base"] -= 1
                sizes[name]["excluded"] += 1
                sizes[name]["counted"] -= name in one.counted
    return sizes


def _result(state: AssessmentState, unit: str) -> Result:
    method, sizes = state.method, sizes_of(state, unit)
    sums = {
        figure: (_weighed(parts, sizes), sizes[next(iter(parts))]["base"]) for figure, parts in method.figures.items()
    }
    score = _score(sums, method.weights)
    accepted, people = sizes["accepted"]["counted"], state.people.get(unit)
    return Result(
        unit=unit,
        group=state.groups[unit],
        sizes=sizes,
        rates={
            figure: percent(total, base, rounding=method.rounding, digits=method.digits)
            for figure, (total, base) in sums.items()
        },
        score=None if score is None else percent(score, 1, rounding=method.rounding, digits=method.digits),
        zone=None if score is None else _zone(100 * score, Decimal(method.red), Decimal(method.yellow)),
        is_small=any(base < method.small for _, base in sums.values()),
        place=None,
        accepted=accepted,
        # Percent of so many hundreds: the same exact rounding.
        per_10000=percent(Decimal(accepted * PER) / 100, people.people, rounding=method.rounding, digits=2)
        if people
        else None,
    )


def _weighed(parts: Mapping[str, str], sizes: Mapping[str, Mapping[str, int]]) -> Decimal:
    return sum((Decimal(weight) * sizes[name]["counted"] for name, weight in parts.items()), Decimal(0))


def _score(sums: Mapping[str, tuple[Decimal, int]], weights: Mapping[str, str]) -> Decimal | None:
    if any(base == 0 for _, base in sums.values()):
        return None
    whole = sum(map(Decimal, weights.values()), Decimal(0))
    return sum((Decimal(weights[figure]) * total / base for figure, (total, base) in sums.items()), Decimal(0)) / whole


def _zone(score: Decimal, red: Decimal, yellow: Decimal) -> str:
    return "red" if score < red else "yellow" if score < yellow else "blue"


def _ranked(every: Sequence[Result], group: str) -> list[Result]:
    own = [one for one in every if one.group == group]
    scored = [one for one in own if one.score is not None and not one.is_small]
    placed = sorted(scored, key=lambda one: -Decimal(one.score or 0))
    places: dict[str, int] = {}
    for at, one in enumerate(placed):
        # Equal scores share a place.
        before = placed[at - 1] if at else None
        places[one.unit] = places[before.unit] if before is not None and before.score == one.score else at + 1
    return [*(replace(one, place=places[one.unit]) for one in placed), *(one for one in own if one.unit not in places)]
