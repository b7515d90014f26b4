"""A work order and a letter as the desk makes them, and ways to read back what was printed."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

from pypdf import PdfReader

from yousu.documents import docx, pdf
from yousu.documents.model import Closing, Document, Facts, Head, Paragraph, Room, Table

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
UNIT = "大通回族土族自治县人力资源和社会保障局劳动保障监察大队"
RARE = "珺犇玥喆翀𠅤濤㛃"
MOMENT = datetime.fromisoformat("2024-02-01T08:30:00+08:00")
HISTORY = Table(
    caption="办理经过",
    head=("时间", "环节", "经过"),
    rows=tuple((f"2024-02-{1 + n // 4:02d} 1{n % 10}:05", "转交", f"转交{UNIT}，2月9日 周五前办结") for n in range(40)),
)
SHEET = Document(
    kind="sheet",
    head=Head("西宁12345政务服务便民热线"),
    title="诉求工单",
    number_line="编号：2400000123",
    date_line="截至2024年2月1日08:30",
    moment=MOMENT,
    blocks=(
        Facts(((("受理时间", "2024年1月31日14:05"), ("渠道", "12345热线")), (("承办单位", UNIT),), (("地点", "–"),))),
        Room(label="办理结果", lines=8, signs=("承办人：", "日期：")),
        HISTORY,
    ),
)
LETTER = Document(
    kind="letter",
    head=Head(UNIT),
    title="关于供热保障事项的答复函",
    number_line="诉求编号：2400000123",
    date_line="2024年2月1日",
    moment=MOMENT,
    blocks=(
        Paragraph((f"{RARE}：",), is_indented=False),
        Paragraph(("供热管道已修复，室温恢复到二十度。" * 20,)),
        Closing((UNIT, "2024年2月1日")),
    ),
)


def pages(document: Document) -> list[str]:
    """The words of each printed page."""
    return [page.extract_text() for page in PdfReader(BytesIO(pdf.render(document))).pages]


def part(document: Document, name: str = "word/document.xml") -> ElementTree.Element:
    """One part of the DOCX."""
    with ZipFile(BytesIO(docx.render(document))) as file:
        return ElementTree.fromstring(file.read(name))


def parts(document: Document, beginning: str) -> Iterator[ElementTree.Element]:
    """The parts of the DOCX whose names begin so."""
    with ZipFile(BytesIO(docx.render(document))) as file:
        yield from (ElementTree.fromstring(file.read(name)) for name in file.namelist() if name.startswith(beginning))


def said(element: ElementTree.Element) -> str:
    """The words in an element; cells and paragraphs on lines of their own."""
    return "\n".join("".join(text.text or "" for text in line.iter(f"{W}t")) for line in element.iter(f"{W}p"))


def draft(document: Document) -> Document:
    """Not yet reviewed."""
    return replace(document, is_unreviewed=True)
