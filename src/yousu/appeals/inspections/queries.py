"""质检查询: samples, the cases in them, and results by person and by item. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec
from django.db import connection
from django.db.models import Count, F, Q, QuerySet

from yousu.appeals.inspections.models import InspectedItem, InspectedNow, InspectionNow
from yousu.appeals.inspections.state import SampleState


class InspectedMissing(LookupError):
    """There is no such sample, or no such case in it, or nobody has scored it yet."""


@dataclass(frozen=True, kw_only=True)
class SampleLine:
    """A sample in a list: how many are in it, how many are scored, how many objections wait."""

    state: SampleState
    cases: int
    scored: int
    objected: int


@dataclass(frozen=True, kw_only=True)
class PersonResult:
    """One person's results over some days."""

    person: str
    cases: int
    points: int
    of: int
    objected: int
    upheld: int


@dataclass(frozen=True, kw_only=True)
class ItemResult:
    """One item's results over some days: in how many cases it lost points, and how many of how many."""

    item: str
    cases: int
    short: int
    points: int
    of: int


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Scored cases of some days, of one person, or in which one item lost points."""

    first: date
    last: date
    person: str = ""
    item: str = ""


def sample(number: int) -> SampleState:
    """A sample. Raises InspectedMissing."""
    found = InspectionNow.objects.filter(number=number).values_list("state", flat=True).first()
    if found is None:
        raise InspectedMissing(str(number))
    return msgspec.convert(found, SampleState)


def samples(*, before: int | None = None, size: int = 50) -> Sequence[SampleLine]:
    """The latest samples first, with how far each is."""
    rows = InspectionNow.objects.order_by("-number")
    rows = rows.filter(number__lt=before) if before else rows
    states = [msgspec.convert(state, SampleState) for state in rows.values_list("state", flat=True)[:size]]
    counted: dict[int, dict[str, Any]] = {
        one["sample"]: one
        for one in InspectedNow.objects.filter(sample__in=[state.number for state in states])
        .values("sample")
        .annotate(scored=Count("name", filter=Q(version__gt=0)), objected=Count("name", filter=Q(stage="objected")))
    }
    return [
        SampleLine(
            state=state,
            cases=len(state.cases),
            scored=counted.get(state.number, {}).get("scored", 0),
            objected=counted.get(state.number, {}).get("objected", 0),
        )
        for state in states
    ]


def of_sample(number: int) -> QuerySet[InspectedNow]:
    """The cases of a sample: those that wait first, by number."""
    return InspectedNow.objects.filter(sample=number).order_by("version", "name")


def inspected(number: int, case: str) -> InspectedNow:
    """One case of a sample. Raises InspectedMissing."""
    row = InspectedNow.objects.filter(sample=number, case_number=case).first()
    if row is None:
        raise InspectedMissing(f"{number}-{case}")
    return row


def own(person: str) -> QuerySet[InspectedNow]:
    """What of a person's work was scored, the latest first."""
    return InspectedNow.objects.filter(person=person, version__gt=0).order_by("-scored_day", "-name")


def to_judge() -> QuerySet[InspectedNow]:
    """Objections that wait, the oldest first."""
    return InspectedNow.objects.filter(stage="objected").order_by("scored_day", "name")


_BY_PERSON = """
SELECT person, count(*), sum(points), sum(of_points),
    count(*) FILTER (WHERE state ->> 'objection' IS NOT NULL), count(*) FILTER (WHERE (state ->> 'upheld')::boolean)
FROM inspected_now WHERE scored_day BETWEEN %s AND %s GROUP BY person
ORDER BY sum(points)::numeric / sum(of_points), person
"""
_BY_ITEM = """
SELECT i.item, count(*), count(*) FILTER (WHERE i.points < i.of_points), sum(i.points), sum(i.of_points)
FROM inspected_item i JOIN inspected_now n USING (name) WHERE n.scored_day BETWEEN %s AND %s
GROUP BY i.item ORDER BY sum(i.of_points - i.points) DESC, i.item
"""


def by_person(first: date, last: date) -> Sequence[PersonResult]:
    """Results by person, the lowest first."""
    return [
        PersonResult(person=person, cases=cases, points=points, of=of, objected=objected, upheld=upheld)
        for person, cases, points, of, objected, upheld in _rows(_BY_PERSON, first, last)
    ]


def by_item(first: date, last: date) -> Sequence[ItemResult]:
    """Results by item, those that lost most first."""
    return [
        ItemResult(item=item, cases=cases, short=short, points=points, of=of)
        for item, cases, short, points, of in _rows(_BY_ITEM, first, last)
    ]


def behind(wanted: Wanted) -> QuerySet[InspectedNow]:
    """The scored cases behind a number of the results."""
    found = InspectedNow.objects.filter(scored_day__range=(wanted.first, wanted.last))
    if wanted.person:
        found = found.filter(person=wanted.person)
    if wanted.item:
        short = InspectedItem.objects.filter(item=wanted.item, points__lt=F("of_points"))
        found = found.filter(name__in=short.values("name"))
    return found.order_by("-scored_day", "-name")


def _rows(query: str, first: date, last: date) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, [first, last])
        return list(cursor.fetchall())
