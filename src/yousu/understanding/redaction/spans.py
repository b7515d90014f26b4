"""标注: a found span, and the text in the one form that the patterns read."""

from dataclasses import dataclass

# Kept one to one, so that an offset in the narrowed text is the offset in the text as it came.
_NARROW = {
    **{0xFEE0 + code: chr(code) for code in range(0x21, 0x7F) if chr(code) not in ",;!?"},
    **dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uff0d"), "-"),
    **dict.fromkeys(map(ord, "\u3000\u00a0\u2002\u2003\t"), " "),
    **dict.fromkeys(map(ord, "•・‧"), "·"),
}


@dataclass(frozen=True, slots=True)
class Found:
    """A span of personal data: kind, and half-open code points."""

    kind: str
    start: int
    end: int


def narrowed(text: str) -> str:
    """The text with full-width letters, digits and signs as ASCII, every dash as a hyphen; of the same length."""
    return text.translate(_NARROW)
