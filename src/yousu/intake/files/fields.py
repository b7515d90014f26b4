"""字段: which column is which of our fields: by name, or as a file MAP.toml says."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from yousu.intake.files.rows import FileUnusable, Row

# Our fields by the names columns may have; of two names of one field in a file the first here wins.
NAMES: Mapping[str, str] = {
    "external_id": "external_id",
    "text": "text",
    "title": "title",
    "occurred_at": "occurred_at",
    "type": "type",
    "category": "category",
    "place": "place",
    "name": "name",
    "phone": "phone",
    "closed_at": "closed_at",
    "id": "external_id",
    "topic": "title",
    "time": "occurred_at",
}
FIELDS = frozenset(NAMES.values())
_BY_NAME = {name: (place, ours) for place, (name, ours) in enumerate(NAMES.items(), start=1)}
# 列名 = "text": people write Chinese keys bare, TOML wants them quoted.
_BARE = re.compile(r"""^([ \t]*)((?=[^=]*[^\x00-\x7f])[^\s"'#=\[\]][^"'#=\[\]\n]*?)([ \t]*=)""", re.MULTILINE)
# JSON Lines may bring other names in every line.
_MOST_UNKNOWN = 50


class TwoColumns(ValueError):
    """Two columns of one row are mapped to the same field."""

    def __init__(self, ours: str) -> None:
        super().__init__(f"two columns are mapped to {ours}")
        self.field = ours


@dataclass
class Columns:
    """Which columns are taken for which fields, and what their values stand for. `unknown` collects the others."""

    named: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    unknown: dict[str, None] = field(default_factory=dict)
    _plans: dict[tuple[str, ...], tuple[tuple[str, str], ...]] = field(default_factory=dict, repr=False)

    def known(self, names: Sequence[str]) -> int:
        """How many of these columns mean something."""
        return sum(self._ranked(name) is not None for name in names)

    def taken(self, names: Sequence[str]) -> Mapping[str, str]:
        """Column by field for a row with these columns. Raises TwoColumns."""
        best: dict[str, tuple[int, str]] = {}
        for name in names:
            ranked = self._ranked(name)
            if ranked is None:
                continue
            rank, ours = ranked
            other = best.get(ours)
            if other is not None and other[0] == rank:
                raise TwoColumns(ours)
            if other is None or rank < other[0]:
                best[ours] = (rank, name)
        used = {name for _, name in best.values()}
        for name in names:
            if name not in used and len(self.unknown) < _MOST_UNKNOWN:
                self.unknown[name] = None
        return {ours: name for ours, (_, name) in best.items()}

    def picked(self, row: Row) -> dict[str, object]:
        """The row's values by our fields, those MAP.toml names replaced. Raises TwoColumns."""
        columns = tuple(row.values)
        plan = self._plans.get(columns)
        if plan is None:
            plan = tuple(self.taken(columns).items())
            if len(self._plans) < _MOST_UNKNOWN:
                self._plans[columns] = plan
        picked = {ours: row.values[name] for ours, name in plan}
        for ours, replaced in self.values.items():
            if ours in picked:
                picked[ours] = replaced.get(str(picked[ours]).strip(), picked[ours])
        return picked

    def _ranked(self, name: str) -> tuple[int, str] | None:
        if name in self.named:
            return 0, self.named[name]
        return _BY_NAME.get(name.strip().lower())


def load(path: Path | None) -> Columns:
    """The columns as MAP.toml says, or by their names alone. Raises FileUnusable."""
    if path is None:
        return Columns()
    try:
        written = tomllib.loads(_BARE.sub(r'\1"\2"\3', path.read_text(encoding="utf-8-sig")))
    except OSError as error:
        raise FileUnusable(f"cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise FileUnusable(f"is not TOML in UTF-8: {error}") from error
    for section in written:
        if section not in ("fields", "values"):
            raise FileUnusable(f"there is no section [{section}]: write [fields] and [values.…]")
    values = _section(written, "values", of=Mapping)
    for ours in values:
        _check_field(ours, f"values.{ours}")
    named = _section(written, "fields", of=str)
    for name, ours in named.items():
        _check_field(ours, f"fields.{name}")
    return Columns(
        named={name.strip(): ours for name, ours in named.items()},
        values={ours: {key.strip(): code for key, code in _section(values, ours, of=str).items()} for ours in values},
    )


def _section(written: Mapping[str, Any], name: str, *, of: type) -> Mapping[str, Any]:
    section = written.get(name, {})
    if not isinstance(section, Mapping) or not all(isinstance(value, of) for value in section.values()):
        raise FileUnusable(f"[{name}] is not a table of texts")
    return section


def _check_field(ours: str, where: str) -> None:
    if ours not in FIELDS:
        raise FileUnusable(f"{where}: {ours!r} is none of {', '.join(sorted(FIELDS))}")
