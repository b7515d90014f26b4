"""部件: paragraphs, tables, borders and fields of a DOCX as XML. Text is cleaned and escaped here and nowhere else."""

from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

from docx.oxml.parser import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement

from yousu.documents.characters import cleaned
from yousu.documents.word.styles import NAMESPACE, TABLE_STYLE

THIN = 'w:val="single" w:sz="4" w:space="0" w:color="auto"'
NONE = 'w:val="nil"'


def elements(xml: str) -> list[BaseOxmlElement]:
    """The XML of several elements, one after the other."""
    return list(parse_xml(f"<w:body {NAMESPACE}>{xml}</w:body>"))


def run(words: str, print_: str = "") -> str:
    """Words as they are."""
    look = f"<w:rPr>{print_}</w:rPr>" if print_ else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{escape(cleaned(words))}</w:t></w:r>' if words else ""


def tab() -> str:
    """To the next stop."""
    return "<w:r><w:tab/></w:r>"


def paragraph(style: str, content: str, look: str = "") -> str:
    """A paragraph of a style; `look` is what this one does otherwise, in the order of the schema."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{look}</w:pPr>{content}</w:p>'


def page_number() -> str:
    """— 1 —"""
    field = "".join(
        f"<w:r>{part}</w:r>"
        for part in (
            '<w:fldChar w:fldCharType="begin"/>',
            '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
            '<w:fldChar w:fldCharType="separate"/>',
            "<w:t>1</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
        )
    )
    return run("— ") + field + run(" —")


def cell(content: str, width: int, *, spans: int = 1, merge: str = "", borders: str = "") -> str:
    """A cell, its paragraphs centred from top to bottom."""
    spanning = f'<w:gridSpan w:val="{spans}"/>' if spans > 1 else ""
    merged = {"": "", "first": '<w:vMerge w:val="restart"/>', "next": "<w:vMerge/>"}[merge]
    edges = f"<w:tcBorders>{borders}</w:tcBorders>" if borders else ""
    look = f'<w:tcW w:w="{width}" w:type="dxa"/>{spanning}{merged}{edges}<w:vAlign w:val="center"/>'
    return f"<w:tc><w:tcPr>{look}</w:tcPr>{content}</w:tc>"


def words_in(words: str, *, style: str = TABLE_STYLE, align: str = "", is_kept: bool = False) -> str:
    """What a cell says; `align` is what its style does otherwise. Kept: on one page with what follows."""
    look = "<w:keepNext/>" if is_kept else ""
    look += f'<w:jc w:val="{align}"/>' if align else ""
    return paragraph(style, run(words), look)


def gap(height: int, *, is_kept: bool = False) -> str:
    """An empty line, so many twips high; kept on one page with what follows."""
    kept = "<w:keepNext/>" if is_kept else ""
    look = f'{kept}<w:spacing w:before="0" w:after="0" w:line="{height}" w:lineRule="exact"/>'
    return paragraph(TABLE_STYLE, "", look)


def row(cells: Iterable[str], *, is_head: bool = False, is_whole: bool = True, height: int = 0) -> str:
    """A row. A head comes again on every page; a whole row is not broken between two."""
    whole = "<w:cantSplit/>" if is_whole else ""
    high = f'<w:trHeight w:val="{height}" w:hRule="atLeast"/>' if height else ""
    head = "<w:tblHeader/>" if is_head else ""
    return f"<w:tr><w:trPr>{whole}{high}{head}</w:trPr>{''.join(cells)}</w:tr>"


def table(
    widths: Sequence[int], rows: Iterable[str], *, name: str = "", borders: str = "", has_head: bool = False
) -> str:
    """A table of fixed columns; unless told otherwise with thin lines all round."""
    edges = borders or "".join(
        f"<w:{side} {THIN}/>" for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    said = f'<w:tblCaption w:val="{escape(cleaned(name), {chr(34): "&quot;"})}"/>' if name else ""
    look = (
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{edges}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:top w:w="60" w:type="dxa"/><w:left w:w="120" w:type="dxa"/>'
        '<w:bottom w:w="60" w:type="dxa"/><w:right w:w="120" w:type="dxa"/></w:tblCellMar>'
        f'<w:tblLook w:val="{"0020" if has_head else "0000"}" w:firstRow="{int(has_head)}"/>{said}'
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tbl><w:tblPr>{look}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
