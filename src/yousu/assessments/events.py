"""Facts of an assessment's life: composed → shown → objected → judged → frozen. A stored shape never changes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from yousu.ledger.events import TextRef, event

# By unit and set: how many are counted, in the base, excluded.
Sizes = Mapping[str, Mapping[str, Mapping[str, int]]]


@dataclass(frozen=True, kw_only=True)
class Method:
    """考核办法: what makes a score of figures, as the city had it; numbers as decimal text.

    `figures`: of which sets each scored figure is made, with their weights in it; `weights`: theirs in the score.
    """

    figures: Mapping[str, Mapping[str, str]]
    weights: Mapping[str, str]
    red: str
    yellow: str
    small: int
    ranking: bool
    rounding: str
    digits: int


@dataclass(frozen=True, kw_only=True)
class People:
    """常住人口 of a unit's area, since when and whose count."""

    people: int
    valid_from: date
    source: str


@event("assessment_composed")
@dataclass(frozen=True, kw_only=True)
class AssessmentComposed:
    """编制: the figures of every unit as known at the as-of, with the digest of the list behind each."""

    first: date
    last: date
    as_of: datetime
    definitions: str
    method: Method
    groups: Mapping[str, str]
    people: Mapping[str, People]
    sizes: Sizes
    lists: Mapping[str, str]


@event("assessment_shown")
@dataclass(frozen=True, kw_only=True)
class AssessmentShown:
    """公示给各单位: from now on they see it and may object, until a moment."""

    objections_until: datetime


@event("objected")
@dataclass(frozen=True, kw_only=True)
class Objected:
    """考核申诉: a unit says that a case must not count against it in a figure. `counted`: the sets that count it."""

    unit: str
    figure: str
    number: str
    counted: tuple[str, ...]
    reason: str
    note: TextRef | None = None


@event("objection_judged")
@dataclass(frozen=True, kw_only=True)
class ObjectionJudged:
    """申诉审定, by somebody who neither objected nor composed; granted, the case is out of the unit's figure."""

    objection: int
    granted: bool
    note: TextRef | None = None


@event("assessment_frozen")
@dataclass(frozen=True, kw_only=True)
class AssessmentFrozen:
    """冻结: scores, zones and places as they stay, with their digest."""

    results: Mapping[str, Any]
    digest: str
