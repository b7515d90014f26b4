"""时间的说法: moments as people say them, in the city's zone and the page's language."""

from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from django.utils import dateformat
from django.utils.translation import gettext as _

from yousu.figures.showing import wording
from yousu.platform import clock, environment


def said(at: datetime, *, is_within: bool = False) -> str:
    """今天 14:05, 昨天 14:05, 1月31日 周三 14:05; another year is named. `is_within`: in the middle of a sentence."""
    local = at.astimezone(zone())
    return _("%(day)s %(time)s") % {"day": day(local.date(), is_within=is_within), "time": local.strftime("%H:%M")}


def day(of: date, *, is_within: bool = False) -> str:
    """今天, 昨天, 明天, 1月31日 周三; another year is named."""
    today = clock.now().astimezone(zone()).date()
    near = {today: _("今天"), today - timedelta(days=1): _("昨天"), today + timedelta(days=1): _("明天")}
    if of not in near:
        return plain_day(of)
    # English begins such a word with a capital only where a sentence or a cell begins with it.
    return near[of][:1].lower() + near[of][1:] if is_within else near[of]


def plain_day(of: date) -> str:
    """1月31日 周三, and the year unless it is this one."""
    return wording.day(of)


def written_day(at: datetime) -> str:
    """2024年1月31日: in what is read in other years, too."""
    return str(dateformat.format(at.astimezone(zone()).date(), _("Y年n月j日")))


def written(at: datetime) -> str:
    """2024年1月31日 14:05."""
    return _("%(day)s %(time)s") % {"day": written_day(at), "time": at.astimezone(zone()).strftime("%H:%M")}


def exact(at: datetime) -> str:
    """2024-01-31 14:05:09."""
    return at.astimezone(zone()).strftime("%Y-%m-%d %H:%M:%S")


@cache
def zone() -> ZoneInfo:
    """The city's zone."""
    return ZoneInfo(environment.text("YOUSU_TIME_ZONE"))
