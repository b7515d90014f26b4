"""留存: the lists that were frozen with a bulletin. None is given out whose digest is another one now."""

from collections.abc import Iterator, Sequence
from typing import Any, TypeGuard

import msgspec

from yousu.bulletins.models import BulletinFigure, BulletinNow
from yousu.bulletins.state import BulletinState
from yousu.figures.sets import list_digest


class FigureMissing(LookupError):
    """The bulletin prints no number at this path."""


class ListBroken(RuntimeError):
    """The list kept behind a figure is not the one that was frozen."""

    def __init__(self, bulletin_id: str, path: str) -> None:
        super().__init__(f"{bulletin_id}: the list behind {path} is not the one that was frozen")
        self.bulletin_id, self.path = bulletin_id, path


def list_behind(state: BulletinState, path: str) -> list[str]:
    """The case numbers frozen behind a path. Raises FigureMissing, ListBroken."""
    lists = state.lists or {}
    if path not in lists:
        raise FigureMissing(path)
    numbers = BulletinFigure.objects.filter(bulletin_id=state.id, path=path).values_list("numbers", flat=True).first()
    if not is_list(numbers) or list_digest(numbers) != lists[path]:
        raise ListBroken(state.id, path)
    return numbers


def lists_of(bulletin_ids: Sequence[str], path: str) -> dict[str, list[str]]:
    """The lists behind a path of those bulletins that are frozen. Raises ListBroken."""
    frozen = BulletinNow.objects.filter(id__in=bulletin_ids, stage__in=("frozen", "published"))
    states = [msgspec.convert(state, BulletinState) for state in frozen.values_list("state", flat=True)]
    return {state.id: list_behind(state, path) for state in states}


def broken_lists(bulletin_id: str, lists: dict[str, str]) -> Iterator[tuple[str, str | None, str | None]]:
    """Paths whose kept list has another digest than the given one, with both; one list in memory at a time."""
    waiting = dict(lists)
    found = BulletinFigure.objects.filter(bulletin_id=bulletin_id).order_by("path").values_list("path", "numbers")
    for path, numbers in found.iterator(chunk_size=1):
        digest = list_digest(numbers) if is_list(numbers) else "no list of case numbers"
        expected = waiting.pop(path, None)
        if digest != expected:
            yield path, digest, expected
    for path, expected in waiting.items():
        yield path, None, expected


def is_list(numbers: Any) -> TypeGuard[list[str]]:
    """Whether what a row holds is a list of texts at all."""
    return isinstance(numbers, list) and all(isinstance(number, str) for number in numbers)
