"""版式: what cities do differently. The page, its 22 lines of 28 characters and the sizes are GB/T 9704-2012's."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Layout:
    """Of the sign, the red line and the page number; both PDF and DOCX keep to it."""

    sign_colour: str = "#d9000f"
    sign_size_pt: float = 52
    sign_top_mm: float = 35
    lines_below_sign: float = 2
    red_line_gap_mm: float = 4
    red_line_pt: float = 1.6
    lines_above_title: float = 2
    page_number_gap_mm: float = 7


STANDARD = Layout()
