"""Files are judged by their content; pictures keep their pixels and lose all that was added to them."""

from io import BytesIO

import pytest
from PIL import Image
from tests.platform import sent_files
from tests.platform.sent_files import KEPT, PLACE, REFUSED, picture

from yousu.platform.files import EXTENSIONS, FileWrong, examined, images


@pytest.mark.parametrize("media_type", KEPT)
def test_what_is_kept_is_known_by_its_content(media_type: str) -> None:
    assert examined(KEPT[media_type]).media_type == media_type


def test_every_kind_that_is_kept_has_an_extension() -> None:
    assert set(KEPT) == set(EXTENSIONS)


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_not_on_the_list_is_refused(what: str) -> None:
    with pytest.raises(FileWrong) as refused:
        examined(REFUSED[what])
    assert refused.value.why == "wrong_type"


def test_an_empty_file_is_no_file() -> None:
    with pytest.raises(FileWrong, match="required"):
        examined(b"")


def test_text_in_the_encoding_of_chinese_windows_is_kept_as_utf_8() -> None:
    words = "停暖通知：本周三起检修，请各户留人。"
    assert examined(words.encode("gb18030")).content.decode() == words


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_keeps_nothing_that_a_telephone_added(kind: str) -> None:
    sent = picture(kind, place=True) + b"SECRETTAIL"
    kept = examined(sent)
    assert kept.place == pytest.approx(PLACE, abs=1e-5)
    assert b"SECRET" not in kept.content and b"Exif" not in kept.content
    with Image.open(BytesIO(kept.content)) as image:
        assert dict(image.getexif()) == {}
        # 6 says: turn it by a quarter.
        assert image.size == (20, 40)


def test_transparency_and_palettes_survive() -> None:
    image = Image.new("RGBA", (8, 8), (0, 0, 0, 0))
    for kind in ("PNG", "GIF"):
        written = BytesIO()
        image.save(written, kind)
        with Image.open(BytesIO(examined(written.getvalue()).content)) as kept:
            assert kept.convert("RGBA").getpixel((0, 0)) == (0, 0, 0, 0)


def test_a_printers_colours_become_those_of_a_screen() -> None:
    written = BytesIO()
    Image.new("CMYK", (8, 8)).save(written, "JPEG")
    with Image.open(BytesIO(examined(written.getvalue()).content)) as kept:
        assert kept.mode == "RGB"


def test_an_image_bomb_is_refused_before_it_is_decoded() -> None:
    content = sent_files.bomb()
    assert len(content) < 10_000
    with pytest.raises(FileWrong, match="too_many_pixels"):
        examined(content)


def test_a_picture_at_the_limit_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(images, "MOST_PIXELS", 800)
    assert examined(picture(size=(40, 20))).media_type == "image/jpeg"
    with pytest.raises(FileWrong, match="too_many_pixels"):
        examined(picture(size=(40, 21)))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_a_broken_picture_is_refused_and_nothing_else_happens(kind: str, share: float) -> None:
    content = picture(kind, size=(300, 300))
    cut = content[: int(len(content) * share)]
    try:
        assert examined(cut).content
    except FileWrong as refused:
        assert refused.why == "broken"


def test_places_that_are_none_are_not_read() -> None:
    for lat in ((91, 0, 0), (10, 0), "north", (float("nan"), 0, 0)):
        assert images._degrees(lat, "N", "NS", most=90) is None
    assert images._degrees((10, 30, 0), "S", "NS", most=90) == -10.5
    assert images._degrees((10, 30, 0), None, "NS", most=90) is None
