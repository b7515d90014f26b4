"""A document's renderings say the same words; the PDF keeps the lines and characters of GB/T 9704-2012."""

from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from functools import cache
from html.parser import HTMLParser
from io import BytesIO

import pytest
from pypdf import PdfReader

from yousu.documents import html, pdf, text
from yousu.documents.model import (
    Block,
    Cell,
    Document,
    DocumentWrong,
    Figure,
    Head,
    Heading,
    ListItems,
    Paragraph,
    Seal,
    Signature,
    Table,
    han_number,
    numbered,
)

DIGEST = "sha256:" + "ab12cd34" * 8
CHANNELS = Table(
    caption="各渠道受理情况",
    head=("渠道", "受理量（件）", "占比"),
    align=("left", "right", "right"),
    rows=(
        ("12345热线", Figure("accepted.by_channel.hotline", "983"), "99.09%"),
        ("微信公众号（随手拍）", Figure("accepted.by_channel.wechat", "5"), "0.50%"),
        ("合计", (Figure("accepted.total", "992"), "件"), "100%"),
    ),
)
DAILY = Document(
    head=Head("西宁12345政务服务热线日报", "西宁市12345政务服务热线中心"),
    number_line="第31期",
    date_line="2024年2月1日",
    title="2024年1月31日群众诉求受理办理情况",
    moment=datetime.fromisoformat("2024-02-01T00:00:00+08:00"),
    blocks=(
        Heading(1, "总体情况"),
        Paragraph(("1月31日，热线接听群众来电诉求", Figure("calls", "983"), "件次。")),
        Paragraph(
            ("直接办理", Figure("handling.direct", "602"), "件，转交", Figure("handling.forwarded", "381"), "件。")
        ),
        Paragraph(("办结率", Figure("completion.percent", "91.57%"), "，其余均在办理时限内。")),
        Heading(2, "受理渠道"),
        CHANNELS,
        Heading(1, "热点问题"),
        ListItems((("供暖（", Figure("topics.1.count", "122"), "件）。"), ("工资纠纷（94件）。",))),
    ),
    signature=Signature(compiled_by="张珺", reviewed_by="李四", signed_by="王五", distribution=("市委办", "市政府办")),
    notes=("办结率四舍五入保留两位小数。",),
    seal=Seal(DIGEST, "2024年2月1日8时30分"),
)
ENGLISH = Document(
    lang="en",
    head=Head("Xining 12345 Hotline Daily", "Xining 12345 Government Service Hotline"),
    number_line="Issue 31",
    date_line="1 February 2024",
    title="Appeals received and handled on 31 January 2024",
    moment=DAILY.moment,
    blocks=(
        Heading(1, "Overview"),
        Heading(2, "Channels"),
        Paragraph(("The hotline didn’t miss one of ", Figure("calls", "983"), " calls; “all” went to 西宁市人社局.")),
    ),
    signature=Signature(compiled_by="Zhang Jun"),
)
HAN = "青海省西宁市政务服务热线群众诉求办理情况统计分析工作人员"


@cache
def opened(document: Document) -> PdfReader:
    return PdfReader(BytesIO(pdf.render(document)))


def words(document: Document) -> str:
    return "".join(page.extract_text() for page in opened(document).pages)


def lines(document: Document, page: int) -> dict[float, str]:
    """The text of each baseline, in points from the bottom of the page; the page number is left out."""
    found: defaultdict[float, str] = defaultdict(str)

    def see(piece: str, matrix: list[float], text_matrix: list[float], *_: object) -> None:
        if piece.strip():
            found[round(text_matrix[5] * matrix[3] + matrix[5], 1)] += piece.strip()

    opened(document).pages[page].extract_text(visitor_text=see)
    return {height: line for height, line in sorted(found.items(), reverse=True) if "—" not in line}


def of(*blocks: Block) -> Document:
    return replace(DAILY, blocks=blocks)


def table(*rows: tuple[Cell, ...]) -> Table:
    return Table(head=("甲", "乙"), rows=rows)


class Elements(HTMLParser):
    """Collects what a browser would see: tags, attributes, text."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.open: list[str] = []
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data


# The model


def test_headings_are_numbered_by_level_and_begin_anew_under_each_parent() -> None:
    levels = (1, 2, 2, 3, 4, 4, 1, 2)
    chinese = [number for _, number in numbered(of(*(Heading(level, "题") for level in levels)))]
    assert chinese == ["一、", "（一）", "（二）", "1. ", "（1）", "（2）", "二、", "（一）"]
    assert [number for _, number in numbered(ENGLISH)] == ["1. ", "1.1 ", ""]


@pytest.mark.parametrize(("number", "word"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (99, "九十九")])
def test_han_numerals_are_written_as_they_are_spoken(number: int, word: str) -> None:
    assert han_number(number) == word


def test_a_document_that_cannot_be_read_in_order_is_refused() -> None:
    with pytest.raises(DocumentWrong, match="level 2 follows level 0"):
        of(Heading(2, "题"))
    with pytest.raises(DocumentWrong, match="differ in length"):
        table(("only one",))
    with pytest.raises(DocumentWrong, match="offset"):
        replace(DAILY, moment=datetime(2024, 2, 1))
    with pytest.raises(DocumentWrong, match="title"):
        replace(DAILY, title=" ")


# Text


def test_text_has_every_part_of_the_bulletin_in_order() -> None:
    printed = text.render(DAILY)
    parts = [
        "热线日报",
        "第31期",
        "2024年2月1日",
        "群众诉求受理",
        "一、总体情况",
        "983件次",
        "（一）受理渠道",
        "12345热线",
    ]
    parts += [
        "二、热点问题",
        "1. 供暖（122件）",
        "2. 工资纠纷",
        "注：",
        "分送：市委办，市政府办。",
        "编制：张珺",
        "ab12 cd34",
    ]
    places = [printed.find(part) for part in parts]
    assert -1 not in places
    assert places == sorted(places)


def test_columns_of_text_tables_line_up_by_display_width() -> None:
    printed = [line for line in text.render(DAILY).splitlines() if line.endswith("%")]
    assert len({text.display_width(line) for line in printed}) == 1
    assert text.display_width("热线a") == 5
    assert text.padded("热线", 7, "right") == "   热线"


@pytest.mark.parametrize("show", [text.render, html.render, words])
def test_a_bulletin_says_whether_it_is_a_draft_or_frozen(show: Callable[[Document], str]) -> None:
    draft = show(replace(DAILY, seal=None))
    assert "草稿　未签发" in draft and "摘要" not in draft
    frozen = show(DAILY)
    assert "草稿" not in frozen and "sha256 ab12 cd34 ab12 cd34" in frozen


# HTML


def test_a_figure_in_html_leads_to_its_cases_where_there_is_an_address() -> None:
    shown = Elements(html.render(DAILY, link=lambda path: f"/b/1/{path}?a=1&b=2" if path != "calls" else None))
    links = {attributes["data-path"]: attributes.get("href") for tag, attributes in shown.tags if tag == "a"}
    assert links["completion.percent"] == "/b/1/completion.percent?a=1&b=2"
    assert ("span", {"class": "figure", "data-path": "calls"}) in shown.tags
    assert "calls" not in links and "accepted.total" in links


def test_html_is_well_formed_escaped_and_free_of_style_and_script() -> None:
    hostile = '<script>alert(1)</script>" onclick="x'
    cells = (hostile, Figure(hostile, hostile))
    document = replace(
        of(Heading(1, hostile), Paragraph((hostile,)), ListItems(((hostile,),)), table(cells)),
        title=hostile, number_line=hostile, date_line=hostile, head=Head(hostile, hostile), notes=(hostile,),
        signature=Signature(compiled_by=hostile, distribution=(hostile,)), seal=Seal(hostile, hostile),
    )  # fmt: skip
    shown = Elements(html.render(document, link=lambda path: f"/{path}"))
    assert shown.open == []
    assert {tag for tag, _ in shown.tags}.isdisjoint({"script", "style"})
    assert not any(name in ("style", "onclick") for _, attributes in shown.tags for name in attributes)


def test_html_headings_follow_the_level_of_the_page_around_them() -> None:
    tags = [tag for tag, _ in Elements(html.render(DAILY, title_level=2)).tags if tag[0] == "h" and tag[1:].isdigit()]
    assert tags == ["h2", "h3", "h4", "h3"]


# PDF


def test_a_full_page_has_22_lines_of_28_han_characters() -> None:
    page = lines(of(Paragraph((HAN * 60,))), 1)
    assert [len(line) for line in page.values()] == [28] * 22
    heights = list(page)
    assert heights[0] - heights[-1] == pytest.approx(21 * 225 / 22 / 25.4 * 72, abs=0.5)


def test_the_text_area_lies_37_mm_below_the_top_and_28_mm_from_the_binding() -> None:
    seen: list[tuple[float, float]] = []

    def see(piece: str, matrix: list[float], text_matrix: list[float], *_: object) -> None:
        if piece.strip() and "—" not in piece:
            seen.append((text_matrix[4] + matrix[4], text_matrix[5] * matrix[3] + matrix[5]))

    sheet = opened(of(Paragraph((HAN * 60,)))).pages[1]
    sheet.extract_text(visitor_text=see)
    assert (float(sheet.mediabox.width), float(sheet.mediabox.height)) == pytest.approx((595.28, 841.89), abs=0.1)
    assert min(x for x, _ in seen) == pytest.approx(28 / 25.4 * 72, abs=0.5)
    # The first line's characters are centred in a pitch of 28.99 pt: 6.5 pt of space, 14.08 pt of ascent.
    assert max(y for _, y in seen) == pytest.approx(841.89 - 37 / 25.4 * 72 - 6.5 - 14.08, abs=0.5)


def test_page_numbers_stand_right_on_odd_and_left_on_even_pages() -> None:
    places: list[float] = []
    for page in opened(of(Paragraph((HAN * 60,)))).pages:
        page.extract_text(visitor_text=lambda piece, m, t, *_: places.append(t[4] + m[4]) if "—" in piece else None)
    left, right = 28 / 25.4 * 72 + 14, (210 - 26) / 25.4 * 72 - 14
    assert [place > 300 for place in places] == [True, False, True, False][: len(places)]
    assert places[1] == pytest.approx(left, abs=1)
    assert right - 50 < places[0] < right


def test_equal_documents_give_equal_bytes() -> None:
    assert pdf.render(DAILY) == pdf.render(replace(DAILY, title=DAILY.title[:]))
    assert pdf.render(DAILY) != pdf.render(replace(DAILY, number_line="第32期"))


def test_the_pdf_is_tagged_and_names_language_title_and_date() -> None:
    root = opened(DAILY).trailer["/Root"]
    assert root["/Lang"] == "zh-CN" and root["/MarkInfo"]["/Marked"]
    assert opened(DAILY).metadata.title == DAILY.title
    assert opened(DAILY).metadata.creation_date == DAILY.moment
    assert opened(ENGLISH).trailer["/Root"]["/Lang"].startswith("en")


@pytest.mark.parametrize("document", [DAILY, ENGLISH, replace(DAILY, seal=None)])
def test_every_font_is_ours_and_embedded(document: Document) -> None:
    for page in opened(document).pages:
        for font in page["/Resources"]["/Font"].values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            descriptor = inner["/FontDescriptor"].get_object()
            assert "+Yousu" in inner["/BaseFont"]
            assert "/FontFile2" in descriptor or "/FontFile3" in descriptor


def test_rare_characters_of_names_show_through_another_face() -> None:
    printed = words(of(Heading(1, "珺犇"), Paragraph(("承办人珺犇玥喆翀，PM₂.₅为35μg/m³，12℃。",))))
    assert "承办人珺犇玥喆翀，PM₂.₅为35μg/m³，12℃。" in printed
    assert "〓" not in printed


def test_what_no_font_holds_is_marked_and_a_note_says_so() -> None:
    printed = words(of(Paragraph(("温度\U00030edd低\u202e\x07，e\u0301",))))
    assert "温度〓低，é" in printed
    assert "字库未收" in printed and "字库未收" not in words(DAILY)


def test_signs_of_the_layout_language_are_printed_as_they_are() -> None:
    hostile = "#panic() *粗* _斜_ $x$ `y` @z <w> \\ // [v]"
    assert hostile in words(of(Paragraph((hostile,))))


def test_a_long_table_repeats_its_head_and_a_tall_cell_goes_over_pages() -> None:
    long = of(table(*((f"第{row}行", "值") for row in range(90))))
    assert all("甲 乙" in page.extract_text() for page in opened(long).pages[:-1])
    assert len(opened(long).pages) > 3
    assert words(of(table(("很" * 4000, "短")))).count("很") == 4000


def test_a_long_address_stays_within_the_text_area() -> None:
    page = lines(of(Paragraph(("https://example.org/" + "x" * 200,))), 0)
    assert max(len(line) for line in page.values() if "xxx" in line) < 60


def test_empty_parts_leave_a_bulletin_that_still_prints() -> None:
    bare = replace(
        of(Paragraph(()), ListItems(()), ListItems(((),)), table(), Heading(1, "")),
        head=Head(""), number_line="", date_line="", signature=Signature(), notes=("",), seal=None,
    )  # fmt: skip
    assert "编制：" in words(bare)
    assert "编制：" in text.render(bare) and "编制" in html.render(bare)


def test_an_english_bulletin_has_english_labels_and_keeps_chinese_names() -> None:
    printed = words(ENGLISH)
    for part in ("DRAFT – not signed", "1. Overview", "1.1 Channels", "didn’t", "“all”", "西宁市人社局", "Compiled by"):
        assert part in printed


def test_documents_are_rendered_by_many_threads_at_once() -> None:
    documents = [of(Paragraph((HAN * 60,)), Paragraph((f"第{number}份",))) for number in range(8)]
    with ThreadPoolExecutor(4) as pool:
        files = list(pool.map(pdf.render, documents))
    assert len(set(files)) == len(files)
