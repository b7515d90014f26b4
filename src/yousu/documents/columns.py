"""列宽: how a table's columns share the width, and which of its rows are too tall to be kept on one page."""

from collections.abc import Sequence
from dataclasses import dataclass

from yousu.documents.model import Lang, Table, plain, runs_of
from yousu.documents.text import display_width

# Half characters of a table's print: across the text area, and in the two margins of a cell.
ACROSS: dict[Lang, int] = {"zh": 73, "en": 88}
PADDING = 3.0

# Narrow columns take what they need; the others share the rest by their longest cell, _WIDEST at most counted.
_NARROW, _NARROW_OF_FEW, _FEW, _WIDEST = 14, 20, 3, 34
# Digits and heavy letters are wider than half a Han character.
_SLACK = 1.12
# A head of four Han characters is not broken.
_UNBROKEN_HEAD = 8
# Heights in lines that are moved to the next page whole.
_TALLEST_UNBROKEN_ROW, _TALLEST_UNBROKEN_TABLE = 12, 14


@dataclass(frozen=True, kw_only=True)
class Columns:
    """`widths` add up to what ACROSS says; a tall row may go over pages, and so may a tall table."""

    widths: tuple[float, ...]
    tall_rows: tuple[bool, ...]
    is_tall: bool


def measured(table: Table, lang: Lang) -> Columns:
    """The columns of a table, in half characters of the language's print."""
    rows = [[plain(runs_of(cell)) for cell in row] for row in table.rows]
    columns = list(zip(table.head, *rows, strict=True))
    needs = [max(map(display_width, column)) for column in columns]
    widths = _widths(needs, [_longest_word(column) for column in columns], ACROSS[lang])
    heights = [_lines(row, widths) for row in rows]
    return Columns(
        widths=tuple(widths),
        tall_rows=tuple(height > _TALLEST_UNBROKEN_ROW for height in heights),
        is_tall=sum(heights) > _TALLEST_UNBROKEN_TABLE,
    )


def _widths(needs: Sequence[int], words: Sequence[int], across: int) -> list[float]:
    narrow = min(_NARROW_OF_FEW if len(needs) <= _FEW else _NARROW, max(needs) - 1)
    fixed = {place: need * _SLACK + PADDING for place, need in enumerate(needs) if need <= narrow}
    while True:
        shares = {place: min(need, _WIDEST) or 1 for place, need in enumerate(needs) if place not in fixed}
        left = max(0.0, across - sum(fixed.values()))
        widths = fixed | {place: left * share / sum(shares.values()) for place, share in shares.items()}
        # Who would have less than the longest word gets as much, if others are left to give it.
        short = {place: words[place] * _SLACK + PADDING for place in shares}
        short = {place: least for place, least in short.items() if widths[place] < least}
        if not short or len(short) == len(shares):
            whole = sum(widths.values())
            return [widths[place] * across / whole for place in range(len(needs))]
        fixed |= short


def _longest_word(column: Sequence[str]) -> int:
    """What cannot be broken: Latin words, numbers, and a short head."""
    head = display_width(column[0])
    words = (
        display_width("".join(character for character in word if ord(character) < 0x2E80))
        for cell in column
        for word in cell.split()
    )
    return max([head if head <= _UNBROKEN_HEAD else 0, *words])


def _lines(row: Sequence[str], widths: Sequence[float]) -> int:
    """How many lines the row is going to be high, about."""
    room = (max(2, int(width - PADDING)) for width in widths)
    return max(-(-display_width(cell) // width) for cell, width in zip(row, room, strict=True))
