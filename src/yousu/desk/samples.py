"""部件页的数字: made-up figures and charts, to look at their parts."""

from django.utils.translation import gettext as _

from yousu.figures.definitions import catalogue
from yousu.figures.queries import Count
from yousu.figures.showing import outlines, wording
from yousu.figures.showing.parts import Card, Change, Chart, Promise, Row
from yousu.org.city import city
from yousu.platform import clock

_TREND = (91.0, 92.5, None, 90.1, 88.0, 89.4, 91.6)
_DAYS = ((720, False), (705, False), (698, False), (690, False), (674, False), (552, True), (540, True))


def cards() -> list[Card]:
    """A rate that fell short of what was promised, and a count that did not change."""
    return [
        _card(
            "completion",
            Count(numerator=6168, denominator=6736, excluded=3, where={}),
            change=Change(direction="down", tone="worse", words=_("比%(before)s低 %(n)s 个百分点") % _before("1.20")),
            promise=Promise(words=_("承诺不低于 %(n)s%%，还没有达到") % {"n": "95"}, is_kept=False),
        ),
        _card(
            "unfinished_overdue",
            Count(numerator=0, denominator=None, excluded=0, where={}),
            change=Change(direction="same", tone="plain", words=_("与%(before)s持平") % _before("0")),
            promise=Promise(words=_("承诺一件不超，已做到"), is_kept=True),
        ),
    ]


def _before(n: str) -> dict[str, str]:
    return {"before": _("上周同期"), "n": n}


def _card(figure: str, count: Count, *, change: Change, promise: Promise) -> Card:
    found = catalogue()[figure]
    return Card(
        figure=figure,
        name=wording.figure_name(found),
        value=wording.value(count),
        unit=wording.unit(found.unit, count.numerator),
        numerator=count.numerator,
        denominator=count.denominator,
        excluded=count.excluded,
        of=wording.of(count),
        change=change,
        promise=promise,
        trend=_TREND,
        trend_words="",
        sentence=wording.sentence(found),
        href="#",
    )


def charts() -> list[Chart]:
    """A line, bars and a map."""
    days = [
        Row(
            label=str(wording.WEEKDAYS[at]),
            value=value,
            cells=("654", _("休息日") if is_rest else _("工作日")),
            marks={"typical": 654, "is_rest": is_rest, "short": str(wording.WEEKDAYS[at])},
        )
        for at, (value, is_rest) in enumerate(_DAYS)
    ]
    channels = [_share(_("12345热线"), 6000), _share(_("其他主题"), 736)]
    units = {unit.code: unit for unit in city().districts()}
    districts = {
        code: _share(unit.place(wording.language()), 100 * at) for at, (code, unit) in enumerate(units.items())
    }
    drawn = outlines.drawn(districts)
    return [
        _chart("line", wording.of_trend(days), days),
        _chart("bar", wording.of_channels(channels), channels),
        _chart(
            "map", wording.of_districts(list(districts.values())[::-1], 6736), list(districts.values()), drawn=drawn
        ),
    ]


def _share(label: str, value: int) -> Row:
    share = wording.share(value, 6736)
    return Row(label=label, value=value, cells=(share,), marks={"share": share})


def _chart(kind: str, title: str, rows: list[Row], *, drawn: outlines.Drawn = outlines.NOTHING) -> Chart:
    further = (_("同一星期几平均（件）"), _("日子")) if kind == "line" else (_("占比"),)
    return Chart(
        id=kind,
        kind=kind,
        title=title,
        about="",
        unit=wording.unit("件", 2),
        source=_("来源：%(hotline)s登记的诉求") % {"hotline": _("12345热线")},
        as_of=clock.now(),
        columns=(_("日期"), _("受理（件）"), *further),
        rows=tuple(rows),
        words={"typical": _("同一星期几平均"), "rest": _("休息日")},
        shapes=drawn.shapes,
        width=drawn.width,
        height=drawn.height,
    )
