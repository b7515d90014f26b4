"""正文: how each kind of block is written in a DOCX."""

from collections.abc import Iterator, Sequence

from yousu.documents.columns import Columns, measured
from yousu.documents.model import (
    Block,
    Closing,
    Document,
    Facts,
    Heading,
    ListItems,
    Paragraph,
    Room,
    Table,
    numbered,
    plain,
    runs_of,
)
from yousu.documents.text import display_width
from yousu.documents.word.measures import WIDTH, Measures, measures_for
from yousu.documents.word.parts import NONE, cell, gap, paragraph, row, run, tab, table, words_in
from yousu.documents.word.styles import CLOSING_STYLE, PLAIN_STYLE, TABLE_HEAD_STYLE, TABLE_STYLE

_LABEL = 1500
# The two inner margins of a cell.
_PADDING = 240
# Longer values go over to the next page rather than leave half of one empty.
_LONGEST_WHOLE = 300
_FREE = 4
# Digits of some faces are wider than half a Han character.
_LATIN_WIDENS = 1.15


def printed(document: Document) -> Iterator[str]:
    """Each block, one after the other."""
    sizes = measures_for(document.lang)
    for block, number in numbered(document):
        yield from _block(block, number, sizes)


def _block(block: Block, number: str, sizes: Measures) -> Iterator[str]:
    match block:
        case Heading(level=level, text=text):
            yield paragraph(f"Heading{level}", run(number + text))
        case Paragraph(runs=runs):
            yield paragraph("Normal" if block.is_indented else PLAIN_STYLE, run(plain(runs)))
        case ListItems():
            yield from _list(block)
        case Table():
            yield from _table(block, sizes)
        case Facts():
            yield _facts(block)
        case Room():
            yield _room(block, sizes)
        case Closing(lines=lines):
            yield from _closing(lines, sizes)


def _list(block: ListItems) -> Iterator[str]:
    for place, item in enumerate(block.items, start=1):
        yield paragraph("Normal", run((f"{place}. " if block.ordered else "· ") + plain(item)))


def _table(block: Table, sizes: Measures) -> Iterator[str]:
    columns = measured(block)
    widths = _widths(columns, sizes)
    head = row(
        [cell(words_in(word, style=TABLE_HEAD_STYLE), width) for word, width in zip(block.head, widths, strict=True)],
        is_head=True,
    )
    rows = [head]
    for cells, is_tall in zip(block.rows, columns.tall_rows, strict=True):
        said = zip(cells, widths, block.aligns, strict=True)
        rows.append(
            row(
                [cell(words_in(plain(runs_of(each)), align=align), width) for each, width, align in said],
                is_whole=not is_tall,
            )
        )
    yield gap(120, is_kept=True)
    if block.caption:
        yield paragraph("Caption", run(block.caption))
    yield table(widths, rows, name=block.caption, has_head=True)
    yield gap(160)


def _widths(columns: Columns, sizes: Measures) -> list[int]:
    needed = [
        0 if share else round(need * sizes.table * 10 * _LATIN_WIDENS) + _PADDING
        for need, share in zip(columns.needs, columns.shares, strict=True)
    ]
    left = WIDTH - sum(needed)
    shared = sum(columns.shares)
    return [width or left * share // shared for width, share in zip(needed, columns.shares, strict=True)]


def _facts(block: Facts) -> str:
    value = (WIDTH - 2 * _LABEL) // 2
    widths = (_LABEL, value, _LABEL, WIDTH - 2 * _LABEL - value)
    rows = []
    for pairs in block.rows:
        cells = []
        for place, (label, said) in enumerate(pairs):
            spans = 3 if len(pairs) == 1 else 1
            width = WIDTH - _LABEL if len(pairs) == 1 else widths[2 * place + 1]
            cells += [cell(words_in(label, style=TABLE_HEAD_STYLE), _LABEL)]
            cells += [cell(words_in(plain(runs_of(said))), width, spans=spans)]
        longest = max(len(plain(runs_of(said))) for _, said in pairs)
        rows.append(row(cells, is_whole=longest <= _LONGEST_WHOLE))
    return table(widths, rows)


def _room(block: Room, sizes: Measures) -> str:
    """Two rows that look like one: the room, and what is to be signed at its foot."""
    width = WIDTH - _LABEL
    stops = "".join(
        f'<w:tab w:val="left" w:pos="{width * place // len(block.signs)}"/>' for place in range(1, len(block.signs))
    )
    signs = paragraph(
        TABLE_STYLE, tab().join(run(sign) for sign in block.signs), f"<w:tabs>{stops}</w:tabs>" if stops else ""
    )
    label = words_in(block.label, style=TABLE_HEAD_STYLE)
    empty, below = paragraph(TABLE_STYLE, "", "<w:keepNext/>"), f"<w:bottom {NONE}/>"
    rows = [
        row(
            [cell(label, _LABEL, merge="first"), cell(empty, width, borders=below)],
            height=max(1, block.lines - 1) * sizes.small_pitch,
        ),
        row([cell(paragraph(TABLE_STYLE, ""), _LABEL, merge="next"), cell(signs, width, borders=f"<w:top {NONE}/>")]),
    ]
    return table((_LABEL, width), rows)


def _closing(lines: Sequence[str], sizes: Measures) -> Iterator[str]:
    """Four characters from the right unless too long for that; shorter lines stand under the middle of the longest."""
    character = round(sizes.body * 20)
    needs = [round(display_width(line) / 2 * character) for line in lines]
    longest = max(needs, default=0)
    free = max(0, min(_FREE * character if sizes.indent else 0, WIDTH - longest))
    yield gap(sizes.pitch)
    for line, need in zip(lines, needs, strict=True):
        right = free + (longest - need) // 2
        yield paragraph(CLOSING_STYLE, run(line), f'<w:ind w:right="{right}"/>')
