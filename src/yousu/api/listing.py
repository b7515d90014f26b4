"""列表: filters and cursor of `GET /appeals`. One statement, however long the table."""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

from django.db.models import Q
from pydantic import Field

from yousu.api.fields import Body, MomentOrDay, Short
from yousu.appeals.state import APPEAL
from yousu.cases import queries
from yousu.cases.models import CaseNow
from yousu.cases.rules import FieldWrong
from yousu.figures.lateness import overdue as late_at
from yousu.org.actors import Actor
from yousu.platform import clock, environment

_CURSOR = re.compile(r"(\d{1,17})-(\d{10})", re.ASCII)
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
    asked = queries.visible_to(by).filter(_wanted(filters), kind=APPEAL.code)
    # One more than asked for says whether there is a next page.
    rows = list(asked.order_by("-received_at", "-number")[: filters.limit + 1])
    shown = rows[: filters.limit]
    return shown, _cursor(shown[-1]) if len(rows) > len(shown) else None


def _wanted(filters: Filters) -> Q:
    exact = {name: getattr(filters, name) for name in ("stage", "channel", "district", "type")}
    wanted = Q(**{name: value for name, value in exact.items() if value is not None})
    if filters.unit is not None:
        wanted &= Q(units__contains=[filters.unit])
    if filters.category is not None:
        wanted &= Q(category=filters.category) | Q(category__startswith=f"{filters.category}/")
    if filters.q:
        wanted &= Q(matter__icontains=filters.q) | Q(title__icontains=filters.q) | Q(number__contains=filters.q)
    return wanted & _when(filters) & _overdue(filters.overdue) & _after(filters.after)


def _when(filters: Filters) -> Q:
    wanted = Q()
    if filters.received_from is not None:
        wanted &= Q(received_at__gte=_moment(filters.received_from, "received_from"))
    if filters.received_to is not None:
        wanted &= Q(received_at__lt=_moment(filters.received_to, "received_to", is_end=True))
    return wanted


def _overdue(overdue: bool | None) -> Q:
    if overdue is None:
        return Q()
    late = late_at(clock.now())
    # NOT of a comparison with NULL is NULL: cases without a deadline are not late.
    return late if overdue else ~late | Q(due_at=None)


def _after(cursor: str | None) -> Q:
    if cursor is None:
        return Q()
    found = _CURSOR.fullmatch(cursor)
    if found is None:
        raise FieldWrong("after", "malformed")
    received_at = _EPOCH + int(found[1]) * _MICROSECOND
    return Q(received_at__lte=received_at) & (Q(received_at__lt=received_at) | Q(number__lt=found[2]))


def _cursor(row: CaseNow) -> str:
    return f"{(row.received_at - _EPOCH) // _MICROSECOND}-{row.number}"


def _moment(given: datetime | date, field: str, *, is_end: bool = False) -> datetime:
    # Beyond these years neither a zone nor a database can be asked.
    if not 1900 <= given.year <= 2200:
        raise FieldWrong(field, "out_of_range")
    if isinstance(given, datetime):
        return given
    day = given + timedelta(days=1) if is_end else given
    return datetime.combine(day, time(), tzinfo=ZoneInfo(environment.text("YOUSU_TIME_ZONE")))
