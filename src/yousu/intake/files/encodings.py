"""编码: finds a text file's encoding by reading it from end to end; what does not decode is named by its line."""

import codecs
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from yousu.intake.files.rows import FileUnusable

_CHUNK = 1024 * 1024
_AROUND = 64 * 1024
# By mark: how a file is opened, and how a piece from its middle is read. UTF-32 first: its mark begins like UTF-16's.
_BYTE_ORDER_MARKS = {
    codecs.BOM_UTF8: ("utf-8-sig", "utf-8"),
    codecs.BOM_UTF32_LE: ("utf-32", "utf-32-le"),
    codecs.BOM_UTF32_BE: ("utf-32", "utf-32-be"),
    codecs.BOM_UTF16_LE: ("utf-16", "utf-16-le"),
    codecs.BOM_UTF16_BE: ("utf-16", "utf-16-be"),
}
_NAMES = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8", "utf-16": "UTF-16", "utf-32": "UTF-32"}


@dataclass(frozen=True)
class Encoded:
    """How to open a text file, and the digest of its bytes (SHA-256, hex)."""

    encoding: str
    digest: str


@dataclass(frozen=True)
class _Failure:
    """The first byte that does not decode: where in the file, in which line, which."""

    offset: int
    line: int
    byte: int


def recognised(path: Path) -> Encoded:
    """UTF-8, UTF-16 and UTF-32 with a byte order mark, GB 18030. Raises FileUnusable."""
    with path.open("rb") as file:
        start = file.read(4)
    marked = (names for mark, names in _BYTE_ORDER_MARKS.items() if start.startswith(mark))
    encoding, inside = next(marked, ("utf-8", "utf-8"))
    failure, digest = _decoded(path, encoding, inside=inside)
    if failure is None:
        return Encoded(encoding, digest)
    if encoding != "utf-8" or _is_mostly_utf8(path, failure):
        raise FileUnusable(f"line {failure.line}: byte 0x{failure.byte:02X} is broken {_NAMES[encoding]}")
    chinese, digest = _decoded(path, "gb18030", inside="gb18030")
    if not _looks_like_gb(path, failure):
        raise FileUnusable(f"line {failure.line}: byte 0x{failure.byte:02X} is neither UTF-8 nor GB 18030")
    if chinese is not None:
        raise FileUnusable(f"line {chinese.line}: byte 0x{chinese.byte:02X} is broken GB 18030")
    return Encoded("gb18030", digest)


def _decoded(path: Path, encoding: str, *, inside: str) -> tuple[_Failure | None, str]:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    digest, read, lines = sha256(), 0, 1
    for chunk in _chunks(path):
        digest.update(chunk)
        try:
            lines += decoder.decode(chunk, final=not chunk).count("\n")
        except UnicodeDecodeError as error:
            # The decoder may have kept the beginning of a character from the chunk before.
            begin = read + len(chunk) - len(error.object)
            good = error.object[: error.start].decode(inside, errors="ignore")
            return _Failure(begin + error.start, lines + good.count("\n"), error.object[error.start]), ""
        read += len(chunk)
    return None, digest.hexdigest()


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk
    yield b""


def _is_mostly_utf8(path: Path, failure: _Failure) -> bool:
    """Whether one spot is broken in what otherwise is Chinese in UTF-8: many such bytes would decode as GB 18030."""
    around = _around(path, failure).decode("utf-8", errors="replace")
    return sum(char >= "\u0800" and char != "\ufffd" for char in around) > around.count("\ufffd")


def _looks_like_gb(path: Path, failure: _Failure) -> bool:
    """Whether the pairs of bytes are those of everyday Chinese: nearly any bytes decode as GB 18030 somehow."""
    everyday = total = 0
    for pair in _pairs(_around(path, failure)):
        total += 1
        # GB 2312: punctuation and full-width forms, then the 3,755 most frequent characters.
        everyday += pair[1] >= 0xA1 and (0xA1 <= pair[0] <= 0xA3 or 0xB0 <= pair[0] <= 0xD7)
    return total > 0 and everyday >= 0.7 * total


def _pairs(text: bytes) -> Iterator[bytes]:
    place = 0
    while place < len(text) - 1:
        if text[place] < 0x80:
            place += 1
            continue
        yield text[place : place + 2]
        place += 2


def _around(path: Path, failure: _Failure) -> bytes:
    with path.open("rb") as file:
        begin = max(0, failure.offset - _AROUND)
        file.seek(begin)
        window = file.read(failure.offset - begin + _AROUND)
    # A window that begins inside a character is aligned again at the first end of a line.
    if begin:
        with suppress(ValueError):
            window = window[window.index(b"\n") + 1 :]
    return window
