"""条件: what the list of all cases is narrowed by, as it stands in the address and in its form."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

from django.http import QueryDict

from yousu.appeals.state import APPEAL
from yousu.cases.commands import tidy
from yousu.cases.rules import FieldWrong
from yousu.cases.searching import Wanted
from yousu.desk import forms, moments

_PLAIN = ("stage", "channel", "district", "type")
NAMES = ("q", *_PLAIN, "unit", "category", "overdue", "from", "to")
_LONGEST = 100
_FIRST_YEAR, _LAST_YEAR = 2000, 2100


@dataclass(frozen=True)
class Filters:
    """The filters that were given, as typed."""

    given: Mapping[str, str]

    @property
    def words(self) -> str:
        """What was typed into the box."""
        return self.given.get("q", "")

    @property
    def address(self) -> str:
        """The filters as a query string; empty without any."""
        return urlencode(self.given)

    def wanted(self) -> Wanted:
        """What is asked of the cases. Raises FieldWrong for a unit, a category or a day that does not exist."""
        given = self.given
        begins, ends = _day("from", given), _day("to", given)
        return Wanted(
            **{name: given[name] for name in _PLAIN if name in given},
            kind=APPEAL.code,
            words=self.words,
            unit=forms.unit_code("unit", given["unit"]) if "unit" in given else None,
            category=forms.category_path(given["category"]) if "category" in given else None,
            overdue=True if "overdue" in given else None,
            received_from=_midnight(begins) if begins else None,
            received_before=_midnight(ends + timedelta(days=1)) if ends else None,
        )


def read(data: QueryDict) -> Filters:
    """The filters of an address or a form; what is no filter is left out."""
    typed = {name: tidy(data.get(name, "").replace("\x00", "")[:_LONGEST]) for name in NAMES}
    return Filters({name: words for name, words in typed.items() if words})


def _day(name: str, given: Mapping[str, str]) -> date | None:
    if name not in given:
        return None
    try:
        day = date.fromisoformat(given[name])
    except ValueError as error:
        raise FieldWrong(name, "not_a_day") from error
    # Beyond these years nothing was ever received, and some databases have no such days.
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise FieldWrong(name, "not_a_day")
    return day


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), moments.zone())
