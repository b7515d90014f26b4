"""列宽: how a table's columns share the width, and which of its rows are too tall to be kept on one page."""

from collections.abc import Sequence
from dataclasses import dataclass

from yousu.documents.model import Table, plain, runs_of
from yousu.documents.text import display_width

# Half characters of a table's print across the text area.
ACROSS = 72

# Columns up to _NARROW take what they need; the others share the rest by their longest cell, _WIDEST at most counted.
_NARROW, _WIDEST = 14, 34
# Heights in lines that are moved to the next page whole.
_TALLEST_UNBROKEN_ROW, _TALLEST_UNBROKEN_TABLE = 12, 14


@dataclass(frozen=True, kw_only=True)
class Columns:
    """`needs`: half characters of each column's longest cell; `shares`: 0 for a column that takes what it needs."""

    needs: tuple[int, ...]
    shares: tuple[int, ...]
    tall_rows: tuple[bool, ...]
    is_tall: bool


def measured(table: Table) -> Columns:
    """The columns of a table."""
    rows = [[plain(runs_of(cell)) for cell in row] for row in table.rows]
    needs = [max(map(display_width, column)) for column in zip(table.head, *rows, strict=True)]
    shares = _shares(needs)
    heights = [_lines(row, needs, shares) for row in rows]
    return Columns(
        needs=tuple(needs),
        shares=tuple(shares),
        tall_rows=tuple(height > _TALLEST_UNBROKEN_ROW for height in heights),
        is_tall=sum(heights) > _TALLEST_UNBROKEN_TABLE,
    )


def _shares(needs: Sequence[int]) -> list[int]:
    """What each column gets of the space left by the narrow ones, which take what they need and have share 0."""
    narrow = min(_NARROW, max(needs) - 1)
    return [0 if need <= narrow else min(need, _WIDEST) for need in needs]


def _lines(row: Sequence[str], needs: Sequence[int], shares: Sequence[int]) -> int:
    """How many lines the row is going to be high, about."""
    left = ACROSS - sum(need for need, share in zip(needs, shares, strict=True) if not share)
    room = (max(2, left * share // sum(shares) - 2) if share else _NARROW for share in shares)
    return max(-(-display_width(cell) // width) for cell, width in zip(row, room, strict=True))
