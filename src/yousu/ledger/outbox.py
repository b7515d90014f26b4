"""发件箱: which events have effects outside, and how long each waits so that undoing stays possible."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

# An act may be undone for ten seconds; nothing leaves the house before.
UNDO_WINDOW = timedelta(seconds=10)


@dataclass(frozen=True)
class Effect:
    """A job to defer after the commit."""

    name: str
    delay: timedelta


_EFFECTS: dict[str, list[Effect]] = {}
_ASKED: list[tuple[Callable[[str], bool], Effect]] = []


def on(event_kind: str, effect: str, *, delay: timedelta = UNDO_WINDOW) -> None:
    """Registers that every event of this kind causes `effect`, a procrastinate task of that name."""
    _EFFECTS.setdefault(event_kind, []).append(Effect(effect, delay))


def when(holds: Callable[[str], bool], effect: str, *, delay: timedelta = UNDO_WINDOW) -> None:
    """Registers `effect` for the kinds of event of which `holds` says so at the time: what the city sets may change."""
    _ASKED.append((holds, Effect(effect, delay)))


def effects_of(event_kind: str) -> Sequence[Effect]:
    """The effects of one kind of event."""
    return [*_EFFECTS.get(event_kind, ()), *(effect for holds, effect in _ASKED if holds(event_kind))]
