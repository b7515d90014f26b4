"""留存: the lists that are kept behind numbers which stay. None is given out whose digest is another one now."""

from collections.abc import Iterator, Mapping
from typing import Any, TypeGuard

from django.db.models import QuerySet

from yousu.figures.sets import list_digest


class ListMissing(LookupError):
    """There is no such number."""


class ListBroken(RuntimeError):
    """The list kept behind a number is not the one that was counted."""

    def __init__(self, of: str, path: str) -> None:
        super().__init__(f"{of}: the list behind {path} is not the one that was counted")
        self.path = path


def list_behind(rows: QuerySet[Any], lists: Mapping[str, str], path: str, *, of: str) -> list[str]:
    """The case numbers behind a path. `rows`: what is kept, with `path` and `numbers`; `lists`: their digests.

    Raises ListMissing, and ListBroken naming what it is `of`.
    """
    if path not in lists:
        raise ListMissing(path)
    numbers = rows.filter(path=path).values_list("numbers", flat=True).first()
    if not _is_list(numbers) or list_digest(numbers) != lists[path]:
        raise ListBroken(of, path)
    return numbers


def broken_lists(rows: QuerySet[Any], lists: Mapping[str, str]) -> Iterator[tuple[str, str | None, str | None]]:
    """Paths whose kept list has another digest than it should, with both; one list in memory at a time."""
    waiting = dict(lists)
    found = rows.order_by("path").values_list("path", "numbers")
    for path, numbers in found.iterator(chunk_size=1):
        digest = list_digest(numbers) if _is_list(numbers) else "no list of case numbers"
        expected = waiting.pop(path, None)
        if digest != expected:
            yield path, digest, expected
    for path, expected in waiting.items():
        yield path, None, expected


def _is_list(numbers: Any) -> TypeGuard[list[str]]:
    return isinstance(numbers, list) and all(isinstance(number, str) for number in numbers)
