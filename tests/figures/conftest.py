"""The hand on the clock of the figures' worlds."""

from collections.abc import Iterator
from typing import Any

import pytest
from tests.figures.counting import TUESDAY, at

from yousu.platform import clock


@pytest.fixture
def hands() -> Iterator[Any]:
    """Tuesday noon; `move_to` goes on from there."""
    with clock.held(at(TUESDAY)) as held:
        yield held
