"""等式: what the numbers of a bulletin must satisfy, each with both sides. Pure; fit for others' bulletins, too."""

from collections.abc import Iterable
from typing import Any

from yousu.figures.rates import percent

Check = dict[str, Any]


def equal(name: str, left: Any, right: Any) -> Check:
    """Both sides are the same."""
    return {"check": name, "left": left, "right": right, "holds": left == right}


def at_most(name: str, part: int, whole: int) -> Check:
    """A part is no more than its whole."""
    return {"check": name, "left": part, "right": whole, "holds": part <= whole}


def adds_up(name: str, total: int, parts: Iterable[int]) -> Check:
    """A total is the sum of its parts."""
    return equal(name, total, sum(parts))


def share(name: str, printed: str | None, of: tuple[int, int], *, rounding: str, digits: int) -> Check:
    """A printed percentage is what its numerator and base give under the stated rounding."""
    return equal(name, printed, percent(*of, rounding=rounding, digits=digits))


def average(name: str, printed: int, total: int, *, days: int) -> Check:
    """日均: a printed daily average is the total over the days."""
    return equal(name, printed, daily_average(total, days=days))


def change(name: str, printed: str | None, pair: tuple[int, int], *, rounding: str, digits: int) -> Check:
    """环比: a printed change is (this − last) / last; `pair` is this and last."""
    return equal(name, printed, changed_by(*pair, rounding=rounding, digits=digits))


def daily_average(total: int, *, days: int) -> int:
    """日均, half up to a whole number: 71184 over 7 days is 10169."""
    return (2 * total + days) // (2 * days)


def changed_by(this: int, last: int, *, rounding: str, digits: int) -> str | None:
    """环比 in percent: 399 after 348 is 14.66; None after 0, for there is nothing to compare with."""
    return percent(this - last, last, rounding=rounding, digits=digits)
