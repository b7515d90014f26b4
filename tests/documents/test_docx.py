"""The DOCX has the page, lines, fonts and page numbers of GB/T 9704-2012, and the same bytes each time."""

from dataclasses import replace
from datetime import datetime
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

import docx as reader
import pytest
from tests.documents.papers import HISTORY, LETTER, SHEET, UNIT, W, draft, part, parts, said
from tests.documents.test_documents import DAILY, ENGLISH, of

from yousu.documents import docx
from yousu.documents.model import Document, Head, Heading, ListItems, Paragraph, Signature, Table

ALL = [DAILY, ENGLISH, SHEET, LETTER, draft(LETTER), replace(DAILY, seal=None)]


def style(document: Document, code: str) -> ElementTree.Element:
    styles = part(document, "word/styles.xml").iter(f"{W}style")
    return next(style for style in styles if style.get(f"{W}styleId") == code)


def attributes(element: ElementTree.Element, path: str) -> dict[str, str]:
    found = element.find("/".join(f"{W}{name}" for name in path.split("/")))
    assert found is not None, path
    return {name.removeprefix(W): value for name, value in found.attrib.items()}


def test_the_page_is_a4_with_the_standards_margins() -> None:
    page = reader.Document(BytesIO(docx.render(DAILY))).sections[0]
    sides = (
        page.page_width,
        page.page_height,
        page.top_margin,
        page.bottom_margin,
        page.left_margin,
        page.right_margin,
    )
    assert [round(side.mm, 1) for side in sides if side is not None] == [210, 297, 37, 35, 28, 26]


def test_the_body_is_fangsong_of_16_pt_on_lines_of_28_95_pt_indented_by_two_characters() -> None:
    body = style(DAILY, "Normal")
    defaults = part(DAILY, "word/styles.xml").find(f"{W}docDefaults/{W}rPrDefault")
    assert defaults is not None
    assert attributes(defaults, "rPr/rFonts")["eastAsia"] == "仿宋_GB2312"
    assert attributes(defaults, "rPr/sz") == {"val": "32"}
    assert attributes(body, "pPr/spacing") == {"before": "0", "after": "0", "line": "579", "lineRule": "exact"}
    assert attributes(body, "pPr/ind") == {"firstLineChars": "200", "firstLine": "640"}


def test_22_lines_and_28_characters_fit_the_text_area() -> None:
    spacing = int(attributes(style(DAILY, "Normal"), "rPr/spacing")["val"])
    page = attributes(part(DAILY), "body/sectPr/pgMar")
    sides = attributes(part(DAILY), "body/sectPr/pgSz")
    width = int(sides["w"]) - int(page["left"]) - int(page["right"])
    height = int(sides["h"]) - int(page["top"]) - int(page["bottom"])
    assert 28 * (320 + spacing) <= width < 29 * (320 + spacing)
    assert 22 * 579 <= height < 23 * 579


def test_each_level_has_its_face_and_the_sign_is_red() -> None:
    faces = [attributes(style(DAILY, f"Heading{level}"), "rPr/rFonts")["eastAsia"] for level in (1, 2, 3, 4)]
    assert faces == ["黑体", "楷体_GB2312", "仿宋_GB2312", "仿宋_GB2312"]
    assert attributes(style(DAILY, "Title"), "rPr/rFonts")["eastAsia"] == "方正小标宋简体"
    assert attributes(style(DAILY, "Title"), "rPr/sz") == {"val": "44"}
    assert attributes(style(DAILY, "Sign"), "rPr/color") == {"val": "D9000F"}
    lines = said(part(DAILY)).splitlines()
    assert [line for line in lines if line.startswith(("一、", "（一）", "二、"))] == [
        "一、总体情况", "（一）受理渠道", "二、热点问题",
    ]  # fmt: skip


def test_a_font_an_office_lacks_has_others_that_stand_in() -> None:
    fonts = part(DAILY, "word/fontTable.xml")
    others = {font.get(f"{W}name"): attributes(font, "altName")["val"] for font in fonts.iter(f"{W}font")}
    assert others["仿宋_GB2312"] == "仿宋,FangSong"
    used = {fonts.get(f"{W}eastAsia") for fonts in part(DAILY, "word/styles.xml").iter(f"{W}rFonts")}
    assert used == set(others) - {None}


def test_page_numbers_stand_right_on_odd_and_left_on_even_pages() -> None:
    assert attributes(part(DAILY, "word/settings.xml"), "evenAndOddHeaders") == {}
    footers = {attributes(footer, "p/pPr/jc")["val"]: footer for footer in parts(DAILY, "word/footer")}
    assert set(footers) == {"left", "right"}
    assert attributes(footers["right"], "p/pPr/ind") == {"rightChars": "100", "right": "280"}
    assert attributes(footers["left"], "p/pPr/ind") == {"leftChars": "100", "left": "280"}
    assert {said(footer) for footer in footers.values()} == {"— 1 —"}
    kinds = {each.get(f"{W}type") for each in part(DAILY).iter(f"{W}footerReference")}
    assert kinds == {"default", "even"}


def test_a_letters_first_page_bears_the_sign_and_no_number() -> None:
    references = {each.get(f"{W}type") for each in part(LETTER).iter(f"{W}footerReference")}
    assert references == {"default", "even", "first"}
    assert any(UNIT in said(header) for header in parts(LETTER, "word/header"))
    assert sorted(said(footer) for footer in parts(LETTER, "word/footer")) == ["", "— 1 —", "— 1 —"]


@pytest.mark.parametrize("document", [DAILY, SHEET, of(HISTORY)])
def test_tables_repeat_their_head_and_keep_rows_whole(document: Document) -> None:
    tables = [table for table in part(document).iter(f"{W}tbl") if table.find(f".//{W}tblHeader") is not None]
    assert tables
    for table in tables:
        heads = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in table.iter(f"{W}tr")]
        assert heads[0] and not any(heads[1:])
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in table.iter(f"{W}tr"))
        widths = [int(column.get(f"{W}w", 0)) for column in table.iter(f"{W}gridCol")]
        assert min(widths) > 400 and sum(widths) <= 8845


@pytest.mark.parametrize("document", ALL)
def test_equal_documents_give_equal_bytes_and_no_entry_has_a_time(document: Document) -> None:
    made = docx.render(document)
    assert made == docx.render(replace(document, title=document.title[:]))
    with ZipFile(BytesIO(made)) as file:
        assert {entry.date_time for entry in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_properties_are_the_documents_own() -> None:
    properties = reader.Document(BytesIO(docx.render(DAILY))).core_properties
    assert (properties.title, properties.author, properties.language) == (
        DAILY.title, DAILY.head.issuer, "zh-CN",
    )  # fmt: skip
    assert properties.created == properties.modified == datetime.fromisoformat("2024-01-31T16:00:00+00:00")
    assert properties.comments == ""


def test_a_bulletin_ends_with_those_who_signed_it() -> None:
    lines = said(part(DAILY)).splitlines()
    assert "分送：市委办，市政府办。" in lines
    assert "编制：张珺审核：李四签发：王五" in lines
    assert any(line.startswith("封存：2024年2月1日8时30分") for line in lines)
    assert "草稿　未签发" in said(part(replace(DAILY, seal=None)))


def test_hostile_text_is_text() -> None:
    hostile = "<w:p/>&amp;\u202e\x07\ud800]]>“引”"
    document = replace(
        of(
            Heading(1, hostile), Paragraph((hostile,)), ListItems(((hostile,),)),
            Table(head=(hostile,), rows=((hostile,),)),
        ),
        title=hostile, number_line=hostile, date_line=hostile, head=Head(hostile, hostile), notes=(hostile,),
        signature=Signature(compiled_by=hostile, distribution=(hostile,)),
    )  # fmt: skip
    assert said(part(document)).count("<w:p/>&amp;]]>“引”") == 13


def test_a_long_sign_shrinks_to_one_line() -> None:
    long = replace(DAILY, head=Head(UNIT))
    sizes = [size.get(f"{W}val") for size in part(long).iter(f"{W}sz")]
    assert sizes[0] is not None and 20 <= int(sizes[0]) <= 2 * 442 // len(UNIT)


def test_an_empty_document_is_one_still() -> None:
    bare = replace(
        of(Paragraph(()), ListItems(()), Table(head=("甲",), rows=()), Heading(1, "")),
        head=Head(""), number_line="", date_line="", signature=Signature(), notes=("",), seal=None,
    )  # fmt: skip
    assert "编制：" in said(part(bare))


@pytest.mark.parametrize("document", ALL)
def test_no_part_holds_an_unfilled_place(document: Document) -> None:
    with ZipFile(BytesIO(docx.render(document))) as file:
        texts = [file.read(name).decode() for name in file.namelist() if name.endswith(".xml")]
    assert not [text for text in texts if "{" in text.replace("{schemas", "")]


def test_a_short_table_stays_on_one_page_and_a_long_one_may_not() -> None:
    def kept(document: Document) -> list[bool]:
        rows = part(document).findall(f".//{W}tr")
        return [row.find(f".//{W}keepNext") is not None for row in rows]

    short = of(Table(head=("甲", "乙"), rows=(("一", "1"), ("二", "2"))))
    assert kept(short)[:3] == [True, True, False]
    assert not any(kept(of(HISTORY))[1:-3])
