"""Words of one language: no code and no English word on a Chinese page, no Chinese on an English one."""

import re
from collections.abc import Iterable

from playwright.sync_api import Page
from tests.e2e.examining import seen_texts

_LATIN = re.compile(r"[A-Za-z][A-Za-z_]+")
_HAN = re.compile(r"[\u3400-\u9fff]+")
# Names of formats that have no Chinese name, and the tail of a digest.
_ALLOWED_LATIN = frozenset({"PDF", "Word", "CSV", "XLSX", "JSON", "IP", "https", "sha"})


def foreign_words(page: Page, *, lang: str, typed: Iterable[str] = ()) -> list[str]:
    """Words of the other language. `typed`: names and texts that people typed, which stay as they are."""
    own = "zh" if lang == "zh" else "en"
    found: list[str] = []
    for each in seen_texts(page):
        # A part that says it is in another language (the switch of languages) is read out in that one.
        if each["lang"] and not each["lang"].lower().startswith(own):
            continue
        text = _without(each["text"], typed)
        words = [word for word in _LATIN.findall(text) if word not in _ALLOWED_LATIN] if lang == "zh" else []
        words += _HAN.findall(text) if lang == "en" else []
        found += [f"{page.url}: {word!r} in {each['where']}: {each['text'][:60]!r}" for word in words]
    return found


def _without(text: str, typed: Iterable[str]) -> str:
    # The longest first: one may be a part of another.
    for words in sorted(typed, key=len, reverse=True):
        text = text.replace(words, "")
    # An address is no sentence; a digest's hexadecimal digits are no words.
    text = re.sub(r"https?://\S+", "", text)
    return re.sub(r"\b(?=[0-9a-f]*\d)[0-9a-f]{4,}\b|\b[a-f]{4}\b", "", text)
