"""网页: a document as one HTML element without style or script; every figure can lead to the cases behind it."""

from collections.abc import Callable, Iterable, Iterator
from html import escape

from yousu.documents.labels import distribution_line, labels_for, mark_line, seal_line, signatures
from yousu.documents.model import (
    Block,
    Closing,
    Document,
    Facts,
    Figure,
    Heading,
    ListItems,
    Paragraph,
    Room,
    Run,
    Table,
    numbered,
    runs_of,
)

Link = Callable[[str], str | None]

_LOWEST_HEADING = 6
_LANGUAGES = {"zh": "zh-CN", "en": "en"}


def no_link(path: str) -> str | None:
    """Leaves every figure without an address."""
    return None


def render(document: Document, *, link: Link = no_link, title_level: int = 1) -> str:
    """An `article` with class `bulletin`; all text is escaped, so the result may be marked safe.

    link gives the address of a figure's path, or None for no link. title_level is the level of the title's heading
    in the page around it; the headings of the text follow below.
    """
    parts = [*_head(document, title_level)]
    parts += [_block(block, number, link, title_level) for block, number in numbered(document)]
    parts += _end(document)
    state = "frozen" if document.seal else "draft"
    body = "\n".join(part for part in parts if part)
    return f'<article class="bulletin bulletin-{state}" lang="{_LANGUAGES[document.lang]}">\n{body}\n</article>\n'


def _head(document: Document, title_level: int) -> Iterator[str]:
    yield '<header class="bulletin-head">'
    yield _element("p", "bulletin-mark", mark_line(document))
    yield _element("p", "bulletin-sign", document.head.sign)
    yield _element("p", "bulletin-number", document.number_line)
    yield _element("p", "bulletin-issuer", document.head.issuer)
    yield _element("p", "bulletin-date", document.date_line)
    title = "<br>".join(escape(line) for line in document.title.splitlines())
    yield f'<h{title_level} class="bulletin-title">{title}</h{title_level}>'
    yield "</header>"


def _block(block: Block, number: str, link: Link, title_level: int) -> str:
    match block:
        case Heading(level=level, text=text):
            tag = f"h{min(title_level + level, _LOWEST_HEADING)}"
            return f'<{tag} class="bulletin-level-{level}">{escape(number + text)}</{tag}>'
        case Paragraph(runs=runs, is_indented=is_indented):
            return f"<p>{_runs(runs, link)}</p>" if is_indented else f'<p class="at-margin">{_runs(runs, link)}</p>'
        case ListItems(items=items, ordered=ordered):
            tag = "ol" if ordered else "ul"
            points = "".join(f"\n<li>{_runs(item, link)}</li>" for item in items)
            return f'<{tag} class="bulletin-list">{points}\n</{tag}>'
        case Table():
            return _table(block, link)
        case Facts(rows=rows):
            pairs = (pair for row in rows for pair in row)
            told = (f"\n<dt>{escape(label)}</dt><dd>{_runs(runs_of(value), link)}</dd>" for label, value in pairs)
            return f'<dl class="bulletin-facts">{"".join(told)}\n</dl>'
        case Room(label=label, signs=signs):
            return f'<p class="bulletin-room">{escape(label)} {escape(" ".join(signs))}</p>'
        case Closing(lines=lines):
            return f'<p class="bulletin-closing">{"<br>".join(map(escape, lines))}</p>'


def _table(table: Table, link: Link) -> str:
    aligns = [f' class="align-{align}"' for align in table.aligns]
    head = "".join(
        f'<th scope="col"{align}>{escape(cell)}</th>' for cell, align in zip(table.head, aligns, strict=True)
    )
    rows = (
        "".join(f"<td{align}>{_runs(runs_of(cell), link)}</td>" for cell, align in zip(row, aligns, strict=True))
        for row in table.rows
    )
    caption = f"<caption>{escape(table.caption)}</caption>\n" if table.caption else ""
    body = "".join(f"<tr>{row}</tr>\n" for row in rows)
    return (
        f'<div class="bulletin-table">\n<table>\n{caption}<thead>\n<tr>{head}</tr>\n</thead>\n'
        f"<tbody>\n{body}</tbody>\n</table>\n</div>"
    )


def _end(document: Document) -> Iterator[str]:
    labels = labels_for(document)
    yield '<footer class="bulletin-end">'
    if document.notes:
        points = "".join(f"\n<li>{escape(note)}</li>" for note in document.notes)
        yield f'<p class="bulletin-notes-label">{escape(labels.note)}</p>\n<ol class="bulletin-notes">{points}\n</ol>'
    if document.kind == "bulletin":
        yield from _signed(document)
    yield "</footer>"


def _signed(document: Document) -> Iterator[str]:
    yield _element("p", "bulletin-distribution", distribution_line(document))
    names = "".join(f"\n<dt>{escape(label)}</dt><dd>{escape(name)}</dd>" for label, name in signatures(document))
    yield f'<dl class="bulletin-signature">{names}\n</dl>'
    if document.seal:
        digest = escape(document.seal.digest, quote=True)
        yield f'<p class="bulletin-seal" title="{digest}">{escape(seal_line(document))}</p>'


def _runs(runs: Iterable[Run], link: Link) -> str:
    return "".join(_figure(run, link(run.path)) if isinstance(run, Figure) else escape(run) for run in runs)


def _figure(figure: Figure, address: str | None) -> str:
    path, text = escape(figure.path), escape(figure.text)
    if address is None:
        return f'<span class="figure" data-path="{path}">{text}</span>'
    return f'<a class="figure" data-path="{path}" href="{escape(address)}">{text}</a>'


def _element(tag: str, css_class: str, text: str) -> str:
    return f'<{tag} class="{css_class}">{escape(text)}</{tag}>' if text else ""
