"""分页: fifty rows a page by the last row's key; no OFFSET, so the last page is as quick as the first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.http import QueryDict

from yousu.cases.models import CaseNow
from yousu.cases.search_sql import Before

ROWS = 50
# What has no deadline comes after everything that has one.
_FAR = datetime(9999, 12, 31, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Order:
    """By a moment, then by number. `may_be_null` moments come last."""

    column: str
    newest_first: bool = False
    may_be_null: bool = False


OLDEST = Order(column="received_at")
NEWEST = Order(column="received_at", newest_first=True)
LAST_RECORDED = Order(column="recorded_at", newest_first=True)
DUE_FIRST = Order(column="due_at", may_be_null=True)
CLOSED_FIRST = Order(column="closed_at", may_be_null=True)


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page; `after` is the cursor of the next one, if there is any."""

    rows: Sequence[CaseNow]
    after: str | None


NOTHING = Page(rows=(), after=None)


def cut(rows: Sequence[CaseNow], order: Order) -> Page:
    """A page of rows that are in order already, with one more where there is a next page."""
    more, shown = len(rows) > ROWS, rows[:ROWS]
    return Page(rows=shown, after=_write(getattr(shown[-1], order.column), shown[-1].number) if more else None)


def before(cursor: str) -> Before | None:
    """The row after which a page begins; None for an empty or broken cursor."""
    found = _read(cursor)
    return Before(*found) if found else None


def page_of(cases: QuerySet[CaseNow], order: Order, *, after: str, size: int = ROWS) -> Page:
    """The page after a cursor; the first page for an empty or broken one."""
    ordered = cases.annotate(moment=Coalesce(F(order.column), Value(_FAR))) if order.may_be_null else cases
    key = "moment" if order.may_be_null else order.column
    sign, beyond = ("-", "lt") if order.newest_first else ("", "gt")
    if cursor := _read(after):
        at, number = cursor
        ordered = ordered.filter(Q(**{f"{key}__{beyond}": at}) | Q(**{key: at, f"number__{beyond}": number}))
    rows = list(ordered.order_by(f"{sign}{key}", f"{sign}number")[: size + 1])
    more = len(rows) > size
    rows = rows[:size]
    return Page(rows=rows, after=_write(getattr(rows[-1], key), rows[-1].number) if more else None)


def offset(asked: QueryDict) -> int:
    """Where a page of something short begins, by its address; the beginning for what is no number."""
    words = asked.get("at", "")
    return int(words) if words.isascii() and words.isdecimal() and len(words) < 7 else 0


def _write(at: datetime, number: str) -> str:
    return f"{at.astimezone(UTC).strftime('%Y%m%dT%H%M%S.%f')}-{number}"


def _read(cursor: str) -> tuple[datetime, str] | None:
    written, _dash, number = cursor.partition("-")
    if not (number.isascii() and number.isdecimal()):
        return None
    try:
        return datetime.strptime(written, "%Y%m%dT%H%M%S.%f").replace(tzinfo=UTC), number
    except ValueError:
        return None
