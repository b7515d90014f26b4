"""查找: the newest cases that contain some words and meet some filters. Reads only; never gathers all that match."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Q, QuerySet

from yousu.cases import numbers, queries, search_keys
from yousu.cases.models import CaseNow
from yousu.cases.search_sql import Before, Search, Sql
from yousu.org import capabilities
from yousu.org.actors import Actor
from yousu.platform import clock
from yousu.understanding import bigrams

# As many as are read one by one sooner than the weeks of a common word are gone through for them.
_FEW = 5_000


class NothingToFind(ValueError):
    """In what was typed no two letters stand side by side: there is nothing to look for."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What cases must meet. `words`: in title, matter or place, or in the name of the unit or category; or a number."""

    kind: str = "appeal"
    words: str = ""
    stage: str | None = None
    unit: str | None = None
    channel: str | None = None
    district: str | None = None
    category: str | None = None
    type: str | None = None
    overdue: bool | None = None
    received_from: datetime | None = None
    received_before: datetime | None = None

    @property
    def codes(self) -> list[int]:
        """The keys of the filters that the index knows."""
        asked = [(name, getattr(self, name)) for name in search_keys.CODES]
        return [search_keys.code_key(name, code) for name, code in asked if code]


def newest(wanted: Wanted, *, by: Actor, after: Before | None = None, limit: int) -> list[CaseNow]:
    """The newest cases the actor may see, after a page's last. Raises NothingToFind."""
    source = _source(wanted, by, after, limit)
    if not isinstance(source, Sql):
        return list(source)
    whole = (
        f"SELECT c.* FROM ({source.text}) f JOIN case_now c USING (number) ORDER BY c.received_at DESC, c.number DESC"
    )
    return list(CaseNow.objects.raw(whole, list(source.values)))


def numbers_of(wanted: Wanted, *, by: Actor, limit: int) -> list[str]:
    """The numbers alone, newest first. Raises NothingToFind."""
    source = _source(wanted, by, None, limit)
    if not isinstance(source, Sql):
        return list(source.values_list("number", flat=True))
    with connection.cursor() as cursor:
        cursor.execute(source.text, list(source.values))
        return [number for number, _ in cursor.fetchall()]


def with_words(cases: QuerySet[CaseNow], wanted: Wanted, *, after: Before | None = None, limit: int) -> list[str]:
    """The newest numbers of cases that whoever asks may know of, by words and codes. Raises NothingToFind."""
    asked = bigrams.query(wanted.words)
    if not asked.pairs:
        raise NothingToFind(wanted.words)
    search = Search(cases.filter(_filters(wanted)), asked, after=after, limit=limit)
    are_few = cases.order_by().values("number")[: _FEW + 1].count() <= _FEW
    source = (
        search.in_few()
        if are_few
        else search.by_week(kind=wanted.kind, codes=wanted.codes, begins=None, ends=None, is_whole=False)
    )
    with connection.cursor() as cursor:
        cursor.execute(source.text, list(source.values))
        return [number for number, _ in cursor.fetchall()]


def _source(wanted: Wanted, by: Actor, after: Before | None, limit: int) -> QuerySet[CaseNow] | Sql:
    cases = queries.visible_to(by).filter(_filters(wanted))
    if not capabilities.may(by, "see"):
        return cases.none()
    if numbers.is_number(wanted.words.strip()):
        return _in_order(cases.filter(number=wanted.words.strip()), after, limit)
    asked = bigrams.query(wanted.words)
    if wanted.words and not asked.pairs:
        raise NothingToFind(wanted.words)
    if not asked.terms and not wanted.codes:
        return _in_order(cases, after, limit)
    search = Search(cases, asked, after=after, limit=limit)
    if _are_few(wanted, by):
        return search.in_few()
    only_words = Wanted(
        kind=wanted.kind,
        words=wanted.words,
        received_from=wanted.received_from,
        received_before=wanted.received_before,
    )
    return search.by_week(
        kind=wanted.kind,
        codes=wanted.codes,
        begins=wanted.received_from,
        ends=wanted.received_before,
        is_whole=wanted == only_words and queries.sees_whole(by),
    )


def _in_order(cases: QuerySet[CaseNow], after: Before | None, limit: int) -> QuerySet[CaseNow]:
    if after is not None:
        beyond = Q(received_at__lt=after.received_at) | Q(number__lt=after.number)
        cases = cases.filter(Q(received_at__lte=after.received_at) & beyond)
    return cases.order_by("-received_at", "-number")[:limit]


def _are_few(wanted: Wanted, by: Actor) -> bool:
    """Whether few cases are left by what the index of words does not know, and other indexes do."""
    if queries.sees_all(by) and not (wanted.stage or wanted.unit or wanted.overdue):
        return False
    only = Wanted(kind=wanted.kind, stage=wanted.stage, unit=wanted.unit, overdue=wanted.overdue or None)
    left = queries.visible_to(by).filter(_filters(only))
    return left.order_by().values("number")[: _FEW + 1].count() <= _FEW


def _filters(wanted: Wanted) -> Q:
    plain = ("kind", "stage", "channel", "district", "type")
    found = Q(**{name: value for name in plain if (value := getattr(wanted, name)) is not None})
    if wanted.unit is not None:
        found &= Q(units__contains=[wanted.unit])
    if wanted.category is not None:
        found &= Q(category=wanted.category) | Q(category__startswith=f"{wanted.category}/")
    if wanted.received_from is not None:
        found &= Q(received_at__gte=wanted.received_from)
    if wanted.received_before is not None:
        found &= Q(received_at__lt=wanted.received_before)
    if wanted.overdue is not None:
        late = queries.overdue(wanted.kind, clock.now())
        # NOT of a comparison with NULL is NULL: cases without a deadline are not late.
        found &= late if wanted.overdue else ~late | Q(due_at=None)
    return found
