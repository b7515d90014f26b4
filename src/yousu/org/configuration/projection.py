"""配置投影: the files as they stand; verification compares them with what the events give."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db import connection

from yousu.ledger import history, projections
from yousu.ledger.events import Row
from yousu.ledger.projections import Change
from yousu.org.configuration.state import FileState, evolve
from yousu.org.models import ConfigurationFile

KIND = "config"
_WITHOUT_EVENTS = """
SELECT name FROM configuration_file f WHERE NOT EXISTS (SELECT FROM event e WHERE e.stream = 'config/' || f.name)
ORDER BY name
"""


class ConfigurationProjection:
    """The projection of streams `config/…`: those of files have rows; accounts and the city's digests have none."""

    def states(self, streams: Sequence[str]) -> Mapping[str, Any]:
        names = [stream.partition("/")[2] for stream in streams]
        return {f"{KIND}/{row.name}": _state(row) for row in ConfigurationFile.objects.filter(name__in=names)}

    def evolve(self, state: Any, fact: Any, row: Row) -> Any:
        return evolve(state, fact, row)

    def save(self, changes: Sequence[Change]) -> None:
        for change in changes:
            if change.state is not None:
                _save(change.state)

    def unlike(self, stream: str, state: Any) -> Iterator[projections.Unlike]:
        """Nothing is kept beside the state."""
        yield from ()

    def without_events(self) -> Iterator[tuple[str, str]]:
        """Rows that no event stands behind, as stream and table."""
        with connection.cursor() as cursor:
            cursor.execute(_WITHOUT_EVENTS)
            for (name,) in cursor.fetchall():
                yield f"{KIND}/{name}", "configuration_file"


def version_of(name: str) -> int:
    """How many times a file was changed."""
    return ConfigurationFile.objects.filter(name=name).values_list("version", flat=True).first() or 0


def rebuild() -> int:
    """Writes every file anew from its events; returns how many."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM stream WHERE name LIKE %s ORDER BY name", [f"{KIND}/%"])
        streams = [name for (name,) in cursor.fetchall()]
    projection = ConfigurationProjection()
    states = [projections.fold(projection, history.rows_of(stream)) for stream in streams]
    for state in filter(None, states):
        _save(state)
    return sum(state is not None for state in states)


def _save(state: FileState) -> None:
    columns = {name: value for name, value in vars(state).items() if name != "name"}
    ConfigurationFile.objects.update_or_create(name=state.name, defaults=columns)


def _state(row: ConfigurationFile) -> FileState:
    return FileState(
        name=row.name,
        version=row.version,
        digest=row.digest,
        changed_at=row.changed_at,
        changed_by=row.changed_by,
        note=row.note,
        text=row.text,
    )
