"""正文: how each kind of block is written in a DOCX."""

from collections.abc import Iterator, Sequence

from yousu.documents.columns import ACROSS, measured
from yousu.documents.model import (
    Block,
    Closing,
    Document,
    Facts,
    Heading,
    Lang,
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
# Longer values go over to the next page rather than leave half of one empty.
_LONGEST_WHOLE = 300
_FREE = 4


def printed(document: Document) -> Iterator[str]:
    """Each block, one after the other."""
    for block, number in numbered(document):
        yield from _block(block, number, document.lang)


def _block(block: Block, number: str, lang: Lang) -> Iterator[str]:
    sizes = measures_for(lang)
    match block:
        case Heading(level=level, text=text):
            yield paragraph(f"Heading{level}", run(number + text))
        case Paragraph(runs=runs):
            yield paragraph("Normal" if block.is_indented else PLAIN_STYLE, run(plain(runs)))
        case ListItems():
            yield from _list(block)
        case Table():
            yield from _table(block, lang)
        case Facts():
            yield _facts(block)
        case Room():
            yield _room(block, sizes)
        case Closing(lines=lines):
            yield from _closing(lines, sizes)


def _list(block: ListItems) -> Iterator[str]:
    for place, item in enumerate(block.items, start=1):
        yield paragraph("Normal", run((f"{place}. " if block.ordered else "· ") + plain(item)))


def _table(block: Table, lang: Lang) -> Iterator[str]:
    columns = measured(block, lang)
    widths = [int(WIDTH * width / ACROSS[lang]) for width in columns.widths]
    head = [words_in(word, style=TABLE_HEAD_STYLE, is_kept=True) for word in block.head]
    rows = [row(map(cell, head, widths), is_head=True)]
    for place, (cells, is_tall) in enumerate(zip(block.rows, columns.tall_rows, strict=True), start=1):
        # A short table stays on one page: each row with the next.
        is_kept = not columns.is_tall and place < len(block.rows)
        said = zip(cells, block.aligns, strict=True)
        words = [words_in(plain(runs_of(each)), align=align, is_kept=is_kept) for each, align in said]
        rows.append(row(map(cell, words, widths), is_whole=not is_tall))
    yield gap(120, is_kept=True)
    if block.caption:
        yield paragraph("Caption", run(block.caption))
    yield table(widths, rows, name=block.caption, has_head=True)
    yield gap(160)


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
