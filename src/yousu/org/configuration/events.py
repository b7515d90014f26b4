"""Facts of a configuration's life. No Django."""

from collections.abc import Mapping
from dataclasses import dataclass

from yousu.ledger.events import TextRef, event


@dataclass(frozen=True, kw_only=True)
class RowChange:
    """One row: the cells that are other ones now; no `before`: added, no `after`: removed."""

    key: str
    before: Mapping[str, str] | None
    after: Mapping[str, str] | None


@event("configuration_changed")
@dataclass(frozen=True, kw_only=True)
class ConfigurationChanged:
    """配置变更: lines of a file were replaced; the first change of a file replaces the empty text by the whole.

    before, after: SHA-256 of what was in force and of what is now. From line `at` (0 is the first) `removed` lines
    gave way to `lines`.
    """

    file: str
    before: str
    after: str
    at: int
    removed: int
    lines: tuple[str, ...]
    rows: tuple[RowChange, ...]
    note: TextRef
