"""标注: a found span, and the text in the one form that the patterns read."""

import re
from dataclasses import dataclass

# Kept one to one, so that an offset in the narrowed text is the offset in the text as it came.
_NARROW = {
    **{0xFEE0 + code: chr(code) for code in range(0x21, 0x7F) if chr(code) not in ",;!?"},
    **dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uff0d"), "-"),
    **dict.fromkeys(map(ord, "\u3000\u00a0\u2002\u2003\t"), " "),
    **dict.fromkeys(map(ord, "•・‧"), "·"),
}


_LONG_NUMBER = re.compile(r"[0-9](?:[ .·()-]{0,2}[0-9]){6}")


@dataclass(frozen=True, slots=True)
class Found:
    """A span of personal data: kind, and half-open code points."""

    kind: str
    start: int
    end: int


def narrowed(text: str) -> str:
    """The text with full-width letters, digits and signs as ASCII, every dash as a hyphen; of the same length."""
    return text.translate(_NARROW)


def has_long_number(text: str) -> bool:
    """Whether seven digits follow each other anywhere, with or without separators: most texts end here."""
    return _LONG_NUMBER.search(text) is not None
