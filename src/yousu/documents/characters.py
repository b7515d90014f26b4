"""字符: what of a text can be shown. Faces stand in for each other; what none of them holds is marked, never a box."""

import re
import unicodedata
from functools import cache
from pathlib import Path

from yousu.documents.labels import labels_in
from yousu.documents.model import Lang

MISSING = "〓"
FONTS = Path(__file__).parent / "fonts"

_UNSEEN = ("Cc", "Cf", "Mn", "Me", "Co", "Cs")
# One picture: a flag, or a sign with its tints and what is joined to it.
_SIGN = "[\u2300-\u23ff\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]"
_TINTS = "[\ufe0f\u20e3\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]*"
_EMOJI = re.compile(f"[\U0001f1e6-\U0001f1ff]{{2}}|{_SIGN}{_TINTS}(?:\u200d{_SIGN}{_TINTS})*")


def cleaned(text: str) -> str:
    """The text composed, on one line, without signs that nobody sees and that turn or hide others."""
    kept = unicodedata.normalize("NFC", " ".join(text.splitlines()))
    return "".join(character for character in kept if unicodedata.category(character) not in _UNSEEN)


def printable(text: str, lang: Lang) -> str:
    """The text as our fonts can show it: 〔表情〕 for a picture, 〓 for another character that they lack."""

    def said(found: re.Match[str]) -> str:
        return found[0] if ord(found[0][0]) in covered() else labels_in(lang).emoji

    named = cleaned(_EMOJI.sub(said, text))
    return "".join(character if ord(character) in covered() else MISSING for character in named)


@cache
def covered() -> frozenset[int]:
    """The code points of the vendored fonts."""
    codes: set[int] = set()
    for line in (FONTS / "coverage.txt").read_text(encoding="ascii").split():
        first, _, last = line.partition("-")
        codes.update(range(int(first, 16), int(last or first, 16) + 1))
    return frozenset(codes)
