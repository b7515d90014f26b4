"""总览: cards and charts of a period, for the desk and for the public."""

from collections.abc import Sequence
from dataclasses import dataclass

from yousu.figures.showing import cards, charts, wording
from yousu.figures.showing.counting import Numbers
from yousu.figures.showing.parts import Card, Chart, Opens


@dataclass(frozen=True, kw_only=True)
class Overview:
    """What an overview shows."""

    days: str
    cards: Sequence[Card]
    charts: Sequence[Chart]


def overview(numbers: Numbers, opens: Opens, *, least: int = 0) -> Overview:
    """The overview of counted numbers in the page's language. Cells of district and topic below `least` stay out."""
    return Overview(
        days=wording.days(numbers.span.first, numbers.span.last),
        cards=cards.cards(numbers, opens),
        charts=charts.charts(numbers, opens, least=least),
    )
