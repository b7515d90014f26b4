"""期间: the days an overview speaks of, and those it compares them with. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PERIODS: dict[str, Promise] = {"day": _("一天"), "week": _("一周"), "28days": _("近 28 天")}
BEFORE: dict[str, Promise] = {"day": _("上周同日"), "week": _("上周同期"), "28days": _("前 28 天")}
# Whole weeks, so that each day stands against the same day of a week.
_BACK = {"day": 7, "week": 7, "28days": 28}
TREND_DAYS = 28


@dataclass(frozen=True, kw_only=True)
class Span:
    """Local days, both ends included; `code` is one of PERIODS."""

    code: str
    first: date
    last: date

    @property
    def back(self) -> timedelta:
        """How far back the days lie that it is compared with."""
        return timedelta(days=_BACK[self.code])

    @property
    def before(self) -> "Span":
        """The same days of the week in the period before."""
        return Span(code=self.code, first=self.first - self.back, last=self.last - self.back)


def span(code: str, last: date) -> Span:
    """The period of a code that ends on a day; a week begins on its Monday."""
    first = {"day": last, "week": last - timedelta(days=last.weekday()), "28days": last - timedelta(days=27)}[code]
    return Span(code=code, first=first, last=last)


def trend_of(spoken: Span, as_of: datetime, zone: ZoneInfo) -> tuple[date, date]:
    """The 28 whole days up to the period's end: a day that was not over at the as-of is left out."""
    last = min(spoken.last, as_of.astimezone(zone).date() - timedelta(days=1))
    return last - timedelta(days=TREND_DAYS - 1), last
