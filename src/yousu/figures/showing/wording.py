"""数字的说法: figures, days and the statements over charts, in the page's language."""

from datetime import date

from django.utils import dateformat
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _L

from yousu.figures.definitions import Definition
from yousu.figures.queries import Count
from yousu.figures.rates import percent
from yousu.figures.showing.counting import zone
from yousu.figures.showing.parts import Row
from yousu.figures.weighted import Weighted
from yousu.org.city import city
from yousu.platform import clock

WEEKDAYS = (_L("周一"), _L("周二"), _L("周三"), _L("周四"), _L("周五"), _L("周六"), _L("周日"))


def language() -> str:
    """The page's language."""
    return get_language() or "zh-hans"


def is_chinese() -> bool:
    """Whether the page is Chinese."""
    return language().startswith("zh")


def figure_name(found: Definition | Weighted) -> str:
    """A figure's name; an English one begins with a capital."""
    return found.name_zh if is_chinese() else found.name_en[:1].upper() + found.name_en[1:]


def sentence(found: Definition | Weighted) -> str:
    """The definition in a sentence."""
    return found.sentence_zh if is_chinese() else found.sentence_en


def unit(of: str, count: int) -> str:
    """件 or %."""
    return of if of == "%" else ngettext("件", "件", count)


def number(n: int) -> str:
    """6,736."""
    return f"{n:,}"


def value(count: Count) -> str:
    """A figure's number as a card prints it; a dash for a rate over nothing."""
    found = count.value()
    return number(found) if isinstance(found, int) else found or "—"


def of(count: Count) -> str:
    """2,986 件中的 2,409 件，另剔除 3 件; nothing for a plain count, nor over nothing."""
    if not count.denominator:
        return ""
    said = {"n": number(count.numerator), "of": number(count.denominator), "out": number(count.excluded)}
    if not count.excluded:
        return _("%(of)s 件中的 %(n)s 件") % said
    return _("%(of)s 件中的 %(n)s 件，另剔除 %(out)s 件") % said


def share(part: int, whole: int) -> str:
    """12.3%, rounded as the city rounds; empty over nothing."""
    found = percent(part, whole, rounding=city().settings["percent"]["rounding"], digits=1)
    return f"{found}%" if found else ""


def day(of: date) -> str:
    """1月31日 周三, and the year unless it is this one."""
    pattern = _("n月j日") if of.year == clock.now().astimezone(zone()).year else _("Y年n月j日")
    return _("%(date)s %(weekday)s") % {"date": dateformat.format(of, pattern), "weekday": WEEKDAYS[of.weekday()]}


def short_day(of: date) -> str:
    """1/31, under an axis."""
    return dateformat.format(of, _("n/j"))


def days(first: date, last: date) -> str:
    """1月22日 周一 至 1月28日 周日; one day for itself."""
    if first == last:
        return day(first)
    return _("%(first)s至%(last)s") % {"first": day(first), "last": day(last)}


def trend(first: date, last: date) -> str:
    """What a small trend shows, for who cannot see it."""
    return _("%(days)s逐日") % {"days": days(first, last)}


def of_trend(rows: list[Row]) -> str:
    """近 28 天日均受理 683 件，休息日比工作日少 21%."""
    if not rows:
        return _("这段时间没有受理诉求")
    if len(rows) == 1:
        words = ngettext("%(day)s受理 %(n)s 件", "%(day)s受理 %(n)s 件", rows[0].value)
        return words % {"day": rows[0].label, "n": number(rows[0].value)}
    rest = [row.value for row in rows if row.marks and row.marks["is_rest"]]
    work = [row.value for row in rows if row.marks and not row.marks["is_rest"]]
    mean = _mean(rest + work)
    words = ngettext("近 %(days)s 天日均受理 %(mean)s 件", "近 %(days)s 天日均受理 %(mean)s 件", mean)
    return words % {"days": str(len(rows)), "mean": number(mean)} + _rest_against(work, rest)


def _rest_against(work: list[int], rest: list[int]) -> str:
    if not rest or not sum(work):
        return ""
    # Sums over counts, not means of means.
    ratio = round(100 * sum(rest) * len(work) / (sum(work) * len(rest)))
    if ratio == 100:
        return _("，休息日与工作日一样多")
    said = {"n": str(abs(ratio - 100))}
    return (_("，休息日比工作日少 %(n)s%%") if ratio < 100 else _("，休息日比工作日多 %(n)s%%")) % said


def _mean(values: list[int]) -> int:
    return (2 * sum(values) + len(values)) // (2 * len(values))


def of_channels(rows: list[Row]) -> str:
    """12345热线占 87.2%，其次是随手拍，占 6.0%."""
    whole = sum(row.value for row in rows)
    if not whole:
        return _("这段时间没有受理诉求")
    first = {"first": rows[0].label, "share": share(rows[0].value, whole)}
    if len(rows) == 1 or not rows[1].value:
        return _("全部来自%(first)s") % first
    second = {"second": rows[1].label, "other": share(rows[1].value, whole)}
    return _("%(first)s占 %(share)s，其次是%(second)s，占 %(other)s") % {**first, **second}


def of_topics(rows: list[Row], whole: int) -> str:
    """反映最多的是工资纠纷：412 件，占 6.1%."""
    if not whole:
        return _("这段时间没有受理诉求")
    if not rows:
        return _("受理的诉求都不属热点主题")
    top = {"topic": rows[0].label, "n": number(rows[0].value), "share": share(rows[0].value, whole)}
    return (
        ngettext(
            "反映最多的是%(topic)s：%(n)s 件，占 %(share)s",
            "反映最多的是%(topic)s：%(n)s 件，占 %(share)s",
            rows[0].value,
        )
        % top
    )


def of_districts(rows: list[Row], whole: int) -> str:
    """城东区最多：1,203 件，占 23.0%；湟源县最少：41 件."""
    if not whole:
        return _("这段时间没有受理诉求")
    if not rows or not rows[0].value:
        return _("受理的诉求都没有写明区县")
    most, least = rows[0], rows[-1]
    said = {
        "most": most.label,
        "n": number(most.value),
        "share": share(most.value, whole),
        "least": least.label,
        "few": number(least.value),
    }
    if len(rows) == 1 or most.value == least.value:
        return _("%(most)s：%(n)s 件，占 %(share)s") % said
    return _("%(most)s最多：%(n)s 件，占 %(share)s；%(least)s最少：%(few)s 件") % said
