"""The handbook: every picture is one that a test draws, every word it quotes is the product's, and it prints whole."""

import io
import re
from functools import cache
from gettext import GNUTranslations
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader
from scripts.print_handbook import content, pages_of, printed
from tests.e2e.picturing import PANELS, PICTURES, SHOTS, differences, steady

from yousu.documents.characters import covered
from yousu.documents.model import Lang

ROOT = Path(__file__).resolve().parents[1]
CATALOGUE = ROOT / "src/yousu/locale/en/LC_MESSAGES/django.mo"
DRAWN = {*(shot.name for shot in SHOTS), *PANELS}
MOST_BYTES, WIDEST = 3_000_000, 1442
QUOTED = {"zh": r"“([^”]+)”", "en": r'"([^"]+)"'}
WRITTEN: dict[Lang, str] = {
    "zh": "件件有回音，数数可查证。",
    "en": "Every appeal answered, every published figure provable.",
}

both = pytest.mark.parametrize("lang", ["zh", "en"])


@cache
def pdf(lang: Lang) -> bytes:
    """The printed handbook."""
    return printed(lang)


def pictures_on_pages(lang: Lang) -> list[str]:
    """The names of the pictures that the pages show."""
    pattern = re.compile(rf"!\[[^\]]+\]\((?:\.\./)+pictures/handbook/{lang}/([a-z-]+)\.png\)")
    return [name for page in pages_of(lang) for name in pattern.findall(page.file.read_text(encoding="utf-8"))]


@both
def test_every_picture_is_drawn_by_a_test_and_shown_on_one_page_with_what_it_shows(lang: Lang) -> None:
    shown = pictures_on_pages(lang)
    assert sorted(shown) == sorted(DRAWN)
    files = {file.name for file in (PICTURES / lang).iterdir()}
    assert files == {f"{name}.{ending}" for name in DRAWN for ending in ("png", "txt")}


def test_the_pictures_are_small_enough_to_be_kept_with_the_code() -> None:
    files = [*PICTURES.rglob("*.png")]
    assert sum(file.stat().st_size for file in files) < MOST_BYTES
    assert all(Image.open(io.BytesIO(file.read_bytes())).width <= WIDEST for file in files)


def test_a_changed_word_makes_a_picture_stale_and_another_hour_does_not() -> None:
    kept = steady("待转交 10 件\n受理时间\n1月29日 周一 10:51\n转交")
    assert not differences(kept, steady("待转交 9 件\n受理时间\n2月2日 周五 08:00\n转交\n转交"))
    assert differences(kept, steady("待转交 10 件\n受理时间\n1月29日 周一 10:51\n派单")) == ["- 转交", "+ 派单"]


@both
def test_what_the_pages_for_posts_quote_is_what_the_product_says(lang: Lang) -> None:
    with CATALOGUE.open("rb") as file:
        words = GNUTranslations(file)._catalog  # type: ignore[attr-defined]  # gettext shows its words in no other way
    chinese = [key if isinstance(key, str) else key[0] for key in words]
    said = re.sub(r"%\(\w+\)s|#|\d", "0", "\n".join(chinese if lang == "zh" else words.values()))
    assert not [
        (page.file.name, quoted)
        for page in pages_of(lang)
        if page.is_for_a_post
        for quoted in re.findall(QUOTED[lang], " ".join(page.file.read_text(encoding="utf-8").split()))
        for part in re.split("……|…", re.sub(r"\d", "0", quoted.replace(" ", "") if lang == "zh" else quoted))
        if part.strip() not in (said.replace(" ", "") if lang == "zh" else said)
    ]


@both
def test_the_printed_handbook_has_every_page_a_list_of_contents_and_bookmarks(lang: Lang) -> None:
    reader = PdfReader(io.BytesIO(pdf(lang)))
    titles = [page.file.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ") for page in pages_of(lang)]
    bookmarks = [one.title for one in reader.outline if not isinstance(one, list)]
    assert [title for title in bookmarks if title in titles] == titles
    # The list of contents may need a second page.
    contents = "".join("".join(page.extract_text() for page in reader.pages[1:3]).split())
    assert not [title for title in titles if "".join(title.split()) not in contents]
    assert len(reader.pages) == pytest.approx(75, abs=15)
    assert WRITTEN[lang] in reader.pages[0].extract_text()


@both
def test_the_printed_handbook_is_tagged_names_its_language_and_carries_its_fonts(lang: Lang) -> None:
    reader = PdfReader(io.BytesIO(pdf(lang)))
    root = reader.root_object
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith({"zh": "zh", "en": "en"}[lang])
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()
    fonts = [font.get_object() for page in reader.pages for font in page["/Resources"].get("/Font", {}).values()]
    held = [inner.get_object()["/FontDescriptor"].get_object() for font in fonts for inner in font["/DescendantFonts"]]
    assert held
    assert all({"/FontFile2", "/FontFile3"} & set(one) for one in held)


@both
def test_the_fonts_of_print_hold_every_character_of_the_handbook(lang: Lang) -> None:
    words = str(content(lang))
    assert not {sign for sign in words if ord(sign) not in covered() and sign not in "\n"}


def test_equal_pages_are_printed_as_equal_bytes() -> None:
    assert pdf("en") == printed("en")
