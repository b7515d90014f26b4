"""Percentages as cities print them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yousu.figures.rates import percent


@pytest.mark.parametrize(
    ("numerator", "denominator", "rounding", "printed"),
    [
        (6168, 6736, "half_up", "91.57"),
        (6168, 6736, "truncate", "91.56"),
        (6167, 6736, "half_up", "91.55"),
        (1, 800, "half_up", "0.13"),
        (3, 3, "half_up", "100.00"),
        (0, 5, "truncate", "0.00"),
    ],
)
def test_worked_examples(numerator: int, denominator: int, rounding: str, printed: str) -> None:
    assert percent(numerator, denominator, rounding=rounding, digits=2) == printed


def test_an_empty_base_has_no_percentage() -> None:
    assert percent(0, 0, rounding="half_up", digits=2) is None


@given(st.integers(0, 10**9), st.integers(1, 10**9))
def test_cutting_off_never_gives_more_than_rounding(numerator: int, denominator: int) -> None:
    cut = percent(numerator, denominator, rounding="truncate", digits=2)
    rounded = percent(numerator, denominator, rounding="half_up", digits=2)
    assert cut is not None
    assert rounded is not None
    assert 0 <= float(rounded) - float(cut) <= 0.011
