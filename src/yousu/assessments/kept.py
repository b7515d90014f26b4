"""留存: the lists behind an assessment's numbers. None is given out whose digest is another one now."""

from collections.abc import Iterator, Mapping
from typing import Any, TypeGuard

from yousu.assessments.models import AssessmentSet
from yousu.assessments.state import AssessmentState
from yousu.figures.sets import list_digest


class ListMissing(LookupError):
    """The assessment has no such number."""


class ListBroken(RuntimeError):
    """The list kept behind a number is not the one that was composed."""


def list_behind(state: AssessmentState, path: str) -> list[str]:
    """The case numbers behind a path. Raises ListMissing, ListBroken."""
    if path not in state.lists:
        raise ListMissing(path)
    numbers = AssessmentSet.objects.filter(assessment_id=state.id, path=path).values_list("numbers", flat=True).first()
    if not _is_list(numbers) or list_digest(numbers) != state.lists[path]:
        raise ListBroken(f"{state.id}: the list behind {path} is not the one that was composed")
    return numbers


def write(assessment_id: str, sets: Mapping[str, list[str]]) -> None:
    """Keeps the lists of an assessment that was just composed, instead of those before."""
    AssessmentSet.objects.filter(assessment_id=assessment_id).delete()
    AssessmentSet.objects.bulk_create(
        AssessmentSet(assessment_id=assessment_id, path=path, numbers=numbers) for path, numbers in sets.items()
    )


def broken_lists(state: AssessmentState) -> Iterator[tuple[str, str | None, str | None]]:
    """Paths whose kept list has another digest than it should, with both; one list in memory at a time."""
    waiting = dict(state.lists)
    found = AssessmentSet.objects.filter(assessment_id=state.id).order_by("path").values_list("path", "numbers")
    for path, numbers in found.iterator(chunk_size=1):
        digest = list_digest(numbers) if _is_list(numbers) else "no list of case numbers"
        expected = waiting.pop(path, None)
        if digest != expected:
            yield path, digest, expected
    for path, expected in waiting.items():
        yield path, None, expected


def _is_list(numbers: Any) -> TypeGuard[list[str]]:
    return isinstance(numbers, list) and all(isinstance(number, str) for number in numbers)
