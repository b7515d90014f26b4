"""比率: the one function that turns integers into a printed percentage. Pure, exact."""

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

_MODES = {"half_up": ROUND_HALF_UP, "truncate": ROUND_DOWN}


def percent(numerator: int | Decimal, denominator: int, *, rounding: str, digits: int) -> str | None:
    """Percent as text, `91.57`; None over an empty base. `rounding`: half_up or truncate (goldens show both)."""
    if denominator == 0:
        return None
    step = Decimal(1).scaleb(-digits)
    return str((Decimal(100 * numerator) / Decimal(denominator)).quantize(step, rounding=_MODES[rounding]))
