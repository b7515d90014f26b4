"""环节流转: tables of which command moves a case from which stage to which. Data; pure."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

ANY_OPEN = "open"
ANY = "any"
STAYS = "="
NONE = "-"


@dataclass(frozen=True, kw_only=True)
class Transition:
    """One row: from a stage (or `open`, `any`) by a command with an outcome to a stage (`=`: it stays)."""

    start: str
    command: str
    outcome: str
    to: str


class NotPossible(ValueError):
    """The stage, or what happened before, forbids the command. `why` is a code, `possible` what can be done."""

    def __init__(self, command: str, *, stage: str, possible: Iterable[str] = (), why: str = "stage") -> None:
        super().__init__(f"{command} is not possible: {why} ({stage})")
        self.command, self.stage, self.why = command, stage, why
        self.possible = tuple(possible)


@dataclass(frozen=True, kw_only=True)
class Transitions:
    """A kind's whole table with the stages in which a case is still open."""

    rows: tuple[Transition, ...]
    open_stages: frozenset[str]
    _to: dict[tuple[str, str, str], str] = field(default_factory=dict, repr=False, compare=False)
    _possible: dict[str, dict[str, None]] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        for row in self.rows:
            for stage in self._stages(row.start):
                self._to[stage, row.command, row.outcome] = stage if row.to == STAYS else row.to
                self._possible.setdefault(stage, {})[row.command] = None

    def to(self, stage: str, command: str, outcome: str = NONE) -> str:
        """The stage a command leads to. Raises NotPossible."""
        found = self._to.get((stage, command, outcome))
        if found is None:
            raise NotPossible(command, stage=stage, possible=self.possible(stage))
        return found

    def check(self, stage: str, command: str) -> None:
        """Raises NotPossible when the command has no row for the stage."""
        if command not in self.possible(stage):
            raise NotPossible(command, stage=stage, possible=self.possible(stage))

    def possible(self, stage: str) -> tuple[str, ...]:
        """The commands that a stage allows, in the table's order."""
        return tuple(self._possible.get(stage, ()))

    def commands(self) -> tuple[str, ...]:
        """Every command, in the table's order."""
        return tuple(dict.fromkeys(row.command for row in self.rows))

    def stages(self) -> tuple[str, ...]:
        """Every stage, in the table's order."""
        named = (row.to for row in self.rows if row.to != STAYS)
        return tuple(dict.fromkeys(named))

    def _stages(self, start: str) -> Iterable[str]:
        if start == ANY:
            return self.stages()
        return sorted(self.open_stages) if start == ANY_OPEN else (start,)


def load(file: Path, *, open_stages: Iterable[str]) -> Transitions:
    """Reads a table from CSV (from,command,outcome,to)."""
    with file.open(encoding="utf-8", newline="") as lines:
        rows = tuple(
            Transition(start=row["from"], command=row["command"], outcome=row["outcome"], to=row["to"])
            for row in csv.DictReader(lines)
        )
    return Transitions(rows=rows, open_stages=frozenset(open_stages))
