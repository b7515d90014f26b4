"""版式文件: a bulletin as a tagged PDF after GB/T 9704-2012, set by Typst with the fonts beside this file.

Equal documents give equal bytes: no system font, no clock. The compiler is kept, one rendering at a time.
"""

import json
import unicodedata
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC
from functools import cache
from pathlib import Path
from threading import Lock
from typing import cast

import typst

from yousu.documents.labels import distribution_line, labels_for, mark_line, seal_line, signatures
from yousu.documents.model import (
    Block,
    Document,
    Heading,
    ListItems,
    Paragraph,
    Table,
    numbered,
    plain,
    runs_of,
)
from yousu.documents.text import display_width

MISSING = "〓"

_FOLDER = Path(__file__).parent
_ONE_AT_A_TIME = Lock()
# Columns up to _NARROW take what they need; the others share the rest by their longest cell, _WIDEST at most counted.
_NARROW, _WIDEST = 14, 34
# Half characters of a table's print across the text area, and heights in lines that are moved to the next page whole.
_COLUMNS_ACROSS = 72
_TALLEST_UNBROKEN_ROW, _TALLEST_UNBROKEN_TABLE = 12, 14

Json = dict[str, object]


@dataclass(frozen=True, kw_only=True)
class Layout:
    """版式: what cities do differently. The page, its 22 lines of 28 characters and the sizes are the standard's."""

    sign_colour: str = "#d9000f"
    sign_size_pt: float = 52
    sign_top_mm: float = 35
    lines_below_sign: float = 2
    red_line_gap_mm: float = 4
    red_line_pt: float = 1.6
    lines_above_title: float = 2
    page_number_gap_mm: float = 7


def render(document: Document, *, layout: Layout = Layout()) -> bytes:
    """The PDF. Characters no font holds are printed as 〓, and a note says so."""
    data = json.dumps(_data(document, layout), ensure_ascii=False)
    if MISSING in data:
        data = json.dumps(_data(document, layout, lacking=True), ensure_ascii=False)
    # Typst's compiler keeps caches that two threads must not change at once.
    with _ONE_AT_A_TIME:
        pdf = _compiler().compile(
            sys_inputs={"document": data},
            format="pdf",
            pdf_standards=["ua-1"],
            timestamp=document.moment.astimezone(UTC),
        )
    return cast(bytes, pdf)


def printable(text: str) -> str:
    """The text as the fonts can show it: composed, on one line, without invisible signs, 〓 for what is missing."""
    kept = unicodedata.normalize("NFC", " ".join(text.splitlines()))
    visible = (character for character in kept if unicodedata.category(character) not in ("Cc", "Cf", "Mn", "Co"))
    return "".join(character if ord(character) in covered() else MISSING for character in visible)


@cache
def covered() -> frozenset[int]:
    """The code points of the vendored fonts."""
    codes: set[int] = set()
    for line in (_FOLDER / "fonts/coverage.txt").read_text(encoding="ascii").split():
        first, _, last = line.partition("-")
        codes.update(range(int(first, 16), int(last or first, 16) + 1))
    return frozenset(codes)


@cache
def _compiler() -> typst.Compiler:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(_FOLDER / "fonts")])
    return typst.Compiler(_FOLDER / "gbt9704.typ", root=_FOLDER, font_paths=fonts)


def _data(document: Document, layout: Layout, *, lacking: bool = False) -> Json:
    labels = labels_for(document)
    notes = [*document.notes, *([labels.unprintable] if lacking else [])]
    return {
        "lang": document.lang,
        "layout": asdict(layout),
        "mark": mark_line(document),
        "sign": printable(document.head.sign),
        "issuer": printable(document.head.issuer),
        "number_line": printable(document.number_line),
        "date_line": printable(document.date_line),
        "title": [printable(line) for line in document.title.splitlines()],
        "blocks": [_block(block, number) for block, number in numbered(document)],
        "notes": {"label": labels.note + labels.colon, "lines": [printable(note) for note in notes]},
        "distribution": printable(distribution_line(document)),
        "signatures": [label + labels.colon + printable(name) for label, name in signatures(document)],
        "seal": printable(seal_line(document)),
    }


def _block(block: Block, number: str) -> Json:
    match block:
        case Heading(level=level, text=text):
            return {"kind": "heading", "level": level, "text": printable(number + text)}
        case Paragraph(runs=runs):
            return {"kind": "paragraph", "text": printable(plain(runs))}
        case ListItems(items=items, ordered=ordered):
            return {"kind": "list", "ordered": ordered, "items": [printable(plain(item)) for item in items]}
        case Table():
            return _table(block)


def _table(table: Table) -> Json:
    rows = [[printable(plain(runs_of(cell))) for cell in row] for row in table.rows]
    widths = [max(map(display_width, column)) for column in zip(table.head, *rows, strict=True)]
    shares = _shares(widths)
    heights = [_lines(row, widths, shares) for row in rows]
    return {
        "kind": "table",
        "caption": printable(table.caption),
        "head": [printable(cell) for cell in table.head],
        "rows": [
            {"cells": row, "breakable": height > _TALLEST_UNBROKEN_ROW}
            for row, height in zip(rows, heights, strict=True)
        ],
        "align": table.aligns,
        "shares": shares,
        "breakable": sum(heights) > _TALLEST_UNBROKEN_TABLE,
    }


def _shares(widths: Sequence[int]) -> list[int]:
    """What each column gets of the space left by the narrow ones, which take what they need and have share 0."""
    narrow = min(_NARROW, max(widths) - 1)
    return [0 if width <= narrow else min(width, _WIDEST) for width in widths]


def _lines(row: Sequence[str], widths: Sequence[int], shares: Sequence[int]) -> int:
    """How many lines the row is going to be high, about."""
    left = _COLUMNS_ACROSS - sum(width for width, share in zip(widths, shares, strict=True) if not share)
    room = (max(2, left * share // sum(shares) - 2) if share else _NARROW for share in shares)
    return max(-(-display_width(cell) // width) for cell, width in zip(row, room, strict=True))
