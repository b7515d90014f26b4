"""版式文件: a document as a tagged PDF after GB/T 9704-2012, set by Typst with the fonts beside this file.

Equal documents give equal bytes: no system font, no clock. The compilers are kept, one rendering at a time.
"""

import json
from dataclasses import asdict
from datetime import UTC
from functools import cache, partial
from pathlib import Path
from threading import Lock
from typing import cast

import typst

from yousu.documents.characters import FONTS, MISSING, printable
from yousu.documents.columns import measured
from yousu.documents.labels import distribution_line, labels_for, mark_line, seal_line, signatures
from yousu.documents.layout import STANDARD, Layout
from yousu.documents.model import (
    Block,
    Closing,
    Document,
    Facts,
    Heading,
    Kind,
    Lang,
    ListItems,
    Paragraph,
    Room,
    Table,
    numbered,
    plain,
    runs_of,
)
from yousu.documents.titles import TITLE_ACROSS, lines_of

_FOLDER = Path(__file__).parent
_ONE_AT_A_TIME = Lock()

Json = dict[str, object]


def render(document: Document, *, layout: Layout = STANDARD) -> bytes:
    """The PDF. Characters no font holds are printed as 〓, and a note says so."""
    data = json.dumps(_data(document, layout), ensure_ascii=False)
    if MISSING in data:
        data = json.dumps(_data(document, layout, lacking=True), ensure_ascii=False)
    # Typst's compiler keeps caches that two threads must not change at once.
    with _ONE_AT_A_TIME:
        pdf = _compiler(document.kind).compile(
            sys_inputs={"document": data},
            format="pdf",
            # Read aloud by screen readers (PDF/UA), read at all in fifty years (PDF/A).
            pdf_standards=["ua-1", "a-2a"],
            timestamp=document.moment.astimezone(UTC),
        )
    return cast(bytes, pdf)


@cache
def _compiler(kind: Kind) -> typst.Compiler:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
    return typst.Compiler(_FOLDER / f"layouts/{kind}.typ", root=_FOLDER, font_paths=fonts)


def _data(document: Document, layout: Layout, *, lacking: bool = False) -> Json:
    labels = labels_for(document)
    shown = partial(printable, lang=document.lang)
    shown_title = "\n".join(map(shown, document.title.splitlines()))
    notes = [*document.notes, *([labels.unprintable] if lacking else [])]
    return {
        "lang": document.lang,
        "layout": asdict(layout),
        "mark": mark_line(document),
        "sign": shown(document.head.sign),
        "issuer": shown(document.head.issuer),
        "number_line": shown(document.number_line),
        "date_line": shown(document.date_line),
        "name": shown(document.title),
        "title": lines_of(shown_title, across=TITLE_ACROSS[document.lang]),
        "blocks": [_block(block, number, document.lang) for block, number in numbered(document)],
        "notes": {"label": labels.note + labels.colon, "lines": [shown(note) for note in notes]},
        "distribution": shown(distribution_line(document)),
        "signatures": [label + labels.colon + shown(name) for label, name in signatures(document)],
        "seal": shown(seal_line(document)),
    }


def _block(block: Block, number: str, lang: Lang) -> Json:
    shown = partial(printable, lang=lang)
    match block:
        case Heading(level=level, text=text):
            return {"kind": "heading", "level": level, "text": shown(number + text)}
        case Paragraph(runs=runs, is_indented=is_indented):
            return {"kind": "paragraph", "text": shown(plain(runs)), "indented": is_indented}
        case ListItems(items=items, ordered=ordered):
            return {"kind": "list", "ordered": ordered, "items": [shown(plain(item)) for item in items]}
        case Table():
            return _table(block, lang)
        case Facts(rows=rows):
            pairs = [[[shown(label), shown(plain(runs_of(value)))] for label, value in row] for row in rows]
            return {"kind": "facts", "rows": pairs}
        case Room(label=label, lines=lines, signs=signs):
            return {"kind": "room", "label": shown(label), "lines": lines, "signs": [shown(sign) for sign in signs]}
        case Closing(lines=words):
            return {"kind": "closing", "lines": [shown(line) for line in words]}


def _table(table: Table, lang: Lang) -> Json:
    columns, shown = measured(table, lang), partial(printable, lang=lang)
    return {
        "kind": "table",
        "caption": shown(table.caption),
        "head": [shown(cell) for cell in table.head],
        "rows": [
            {"cells": [shown(plain(runs_of(cell))) for cell in row], "breakable": is_tall}
            for row, is_tall in zip(table.rows, columns.tall_rows, strict=True)
        ],
        "align": table.aligns,
        "widths": columns.widths,
        "breakable": columns.is_tall,
    }
