"""层级: how the values of a dimension lie one above the other: units, channels, categories by their paths. Pure."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from yousu.org.city import City

DIMENSIONS = ("unit", "district", "category", "channel")
T = TypeVar("T")


def parent(dimension: str, code: str, known: City) -> str | None:
    """What stands above a value in the city's data; nothing above one that it does not know."""
    if dimension == "category":
        return code.rpartition("/")[0] or None if code in _paths(known) else None
    items: Mapping[str, Any] = known.channels if dimension == "channel" else known.units
    if dimension == "district" or code not in items:
        return None
    found: str | None = items[code].parent
    return found


def codes(dimension: str, known: City) -> list[str]:
    """The city's values of a dimension in its own order, classes of categories among them."""
    if dimension == "category":
        return list(_paths(known))
    if dimension == "district":
        return [unit.code for unit in known.districts()]
    return list(known.channels if dimension == "channel" else known.units)


def line(dimension: str, code: str, known: City) -> list[str]:
    """A value and all above it, the top one last."""
    found, above = [code], parent(dimension, code, known)
    while above is not None:
        found.append(above)
        above = parent(dimension, above, known)
    return found


def below(dimension: str, code: str, known: City) -> list[str]:
    """A value and all below it, itself first."""
    return [code, *(one for one in codes(dimension, known) if one != code and code in line(dimension, one, known))]


def with_below(dimension: str, known: City) -> frozenset[str]:
    """The values that have others below them."""

    def made() -> frozenset[str]:
        found = (parent(dimension, code, known) for code in codes(dimension, known))
        return frozenset(code for code in found if code is not None)

    return _once(f"below {dimension}", known, made)


def _paths(known: City) -> dict[str, None]:
    def made() -> dict[str, None]:
        paths = (path.split("/") for path in known.categories)
        return dict.fromkeys("/".join(parts[: n + 1]) for parts in paths for n in range(len(parts)))

    return _once("paths", known, made)


_made: dict[tuple[str, str], Any] = {}


def _once(what: str, known: City, make: Callable[[], T]) -> T:
    # A city's data stay the same while their digest does; a catalogue has thousands of paths.
    if (what, known.digest) not in _made:
        _made[what, known.digest] = make()
    found: T = _made[what, known.digest]
    return found
