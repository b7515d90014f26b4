"""留存: the lists behind numbers of governance, special reports and meetings."""

from collections.abc import Mapping, Sequence

from yousu.figures import kept
from yousu.governance.models import GovernedSet


def list_behind(stream: str, lists: Mapping[str, str], path: str) -> list[str]:
    """The case numbers behind a path. Raises ListMissing, ListBroken."""
    return kept.list_behind(GovernedSet.objects.filter(governed_id=stream), lists, path, of=stream)


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
