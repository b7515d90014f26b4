"""案件种类: what makes a kind: its state, how facts move it, its table of transitions. Pure registry."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from yousu.cases.events import Attached, Classified, Corrected, Urged
from yousu.cases.state import AttachedFile, CaseState, Facets, replace
from yousu.cases.transitions import Transitions
from yousu.ledger.events import Row, Undone

Apply = Callable[[Any, Any, Row], Any]


@dataclass(frozen=True, kw_only=True)
class Claim:
    """为谁办: the unit for which a command would be done, and whether that is possible now.

    `inside`: only that unit's own people may, and nobody by a right over every case.
    """

    unit: str | None
    possible: bool
    inside: bool = False


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of case. `facets` gives what figures read beyond the shared columns.

    `measured` keeps what figures alone ask of a fact. `marks` gives what lists choose by beside the stage; `claims` for
    which units a command can be done, and whether it is possible; `own` the commands that somebody else must do;
    `others` who else waits for it.
    """

    code: str
    state: type[CaseState]
    transitions: Transitions
    facets: Callable[[Any], Facets] = lambda _: Facets()
    measured: Callable[[Any, Any, Row], Any] = lambda after, _fact, _row: after
    marks: Callable[[Any], list[str]] = lambda _: []
    claims: Callable[[Any, str], Sequence[Claim]] | None = None
    own: Callable[[Any, str], frozenset[str]] = lambda _case, _by: frozenset()
    others: Callable[[Any], Sequence[UUID]] = lambda _: ()
    applies: dict[type, Apply] = field(default_factory=dict)

    def on(self, fact: type) -> Callable[[Apply], Apply]:
        """Registers how a fact changes the state."""

        def register(apply: Apply) -> Apply:
            self.applies[fact] = apply
            return apply

        return register

    def evolve(self, state: Any, fact: Any, row: Row) -> Any:
        """The state after one fact; the version is always the row's."""
        if isinstance(fact, Undone):
            after = state
        else:
            after = (self.applies.get(type(fact)) or _SHARED[type(fact)])(state, fact, row)
            after = self.measured(after, fact, row)
        return replace(after, version=row.seq)

    def claims_on(self, case: Any, command: str) -> Sequence[Claim]:
        """For whom a command can be done: for the lead unit, where a kind says nothing else."""
        if self.claims is not None:
            return self.claims(case, command)
        return [Claim(unit=case.lead_unit, possible=command in self.transitions.possible(case.stage))]

    def is_open(self, stage: str) -> bool:
        """Whether a case in this stage still waits for something."""
        return stage in self.transitions.open_stages


_KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    """Makes a kind known to projections and queries."""
    _KINDS[kind.code] = kind
    return kind


def kind(code: str) -> Kind:
    """A registered kind."""
    return _KINDS[code]


def registered() -> Mapping[str, Kind]:
    """Every kind by code."""
    return _KINDS


def _classified(state: CaseState, fact: Classified, row: Row) -> CaseState:
    return replace(state, category=fact.category, type=fact.type or state.type)


def _corrected(state: CaseState, fact: Corrected, row: Row) -> CaseState:
    if fact.texts:
        state = replace(state, texts={**state.texts, **fact.texts})
    if fact.where is not None:
        state = replace(state, where=fact.where)
    if fact.type is not None:
        state = replace(state, type=fact.type)
    return state


def _urged(state: CaseState, fact: Urged, row: Row) -> CaseState:
    return replace(state, urged=state.urged + 1)


def _attached(state: CaseState, fact: Attached, row: Row) -> CaseState:
    added = AttachedFile(file=fact.file, name=fact.name, exif_place=fact.exif_place, at=row.occurred_at, by=row.actor)
    return replace(state, attachments=(*state.attachments, added))


_SHARED: Mapping[type, Apply] = {
    Attached: _attached,
    Classified: _classified,
    Corrected: _corrected,
    Urged: _urged,
}
