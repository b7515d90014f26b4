"""比较: which rows of a table, or which settings, are other ones than before. Pure."""

import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from yousu.org import sheets, tables
from yousu.org.configuration.events import RowChange


def changes(file: str, before: str, after: str) -> tuple[RowChange, ...]:
    """The rows added, changed and removed; nothing for what has no rows. Raises CityWrong for what is no table."""
    old, new = rows(file, before), rows(file, after)
    return tuple(
        change
        for key in dict.fromkeys([*old, *new])
        if (change := _change(key, old.get(key), new.get(key))) is not None
    )


def rows(file: str, text: str) -> Mapping[str, Mapping[str, str]]:
    """Rows by their keys; a setting is a row with one cell."""
    if file == tables.SETTINGS:
        return dict(_settings(tomllib.loads(text))) if text else {}
    if file == tables.OUTLINES:
        return {}
    table = tables.tables()[file.removesuffix(".csv")]
    return {table.key_of(line.cells): line.cells for line in sheets.read(text, file=file).lines}


def _settings(table: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _settings(value, f"{above}{key}.")
        else:
            yield f"{above}{key}", {"value": said(value)}


def said(value: Any) -> str:
    """A setting's value as people read it."""
    if isinstance(value, list):
        return ", ".join(map(said, value))
    return {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)


def _change(key: str, old: Mapping[str, str] | None, new: Mapping[str, str] | None) -> RowChange | None:
    if old is not None and new is not None:
        names = [name for name in {**old, **new} if old.get(name, "") != new.get(name, "")]
        if not names:
            return None
        return RowChange(
            key=key,
            before={name: old.get(name, "") for name in names},
            after={name: new.get(name, "") for name in names},
        )
    return RowChange(key=key, before=None if old is None else dict(old), after=None if new is None else dict(new))
