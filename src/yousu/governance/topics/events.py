"""Facts of a governance task: opened → cause found → reported on → closed, maybe reopened. No Django."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from yousu.ledger.events import TextRef, event


@dataclass(frozen=True, kw_only=True)
class Subject:
    """所治理的: the appeals of a topic or of a category with all below it, maybe of one district, at one unit."""

    dimension: str
    code: str
    district: str | None = None
    unit: str | None = None


@dataclass(frozen=True, kw_only=True)
class Target:
    """目标: at most so many appeals afterwards (`at_most`), or so many percent fewer (`percent_less`)."""

    kind: str
    number: int


@event("governance_opened")
@dataclass(frozen=True, kw_only=True)
class GovernanceOpened:
    """立项: a topic is to be governed. `before`: how many there were from first to last, with their list's digest."""

    number: int
    title: TextRef
    subject: Subject
    first: date
    last: date
    as_of: datetime
    before: int
    lists: Mapping[str, str]
    lead_unit: str
    leader: TextRef
    target: Target
    due: date


@event("cause_found")
@dataclass(frozen=True, kw_only=True)
class CauseFound:
    """查明原因, by the lead unit."""

    words: TextRef


@event("governance_reported")
@dataclass(frozen=True, kw_only=True)
class GovernanceReported:
    """进展报告 of the lead unit."""

    words: TextRef


@event("governance_closed")
@dataclass(frozen=True, kw_only=True)
class GovernanceClosed:
    """结项: how many there were afterwards, in as many days; whether the target was met says the number alone."""

    lead_unit: str
    first: date
    last: date
    as_of: datetime
    after: int
    lists: Mapping[str, str]
    limit: int
    met: bool
    words: TextRef


@event("governance_reopened")
@dataclass(frozen=True, kw_only=True)
class GovernanceReopened:
    """重新立项, with another day by which the target is to be met."""

    lead_unit: str
    due: date
    why: TextRef
