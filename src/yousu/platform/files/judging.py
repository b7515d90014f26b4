"""文件种类: by what the content is, never by its name. What is not on the list is refused."""

import re

PLAIN_TEXT = "text/plain"
# What may be kept, and the extension under which it is given out.
EXTENSIONS = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "image/gif": "gif",
    "application/pdf": "pdf",
    "audio/mpeg": "mp3",
    "audio/wav": "wav",
    "audio/mp4": "m4a",
    "video/mp4": "mp4",
    PLAIN_TEXT: "txt",
}


class FileWrong(ValueError):
    """A file that is not kept; `why` is a code."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


# Brands of ISO base media files; others (HEIC, 3GP, QuickTime) are other things.
_VIDEO_BRANDS = frozenset({b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"MSNV"})
_AUDIO_BRANDS = frozenset({b"M4A ", b"M4B "})
# Text that a program would act upon instead of showing it.
_ACTIVE = re.compile(r"\A#!|<\s*(?:!doctype|\?xml|html|head|body|svg|script|iframe|object|embed|meta|link)\b", re.I)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")


def media_type(content: bytes) -> str:
    """The media type. Raises FileWrong: `required` when empty, `wrong_type` when it is nothing that is kept."""
    if not content:
        raise FileWrong("required")
    found = _by_magic(content) or _mp3(content)
    if found is not None:
        return found
    plain_text(content)
    return PLAIN_TEXT


def plain_text(content: bytes) -> str:
    """Text in UTF-8 or GB 18030 that is nothing but text. Raises FileWrong."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _CONTROL.search(text) or _ACTIVE.search(text):
            break
        return text
    raise FileWrong("wrong_type")


def _by_magic(content: bytes) -> str | None:
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if content.startswith((b"GIF87a", b"GIF89a")):
        return "image/gif"
    if content.startswith(b"%PDF-"):
        return "application/pdf"
    if content.startswith(b"RIFF"):
        return {b"WEBP": "image/webp", b"WAVE": "audio/wav"}.get(content[8:12])
    return _iso_media(content) if content[4:8] == b"ftyp" else None


def _iso_media(content: bytes) -> str | None:
    brand = content[8:12]
    if brand in _AUDIO_BRANDS:
        return "audio/mp4"
    return "video/mp4" if brand in _VIDEO_BRANDS else None


def _mp3(content: bytes) -> str | None:
    at = 0
    if content.startswith(b"ID3") and len(content) > 10 and all(size < 0x80 for size in content[6:10]):
        at = 10 + (content[6] << 21 | content[7] << 14 | content[8] << 7 | content[9])
    length = _frame_length(content[at : at + 4])
    # Two bytes alone say little: a second frame stands where the first one ends.
    is_audio = length is not None and _frame_length(content[at + length : at + length + 4]) is not None
    return "audio/mpeg" if is_audio else None


_BITRATES_V1 = (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_BITRATES_V2 = (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
_RATES = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}


def _frame_length(head: bytes) -> int | None:
    """The length of an MPEG layer III frame by its four bytes of header; None if they are none."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE6 != 0xE2:
        return None
    version, bitrate, rate = head[1] >> 3 & 3, head[2] >> 4, head[2] >> 2 & 3
    if version not in _RATES or not 1 <= bitrate <= 14 or rate == 3:
        return None
    kilobits = (_BITRATES_V1 if version == 3 else _BITRATES_V2)[bitrate - 1]
    samples = 144_000 if version == 3 else 72_000
    return samples * kilobits // _RATES[version][rate] + (head[2] >> 1 & 1)
