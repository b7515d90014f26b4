"""The clock of these tests stands at a noon until it is moved."""

from collections.abc import Iterator
from typing import Any

import pytest
from tests.bulletins.press import NOON

from yousu.platform import clock


@pytest.fixture
def hands() -> Iterator[Any]:
    """The clock's hands."""
    with clock.held(NOON) as hands:
        yield hands
