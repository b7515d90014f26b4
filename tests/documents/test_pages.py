"""What is printed of a case, and how every PDF shows rare characters and declares what it is."""

import re
from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader
from tests.documents.papers import LETTER, RARE, SHEET, UNIT, draft, pages
from tests.documents.test_documents import DAILY, ENGLISH, of

from yousu.documents import html, pdf, text
from yousu.documents.characters import covered
from yousu.documents.columns import ACROSS, PADDING, measured
from yousu.documents.model import Closing, Document, DocumentWrong, Facts, Head, Paragraph, Room, Table
from yousu.documents.titles import lines_of

EMPTY = replace(SHEET, blocks=(Facts(((("地点", ""),),)), Room(label="办理结果", lines=0)), head=Head(""), date_line="")


@pytest.mark.parametrize("document", [DAILY, ENGLISH, SHEET, LETTER, EMPTY])
def test_the_pdf_declares_that_it_is_read_aloud_and_kept_for_long(document: Document) -> None:
    root = PdfReader(BytesIO(pdf.render(document))).trailer["/Root"]
    declared = root["/Metadata"].get_data().decode()
    assert re.search(r"pdfuaid:part>\s*1<", declared)
    assert re.search(r"pdfaid:part>\s*2<", declared) and re.search(r"pdfaid:conformance>\s*A<", declared)
    assert root["/Lang"] == ("zh-CN" if document.lang == "zh" else "en-GB")
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert document.title in declared


def test_tables_have_header_cells_for_screen_readers() -> None:
    reader = PdfReader(BytesIO(pdf.render(DAILY)))
    kinds = [item["/S"] for item in (reference.get_object() for reference in _objects(reader)) if "/S" in item]
    assert kinds.count("/TH") == 3 and "/TD" in kinds and "/Caption" in kinds


def _objects(reader: PdfReader):  # type: ignore[no-untyped-def]  # pypdf's own kinds of reference
    waiting = [reader.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        item = waiting.pop().get_object()
        if isinstance(item, list):
            waiting += [each for each in item if hasattr(each, "get_object")]
        elif isinstance(item, dict):
            yield item
            if "/K" in item and hasattr(item["/K"], "get_object"):
                waiting.append(item["/K"])


@pytest.mark.parametrize("place", ["body", "title", "sign", "number_line", "table"])
def test_rare_characters_of_names_show_wherever_they_stand(place: str) -> None:
    body = of(Paragraph((f"承办人{RARE}。",)))
    document = {
        "body": body,
        "title": replace(body, title=f"{RARE}的诉求"),
        "sign": replace(body, head=Head(f"{RARE}日报")),
        "number_line": replace(LETTER, number_line=RARE),
        "table": replace(SHEET, blocks=(Facts(((("姓名", RARE),),)),)),
    }[place]
    printed = "".join(pages(document))
    assert RARE in printed and "〓" not in printed


def test_every_character_of_a_name_that_offices_write_is_covered() -> None:
    usual = {chr(code) for code in range(0x4E00, 0xA000)}
    traditional = {character for character in usual if b"\xa4\x40" <= character.encode("big5", "ignore") <= b"\xc6\x7e"}
    assert len(traditional) > 5000
    simplified = {character for character in usual if character.encode("gb2312", "ignore")}
    assert not {character for character in traditional | simplified if ord(character) not in covered()}


@pytest.mark.parametrize("picture", ["😀", "👨‍👩‍👧", "👍🏽", "🇨🇳", "❤️"])
def test_a_picture_in_a_text_is_named_not_boxed(picture: str) -> None:
    printed = pages(of(Paragraph((f"很好{picture}谢谢",))))[0]
    assert "很好〔表情〕谢谢" in printed and "〓" not in printed


def test_pictures_in_other_scripts_are_named_or_reduced_to_their_sign() -> None:
    assert "1谢谢" in pages(of(Paragraph(("1️⃣谢谢",))))[0]
    assert "fine [emoji] thanks" in pages(replace(ENGLISH, blocks=(Paragraph(("fine 😀 thanks",)),)))[0]


def test_signs_that_the_fonts_hold_stay_signs() -> None:
    assert "★☆✓→℃" in pages(of(Paragraph(("★☆✓→℃",))))[0]


def test_a_work_order_shows_its_facts_room_and_history_over_pages() -> None:
    printed = pages(SHEET)
    assert len(printed) > 3
    for words in ("诉求工单", "编号：2400000123", "受理时间", "承办单位", UNIT, "办理结果", "承办人：", "办理经过"):
        assert words in printed[0], words
    assert all("环节" in page for page in printed)
    assert "草稿" not in "".join(printed) and "签发" not in "".join(printed)


def test_a_letters_first_page_has_no_number_and_the_next_has() -> None:
    long = replace(LETTER, blocks=(*LETTER.blocks[:-1], *[Paragraph(("经核实。" * 40,))] * 12, LETTER.blocks[-1]))
    printed = pages(long)
    assert "— 1 —" not in printed[0] and "— 2 —" in printed[1]
    assert printed[0].startswith(UNIT) and UNIT in printed[-1]


def test_a_letter_is_closed_four_characters_from_the_right() -> None:
    seen: list[tuple[float, str]] = []
    short = replace(LETTER, head=Head("城北区人民政府"), blocks=(Closing(("城北区人民政府", "2024年2月1日")),))
    page = PdfReader(BytesIO(pdf.render(short))).pages[0]
    page.extract_text(visitor_text=lambda piece, m, t, *_: seen.append((t[4] + m[4], piece.strip())))
    begin = [x for x, piece in seen if piece.startswith("城北区人民政府")][-1]
    character = 156 / 28 / 25.4 * 72
    assert begin == pytest.approx(184 / 25.4 * 72 - 11 * character, abs=3)


def test_a_letter_that_nobody_reviewed_says_so() -> None:
    assert "草稿　未审核" in pages(draft(LETTER))[0]
    assert "草稿" not in pages(LETTER)[0]


def test_empty_fields_leave_a_form_that_still_prints() -> None:
    assert "办理结果" in pages(EMPTY)[0]


def test_the_other_renderings_say_the_words_of_a_form_and_a_letter() -> None:
    for show in (text.render, html.render):
        assert UNIT in show(SHEET) and "办理结果" in show(SHEET) and "编制" not in show(SHEET)
        assert f"{RARE}：" in show(LETTER) and "2024年2月1日" in show(LETTER)


def test_three_facts_in_a_row_are_refused() -> None:
    with pytest.raises(DocumentWrong, match="one or two"):
        Facts(((("a", "1"), ("b", "2"), ("c", "3")),))


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("2024年1月31日群众诉求受理办理情况", ["2024年1月31日群众诉求受理办理情况"]),
        (
            "2024年1月22日至2024年1月28日群众诉求受理办理情况",
            ["2024年1月22日至2024年1月28日", "群众诉求受理办理情况"],
        ),
        (f"关于{UNIT}的答复函", ["关于大通回族土族自治县人力资源和", "社会保障局劳动保障监察大队的答复函"]),
        ("第一行\n第二行", ["第一行", "第二行"]),
        ("", []),
    ],
)
def test_a_long_title_is_broken_by_sense_into_equal_lines(title: str, lines: list[str]) -> None:
    assert lines_of(title, across=40) == lines


def test_an_english_title_breaks_between_words_and_never_in_a_day() -> None:
    lines = lines_of("Residents' appeals, 22 January 2024 to 28 January 2024", across=46)
    assert lines == ["Residents' appeals,", "22 January 2024 to 28 January 2024"]
    assert " ".join(lines) == "Residents' appeals, 22 January 2024 to 28 January 2024"


def test_a_column_is_wide_enough_for_its_longest_word_and_a_short_head() -> None:
    table = Table(
        head=("No.", "Topic", "Main complaint", "Concentrated at", "集中反映", "Units"),
        rows=(
            (
                "1",
                "Wage disputes",
                "Payment of overdue wages " * 4,
                "西宁路 5",
                "前营街公交站附近 5件",
                "Labour Inspection " * 3,
            ),
        ),
    )
    widths = measured(table, "en").widths
    assert sum(widths) == pytest.approx(ACROSS["en"])
    room = [width - PADDING for width in widths]
    assert room[3] >= len("Concentrated") and room[4] >= 8 and room[5] >= len("Inspection")
