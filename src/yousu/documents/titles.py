"""标题换行: long titles are broken by sense, into lines of about equal length; a day or a word stays whole."""

import re
from collections.abc import Sequence
from itertools import combinations, pairwise

from yousu.documents.model import Lang
from yousu.documents.text import display_width

# Half characters that fit a line of a title.
TITLE_ACROSS: dict[Lang, int] = {"zh": 40, "en": 46}

# What stays on one line: days, words, and a character with the signs that must not begin a line.
_PARTS = re.compile(r"\d+年\d+月\d+日|\d{1,2} [A-Z][a-z]+ \d{4} ?|[!-~’–]+ ?|.[，。、；：）》”〕]*")
# More lines than this are left to the renderings.
_MOST_LINES = 4


def lines_of(title: str, *, across: int) -> list[str]:
    """The title's lines, none longer than so many half characters if that can be."""
    return [part for line in title.splitlines() for part in _broken(line, across)]


def _broken(line: str, across: int) -> list[str]:
    count = -(-display_width(line) // across)
    parts = _PARTS.findall(line)
    if not 1 < count <= _MOST_LINES or len(parts) < count or len(parts) > 60:
        return [line]
    candidates = (_cut(parts, places) for places in combinations(range(1, len(parts)), count - 1))
    return min(candidates, key=lambda cut: max(map(display_width, cut)))


def _cut(parts: Sequence[str], places: Sequence[int]) -> list[str]:
    edges = [0, *places, len(parts)]
    return ["".join(parts[begin:end]).rstrip() for begin, end in pairwise(edges)]
