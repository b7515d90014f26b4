"""列表: filters and cursor of `GET /appeals`. One statement, however long the table; two for words of few cases."""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import Field

from yousu.api.fields import Body, MomentOrDay, Short
from yousu.appeals.state import APPEAL
from yousu.cases import searching
from yousu.cases.models import CaseNow
from yousu.cases.rules import FieldWrong
from yousu.cases.search_sql import Before
from yousu.cases.searching import NothingToFind, Wanted
from yousu.org.actors import Actor
from yousu.platform import environment

_CURSOR = re.compile(r"(\d{1,17})-(\d{10})", re.ASCII)
_AS_ASKED = ("stage", "unit", "category", "channel", "district", "type", "overdue")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Filters(Body):
    """What a list may be narrowed by. Days are local and whole; a moment's `to` is excluded."""

    stage: Short | None = None
    unit: Short | None = None
    category: Short | None = None
    channel: Short | None = None
    district: Short | None = None
    type: Short | None = None
    overdue: bool | None = None
    received_from: MomentOrDay | None = None
    received_to: MomentOrDay | None = None
    q: Short | None = None
    after: Short | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50


def page(filters: Filters, *, by: Actor) -> tuple[list[CaseNow], str | None]:
    """A page of the cases the actor may see, newest first, and the next page's cursor. Raises FieldWrong."""
    wanted = Wanted(
        **{name: getattr(filters, name) for name in _AS_ASKED},
        kind=APPEAL.code,
        words=(filters.q or "").strip(),
        received_from=_moment(filters.received_from, "received_from"),
        received_before=_moment(filters.received_to, "received_to", is_end=True),
    )
    try:
        # One more than asked for says whether there is a next page.
        rows = searching.newest(wanted, by=by, after=_before(filters.after), limit=filters.limit + 1)
    except NothingToFind as nothing:
        raise FieldWrong("q", "too_short") from nothing
    shown = rows[: filters.limit]
    return shown, _cursor(shown[-1]) if len(rows) > len(shown) else None


def _before(cursor: str | None) -> Before | None:
    if cursor is None:
        return None
    found = _CURSOR.fullmatch(cursor)
    if found is None:
        raise FieldWrong("after", "malformed")
    return Before(_EPOCH + int(found[1]) * _MICROSECOND, found[2])


def _cursor(row: CaseNow) -> str:
    return f"{(row.received_at - _EPOCH) // _MICROSECOND}-{row.number}"


def _moment(given: datetime | date | None, field: str, *, is_end: bool = False) -> datetime | None:
    if given is None:
        return None
    # Beyond these years neither a zone nor a database can be asked.
    if not 1900 <= given.year <= 2200:
        raise FieldWrong(field, "out_of_range")
    if isinstance(given, datetime):
        return given
    day = given + timedelta(days=1) if is_end else given
    return datetime.combine(day, time(), tzinfo=ZoneInfo(environment.text("YOUSU_TIME_ZONE")))
