"""Word 文件: a document as DOCX after GB/T 9704-2012, to be worked on in an office; equal documents give equal bytes.

It names the fonts offices have (仿宋_GB2312, 方正小标宋简体 …) and, for others, what stands in for them.
"""

from collections.abc import Iterator

from docx.document import Document as WordFile
from docx.shared import Mm

from yousu.documents.labels import distribution_line, labels_for, mark_line, seal_line, signatures
from yousu.documents.layout import STANDARD, Layout
from yousu.documents.model import Document
from yousu.documents.text import display_width
from yousu.documents.titles import TITLE_ACROSS, lines_of
from yousu.documents.word import package
from yousu.documents.word.blocks import printed
from yousu.documents.word.measures import BOTTOM_MM, LEFT_MM, RIGHT_MM, WIDTH, Measures, measures_for, twips
from yousu.documents.word.parts import cell, elements, gap, page_number, paragraph, row, run, tab, table
from yousu.documents.word.styles import (
    END_STYLE,
    NOTE_STYLE,
    NUMBER_STYLE,
    PAGE_STYLE,
    PLAIN_STYLE,
    SIGN_STYLE,
    heavy,
)

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

# 信函格式: the sign 30 mm below the edge, lines of 170 mm, the lower one 20 mm above the edge.
_LETTER_TOP_MM, _LETTER_LINE_MM, _LETTER_FOOT_MM = 30, 170, 20
_LETTER_SIGN = 0.7
_NUMBER_PITCH = 280


def render(document: Document, *, layout: Layout = STANDARD) -> bytes:
    """The file."""
    file = package.opened(document, _red(layout))
    sizes = measures_for(document.lang)
    head = {"bulletin": _bulletin_head, "sheet": _sheet_head, "letter": _letter_head}[document.kind]
    content = [*head(document, layout, sizes), *printed(document), *_notes(document)]
    if document.kind == "bulletin":
        content += _end(document, sizes)
    body = file.element.body
    for each in elements("".join(content)):
        body.insert(len(body) - 1, each)
    _number_pages(file, document, layout)
    return package.packed(file)


def _bulletin_head(document: Document, layout: Layout, sizes: Measures) -> Iterator[str]:
    yield paragraph(PLAIN_STYLE, run(mark_line(document), heavy(document.lang)))
    yield _sign(document, layout.sign_size_pt, before=twips(layout.sign_top_mm) - sizes.pitch)
    lines = round(layout.lines_below_sign * sizes.pitch)
    yield paragraph(NUMBER_STYLE, run(document.number_line), _space(before=lines, line=sizes.pitch))
    yield _both_sides(document.head.issuer, document.date_line, style=PLAIN_STYLE, margin=round(sizes.body * 20))
    # A line of its own: a border follows the indents of its paragraph.
    edge = _red_edge("single", round(layout.red_line_pt * 8), layout)
    yield paragraph(PLAIN_STYLE, "", edge + _space(line=twips(layout.red_line_gap_mm)))
    above = round(layout.lines_above_title * sizes.pitch)
    yield from _title(document, sizes, before=above)


def _sheet_head(document: Document, layout: Layout, sizes: Measures) -> Iterator[str]:
    yield paragraph(NUMBER_STYLE, run(document.head.sign, heavy(document.lang)))
    yield from _title(document, sizes, after=round(sizes.pitch * 0.3))
    yield _both_sides(document.number_line, document.date_line, style=END_STYLE)
    yield gap(80)


def _letter_head(document: Document, layout: Layout, sizes: Measures) -> Iterator[str]:
    # The sign stands in the head of the first page.
    yield paragraph(PLAIN_STYLE, run(document.number_line), '<w:jc w:val="right"/>')
    yield paragraph(PLAIN_STYLE, run(mark_line(document), heavy(document.lang)))
    yield from _title(document, sizes, before=sizes.pitch)


def _title(document: Document, sizes: Measures, *, before: int = 0, after: int | None = None) -> Iterator[str]:
    lines = lines_of(document.title, across=TITLE_ACROSS[document.lang])
    words = "<w:r><w:br/></w:r>".join(run(line) for line in lines)
    space = _space(before=before, after=sizes.pitch if after is None else after, line=sizes.title_pitch)
    yield paragraph("Title", words, space)


def _sign(document: Document, size: float, *, before: int = 0) -> str:
    """The sign on one line: it shrinks until it fits."""
    wide = max(1, display_width(document.head.sign)) / 2
    # Digits of some faces are wider than half a Han character.
    fitting = min(size, int(2 * 0.9 * WIDTH / 20 / wide) / 2)
    look = f'<w:sz w:val="{round(2 * fitting)}"/><w:szCs w:val="{round(2 * fitting)}"/>'
    return paragraph(SIGN_STYLE, run(document.head.sign, look), _space(before=before, line=round(fitting * 24)))


def _both_sides(left: str, right: str, *, style: str, margin: int = 0) -> str:
    stop = f'<w:tabs><w:tab w:val="right" w:pos="{WIDTH - margin}"/></w:tabs>'
    sides = f'<w:ind w:left="{margin}" w:right="{margin}" w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="left"/>'
    return paragraph(style, run(left) + tab() + run(right), stop + sides)


def _notes(document: Document) -> Iterator[str]:
    labels = labels_for(document)
    several = len(document.notes) > 1
    for place, note in enumerate(document.notes, start=1):
        label = labels.note + labels.colon if place == 1 else ""
        if place == 1:
            yield gap(measures_for(document.lang).pitch)
        yield paragraph(NOTE_STYLE, run(f"{label}{f'{place}. ' if several else ''}{note}"))


def _end(document: Document, sizes: Measures) -> Iterator[str]:
    """版记, at the end of the text: two strong lines, and thin ones between."""
    labels = labels_for(document)
    names = [f"{label}{labels.colon}{name}" for label, name in signatures(document)]
    stops = "".join(f'<w:tab w:val="left" w:pos="{WIDTH * place // len(names)}"/>' for place in range(1, len(names)))
    signed = paragraph(END_STYLE, tab().join(run(name) for name in names), f"<w:tabs>{stops}</w:tabs>")
    others = [line for line in (distribution_line(document), seal_line(document)) if line]
    lines = [paragraph(END_STYLE, run(line)) for line in others]
    lines.insert(1 if distribution_line(document) else 0, signed)
    strong, thin = (
        'w:val="single" w:sz="8" w:space="0" w:color="auto"',
        'w:val="single" w:sz="6" w:space="0" w:color="auto"',
    )
    borders = f"<w:top {strong}/><w:bottom {strong}/><w:insideH {thin}/>"
    yield gap(sizes.pitch)
    yield table((WIDTH,), [row([cell(line, WIDTH)]) for line in lines], borders=borders)
    yield gap(20)


def _number_pages(file: WordFile, document: Document, layout: Layout) -> None:
    """— 1 — at the right of odd and at the left of even pages, one character free; a letter's first page has none."""
    page = file.sections[0]
    is_letter = document.kind == "letter"
    # The dash lies so far below the text; half a line is below the dash.
    foot = twips(BOTTOM_MM - layout.page_number_gap_mm) - _NUMBER_PITCH // 2
    distance = twips(_LETTER_FOOT_MM) if is_letter else foot
    page.footer_distance = page.header_distance = Mm(0) + distance * 635
    after = _space(after=foot - distance, line=_NUMBER_PITCH)
    for footer, side in ((page.footer, "right"), (page.even_page_footer, "left")):
        look = f'{after}<w:ind w:{side}Chars="100" w:{side}="280"/><w:jc w:val="{side}"/>'
        _fill(footer, paragraph(PAGE_STYLE, page_number(), look))
    if is_letter:
        page.different_first_page_header_footer = True
        page.header_distance = Mm(_LETTER_TOP_MM)
        line = _red_lines("thickThinSmallGap", layout, gap_mm=layout.red_line_gap_mm)
        _fill(page.first_page_header, _sign(document, _LETTER_SIGN * layout.sign_size_pt) + line)
        _fill(page.first_page_footer, _red_lines("thinThickSmallGap", layout, gap_mm=1))


def _red_lines(shape: str, layout: Layout, *, gap_mm: float) -> str:
    edge = _red_edge(shape, 24, layout)
    beyond = (_LETTER_LINE_MM - 210) / 2
    left, right = twips(-beyond - LEFT_MM), twips(-beyond - RIGHT_MM)
    sides = f'<w:ind w:left="{left}" w:right="{right}"/>'
    return paragraph(PAGE_STYLE, "", edge + _space(line=twips(gap_mm)) + sides)


def _red_edge(shape: str, size: int, layout: Layout) -> str:
    return f'<w:pBdr><w:bottom w:val="{shape}" w:sz="{size}" w:space="0" w:color="{_red(layout)}"/></w:pBdr>'


def _red(layout: Layout) -> str:
    return layout.sign_colour.lstrip("#").upper()


def _fill(part: object, content: str) -> None:
    """Puts the content into a header or footer in the place of its empty paragraph."""
    root = part._element  # type: ignore[attr-defined]  # python-docx shows its element under this name alone
    for child in list(root):
        root.remove(child)
    root.extend(elements(content))


def _space(*, before: int = 0, after: int = 0, line: int) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="exact"/>'
