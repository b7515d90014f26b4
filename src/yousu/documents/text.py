"""文本: a document as plain text; tables are set by display width, so Chinese and Latin columns line up."""

import unicodedata
from collections.abc import Iterable, Iterator

from yousu.documents.labels import distribution_line, labels_for, mark_line, seal_line, signatures
from yousu.documents.model import (
    Align,
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

LINE_WIDTH = 76


def render(document: Document) -> str:
    """The whole document; paragraphs are single lines, the file ends with a line break."""
    parts = [*_head(document)]
    for block, number in numbered(document):
        parts.append(_block(block, number, document))
    parts += _end(document)
    return "\n\n".join(part for part in parts if part) + "\n"


def display_width(text: str) -> int:
    """Columns of a terminal: two for wide and full-width characters, none for combining ones."""
    return sum(_columns(character) for character in text)


def padded(text: str, width: int, align: Align = "left") -> str:
    """The text filled with spaces to a display width; longer text stays as it is."""
    space = max(0, width - display_width(text))
    left = {"left": 0, "center": space // 2, "right": space}[align]
    return " " * left + text + " " * (space - left)


def _head(document: Document) -> Iterator[str]:
    sides = (document.head.issuer, document.date_line)
    gap = " " * max(2, LINE_WIDTH - sum(display_width(side) for side in sides))
    yield mark_line(document)
    yield "\n".join(_centred((document.head.sign, document.number_line)))
    yield gap.join(sides).rstrip() + "\n" + "=" * LINE_WIDTH
    yield "\n".join(_centred(document.title.splitlines()))


def _block(block: Block, number: str, document: Document) -> str:
    indent = "　　" if document.lang == "zh" else ""
    match block:
        case Heading(text=text):
            return indent + number + _one_line(text)
        case Paragraph(runs=runs, is_indented=is_indented):
            return (indent if is_indented else "") + _one_line(plain(runs))
        case ListItems(items=items, ordered=ordered):
            signs = (f"{place}. " if ordered else "· " for place in range(1, len(items) + 1))
            return "\n".join(indent + sign + _one_line(plain(item)) for sign, item in zip(signs, items, strict=True))
        case Table():
            return _table(block)
        case Facts(rows=rows):
            pairs = (pair for row in rows for pair in row)
            colon = labels_for(document).colon
            return "\n".join(f"{label}{colon}{_one_line(plain(runs_of(value)))}" for label, value in pairs)
        case Room(label=label, lines=lines, signs=signs):
            return label + "\n" * lines + "    ".join(signs)
        case Closing(lines=words):
            return "\n".join(padded(line, LINE_WIDTH, "right") for line in words)


def _table(table: Table) -> str:
    rows = [table.head, *(tuple(_one_line(plain(runs_of(cell))) for cell in row) for row in table.rows)]
    widths = [max(display_width(cell) for cell in column) for column in zip(*rows, strict=True)]
    lines = [
        "  ".join(padded(cell, width, align) for cell, width, align in zip(row, widths, table.aligns, strict=True))
        for row in rows
    ]
    rule = "-" * (sum(widths) + 2 * (len(widths) - 1))
    caption = [padded(table.caption, len(rule), "center")] if table.caption else []
    return "\n".join(line.rstrip() for line in [*caption, rule, lines[0], rule, *lines[1:], rule])


def _end(document: Document) -> Iterator[str]:
    labels = labels_for(document)
    notes = [f"{place}. {_one_line(note)}" for place, note in enumerate(document.notes, start=1)]
    yield "\n".join([f"{labels.note}{labels.colon}".rstrip(), *notes]) if notes else ""
    if document.kind != "bulletin":
        return
    names = "    ".join(f"{label}{labels.colon}{name}".rstrip() for label, name in signatures(document))
    lines = [distribution_line(document), names, seal_line(document)]
    rule = "-" * LINE_WIDTH
    yield "\n".join([rule, *(line for line in lines if line), rule])


def _centred(lines: Iterable[str]) -> Iterator[str]:
    return (padded(line, LINE_WIDTH, "center").rstrip() for line in lines if line)


def _one_line(text: str) -> str:
    return " ".join(text.split("\n"))


def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
