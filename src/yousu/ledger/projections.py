"""投影: who turns a stream's events into rows. Registered per kind of stream by the layer that owns it."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol, runtime_checkable

from yousu.ledger.events import Row, Undone, decode
from yousu.ledger.texts import NewText


@dataclass(frozen=True, kw_only=True)
class Change:
    """One event with the state it left behind and the texts that came with it."""

    row: Row
    fact: Any
    state: Any
    texts: Sequence[NewText]


class Projection(Protocol):
    """How one kind of stream is folded, read and saved. `evolve` is pure."""

    def states(self, streams: Sequence[str]) -> Mapping[str, Any]:
        """The stored whole states of these streams."""
        ...

    def evolve(self, state: Any, fact: Any, row: Row) -> Any:
        """The state after one fact."""
        ...

    def save(self, changes: Sequence[Change]) -> None:
        """Writes rows for these changes, in the transaction of their events."""
        ...


class Unlike(NamedTuple):
    """What a projection keeps and what it should; column `*`: the whole row is missing."""

    table: str
    column: str
    stored: Any
    rebuilt: Any


@runtime_checkable
class Checkable(Protocol):
    """A projection that keeps more than the whole state, and can say where that differs from a rebuilt state."""

    def unlike(self, stream: str, state: Any) -> Iterator[Unlike]:
        """Everything kept for a stream that its rebuilt state does not bear out."""
        ...

    def without_events(self) -> Iterator[tuple[str, str]]:
        """Rows that no event stands behind, as stream and table."""
        ...


class _NoProjection:
    """Streams that are only read as events: accesses, configuration."""

    def states(self, streams: Sequence[str]) -> Mapping[str, Any]:
        return {}

    def evolve(self, state: Any, fact: Any, row: Row) -> Any:
        return None

    def save(self, changes: Sequence[Change]) -> None:
        return None


_PROJECTIONS: dict[str, Projection] = {}
_NONE = _NoProjection()


def register(stream_kind: str, projection: Projection) -> None:
    """Makes `projection` responsible for streams named `<stream_kind>/…`."""
    _PROJECTIONS[stream_kind] = projection


def responsible(stream: str) -> Projection:
    """The projection of a stream by its name."""
    return _PROJECTIONS.get(stream.partition("/")[0], _NONE)


def registered() -> Mapping[str, Projection]:
    """Every projection by kind of stream."""
    return _PROJECTIONS


def fold(projection: Projection, rows: Iterable[Row]) -> Any:
    """A stream's state after all its rows; an undone fact counts nowhere."""
    last = deque(history(projection, rows), maxlen=1)
    return last[0][2] if last else None


def history(projection: Projection, rows: Iterable[Row]) -> Iterator[tuple[Row, Any, Any]]:
    """Each row of a stream with its fact and the state it left behind. Raises what decoding and evolving raise."""
    previous: Any = None
    state: Any = None
    for row in rows:
        fact = decode(row.kind, row.shape, row.data)
        if isinstance(fact, Undone):
            state = projection.evolve(previous, fact, row)
        else:
            previous, state = state, projection.evolve(state, fact, row)
        yield row, fact, state
