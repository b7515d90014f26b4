"""质检投影: samples and scored cases to rows; verification compares the rows with the states that events give."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec
from django.db import connection

from yousu.appeals.inspections.models import InspectedItem, InspectedNow, InspectionNow
from yousu.appeals.inspections.state import InspectedState, SampleState, evolve_inspected, evolve_sample
from yousu.ledger import log
from yousu.ledger.events import Row
from yousu.ledger.projections import Change, Unlike

_SAMPLES_WITHOUT = """
SELECT number::text FROM inspection_now i
WHERE NOT EXISTS (SELECT FROM event e WHERE e.stream = 'inspection/' || i.number) ORDER BY number
"""
_INSPECTED_WITHOUT = """
SELECT name FROM inspected_now i
WHERE version > 0 AND NOT EXISTS (SELECT FROM event e WHERE e.stream = 'inspected/' || i.name) ORDER BY name
"""


def name_of(sample: int, case: str) -> str:
    """What a case of a sample is called."""
    return f"{sample}-{case}"


class SampleProjection:
    """The projection of streams `inspection/…`."""

    def states(self, streams: Sequence[str]) -> Mapping[str, Any]:
        numbers = [int(stream.partition("/")[2]) for stream in streams]
        found = InspectionNow.objects.filter(number__in=numbers).values_list("number", "state")
        return {f"inspection/{number}": msgspec.convert(state, SampleState) for number, state in found}

    def evolve(self, state: Any, fact: Any, row: Row) -> Any:
        return evolve_sample(state, fact, row)

    def save(self, changes: Sequence[Change]) -> None:
        for change in changes:
            state: SampleState = change.state
            InspectionNow.objects.create(
                number=state.number, state=msgspec.to_builtins(state), **_sample_columns(state)
            )  # fmt: skip
            InspectedNow.objects.bulk_create(
                InspectedNow(
                    name=name_of(state.number, one.number),
                    sample=state.number,
                    case_number=one.number,
                    person=one.person,
                    stage="waiting",
                    version=0,
                )
                for one in state.cases
            )

    def unlike(self, stream: str, state: Any) -> Iterator[Unlike]:
        """Columns of the sample, and the cases in it."""
        row = InspectionNow.objects.filter(number=state.number).first()
        if row is None:
            yield Unlike(table="inspection_now", column="*", stored=None, rebuilt="present")
            return
        yield from _differing("inspection_now", row, _sample_columns(state))
        stored = set(InspectedNow.objects.filter(sample=state.number).values_list("case_number", "person"))
        rebuilt = {(one.number, one.person) for one in state.cases}
        if stored != rebuilt:
            yield Unlike(table="inspected_now", column="*", stored=len(stored), rebuilt=len(rebuilt))

    def without_events(self) -> Iterator[tuple[str, str]]:
        """Rows that no event stands behind, as stream and table."""
        for number in _column(_SAMPLES_WITHOUT):
            yield f"inspection/{number}", "inspection_now"


class InspectedProjection:
    """The projection of streams `inspected/…`."""

    def states(self, streams: Sequence[str]) -> Mapping[str, Any]:
        names = [stream.partition("/")[2] for stream in streams]
        found = InspectedNow.objects.filter(name__in=names, version__gt=0).values_list("name", "state")
        return {f"inspected/{name}": msgspec.convert(state, InspectedState) for name, state in found}

    def evolve(self, state: Any, fact: Any, row: Row) -> Any:
        return evolve_inspected(state, fact, row)

    def save(self, changes: Sequence[Change]) -> None:
        for change in changes:
            state: InspectedState = change.state
            name = name_of(state.sample, state.case)
            InspectedNow.objects.update_or_create(
                name=name, defaults={**_columns(state), "state": msgspec.to_builtins(state)}
            )
            InspectedItem.objects.bulk_create(
                (InspectedItem(name=name, item=item, **values) for item, values in _items(state).items()),
                update_conflicts=True,
                unique_fields=["name", "item"],
                update_fields=["points", "of_points"],
            )

    def unlike(self, stream: str, state: Any) -> Iterator[Unlike]:
        """Columns and items that differ from a state that was rebuilt."""
        name = name_of(state.sample, state.case)
        row = InspectedNow.objects.filter(name=name).first()
        if row is None:
            yield Unlike(table="inspected_now", column="*", stored=None, rebuilt="present")
            return
        yield from _differing("inspected_now", row, _columns(state))
        found = InspectedItem.objects.filter(name=name)
        stored = {one.item: {"points": one.points, "of_points": one.of_points} for one in found}
        if stored != _items(state):
            yield Unlike(table="inspected_item", column="points", stored=str(stored), rebuilt=str(_items(state)))

    def without_events(self) -> Iterator[tuple[str, str]]:
        """Rows that no event stands behind, as stream and table."""
        for name in _column(_INSPECTED_WITHOUT):
            yield f"inspected/{name}", "inspected_now"


def _differing(table: str, row: Any, columns: Mapping[str, Any]) -> Iterator[Unlike]:
    for column, rebuilt in columns.items():
        if (stored := getattr(row, column)) != rebuilt:
            yield Unlike(table=table, column=column, stored=stored, rebuilt=rebuilt)


def _sample_columns(state: SampleState) -> dict[str, Any]:
    return {
        "version": state.version,
        "sort": state.sort,
        "first": state.first,
        "last": state.last,
        "drawn_at": state.drawn_at,
    }


def _columns(state: InspectedState) -> dict[str, Any]:
    return {
        "sample": state.sample,
        "case_number": state.case,
        "person": state.person,
        "stage": state.stage,
        "version": state.version,
        "points": state.points,
        "of_points": state.of,
        "scored_day": log.local_day_of(state.scored_at),
    }


def _items(state: InspectedState) -> dict[str, dict[str, int]]:
    return {mark.item: {"points": mark.points, "of_points": mark.of} for mark in state.marks}


def _column(query: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return [value for (value,) in cursor.fetchall()]
