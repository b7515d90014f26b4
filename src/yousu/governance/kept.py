"""留存: the lists behind numbers that stay. None is given out whose digest is another one now."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeGuard

from yousu.figures.sets import list_digest
from yousu.governance.models import GovernedSet


class ListMissing(LookupError):
    """There is no such number."""


class ListBroken(RuntimeError):
    """The list kept behind a number is not the one that was counted."""


def list_behind(stream: str, lists: Mapping[str, str], path: str) -> list[str]:
    """The case numbers behind a path. Raises ListMissing, ListBroken."""
    if path not in lists:
        raise ListMissing(path)
    numbers = GovernedSet.objects.filter(governed_id=stream, path=path).values_list("numbers", flat=True).first()
    if not _is_list(numbers) or list_digest(numbers) != lists[path]:
        raise ListBroken(f"{stream}: the list behind {path} is not the one that was counted")
    return numbers


def write(stream: str, sets: Mapping[str, Sequence[str]]) -> None:
    """Keeps lists behind paths, instead of those that were there."""
    GovernedSet.objects.filter(governed_id=stream, path__in=sets).delete()
    GovernedSet.objects.bulk_create(
        GovernedSet(governed_id=stream, path=path, numbers=list(numbers)) for path, numbers in sets.items()
    )


def replace(stream: str, sets: Mapping[str, Sequence[str]]) -> None:
    """Keeps these lists, and none that was there before."""
    GovernedSet.objects.filter(governed_id=stream).delete()
    write(stream, sets)


def drop(stream: str, path: str) -> None:
    """Keeps a list no longer: its number is said no more."""
    GovernedSet.objects.filter(governed_id=stream, path=path).delete()


def broken_lists(stream: str, lists: Mapping[str, str]) -> Iterator[tuple[str, str | None, str | None]]:
    """Paths whose kept list has another digest than it should, with both; one list in memory at a time."""
    waiting = dict(lists)
    found = GovernedSet.objects.filter(governed_id=stream).order_by("path").values_list("path", "numbers")
    for path, numbers in found.iterator(chunk_size=1):
        digest = list_digest(numbers) if _is_list(numbers) else "no list of case numbers"
        expected = waiting.pop(path, None)
        if digest != expected:
            yield path, digest, expected
    for path, expected in waiting.items():
        yield path, None, expected


def _is_list(numbers: Any) -> TypeGuard[list[str]]:
    return isinstance(numbers, list) and all(isinstance(number, str) for number in numbers)
