"""隐患: a second kind of case, made of `yousu.cases` alone: found → ordered → re-inspected → written off."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from yousu.cases import commands as cases
from yousu.cases import kinds, transitions
from yousu.cases.projection import CaseProjection
from yousu.cases.serials import next_numbers
from yousu.cases.state import CaseState, Due, Facets, replace
from yousu.ledger import log, projections, texts
from yousu.ledger.events import Row, TextRef, event
from yousu.org.actors import Actor
from yousu.platform import clock

TABLE = transitions.load(Path(__file__).with_name("hazards.csv"), open_stages={"found", "ordered", "re_inspected"})

# Rights of the roles of this kind, as rows of the one table of rights.
RIGHTS = {
    ("inspector", "re-inspect"): "all",
    ("inspector", "undo"): "all",
    ("inspector", "see"): "all",
    ("fire_officer", "order"): "all",
    ("fire_officer", "write-off"): "all",
    ("fire_officer", "urge"): "all",
    ("fire_officer", "see"): "all",
}


@event("hazard_found")
@dataclass(frozen=True, kw_only=True)
class HazardFound:
    """发现隐患 at some premises."""

    number: str
    premises: str
    texts: Mapping[str, TextRef]


@event("hazard_ordered")
@dataclass(frozen=True, kw_only=True)
class HazardOrdered:
    """责令改正: a unit must put it right until a day."""

    lead_unit: str
    until: datetime
    note: TextRef | None = None


@event("hazard_re_inspected")
@dataclass(frozen=True, kw_only=True)
class HazardReInspected:
    """复查."""

    passed: bool
    note: TextRef | None = None


@event("hazard_written_off")
@dataclass(frozen=True, kw_only=True)
class HazardWrittenOff:
    """销案."""

    note: TextRef | None = None


@dataclass(frozen=True, kw_only=True)
class HazardState(CaseState):
    """A hazard: where, and how often it was looked at again."""

    premises: str
    inspections: int = 0


def facets(case: HazardState) -> Facets:
    """Hazards that came back count as handled again."""
    return Facets(second_handling=max(case.inspections - 1, 0))


HAZARD = kinds.register(kinds.Kind(code="hazard", state=HazardState, transitions=TABLE, facets=facets))
projections.register(HAZARD.code, CaseProjection(HAZARD))


@HAZARD.on(HazardFound)
def _found(_: None, fact: HazardFound, row: Row) -> HazardState:
    return HazardState(
        number=fact.number,
        version=row.seq,
        stage=TABLE.to("-", "find"),
        received_at=row.occurred_at,
        recorded_at=row.recorded_at,
        recorded_by=row.actor,
        texts=fact.texts,
        premises=fact.premises,
    )


@HAZARD.on(HazardOrdered)
def _ordered(case: HazardState, fact: HazardOrdered, row: Row) -> HazardState:
    due = Due(at=fact.until, provisional=False, grade="ordered", steps=())
    return replace(case, stage=TABLE.to(case.stage, "order"), lead_unit=fact.lead_unit, due=due, closed_at=None)


@HAZARD.on(HazardReInspected)
def _re_inspected(case: HazardState, fact: HazardReInspected, row: Row) -> HazardState:
    stage = TABLE.to(case.stage, "re-inspect", "passed" if fact.passed else "failed")
    return replace(case, stage=stage, inspections=case.inspections + 1)


@HAZARD.on(HazardWrittenOff)
def _written_off(case: HazardState, fact: HazardWrittenOff, row: Row) -> HazardState:
    return replace(case, stage=TABLE.to(case.stage, "write-off"), closed_at=row.occurred_at)


def find(words: str, *, premises: str, by: Actor) -> HazardState:
    """发现."""
    (number,) = next_numbers(1)
    made = [texts.sealed("original", words), texts.clear("matter", words)]
    fact = HazardFound(number=number, premises=premises, texts={text.kind: text.ref for text in made})
    found: HazardState = log.begin(_stream(number), fact, by=by, at=clock.now(), texts=made)
    return found


def order(number: str, *, lead_unit: str, until: datetime, by: Actor, seen: int, note: str = "") -> HazardState:
    """责令改正."""
    decide = partial(_decided, "order", HazardOrdered(lead_unit=lead_unit, until=until))
    return _state(cases.act(_stream(number), "order", decide, by=by, seen=seen, note=note))


def re_inspect(number: str, *, passed: bool, by: Actor, seen: int, note: str = "") -> HazardState:
    """复查."""
    decide = partial(_decided, "re-inspect", HazardReInspected(passed=passed))
    return _state(cases.act(_stream(number), "re-inspect", decide, by=by, seen=seen, note=note))


def write_off(number: str, *, by: Actor, seen: int) -> HazardState:
    """销案."""
    return _state(
        cases.act(_stream(number), "write-off", partial(_decided, "write-off", HazardWrittenOff()), by=by, seen=seen)
    )


def urge(number: str, *, by: Actor) -> HazardState:
    """催办, as every kind of case has it."""
    return _state(cases.urge(_stream(number), by=by))


def undo(number: str, *, by: Actor, seen: int) -> HazardState:
    """撤销, as every kind of case has it."""
    return _state(cases.undo(_stream(number), by=by, seen=seen))


def _decided(command: str, fact: Any, case: HazardState) -> Any:
    TABLE.check(case.stage, command)
    return fact


def _stream(number: str) -> str:
    return f"hazard/{number}"


def _state(state: Any) -> HazardState:
    assert isinstance(state, HazardState)
    return state
