"""配置文件的状态: a file's text after its changes. Pure."""

from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from yousu.ledger.events import Row
from yousu.org.configuration.events import ConfigurationChanged


@dataclass(frozen=True, kw_only=True)
class FileState:
    """A file as its stream tells it."""

    name: str
    version: int
    digest: str
    changed_at: datetime
    changed_by: str
    note: UUID
    text: str = field(repr=False)


class NotItsText(ValueError):
    """The lines of a change do not lead to the digest it names."""


def digest(text: str) -> str:
    """SHA-256 of a file's text in UTF-8."""
    return sha256(text.encode()).hexdigest()


def evolve(state: FileState | None, fact: Any, row: Row) -> FileState | None:
    """The state after one fact; facts of other streams leave none. Raises NotItsText."""
    if not isinstance(fact, ConfigurationChanged):
        return state
    lines = (state.text if state else "").split("\n")
    lines[fact.at : fact.at + fact.removed] = fact.lines
    text = "\n".join(lines)
    if digest(text) != fact.after:
        raise NotItsText(f"{fact.file} version {row.seq}: the text has another digest than the event names")
    return FileState(
        name=fact.file,
        version=row.seq,
        digest=fact.after,
        changed_at=row.recorded_at,
        changed_by=row.actor,
        note=fact.note.id,
        text=text,
    )


def replaced(old: str, new: str) -> tuple[int, int, tuple[str, ...]]:
    """From which line how many lines give way to which: one stretch, as short as can be."""
    before, after = old.split("\n"), new.split("\n")
    shorter = min(len(before), len(after))
    at = next((n for n in range(shorter) if before[n] != after[n]), shorter)
    same = next((n for n in range(shorter - at) if before[-1 - n] != after[-1 - n]), shorter - at)
    return at, len(before) - at - same, tuple(after[at : len(after) - same])
