"""指标卡与图表: what a page draws, as plain data in the page's words. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

# Gives the address at which a number opens: figure, values by dimension, the number. Empty where it opens nowhere.
Opens = Callable[[str, Mapping[str, Sequence[str | None]], int], str]

# The drawing area of a small trend, in its own units.
TREND_WIDTH, TREND_HEIGHT = 100, 28


@dataclass(frozen=True, kw_only=True)
class Change:
    """Against the period before: `direction` up, down, same or none; `tone` better, worse or plain."""

    direction: str
    tone: str
    words: str

    @property
    def icon(self) -> str:
        """The direction as a sign, so that it is not colour alone."""
        return {"up": "▲", "down": "▼", "same": "＝"}.get(self.direction, "")


@dataclass(frozen=True, kw_only=True)
class Promise:
    """承诺: what the city has promised of a figure, and whether it is kept."""

    words: str
    is_kept: bool | None


@dataclass(frozen=True, kw_only=True)
class Card:
    """指标: one number with everything needed to judge it."""

    figure: str
    name: str
    value: str
    unit: str
    numerator: int
    denominator: int | None
    excluded: int
    # Both in words, with what was excluded; empty for a plain count.
    of: str
    change: Change
    promise: Promise | None
    trend: tuple[float | None, ...]
    trend_words: str
    sentence: str
    href: str

    @property
    def lines(self) -> list[str]:
        """The trend as the points of polylines, each without a gap; a lone day is a short stroke."""
        known = [value for value in self.trend if value is not None]
        if not known:
            return []
        low, high, step = min(known), max(known), TREND_WIDTH / max(len(self.trend) - 1, 1)
        lines: list[list[str]] = [[]]
        for at, value in enumerate(self.trend):
            if value is None:
                lines.append([])
                continue
            share = 0.5 if high == low else (value - low) / (high - low)
            y = round(TREND_HEIGHT - 2 - share * (TREND_HEIGHT - 4), 1)
            lines[-1].append(f"{round(at * step, 1)},{y}")
        return [" ".join(line if len(line) > 1 else line * 2) for line in lines if line]


@dataclass(frozen=True, kw_only=True)
class Row:
    """One bar, point or district, and its line in the table; `cells` stand under the chart's further columns."""

    label: str
    value: int
    cells: tuple[str, ...] = ()
    href: str = ""
    # What the drawing needs beside the value: `typical`, `is_rest`, `share`.
    marks: Mapping[str, Any] | None = None
    # What is left of the others: a line of the table, and no bar that would dwarf the rest.
    is_rest: bool = False

    @property
    def number(self) -> str:
        """6,736."""
        return f"{self.value:,}"


@dataclass(frozen=True, kw_only=True)
class Shape:
    """A district on the map: its outline as an SVG path, where its name stands, how dark it is (0 to 4)."""

    path: str
    x: float
    y: float
    shade: int
    row: Row
    # The name as it is written into the shape: shorter than the row's where a shape is small.
    name: str


@dataclass(frozen=True, kw_only=True)
class Chart:
    """图表: a statement, the rows that bear it out, and how to draw them. `kind`: line, bar or map."""

    id: str
    kind: str
    title: str
    about: str
    unit: str
    source: str
    as_of: datetime
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    words: Mapping[str, str]
    shapes: tuple[Shape, ...] = ()
    width: float = 0
    height: float = 0
    note: str = ""

    @property
    def data(self) -> Mapping[str, Any]:
        """What the script draws from."""
        rows = [
            {"label": r.label, "value": r.value, "href": r.href, **(r.marks or {})} for r in self.rows if not r.is_rest
        ]
        return {"kind": self.kind, "unit": self.unit, "words": dict(self.words), "rows": rows}
