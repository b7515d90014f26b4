"""考核指标表: the cells of the table in the page's words, in the order that was asked for, each with where it opens."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from yousu.figures import weighted
from yousu.figures.answers import definition
from yousu.figures.comparing import FIGURES, Counts, Row, Table
from yousu.figures.queries import Count
from yousu.figures.showing import wording
from yousu.figures.weighted import Score
from yousu.org.city import city


@dataclass(frozen=True, kw_only=True)
class Sorting:
    """By which figure the rows stand, the greatest first unless `is_rising`; None: in the order of the city's data."""

    figure: str | None = None
    is_rising: bool = False

    def asked(self) -> dict[str, str]:
        """As the address says it."""
        return {"sort": self.figure, "rising": "yes" if self.is_rising else ""} if self.figure else {}


@dataclass(frozen=True, kw_only=True)
class Head:
    """A column: `sorted` as `aria-sort` says it, `href` to sort by it."""

    name: str
    unit: str
    sentence: str
    href: str
    sorted: str


@dataclass(frozen=True, kw_only=True)
class Part:
    """A number that makes up a cell: what it is, how many, where it opens."""

    what: str
    number: str
    href: str
    sign: str = ""


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A figure: `small` over so few that it says little; `value` as files write it when it is empty."""

    value: str
    href: str
    small: bool
    parts: tuple[Part, ...]
    count: Count


@dataclass(frozen=True, kw_only=True)
class Line:
    """A row: `place` is its number in the order, where the city numbers at all."""

    name: str
    href: str
    cells: tuple[Cell, ...]
    is_total: bool = False
    place: str = ""


def heads(sorting: Sorting, address: Callable[..., str]) -> list[Head]:
    """The columns."""
    return [_head(figure, sorting, address) for figure in FIGURES]


def lines(
    table: Table, sorting: Sorting, *, named: Callable[[Row], str], opened: Callable[[Row], str], total: str
) -> list[Line]:
    """The sum and the rows; where it is sorted, the small and the empty stand last."""
    rows = list(table.rows)
    if sorting.figure is not None:
        rows.sort(key=lambda row: _sorting_key(row.counts[sorting.figure or ""], is_rising=sorting.is_rising))
    made = [Line(name=total, href="", cells=_cells(table, table.total, _whole(table)), is_total=True)]
    places = _places(rows, sorting)
    for row in rows:
        made.append(
            Line(
                name=named(row),
                href=opened(row),
                cells=_cells(table, row.counts, _narrowed(table, row)),
                place=places.get(row.code, ""),
            )
        )
    return made


def files(first: str, made: Sequence[Line]) -> tuple[list[str], list[list[str]]]:
    """The same for a file: value, numerator, base and excluded of each figure in columns of their own."""
    titles = [first]
    for figure in FIGURES:
        found = definition(figure)
        name = wording.figure_name(found)
        titles += (
            [f"{name} %", *(f"{name} {what}" for what in (_("分子"), _("分母"), _("剔除")))]
            if found.is_rate
            else [name]
        )
    return titles, [[line.name, *(text for cell in line.cells for text in _texts(cell))] for line in made]


def is_small(count: Count) -> bool:
    """小基数: a rate over so few that it says little of a unit."""
    return count.denominator is not None and count.denominator < int(city().settings["rates"]["small"])


def _texts(cell: Cell) -> list[str]:
    count = cell.count
    if count.denominator is None:
        return [str(count.numerator)]
    numerator = _plain(count.weighted) if isinstance(count, Score) else str(count.numerator)
    return [str(count.value() or ""), numerator, str(count.denominator), str(count.excluded)]


def _head(figure: str, sorting: Sorting, address: Callable[..., str]) -> Head:
    found, is_here = definition(figure), sorting.figure == figure
    turned = is_here and not sorting.is_rising
    return Head(
        name=wording.figure_name(found),
        unit=wording.unit(found.unit, 2),
        sentence=wording.sentence(found),
        href=address(sort=figure, rising="yes" if turned else ""),
        sorted=("ascending" if sorting.is_rising else "descending") if is_here else "none",
    )


def _sorting_key(count: Count, *, is_rising: bool) -> tuple[bool, Decimal]:
    """Rates over few last, whichever way; then by the exact value."""
    if count.denominator is None:
        value = Decimal(count.numerator)
    else:
        sum_ = count.weighted if isinstance(count, Score) else Decimal(count.numerator)
        value = sum_ / count.denominator if count.denominator else Decimal(0)
    return is_small(count), value if is_rising else -value


def _places(rows: Sequence[Row], sorting: Sorting) -> dict[str | None, str]:
    if sorting.figure is None or not city().settings["rates"]["ranking"]:
        return {}
    ranked = [row for row in rows if row.code is not None and not is_small(row.counts[sorting.figure])]
    return {row.code: str(place) for place, row in enumerate(ranked, start=1)}


def _whole(table: Table) -> Mapping[str, str]:
    return {f"{table.dimension}_tree": table.under} if table.under else {}


def _narrowed(table: Table, row: Row) -> Mapping[str, str]:
    exact = row.code is None or row.is_own or not row.opens
    return {table.dimension if exact else f"{table.dimension}_tree": row.code or ""}


def _cells(table: Table, counts: Counts, where: Mapping[str, str]) -> tuple[Cell, ...]:
    period = table.period
    days = {"from": period.first.isoformat(), "to": period.last.isoformat(), "as_of": period.as_of.isoformat()}
    # Thousands of addresses on one page: what they share is written once.
    asked = urlencode({**days, **where})
    return tuple(_cell(figure, counts[figure], asked) for figure in FIGURES)


def _cell(figure: str, count: Count, asked: str) -> Cell:
    if isinstance(count, Score):
        return _score(figure, count, asked)
    address = f"{_page(figure)}?{asked}&part="
    parts = [Part(what=_("剔除"), number=wording.number(count.excluded), href=f"{address}excluded", sign=_("剔"))]
    if not count.excluded:
        parts = []
    if count.denominator:
        base = Part(what=_("分母"), number=wording.number(count.denominator), href=f"{address}base", sign="/")
        top = Part(what=_("分子"), number=wording.number(count.numerator), href=f"{address}counted")
        parts = [top, base, *parts]
    return Cell(
        value=wording.value(count),
        href=f"{address}counted" if count.numerator or count.denominator else "",
        small=bool(count.denominator) and is_small(count),
        parts=tuple(parts),
        count=count,
    )


def _score(figure: str, count: Score, asked: str) -> Cell:
    weights = weighted.definition(figure).weights()
    levels = [
        Part(
            what=f"{wording.figure_name(definition(part))} × {_plain(weights[part])}",
            number=wording.number(found.numerator),
            href=f"{_page(part)}?{asked}&part=counted",
            sign="" if at == 0 else "+",
        )
        for at, (part, found) in enumerate(count.parts.items())
    ]
    base = f"{_page(next(iter(count.parts)))}?{asked}&part="
    whole = Part(what=_("分母"), number=wording.number(count.denominator or 0), href=f"{base}base", sign="/")
    out = Part(what=_("剔除"), number=wording.number(count.excluded), href=f"{base}excluded", sign=_("剔"))
    parts = [*levels, whole] if count.denominator else []
    return Cell(
        value=wording.value(count),
        href=f"{base}base" if count.denominator else "",
        small=bool(count.denominator) and is_small(count),
        parts=tuple([*parts, out] if count.excluded else parts),
        count=count,
    )


def _page(figure: str) -> str:
    return reverse("desk:figure", args=[figure])


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"
