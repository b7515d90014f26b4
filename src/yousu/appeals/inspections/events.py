"""Facts of quality inspection: a sample is drawn; its cases are scored, objected to, judged. No Django."""

from dataclasses import dataclass
from datetime import date

from yousu.ledger.events import TextRef, event


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """One case of a sample, and whose work on it is looked at."""

    number: str
    person: str


@dataclass(frozen=True, kw_only=True)
class Mark:
    """得分 of one item of the sheet, out of so many points; the remark by reference."""

    item: str
    points: int
    of: int
    remark: TextRef | None = None


@event("sample_drawn")
@dataclass(frozen=True, kw_only=True)
class SampleDrawn:
    """抽样: from which calls or orders, how many or which share, by which seed, and what came out of it."""

    number: int
    sort: str
    first: date
    last: date
    count: int | None
    percent: int | None
    seed: str
    # The sheet in force on the last day, by its first day.
    sheet: date
    eligible: int
    cases: tuple[Drawn, ...]


@event("work_scored")
@dataclass(frozen=True, kw_only=True)
class WorkScored:
    """评分 of one case of a sample."""

    sample: int
    case: str
    person: str
    marks: tuple[Mark, ...]


@event("score_objected")
@dataclass(frozen=True, kw_only=True)
class ScoreObjected:
    """申诉 of whoever was scored: once, within some days."""

    reason: TextRef


@event("score_judged")
@dataclass(frozen=True, kw_only=True)
class ScoreJudged:
    """申诉审定 by somebody else than the scorer; upheld: these marks stand instead."""

    upheld: bool
    reason: TextRef
    marks: tuple[Mark, ...] = ()
