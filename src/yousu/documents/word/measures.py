"""尺寸: lengths and sizes of a DOCX after GB/T 9704-2012, in the units of its XML."""

from dataclasses import dataclass
from math import floor

from yousu.documents.model import Lang

PAGE_MM = (210, 297)
TOP_MM, LEFT_MM, BOTTOM_MM, RIGHT_MM = 37, 28, 35, 26


def twips(mm: float) -> int:
    """Twentieths of a point."""
    return round(mm / 25.4 * 1440)


WIDTH = twips(PAGE_MM[0] - LEFT_MM - RIGHT_MM)


@dataclass(frozen=True, kw_only=True)
class Measures:
    """Type sizes in points, line pitches in twips; `indent`: characters at the beginning of a paragraph."""

    body: float
    pitch: int
    small: float
    small_pitch: int
    table: float
    title: float
    title_pitch: int
    headings: tuple[float, float, float, float]
    indent: int
    gap: int


_MEASURES: dict[Lang, Measures] = {
    # 22 lines of 28.95 pt fill 225 mm; 28.99 would be a twentieth of a millimetre too high for the page.
    "zh": Measures(
        body=16, pitch=579, small=14, small_pitch=460, table=12, title=22, title_pitch=695,
        headings=(16, 16, 16, 16), indent=2, gap=0,
    ),
    "en": Measures(
        body=12, pitch=360, small=10.5, small_pitch=300, table=10, title=18, title_pitch=520,
        headings=(14, 12.5, 12, 12), indent=0, gap=140,
    ),
}  # fmt: skip


def measures_for(lang: Lang) -> Measures:
    """The sizes of a language's print."""
    return _MEASURES[lang]


def character_space(size_pt: float) -> int:
    """What must be added to a character of the body, in twips, for 28 of them to fill a line: less than nothing."""
    return floor(WIDTH / 28 - size_pt * 20)
