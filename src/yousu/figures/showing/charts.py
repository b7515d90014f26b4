"""图表: trend with its weekday effect, channels, topics and districts of a period."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.translation import gettext as _

from yousu.figures.queries import Count
from yousu.figures.showing import outlines, wording
from yousu.figures.showing.counting import Numbers
from yousu.figures.showing.parts import Chart, Opens, Row
from yousu.org.city import city
from yousu.worktime.calendar import CalendarMissing

CHARTS = ("trend", "channels", "topics", "districts")
# More bars than this nobody compares; the rest is one row.
_MOST_TOPICS = 8
_FRIDAY = 4


def charts(numbers: Numbers, opens: Opens, *, least: int = 0) -> list[Chart]:
    """The charts of a period. Cells of district and topic below `least` are not shown."""
    return [
        _trend(numbers, opens),
        _channels(numbers, opens),
        _topics(numbers, opens),
        _districts(numbers, opens, least=least),
    ]


def _trend(numbers: Numbers, opens: Opens) -> Chart:
    counted = {day: count.numerator for day, count in numbers.days["accepted"].items()}
    shown = numbers.trend_days
    rows = [_day(day, counted.get(day, 0), _usual(day, shown, counted), opens) for day in shown]
    return _chart(
        numbers,
        id="trend",
        kind="line",
        title=wording.of_trend(rows),
        about=_("每天受理量，%(days)s；带底色的是休息日，虚线是同一星期几的平均")
        % {"days": wording.days(shown[0], shown[-1]) if shown else wording.days(*numbers.trend)},
        columns=(_("日期"), _("受理（件）"), _("同一星期几平均（件）"), _("日子")),
        rows=rows,
    )


def _day(day: date, value: int, usual: int, opens: Opens) -> Row:
    rest = _is_rest(day)
    return Row(
        label=wording.day(day),
        value=value,
        cells=(wording.number(usual), _("休息日") if rest else _("工作日")),
        href=opens("accepted", {"day": [day.isoformat()]}, value) if value else "",
        marks={"typical": usual, "is_rest": rest, "short": wording.short_day(day)},
    )


def _usual(day: date, shown: Sequence[date], counted: dict[date, int]) -> int:
    alike = [counted.get(other, 0) for other in shown if other.weekday() == day.weekday()]
    return (2 * sum(alike) + len(alike)) // (2 * len(alike))


def _is_rest(day: date) -> bool:
    try:
        return not city().calendar.day(day).working
    except CalendarMissing:
        return day.weekday() > _FRIDAY


def _channels(numbers: Numbers, opens: Opens) -> Chart:
    level = city().settings["bulletin"]["weekly"]["channels"]
    grouped: dict[str, list[Count]] = {}
    for count in numbers.cuts[("channel",)]:
        code = count.where["channel"]
        grouped.setdefault(city().printed_channel(code, level), []).append(count)
    whole = numbers.now["accepted"].numerator
    rows = [_channel(code, counts, whole, opens) for code, counts in grouped.items()]
    rows.sort(key=lambda row: -row.value)
    return _chart(
        numbers,
        id="channels",
        kind="bar",
        title=wording.of_channels(rows),
        about=_("各渠道受理量，%(days)s") % {"days": wording.days(numbers.span.first, numbers.span.last)},
        columns=(_("渠道"), _("受理（件）"), _("占比")),
        rows=rows,
    )


def _channel(code: str, counts: Sequence[Count], whole: int, opens: Opens) -> Row:
    channels = city().channels
    label = channels[code].name(wording.language()) if code in channels else code
    value = sum(count.numerator for count in counts)
    return _share(label, value, whole, opens("accepted", {"channel": [c.where["channel"] for c in counts]}, value))


def _share(label: str, value: int, whole: int, href: str, *, is_rest: bool = False) -> Row:
    share = wording.share(value, whole)
    return Row(label=label, value=value, cells=(share,), href=href, marks={"share": share}, is_rest=is_rest)


def _topics(numbers: Numbers, opens: Opens) -> Chart:
    counts = numbers.cuts[("topic",)]
    named = [count for count in counts if count.where["topic"] is not None]
    whole = numbers.now["accepted"].numerator
    rows = [_topic([count], whole, opens) for count in named[:_MOST_TOPICS]]
    title = wording.of_topics(rows, whole)
    rows += [_topic(named[_MOST_TOPICS:], whole, opens, label=_("其他主题"))] if named[_MOST_TOPICS:] else []
    unnamed = [count for count in counts if count.where["topic"] is None]
    rows += [_topic(unnamed, whole, opens, label=_("不属热点主题"))] if unnamed else []
    return _chart(
        numbers,
        id="topics",
        kind="bar",
        title=title,
        about=_("热点主题受理量，%(days)s") % {"days": wording.days(numbers.span.first, numbers.span.last)},
        columns=(_("主题"), _("受理（件）"), _("占比")),
        rows=rows,
    )


def _topic(counts: Sequence[Count], whole: int, opens: Opens, *, label: str = "") -> Row:
    codes = [count.where["topic"] for count in counts]
    value = sum(count.numerator for count in counts)
    href = opens("accepted", {"topic": codes}, value)
    return _share(label or _topic_name(codes[0]), value, whole, href, is_rest=bool(label))


def _topic_name(code: str) -> str:
    topics = city().topics
    return topics[code].name(wording.language()) if code in topics else code


def _districts(numbers: Numbers, opens: Opens, *, least: int) -> Chart:
    counted = {count.where["district"]: count.numerator for count in numbers.cuts[("district",)]}
    whole = numbers.now["accepted"].numerator
    own = [unit.code for unit in city().districts()]
    first = {code: _first_topic(code, numbers.cuts[("district", "topic")], least=least) for code in own}
    codes = sorted(own, key=lambda code: -counted.get(code, 0))
    by_code = {code: _district(code, counted.get(code, 0), whole, first[code], opens) for code in codes}
    rows = list(by_code.values())
    title = wording.of_districts(rows, whole)
    strangers = [code for code in counted if code not in by_code]
    rows += [_elsewhere(strangers, sum(counted[code] for code in strangers), whole, opens)] if strangers else []
    drawn = outlines.drawn(by_code)
    return _chart(
        numbers,
        id="districts",
        kind="map" if drawn.shapes else "bar",
        title=title,
        about=_("各区县受理量，%(days)s；没有按人口折算")
        % {"days": wording.days(numbers.span.first, numbers.span.last)},
        columns=(_("区县"), _("受理（件）"), _("占比"), _("最多的主题")),
        rows=rows,
        drawn=drawn,
    )


def _district(code: str, value: int, whole: int, topic: str, opens: Opens) -> Row:
    share = wording.share(value, whole)
    return Row(
        label=city().units[code].place(wording.language()),
        value=value,
        cells=(share, topic),
        href=opens("accepted", {"district": [code]}, value) if value else "",
        marks={"share": share},
    )


def _elsewhere(codes: Sequence[str | None], value: int, whole: int, opens: Opens) -> Row:
    share = wording.share(value, whole)
    href = opens("accepted", {"district": codes}, value)
    return Row(label=_("市外或没有写明"), value=value, cells=(share, ""), href=href, marks={"share": share})


def _first_topic(district: str, counts: Iterable[Count], *, least: int) -> str:
    """The commonest topic of a district with its number; nothing where that is below `least`."""
    found = [c for c in counts if c.where["district"] == district and c.where["topic"] is not None]
    if not found or found[0].numerator < max(least, 1):
        return ""
    return _("%(topic)s（%(n)s）") % {
        "topic": _topic_name(found[0].where["topic"]),
        "n": wording.number(found[0].numerator),
    }


def _chart(
    numbers: Numbers,
    *,
    id: str,
    kind: str,
    title: str,
    about: str,
    columns: tuple[str, ...],
    rows: Sequence[Row],
    drawn: outlines.Drawn = outlines.NOTHING,
) -> Chart:
    suffix = "zh" if wording.is_chinese() else "en"
    hotline = city().settings.get(f"hotline_name_{suffix}", "")
    return Chart(
        id=id,
        kind=kind,
        title=title,
        about=about,
        unit=wording.unit("件", 2),
        source=_("来源：%(hotline)s登记的诉求") % {"hotline": hotline},
        as_of=numbers.as_of,
        columns=columns,
        rows=tuple(rows),
        words={"typical": _("同一星期几平均"), "rest": _("休息日")},
        shapes=drawn.shapes,
        width=drawn.width,
        height=drawn.height,
        note=_("示意图：只表示相邻关系和大致方位，不表示面积和界线。") if drawn.is_schematic else "",
    )
